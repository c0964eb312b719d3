/** The answer to "who can reach whom", as the JSON that `underpin reach --json` prints. */
import type { Endpoint, ReachAnswer, ReachSet } from '../analyse/reachability/index.ts';
import type { Blocker, Hop, Missing } from '../analyse/verdict.ts';
import { isDeclaredInPart } from '../estate/coverage.ts';
import type { Estate } from '../estate/estate.ts';
import type { Kind } from '../estate/resource.ts';
import { notRead } from './not-read.ts';
import { SCHEMA_VERSION } from './result.ts';

export interface ReachResult {
  readonly schemaVersion: number;
  readonly command: 'reach';
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly from: string;
  readonly to: string;
  /** Whether it goes straight, or through a load balancer or distribution. */
  readonly via: 'direct' | 'through';
  /** Whether all that was asked gets through, from every address that was asked. */
  readonly complete: boolean;
  /** Exactly what gets through: source addresses (destinations, when the question is about going out) and traffic. */
  readonly sets: readonly ReachSet[];
  /** Ids of what the connection passes, in order. */
  readonly way: readonly string[];
  readonly proof: readonly Hop[];
  readonly blockers: readonly Blocker[];
  readonly missing: readonly Missing[];
  readonly assumptions: readonly string[];
}

export function endpointText(endpoint: Endpoint): string {
  switch (endpoint.type) {
    case 'internet':
      return 'internet';
    case 'host':
      return endpoint.host;
    case 'addresses':
      return endpoint.text;
    case 'resource':
      return endpoint.resource.id;
    case 'service':
      return `service:${endpoint.service}`;
  }
}

/** Kinds that a load balancer may hand connections to. */
const BEHIND: ReadonlySet<Kind> = new Set([
  'instance',
  'autoScalingGroup',
  'containerInstance',
  'ecsService',
  'ecsTask',
  'function',
  'database',
  'databaseCluster',
  'cache',
  'loadBalancer',
  'networkInterface',
]);

const STRAIGHT = 'Straight it does not get there; by a load balancer it may.';

/** "No" also says that nobody gets in by a load balancer: where these were not read, that is not known. */
export function asFarAsRead(estate: Estate, answer: ReachAnswer): ReachAnswer {
  if (answer.answer !== 'no' || answer.to.type !== 'resource' || !BEHIND.has(answer.to.resource.kind)) return answer;
  // of a template or state is judged what it declares
  if (estate.coverage.entries.some(isDeclaredInPart)) return answer;
  const missing = notRead(estate, 'reach', [answer.to.resource.account]);
  if (missing.length === 0) return answer;
  const assumptions = [STRAIGHT, ...answer.verdict.assumptions];
  return { ...answer, answer: 'unknown', verdict: { answer: 'unknown', missing, assumptions } };
}

export function reachResult(answer: ReachAnswer): ReachResult {
  const { verdict } = answer;
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'reach',
    verdict: verdict.answer,
    from: endpointText(answer.from),
    to: endpointText(answer.to),
    via: answer.via,
    complete: answer.complete,
    sets: answer.sets,
    way: answer.way,
    proof: verdict.answer === 'yes' ? verdict.proof : [],
    blockers: verdict.answer === 'no' ? verdict.blockers : [],
    missing: verdict.answer === 'unknown' ? verdict.missing : [],
    assumptions: verdict.assumptions,
  };
}
