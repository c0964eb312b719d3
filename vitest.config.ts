import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These leave something behind in the process they run in: the Pulumi SDK keeps what was declared. They share one of their own. */
const PULUMI = ['src/blueprint/**/*.test.ts'];

/** Half of all the time, told here because a fresh clone knows no durations: no processor is to wait for the other at the end. */
const LONGEST = [
  'tests/command-line.test.ts',
  'tests/fuzz.test.ts',
  'tests/language.test.ts',
  'src/plan/legacy.property.test.ts',
  'src/rules/monotone.test.ts',
  'src/timeline/compiler.test.ts',
  'tests/examples-types.test.ts',
  'src/plan/verify/verify.test.ts',
  'src/report/html/page.test.ts',
  'tests/honesty.test.ts',
  'tests/shuffled.test.ts',
  'src/program/validate.test.ts',
  'src/plan/replacement.test.ts',
  'tests/package.test.ts',
  'src/collect/http.test.ts',
  'src/program/terraform/terraform.test.ts',
  'src/analyse/reachability/oracle.test.ts',
  'src/program/record/record.test.ts',
  'src/plan/sabotage.test.ts',
  'tests/emulator.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at < 0 ? LONGEST.length : at;
    };
    const sorted = await super.sort(files);
    // a project's files stay together: a process serves one project
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((of) => sorted.filter(({ project }) => project === of).sort((a, b) => rank(a) - rank(b)));
  }
}

export default defineConfig({
  test: {
    setupFiles: ['tests/setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: '100%',
    // Loading the rules, the readers and the SDK takes longer than most files' tests: once a process is enough.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'pulumi', include: PULUMI } },
      {
        extends: true,
        test: { name: 'together', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], exclude: PULUMI },
      },
    ],
  },
});
