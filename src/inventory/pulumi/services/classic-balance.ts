/** Load balancers of the first kind, whose listeners stand in them. */
import type { Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';

const CLASSIC = ['aws:elb/loadBalancer:LoadBalancer'];
const ATTACHMENT = ['aws:elb/attachment:Attachment'];
const SCALING = 'aws:autoscaling/group:Group';

/** Its own instances and those that are attached beside it; undefined where a scaling group brings more, or may. */
function instancesOf(one: Declared, world: World): readonly Body[] | undefined {
  const name = one.either('name');
  const filled = world.of(SCALING).some((group) => {
    const names = group.texts('loadBalancers');
    return names === undefined || names.some((each) => each === name);
  });
  if (filled || world.unknown(ATTACHMENT, 'elb').length > 0) return undefined;
  const attached = [...new Set([one.id, name])].flatMap((at) => world.pointing(ATTACHMENT, 'elb', at));
  const own = one.texts('instances');
  const all = own && whole([...own, ...attached.map((each) => each.text('instance'))]);
  return all?.map((InstanceId) => ({ InstanceId }));
}

const classic = (one: Declared, world: World): Body => {
  const internal = one.flag('internal', false);
  const subnets = one.has('subnets') ? one.texts('subnets') : undefined;
  return {
    LoadBalancerName: one.either('name'),
    DNSName: one.made('dnsName'),
    Scheme: internal === undefined ? undefined : internal ? 'internal' : 'internet-facing',
    VPCId: subnets?.map((subnet) => world.byId(subnet)?.text('vpcId')).find((vpc) => vpc !== undefined),
    Subnets: subnets,
    AvailabilityZones:
      whole(subnets?.map((subnet) => world.byId(subnet)?.text('availabilityZone'))) ??
      (one.has('availabilityZones') ? one.texts('availabilityZones') : undefined),
    SecurityGroups: one.has('securityGroups') ? one.texts('securityGroups') : undefined,
    Instances: instancesOf(one, world),
    ListenerDescriptions: one.blocks('listeners')?.map((each) => ({
      Listener: {
        Protocol: each.text('lbProtocol')?.toUpperCase(),
        LoadBalancerPort: each.number('lbPort'),
        InstanceProtocol: each.has('instanceProtocol') ? each.text('instanceProtocol')?.toUpperCase() : undefined,
        InstancePort: each.number('instancePort'),
      },
    })),
  };
};

/** What the provider sets where a program says nothing. https://www.pulumi.com/registry/packages/aws/api-docs/elb/loadbalancer/ */
const attributes = (one: Declared): Body => {
  const log = one.block('accessLogs');
  const logged = log ? log.flag('enabled', true) : one.has('accessLogs') ? undefined : false;
  return {
    LoadBalancerAttributes: {
      CrossZoneLoadBalancing: { Enabled: one.flag('crossZoneLoadBalancing', true) },
      AccessLog: { Enabled: logged, S3BucketName: log?.text('bucket'), S3BucketPrefix: log?.text('bucketPrefix') },
      ConnectionSettings: { IdleTimeout: one.number('idleTimeout', 60) },
    },
  };
};

export const classicBalance: readonly Translation[] = [
  declaredOnly(listing('elb:DescribeLoadBalancers', 'LoadBalancerDescriptions', CLASSIC, classic)),
  detail(
    'elb:DescribeLoadBalancerAttributes',
    CLASSIC,
    (one) => ({ LoadBalancerName: one.either('name') }),
    attributes,
  ),
  declaredOnly(
    listing('elb:DescribeTags', 'TagDescriptions', CLASSIC, (one) => {
      const tags = one.tags();
      return tags && { LoadBalancerName: one.either('name'), Tags: tags };
    }),
  ),
  { operation: 'elb:DescribeLoadBalancers', types: ATTACHMENT, tell: () => [] },
];
