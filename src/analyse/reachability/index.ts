/** Reachability: who can open a connection to whom, with proof. See README.md. */

export {
  BLOCKER_CODES,
  type BlockerCode,
  CODES,
  type Code,
  type CodeMeaning,
  HOP_CODES,
  type HopCode,
} from './codes.ts';
export { type Endpoint, endpointOf, INTERNET_END, interfacesOf, type Lookup, resourceEnd } from './endpoint.ts';
export { networkOf } from './network.ts';
export { publicSubnet } from './public-subnet.ts';
export { type ReachAnswer, type ReachSet, reach, setsOf } from './reach.ts';
