/** Every command, in the order of the help. */
import type { Command } from '../command.ts';
import { audit } from './audit.ts';
import { cost } from './cost.ts';
import { exposure } from './exposure.ts';
import { reach } from './reach.ts';
import { run } from './run.ts';
import { survive } from './survive.ts';

export const commands: readonly Command[] = [run, audit, reach, exposure, survive, cost];
