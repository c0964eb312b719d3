/**
 * What a load balancer asks of its clients that CloudFront does not bring: it shows nobody's certificate, comes from its own
 * addresses, and asks by HTTP/1.1.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
import { rulesOf } from '../../analyse/internet/web.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { Listener, ListenerAction, LoadBalancer } from '../../estate/kinds/balance.ts';
import { isProperties } from '../../inventory/pulumi/recorded.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { declaredOf } from './declared.ts';

/** Why whoever comes by CloudFront would be turned away, or may be; and what would help. */
export interface Unfit {
  readonly because: string;
  readonly change: string;
}

export function unfitForCloudFront(balancer: LoadBalancer, estate: Estate, state: State): readonly Unfit[] {
  if (balancer.type === 'network') return [];
  const listeners = all(estate, 'listener').filter(({ loadBalancer }) => loadBalancer?.id === balancer.id);
  const found = [
    ...firewall(balancer),
    ...listeners.flatMap((one) => [
      ...certificate(one, state),
      ...addresses(one, estate),
      ...versions(one, estate, state),
    ]),
  ];
  return found.filter((one, n) => found.findIndex(({ because }) => because === one.because) === n);
}

function firewall({ name, webAcl }: LoadBalancer): readonly Unfit[] {
  if (webAcl === null) return [];
  return webAcl === undefined
    ? [
        {
          because: `Whether ${name} has a web ACL is not known.`,
          change: 'Collect wafv2:GetWebACLForResource.',
        },
      ]
    : [
        {
          because: `${name} has a web ACL, which would see the addresses of CloudFront only: a rule about addresses, countries or rates would turn away everybody or nobody.`,
          change:
            'Make the distribution by hand, with a web ACL of its own (scope CLOUDFRONT) that has the same rules, and take this one off when the names lead there.',
        },
      ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
function certificate(listener: Listener, state: State): readonly Unfit[] {
  const declared = declaredOf(state, listener);
  if (!declared) return [untold(`Whether ${listener.name} asks its clients for a certificate is not known.`)];
  const { mutualAuthentication: mutual } = declared.properties;
  if (mutual === undefined || mutual === null || (isProperties(mutual) && mutual.mode === 'off')) return [];
  return [
    {
      because: `${listener.name} asks its clients for a certificate (mutual TLS), and CloudFront shows it none: everybody would get an error.`,
      change:
        'Give those who come with a certificate a load balancer and a name of their own, and turn mutual authentication off here.',
    },
  ];
}

function addresses(listener: Listener, estate: Estate): readonly Unfit[] {
  const rules = rulesOf(estate, listener);
  if (rules.some(({ conditions }) => conditions === undefined))
    return [untold(`What the rules of ${listener.name} ask for is not known.`)];
  const found = rules.filter(({ conditions }) => conditions?.some(({ field }) => field === 'source-ip'));
  return found.map(({ name, conditions }) => ({
    because: `${name} is for clients from ${(conditions ?? []).flatMap(({ field, values }) => (field === 'source-ip' ? values : [])).join(', ')}, and would see the addresses of CloudFront only.`,
    change:
      'Let the program decide by X-Forwarded-For, or a web ACL of the distribution, and take the condition source-ip out; or give what it protects a load balancer and a name of its own.',
  }));
}

/**
 * A target group for HTTP/2 or gRPC answers 464 to a request by HTTP/1.1.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
function versions(listener: Listener, estate: Estate, state: State): readonly Unfit[] {
  const actions = [listener.actions, ...rulesOf(estate, listener).map((one) => one.actions)];
  return [...new Set(actions.flatMap(groupIdsOf))].flatMap((id) => {
    const group = byId(estate, id);
    const declared = group?.kind === 'targetGroup' ? declaredOf(state, group) : undefined;
    const version = declared && versionOf(declared);
    if (!declared || version === undefined)
      return [untold(`By which version of HTTP ${listener.name} asks its targets is not known.`)];
    return version === 'HTTP1'
      ? []
      : [
          {
            because: `The targets of ${declared.name} are asked by ${version}, and CloudFront asks by HTTP/1.1, which the load balancer answers with 464.`,
            change:
              'Make a target group for HTTP1 with the same targets and let the rules lead there; what speaks gRPC gets a load balancer and a name of its own.',
          },
        ];
  });
}

/** A group that a program makes is for HTTP/1.1 where it says nothing, and one of functions always; AWS tells it of its own. */
function versionOf({ properties, adopted }: DeclaredResource): string | undefined {
  const { protocolVersion: told, targetType } = properties;
  if (told === undefined || told === null)
    return adopted === undefined || targetType === 'lambda' ? 'HTTP1' : undefined;
  return typeof told === 'string' ? told : undefined;
}

const groupIdsOf = (actions: readonly ListenerAction[] | undefined): readonly string[] =>
  (actions ?? []).flatMap(({ targetGroups }) => targetGroups.map(({ ref }) => ref.id));

const untold = (because: string): Unfit => ({
  because,
  change: 'Collect elbv2:DescribeListeners, elbv2:DescribeRules and elbv2:DescribeTargetGroups.',
});
