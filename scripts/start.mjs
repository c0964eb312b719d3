import { install, root, run } from './ready.mjs';

install();
run(process.execPath, [`${root}bin/underpin.js`, 'run', ...process.argv.slice(2)]);
