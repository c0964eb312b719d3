/** What a load balancer serves to browsers: its HTTP listeners, and what they do with a request. */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Listener, ListenerRule, LoadBalancer } from '../../estate/kinds/balance.ts';
import { indexed } from '../../estate/watched.ts';
import type { Fronting } from '../reachability/distributions.ts';
import { interfacesOf, networkOf } from '../reachability/index.ts';
import { listenersOf, listenersRead } from '../reachability/listening.ts';
import { CLOUDFRONT_LIST } from '../reachability/network.ts';
import type { Hop, Missing } from '../verdict.ts';

/** Whether a balancer speaks HTTP; undefined when its type is not told. */
export function speaksHttp(balancer: LoadBalancer): boolean | undefined {
  if (balancer.type === 'application') return true;
  if (balancer.classic) return balancer.classic.listeners.some(({ protocol }) => /^https?$/i.test(protocol));
  return balancer.type === undefined ? undefined : false;
}

/** What would tell all ports of a balancer, when a listener lacks its port or its balancer. */
export function listenersUntold(estate: Estate, balancer: LoadBalancer): Missing | undefined {
  const partly =
    listenersOf(networkOf(estate), balancer).some(({ port, actions }) => port === undefined || actions === undefined) ||
    ownerless(estate).length > 0;
  if (!partly) return undefined;
  const reason = 'what a listener is for, or its port, is not told';
  return { operation: 'elbv2:DescribeListeners', reason, resource: balancer.id };
}

const ownerless = memoised((estate) => all(estate, 'listener').filter((one) => one.loadBalancer === undefined));

const rulesByListener = indexed((estate): ReadonlyMap<string, readonly ListenerRule[]> => {
  const found = new Map<string, ListenerRule[]>();
  for (const rule of all(estate, 'listenerRule')) {
    const key = rule.listener?.id ?? '';
    const list = found.get(key);
    if (list) list.push(rule);
    else found.set(key, [rule]);
  }
  return found;
});
export const rulesOf = (estate: Estate, listener: Listener): readonly ListenerRule[] =>
  rulesByListener(estate).get(listener.id) ?? [];

export const forwards = (actions: Listener['actions']): boolean =>
  actions?.some(({ type }) => type === 'forward') ?? false;

/**
 * Whether the balancer answers only to requests that carry a header which the distributions before it add: AWS's own
 * way of keeping others out where the balancer has public addresses.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export function asksForHeader(estate: Estate, balancer: LoadBalancer, before: readonly Fronting[]): boolean {
  const added = new Set(before.flatMap(({ origin }) => (origin.customHeaders ?? []).map((name) => name.toLowerCase())));
  const network = networkOf(estate);
  const listeners = listenersOf(network, balancer);
  if (added.size === 0 || listeners.length === 0 || !listenersRead(network, balancer)) return false;
  return listeners.every((listener) => {
    if (listener.actions === undefined || forwards(listener.actions)) return false;
    return rulesOf(estate, listener)
      .filter((rule) => rule.priority !== 'default' && (rule.actions === undefined || forwards(rule.actions)))
      .every((rule) =>
        rule.conditions?.some(
          ({ field, headerName }) => field === 'http-header' && added.has(headerName?.toLowerCase() ?? ''),
        ),
      );
  });
}

/** What would tell whether it asks for a header: what the distributions add, and what its listeners look at. */
export function headersUntold(
  estate: Estate,
  balancer: LoadBalancer,
  before: readonly Fronting[],
): Missing | undefined {
  const silent = before.find(({ origin }) => origin.customHeaders === undefined);
  if (silent)
    return {
      operation: 'cloudfront:ListDistributions',
      reason: 'which headers a distribution adds is not in the answer',
      resource: silent.distribution.id,
    };
  if (listenersRead(networkOf(estate), balancer)) return undefined;
  return {
    operation: 'elbv2:DescribeRules',
    reason: 'whether a listener asks for a header is not known',
    resource: balancer.id,
  };
}

/**
 * The rules by which every distribution there is reaches a balancer on the internet: the list of CloudFront's addresses
 * is the same for all customers.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 */
export function anyCloudfront(estate: Estate, balancer: LoadBalancer): readonly Hop[] {
  const network = networkOf(estate);
  const open = interfacesOf(network, balancer).filter((one) => one.hasPublicAddress !== false);
  const groups = [...new Map(open.flatMap((one) => one.securityGroups ?? []).map((ref) => [ref.id, ref])).values()];
  return groups.flatMap((ref) => {
    const group = find(estate, ref);
    return (group?.ingress ?? []).flatMap((rule): readonly Hop[] => {
      if (rule.peer?.type !== 'prefixList') return [];
      const { ref: list } = rule.peer;
      if (find(estate, list)?.listName !== CLOUDFRONT_LIST) return [];
      return [
        {
          resource: ref.id,
          by: rule.id,
          code: 'security-group-ingress',
          detail: `${group?.name ?? ref.id} (${ref.id}) admits every address of CloudFront`,
          provenance: rule.source,
        },
      ];
    });
  });
}
