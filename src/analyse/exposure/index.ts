/** Exposure: what the internet reaches, what is one attribute away, and what would close it. */
export { admittedBy, fromStrangers } from './alike.ts';
export { type Cut, type CutItem, cutsOf } from './cut.ts';
export {
  type Exposure,
  type ExposureReport,
  exposures,
  exposuresOf,
  judgedForExposure,
  type Latent,
  type OpenInside,
  type Undecided,
} from './exposure.ts';
export { endOf, type FlowEffects, flowEffects, type Pair, pairsOf, trafficOf } from './flow-effects.ts';
