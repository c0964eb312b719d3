import type { Row } from '../row.ts';
import { COMPUTE } from './compute.ts';
import { DATA, MESSAGING } from './data.ts';
import { EDGE } from './edge.ts';
import { NETWORK } from './network.ts';
import { PEOPLE } from './people.ts';
import { WATCH } from './watch.ts';

/** Everything that is asked. An operation may have several rows: one in every region, one for the whole account. */
export const ROWS: readonly Row[] = [...NETWORK, ...COMPUTE, ...DATA, ...MESSAGING, ...EDGE, ...PEOPLE, ...WATCH];
