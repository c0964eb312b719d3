/**
 * Which databases and load balancers a CloudWatch alarm watches, by the alarm's dimensions.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/dimensions.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
import { statusOf } from '../../estate/coverage.ts';
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';

type Alarm = ResourceOf<'alarm'>;

interface Watch {
  /** By `account region namespace dimension value`. */
  readonly byDimension: ReadonlyMap<string, readonly Alarm[]>;
  /** Alarms that do not tell what they watch (on expressions, or composite), by `account region`. */
  readonly opaque: ReadonlyMap<string, readonly Alarm[]>;
}

const watch: (estate: Estate) => Watch = memoised((estate) => {
  const byDimension = new Map<string, Alarm[]>();
  const opaque = new Map<string, Alarm[]>();
  const add = (map: Map<string, Alarm[]>, key: string, alarm: Alarm): void => {
    const list = map.get(key);
    if (list) list.push(alarm);
    else map.set(key, [alarm]);
  };
  for (const alarm of all(estate, 'alarm')) {
    const place = `${alarm.account} ${alarm.region}`;
    if (alarm.namespace === undefined || alarm.dimensions === undefined) add(opaque, place, alarm);
    else
      for (const [dimension, value] of Object.entries(alarm.dimensions))
        add(byDimension, `${place} ${alarm.namespace} ${dimension} ${value}`, alarm);
  }
  return { byDimension, opaque };
});

/** `app/shop/0123456789abcdef`: what CloudWatch calls a load balancer of the new API. */
const balancerDimension = (arn: string): string => arn.replace(/^.*:loadbalancer\//, '');

const BALANCER_NAMESPACES = {
  application: 'AWS/ApplicationELB',
  network: 'AWS/NetworkELB',
  gateway: 'AWS/GatewayELB',
} as const;

function dimensionsOf(resource: Resource): readonly (readonly [namespace: string, dimension: string, value: string])[] {
  switch (resource.kind) {
    case 'database': {
      const own = ['AWS/RDS', 'DBInstanceIdentifier', resource.identifier] as const;
      const cluster = resource.cluster?.id.replace(/^.*:cluster:/, '');
      return cluster === undefined ? [own] : [own, ['AWS/RDS', 'DBClusterIdentifier', cluster]];
    }
    case 'loadBalancer':
      if (resource.type === 'classic') return [['AWS/ELB', 'LoadBalancerName', balancerDimension(resource.id)]];
      return resource.type === undefined
        ? Object.values(BALANCER_NAMESPACES).map(
            (one) => [one, 'LoadBalancer', balancerDimension(resource.id)] as const,
          )
        : [[BALANCER_NAMESPACES[resource.type], 'LoadBalancer', balancerDimension(resource.id)]];
    default:
      return [];
  }
}

export type Watched =
  | { readonly state: 'watched'; readonly alarm: Alarm }
  /** An alarm is there, and tells nobody: it has no action, its actions are off, scale something, or its topic has no subscriber. */
  | { readonly state: 'silent'; readonly alarm: Alarm }
  | { readonly state: 'unwatched' }
  /** Some alarm in its place does not tell what it watches, or whom it tells. */
  | { readonly state: 'unknown'; readonly alarm: Alarm; readonly operation: string };

/** Actions that scale, stop or restart something: nobody hears of it. */
const MACHINES = /^arn:[^:]*:(autoscaling:[^:]*:[^:]*:scalingPolicy:|automate:|swf:)/;

/** Topics with a subscriber; a subscription that nobody has confirmed gets nothing, and has no ARN of its own. */
const heard: (estate: Estate) => ReadonlySet<string> = memoised(
  (estate) =>
    new Set(all(estate, 'subscription').flatMap(({ id, topic }) => (topic && !isPending(id) ? topic.id : []))),
);
const isPending = (id: string): boolean => /:pending:[^:]*(:\d+)?$/i.test(id);

const LIST_OF_SUBSCRIBERS = 'sns:ListSubscriptions';

/** Whether somebody hears of what an alarm does; undefined where no answer tells who listens to its topic. */
function tells(estate: Estate, action: string): boolean | undefined {
  if (MACHINES.test(action)) return false;
  const [, , service, region, account] = action.split(':');
  if (service !== 'sns' || heard(estate).has(action)) return true;
  return statusOf(estate.coverage, LIST_OF_SUBSCRIBERS, { account, region }) === 'read' ? false : undefined;
}

/** What one alarm tells by all its actions. */
function loudness(estate: Estate, { actions }: Alarm): 'loud' | 'silent' | 'untold' | 'unheard' {
  if (actions === undefined) return 'untold';
  const told = actions.map((action) => tells(estate, action));
  if (told.includes(true)) return 'loud';
  return told.includes(undefined) ? 'unheard' : 'silent';
}

/** For a place in which every alarm was read. */
export function watchedBy(estate: Estate, resource: Resource): Watched {
  const { byDimension, opaque } = watch(estate);
  const place = `${resource.account} ${resource.region}`;
  const own = dimensionsOf(resource).flatMap((parts) => byDimension.get(`${place} ${parts.join(' ')}`) ?? []);
  const loud = own.find((alarm) => loudness(estate, alarm) === 'loud');
  if (loud) return { state: 'watched', alarm: loud };
  const untold = own.find((alarm) => loudness(estate, alarm) === 'untold') ?? opaque.get(place)?.[0];
  if (untold) return { state: 'unknown', alarm: untold, operation: 'cloudwatch:DescribeAlarms' };
  const unheard = own.find((alarm) => loudness(estate, alarm) === 'unheard');
  if (unheard) return { state: 'unknown', alarm: unheard, operation: LIST_OF_SUBSCRIBERS };
  const [silent] = own;
  return silent ? { state: 'silent', alarm: silent } : { state: 'unwatched' };
}
