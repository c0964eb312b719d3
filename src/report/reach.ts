/** The answer to "who can reach whom", as the JSON that `underpin reach --json` prints. */
import type { Endpoint, ReachAnswer, ReachSet } from '../analyse/reachability/index.ts';
import type { Blocker, Hop, Missing } from '../analyse/verdict.ts';
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
