import type { ClassicListener, LoadBalancer } from '../../estate/kinds/balance.ts';
import type { Answers } from '../answers.ts';
import { allRefs, allRefsIn, keyValues, tagsIn, text, whereOf } from '../fields.ts';
import { arn, isArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { balancerTags } from '../listener-actions.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

const TYPES = ['application', 'network', 'gateway'] as const;
const SCHEMES = ['internet-facing', 'internal'] as const;

export const reader: Reader = {
  name: 'load-balancer',
  kinds: ['loadBalancer'],
  operations: [
    'elbv2:DescribeLoadBalancers',
    'elbv2:DescribeLoadBalancerAttributes',
    'elbv2:DescribeTags',
    'wafv2:GetWebACLForResource',
    'elb:DescribeLoadBalancers',
    'elb:DescribeLoadBalancerAttributes',
    'elb:DescribeTags',
  ],
  read: (answers) => {
    const tags = balancerTags(answers);
    return [
      ...answers.items('elbv2:DescribeLoadBalancers', 'LoadBalancers').map((item): LoadBalancer => {
        const id = idOf(item, 'LoadBalancerArn');
        const type = choice(item, 'Type', TYPES);
        const attributes = answers.one('elbv2:DescribeLoadBalancerAttributes', 'LoadBalancerArn', id);
        return {
          kind: 'loadBalancer',
          ...base(
            'loadBalancer',
            item,
            { id, arn: text(item, 'LoadBalancerArn'), name: text(item, 'LoadBalancerName') },
            tags.get(id),
          ),
          type,
          scheme: choice(item, 'Scheme', SCHEMES),
          dnsName: item.string('DNSName'),
          vpc: item.ref('VpcId'),
          subnets: allRefsIn(item, 'AvailabilityZones', 'SubnetId'),
          zones: allRefsIn(item, 'AvailabilityZones', 'ZoneName'),
          // AWS leaves the field out where a network or gateway load balancer has no groups
          securityGroups:
            allRefs(item, 'SecurityGroups') ??
            ((type === 'network' || type === 'gateway') && !item.has('SecurityGroups') ? [] : undefined),
          state: item.item('State')?.string('Code'),
          ipAddressType: item.string('IpAddressType'),
          attributes: attributes.state === 'read' ? keyValues(attributes.item, 'Attributes') : undefined,
          classic: undefined,
          webAcl: webAclOf(answers, id, type),
        };
      }),
      ...classics(answers),
    ];
  },
};

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACLForResource.html: no WebACL in the answer is none. */
function webAclOf(answers: Answers, id: string, type: LoadBalancer['type']): string | null | undefined {
  const answer = answers.one('wafv2:GetWebACLForResource', 'ResourceArn', id);
  if (answer.state === 'read') return answer.item.has('WebACL') ? answer.item.item('WebACL')?.string('ARN') : null;
  // only application load balancers can have one
  return answer.state === 'absent' || type === 'network' || type === 'gateway' ? null : undefined;
}

function classics(answers: Answers): readonly LoadBalancer[] {
  const tags = new Map(
    answers
      .items('elb:DescribeTags', 'TagDescriptions')
      .map((item) => [classicArn(item, text(item, 'LoadBalancerName') ?? ''), tagsIn(item)]),
  );
  return answers.items('elb:DescribeLoadBalancers', 'LoadBalancerDescriptions').map((item): LoadBalancer => {
    const name = idOf(item, 'LoadBalancerName');
    const id = item.has('LoadBalancerName') ? classicArn(item, name) : name;
    const attributes = answers.one('elb:DescribeLoadBalancerAttributes', 'LoadBalancerName', name, whereOf(item));
    return {
      kind: 'loadBalancer',
      ...base('loadBalancer', item, { id, name, ...(isArn(id) ? { arn: id } : {}) }, tags.get(id)),
      type: 'classic',
      scheme: choice(item, 'Scheme', SCHEMES),
      dnsName: item.string('DNSName'),
      vpc: item.ref('VPCId'),
      subnets: allRefs(item, 'Subnets'),
      zones: allRefs(item, 'AvailabilityZones'),
      securityGroups: allRefs(item, 'SecurityGroups'),
      state: undefined,
      ipAddressType: undefined,
      attributes: attributes.state === 'read' ? classicAttributes(attributes.item) : undefined,
      classic: classicParts(item),
      webAcl: null,
    };
  });
}

const classicArn = (item: Item, name: string): string =>
  arn('elasticloadbalancing', item.context.region, item.context.account, `loadbalancer/${name}`);

function classicParts(item: Item): LoadBalancer['classic'] {
  const instances = allRefsIn<'instance'>(item, 'Instances', 'InstanceId');
  const descriptions = allItems(item, 'ListenerDescriptions');
  if (!instances || !descriptions) return undefined;
  const listeners: ClassicListener[] = [];
  for (const description of descriptions) {
    const listener = description.item('Listener');
    const protocol = listener?.string('Protocol');
    const port = listener?.number('LoadBalancerPort');
    const instancePort = listener?.number('InstancePort');
    if (protocol === undefined || port === undefined || instancePort === undefined) return undefined;
    // the instance protocol is the listener's own when it is not set
    listeners.push({
      protocol,
      port,
      instanceProtocol: listener?.string('InstanceProtocol') ?? protocol,
      instancePort,
    });
  }
  return { instances, listeners };
}

/** The old API's attributes under the names of the new one, so that a rule need know only those. */
function classicAttributes(answer: Item): Readonly<Record<string, string>> | undefined {
  const attributes = answer.item('LoadBalancerAttributes');
  if (!attributes) return undefined;
  const log = attributes.item('AccessLog');
  const told: readonly (readonly [string, string | number | boolean | undefined])[] = [
    ['load_balancing.cross_zone.enabled', attributes.item('CrossZoneLoadBalancing')?.boolean('Enabled')],
    ['access_logs.s3.enabled', log?.boolean('Enabled')],
    ['access_logs.s3.bucket', log?.string('S3BucketName')],
    ['access_logs.s3.prefix', log?.string('S3BucketPrefix')],
    ['idle_timeout.timeout_seconds', attributes.item('ConnectionSettings')?.number('IdleTimeout')],
  ];
  return {
    ...Object.fromEntries(told.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))),
    ...keyValues(attributes, 'AdditionalAttributes'),
  };
}
