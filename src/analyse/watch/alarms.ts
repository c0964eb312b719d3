/**
 * Which databases and load balancers a CloudWatch alarm watches, by the alarm's dimensions.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/dimensions.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
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
  /** An alarm is there, and tells nobody: it has no action, or its actions are off. */
  | { readonly state: 'silent'; readonly alarm: Alarm }
  | { readonly state: 'unwatched' }
  /** Some alarm in its place does not tell what it watches, or whom it tells. */
  | { readonly state: 'unknown'; readonly alarm: Alarm };

/** For a place in which every alarm was read. */
export function watchedBy(estate: Estate, resource: Resource): Watched {
  const { byDimension, opaque } = watch(estate);
  const place = `${resource.account} ${resource.region}`;
  const own = dimensionsOf(resource).flatMap((parts) => byDimension.get(`${place} ${parts.join(' ')}`) ?? []);
  const loud = own.find((alarm) => alarm.actions !== undefined && alarm.actions.length > 0);
  if (loud) return { state: 'watched', alarm: loud };
  const untold = own.find((alarm) => alarm.actions === undefined) ?? opaque.get(place)?.[0];
  if (untold) return { state: 'unknown', alarm: untold };
  const [silent] = own;
  return silent ? { state: 'silent', alarm: silent } : { state: 'unwatched' };
}
