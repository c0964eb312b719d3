import type { Translation } from '../translation.ts';
import { balance } from './balance.ts';
import { caches } from './caches.ts';
import { classicBalance } from './classic-balance.ts';
import { compute } from './compute.ts';
import { containers } from './containers.ts';
import { data } from './data.ts';
import { edge } from './edge.ts';
import { endpoints } from './endpoints.ts';
import { functions } from './functions.ts';
import { groups } from './groups.ts';
import { messaging } from './messaging.ts';
import { network } from './network.ts';
import { people } from './people.ts';
import { routes } from './routes.ts';
import { storage } from './storage.ts';
import { watch } from './watch.ts';

/** Every translation: what of a program becomes which answer of AWS. */
export const services: readonly Translation[] = [
  ...network,
  ...endpoints,
  ...routes,
  ...groups,
  ...compute,
  ...functions,
  ...containers,
  ...balance,
  ...classicBalance,
  ...data,
  ...caches,
  ...storage,
  ...edge,
  ...people,
  ...messaging,
  ...watch,
];
