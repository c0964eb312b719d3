/** How much of what could be tried is tried: `FC_RUNS=10 npm test` tries ten times as much, for a night. */
const times = Number(process.env.FC_RUNS ?? 1);

/** How many runs of a property. */
export const runs = (usual: number): number => Math.max(1, Math.round(usual * times));

/** Of many cases every n-th. */
export const every = (usual: number): number => Math.max(1, Math.round(usual / times));
