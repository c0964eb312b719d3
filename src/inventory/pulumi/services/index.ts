import type { Translation } from '../translation.ts';
import { groups } from './groups.ts';
import { network } from './network.ts';
import { routes } from './routes.ts';

/** Every translation: what of a program becomes which answer of AWS. */
export const services: readonly Translation[] = [...network, ...routes, ...groups];
