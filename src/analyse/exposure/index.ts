/** Exposure: what the internet reaches, what is one attribute away, and what would close it. */
export { admittedBy, fromStrangers } from './alike.ts';
export { type Cut, type CutItem, cutsOf } from './cut.ts';
export {
  type Exposure,
  type ExposureReport,
  exposures,
  exposuresOf,
  type Latent,
  type OpenInside,
  type Undecided,
} from './exposure.ts';
export { endOf, type FlowEffects, flowEffects, type Pair, pairsOf, trafficOf } from './flow-effects.ts';
export { exposureBy, type WayIn, waysIn } from './ways-in.ts';
