/** A distribution before a load balancer that is there, and what keeps all others out of it. */

import { CLOUDFRONT_LIST } from '../../analyse/reachability/network.ts';
import { ALL_VIEWER, CACHING_DISABLED } from '../../blueprint/edge/policies.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { Listener, LoadBalancer } from '../../estate/kinds/balance.ts';
import type { DnsRecord } from '../../estate/kinds/edge.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Delete, type Edit, ref, secretSetting, type Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { Step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { declaredOf } from './declared.ts';
import { distribution } from './distributions.ts';
import { covers } from './domains.ts';
import { INGRESS, letIn, ownGroup } from './groups.ts';
import { arnOf, slug, tagged } from './names.ts';
import { groupIdsOf, sharesGroup } from './sharing.ts';

export const LISTENER = 'aws:lb/listener:Listener';
export const RULE = 'aws:lb/listenerRule:ListenerRule';
const LISTENER_CERTIFICATE = 'aws:lb/listenerCertificate:ListenerCertificate';

/** The header by which the balancer knows the team's own distribution: anybody can put one of his before it. */
export const HEADER = 'X-Origin-Verify';
export const SECRET = 'originSecret';
const asksHeader: Properties = { httpHeader: { httpHeaderName: HEADER, values: [secretSetting(SECRET)] } };

/** The last rule before the default action. AWS takes 1 to 50000. */
const LAST_PRIORITY = 50_000;
/** Values of all conditions of one rule together. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const VALUES_A_RULE = 5;

export const FORBIDDEN: readonly Properties[] = [
  {
    type: 'fixed-response',
    fixedResponse: { contentType: 'text/plain', statusCode: '403', messageBody: 'Forbidden' },
  },
];
export const TO_HTTPS: readonly Properties[] = [
  { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
];

export interface Ruled {
  readonly declared: DeclaredResource;
  /** Declared rules, in the order of their priority; the default action is the listener's own. */
  readonly rules: readonly DeclaredResource[];
}

export interface Serving extends Ruled {
  readonly listener: Listener;
}

export interface Fronting {
  readonly balancer: LoadBalancer;
  readonly declared: DeclaredResource;
  /** The listener on 443; undefined where there is none yet. */
  readonly secure: Serving | undefined;
  /** Listeners that serve without encryption. */
  readonly plain: readonly Serving[];
  /** Names for which 443 has no certificate. */
  readonly unserved: readonly string[];
  readonly groups: readonly DeclaredResource[];
  readonly prefixList: string;
  readonly names: readonly string[];
  /** Empty where the names are kept by a DNS provider outside of this account. */
  readonly records: readonly { readonly record: DnsRecord; readonly declared: DeclaredResource }[];
  /** Whether nothing but CloudFront needs the balancer once the names have moved. */
  readonly closing: boolean;
}

/** What the steps of one balancer have alike. */
export type Common = Pick<Step, 'move' | 'environment' | 'sources'>;

export const listenersOf = (estate: Estate, balancer: LoadBalancer): readonly Listener[] =>
  all(estate, 'listener').filter(({ loadBalancer }) => loadBalancer?.id === balancer.id);

const priorityOf = ({ properties }: DeclaredResource): number => Number(properties.priority ?? 0);

/** A listener with all that it does; undefined when a part of it is not under the program's care. */
export function servingOf(state: State, estate: Estate, listener: Listener): Serving | undefined {
  const declared = declaredOf(state, listener);
  if (!declared) return undefined;
  const rules = all(estate, 'listenerRule')
    .filter((rule) => rule.listener?.id === listener.id && rule.priority !== 'default')
    .map((rule) => declaredOf(state, rule));
  const known = rules.filter((rule) => rule !== undefined);
  if (known.length < rules.length) return undefined;
  return { listener, declared, rules: [...known].sort((a, b) => priorityOf(a) - priorityOf(b)) };
}

/** Names for which the listener has no certificate; undefined when its certificates are not known. */
export function unserved(estate: Estate, listener: Listener, names: readonly string[]): readonly string[] | undefined {
  const domains = listener.certificates?.map(({ id }) => {
    const found = byId(estate, id);
    return found?.kind === 'certificate' ? found.domains : undefined;
  });
  if (domains === undefined) return undefined;
  const known = domains.flatMap((each) => each ?? []);
  const left = names.filter((name) => !covers(known, name));
  return left.length > 0 && domains.includes(undefined) ? undefined : left;
}

/** A listener for HTTPS that does what the one for HTTP does. */
export function httpsBeside(
  state: State,
  balancer: LoadBalancer,
  plain: Serving,
  certificate: string,
): readonly Edit[] {
  const name = `${slug(balancer.name)}-https-443`;
  const listener: Create = {
    op: 'create',
    type: LISTENER,
    name,
    properties: {
      loadBalancerArn: arnOf(state, balancer),
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificateArn: certificate,
      defaultActions: plain.declared.properties.defaultActions ?? [],
      tags: tagged(name),
    },
  };
  const rules = plain.rules.map((rule): Create => {
    const { conditions = [], actions = [], priority = 1 } = rule.properties;
    return {
      op: 'create',
      type: RULE,
      name: `${name}-rule-${priorityOf(rule)}`,
      properties: { listenerArn: ref({ type: LISTENER, name }, 'arn'), priority, conditions, actions },
    };
  });
  return [listener, ...rules];
}

export const certificateBeside = (serving: Serving, certificate: string): Create => ({
  op: 'create',
  type: LISTENER_CERTIFICATE,
  name: `${serving.declared.name}-cdn`,
  properties: { listenerArn: ref(serving.declared, 'arn'), certificateArn: certificate },
});

/** CloudFront asks by HTTPS only, passes everything on and keeps nothing: the program behind cannot tell that it is there. */
export const frontOf = (
  balancer: LoadBalancer,
  declared: DeclaredResource,
  names: readonly string[],
  certificate: string,
): Create =>
  distribution({
    name: `${slug(balancer.name)}-cdn`,
    comment: `${balancer.name}: ${names.join(', ')}`.slice(0, 128),
    aliases: names,
    certificate,
    origin: {
      domainName: ref(declared, 'dnsName'),
      customOriginConfig: {
        originProtocolPolicy: 'https-only',
        httpPort: 80,
        httpsPort: 443,
        originSslProtocols: ['TLSv1.2'],
        originReadTimeout: 60,
        originKeepaliveTimeout: 5,
      },
      customHeaders: [{ name: HEADER, value: secretSetting(SECRET) }],
    },
    behaviour: {
      allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      cachedMethods: ['GET', 'HEAD'],
      cachePolicyId: CACHING_DISABLED,
      originRequestPolicyId: ALL_VIEWER,
    },
  });

const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

/** The rule that does for requests with the header what the default action does for all; undefined when no place is left. */
export function headerRule({ declared, rules }: Ruled): Create | undefined {
  const last = Math.max(0, ...rules.map(priorityOf));
  if (last >= LAST_PRIORITY) return undefined;
  return {
    op: 'create',
    type: RULE,
    name: `${declared.name}-from-cdn`,
    properties: {
      listenerArn: ref(declared, 'arn'),
      priority: Math.min(LAST_PRIORITY, last + 1000),
      conditions: [asksHeader],
      actions: declared.properties.defaultActions ?? [],
    },
  };
}

/** Every rule takes requests with the header only; undefined when one has no room for a further condition. */
export function rulesWithHeader({ rules }: Ruled): readonly Update[] | undefined {
  const edits = rules.map((rule): Update | undefined => {
    const conditions = list(rule.properties.conditions);
    const values = conditions.flatMap((one) => (isProperties(one) ? Object.values(one) : [])).flatMap(valuesIn);
    if (values.length >= VALUES_A_RULE) return undefined;
    return { op: 'update', type: rule.type, name: rule.name, properties: { conditions: [...conditions, asksHeader] } };
  });
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

const valuesIn = (value: Value): readonly Value[] => {
  if (Array.isArray(value)) return value;
  return isProperties(value) ? list(value.values) : [];
};

/** The groups that are the balancer's alone: what they admit is the balancer's business. Undefined while it shares one and has none. */
export function groupsAlone(
  state: State,
  estate: Estate,
  balancer: LoadBalancer,
): readonly DeclaredResource[] | undefined {
  const own = ownGroup(state, balancer);
  const carried = groupIdsOf(balancer) ?? [];
  if (own && carried.includes(own.id)) return [own];
  if (carried.length === 0 || sharesGroup(estate, balancer)) return undefined;
  const known = carried.map((id) => {
    const group = byId(estate, id);
    return group && declaredOf(state, group);
  });
  return known.every((one) => one !== undefined) ? known.filter((one) => one !== undefined) : undefined;
}

export const cloudFrontList = (estate: Estate, { account, region }: LoadBalancer): string | undefined =>
  all(estate, 'prefixList').find(
    (one) => one.listName === CLOUDFRONT_LIST && one.account === account && one.region === region,
  )?.id;

const HTTPS = { protocol: 'tcp', ports: { from: 443, to: 443 } } as const;

export const admitCloudFront = (balancer: LoadBalancer, group: DeclaredResource, prefixList: string): Create =>
  letIn(balancer.name, ref(group), { prefixList, name: 'cloudfront' }, HTTPS, 'CloudFront, for its distribution');

export const admitEverybody = (balancer: LoadBalancer, group: DeclaredResource): Create =>
  letIn(balancer.name, ref(group), { cidr: '0.0.0.0/0', name: 'anywhere' }, HTTPS, 'the public site');

const WORLD = new Set(['0.0.0.0/0', '::/0']);

/** The rules by which everybody comes straight to the balancer. */
export const worldRules = (state: State, group: DeclaredResource): readonly Delete[] =>
  [...state.world.declared.values()].flatMap((one): readonly Delete[] =>
    one.type === INGRESS &&
    one.inputs.securityGroupId === group.id &&
    [one.inputs.cidrIpv4, one.inputs.cidrIpv6].some((cidr) => typeof cidr === 'string' && WORLD.has(cidr))
      ? [{ op: 'delete', type: one.type, name: one.name }]
      : [],
  );
