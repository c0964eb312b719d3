/** Korean. Loaded only when it is asked for. */
import type { Entries } from '../catalogue.ts';
import { type Translator, translatorOf } from '../translator.ts';
import analyse from './analyse.json' with { type: 'json' };
import cli from './cli.json' with { type: 'json' };
import collect from './collect.json' with { type: 'json' };
import inventory from './inventory.json' with { type: 'json' };
import moves from './moves.json' with { type: 'json' };
import plan from './plan.json' with { type: 'json' };
import program from './program.json' with { type: 'json' };
import report from './report.json' with { type: 'json' };
import rules from './rules.json' with { type: 'json' };
import structure from './structure.json' with { type: 'json' };
import words from './words.json' with { type: 'json' };

/** `words`: kinds and other words that stand alone; a text of a room has the last say. */
const ROOMS: readonly Entries[] = [
  ...[words, inventory, analyse, plan, structure],
  ...[moves, rules, program, collect, cli, report],
];

export const korean = (): Translator => translatorOf('ko', ROOMS);
