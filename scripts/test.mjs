import { install, root, run } from './ready.mjs';

install();
const bin = (name) => `${root}node_modules/${name}`;
run(process.execPath, [`${root}scripts/generate.mjs`, '--check']);
run(process.execPath, [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']);
run(process.execPath, [bin('@biomejs/biome/bin/biome'), 'check', '.']);
run(process.execPath, [`${root}scripts/build.mjs`, '--types']);
run(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)]);
