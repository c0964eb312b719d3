import { readInputs } from '../../inventory/load.ts';
import { draw as drawEstate } from '../../report/draw/index.ts';
import type { Command } from '../command.ts';
import { writeWhole } from '../write.ts';

export const draw: Command = {
  name: 'draw',
  summary: 'the architecture as a picture (SVG): zones, tiers, flows, and what the internet reaches',
  arguments: [{ name: '<input...>', description: 'inventory files and folders of AWS CLI answers' }],
  options: [
    { flags: '-o, --output <file>', description: 'the SVG file; stdout when not given' },
    { flags: '--title <text>', description: 'what to write above; the account when not given' },
  ],
  examples: ['underpin draw inventory.json -o picture.svg'],
  run(args, options, terminal) {
    const estate = readInputs(args);
    const svg = drawEstate(estate, typeof options.title === 'string' ? { title: options.title } : {});
    if (typeof options.output === 'string') {
      writeWhole(options.output, svg);
      terminal.err(`${options.output} written\n`);
    } else terminal.out(svg);
    return 0;
  },
};
