/**
 * Whether a load balancer serves a caller at all, or only tells him off: by the default action of its listener and by its
 * rules. A rule that asks for a header which a distribution adds takes the requests of that distribution and of nobody else.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
import type { Estate } from '../../estate/estate.ts';
import type { ListenerAction, LoadBalancer, RuleCondition } from '../../estate/kinds/balance.ts';
import type { Distribution } from '../../estate/kinds/edge.ts';
import { networkOf } from '../reachability/index.ts';
import { listenersOf } from '../reachability/listening.ts';
import type { Hop } from '../verdict.ts';
import { distributionsBefore } from './fronting.ts';
import { rulesOf } from './web.ts';

/** What refuses the caller on a port; undefined when he is served, or when what the listener does is not known. */
export function refusedOn(
  estate: Estate,
  balancer: LoadBalancer,
  port: number,
  caller: Distribution | undefined,
): Hop | undefined {
  if (balancer.type !== 'application') return undefined;
  const listener = listenersOf(networkOf(estate), balancer).find((one) => one.port === port);
  if (!listener || serves(listener.actions)) return undefined;
  const before = distributionsBefore(estate, balancer);
  const headers = (fits: (one: (typeof before)[number]) => boolean): ReadonlySet<string> =>
    new Set(
      before.filter(fits).flatMap(({ origin }) => (origin.customHeaders ?? []).map((name) => name.toLowerCase())),
    );
  const secret = headers(() => true);
  const has = headers(({ distribution }) => distribution.id === caller?.id);
  const meets = ({ field, headerName }: RuleCondition): boolean => {
    const name = headerName?.toLowerCase() ?? '';
    return field !== 'http-header' || !secret.has(name) || has.has(name);
  };
  const taken = rulesOf(estate, listener).some(
    (rule) => rule.priority !== 'default' && serves(rule.actions) && (rule.conditions ?? []).every(meets),
  );
  if (taken) return undefined;
  return {
    resource: listener.id,
    by: 'DefaultActions',
    code: 'fact',
    detail: `${balancer.name} answers on port ${port} with ${listener.actions?.[0]?.fixedStatus ?? 'an error'}, and no rule takes the request.`,
    provenance: listener.source,
  };
}

/** Actions that are not known may serve. */
const serves = (actions: readonly ListenerAction[] | undefined): boolean =>
  actions === undefined || actions.some(({ type }) => type !== 'fixed-response');
