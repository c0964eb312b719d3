/** Logs as evidence of how the account is used. See README.md. */
import type { Estate } from '../../estate/estate.ts';
import type { Evidence } from '../../estate/evidence.ts';
import { type Observed, observedFlows } from './flows.ts';
import { readEvidence } from './read.ts';
import { evidenceNotices } from './troubles.ts';

export interface Seen {
  /** With the flows that the logs show. */
  readonly estate: Estate;
  readonly evidence: Evidence;
  readonly observed: readonly Observed[];
}

/** Reads logs, and adds to the estate what they show. Throws `UserError` for what is no log. */
export async function withEvidence(estate: Estate, paths: readonly string[]): Promise<Seen> {
  const evidence = await readEvidence(paths, estate);
  const { flows, observed } = observedFlows(estate, evidence);
  const notices = [...estate.notices, ...evidenceNotices(evidence)];
  return { estate: { ...estate, flows, notices }, evidence, observed };
}
