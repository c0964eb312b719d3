import { defineConfig } from 'vitest/config';

/** These leave something behind in the process they run in: the Pulumi SDK keeps what was declared. */
const ALONE = ['src/blueprint/**/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['tests/setup.ts'],
    testTimeout: 180_000,
    pool: 'forks',
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      {
        extends: true,
        // Loading the rules and the readers takes longer than most files' tests: once a process is enough.
        test: { name: 'together', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], exclude: ALONE, isolate: false },
      },
    ],
  },
});
