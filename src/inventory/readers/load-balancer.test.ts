import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './load-balancer.ts';

const ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/shop/0123456789abcdef`;
const alb = {
  LoadBalancerArn: ARN,
  LoadBalancerName: 'shop',
  Type: 'application',
  Scheme: 'internet-facing',
  DNSName: 'shop-1.eu-west-1.elb.amazonaws.com',
  VpcId: 'vpc-1',
  State: { Code: 'active' },
  AvailabilityZones: [
    { ZoneName: 'eu-west-1a', SubnetId: 'subnet-a' },
    { ZoneName: 'eu-west-1b', SubnetId: 'subnet-b' },
  ],
  SecurityGroups: ['sg-1'],
};
const read = (balancer: object, more: Parameters<typeof answersOf>[0] = {}) =>
  reader.read(answersOf({ 'elbv2:DescribeLoadBalancers': { LoadBalancers: [balancer] }, ...more }))[0];

describe('load balancers', () => {
  it('joins attributes, tags and the web ACL from their own requests', () => {
    const more = {
      'elbv2:DescribeLoadBalancerAttributes': [
        {
          input: { LoadBalancerArn: ARN },
          output: { Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }] },
        },
      ],
      'elbv2:DescribeTags': { TagDescriptions: [{ ResourceArn: ARN, Tags: [{ Key: 'Environment', Value: 'prod' }] }] },
      'wafv2:GetWebACLForResource': [{ input: { ResourceArn: ARN }, output: { WebACL: { ARN: 'arn:aws:wafv2:web' } } }],
    };
    expect(read(alb, more)).toMatchObject({
      id: ARN,
      name: 'shop',
      tags: { Environment: 'prod' },
      attributes: { 'idle_timeout.timeout_seconds': '60' },
      subnets: [{ id: 'subnet-a' }, { id: 'subnet-b' }],
      zones: [{ id: 'eu-west-1a' }, { id: 'eu-west-1b' }],
      securityGroups: [{ id: 'sg-1', field: 'SecurityGroups/0' }],
      webAcl: 'arn:aws:wafv2:web',
    });
  });

  it('knows that there is no web ACL only when it was asked', () => {
    const asked = { 'wafv2:GetWebACLForResource': [{ input: { ResourceArn: ARN }, output: {} }] };
    const refused = {
      'wafv2:GetWebACLForResource': [{ input: { ResourceArn: ARN }, error: { name: 'AccessDenied' } }],
    };
    expect(read(alb, asked)).toMatchObject({ webAcl: null });
    expect(read(alb, refused)).toMatchObject({ webAcl: undefined, attributes: undefined, tags: undefined });
  });

  it('takes missing groups as none for a network load balancer and as unknown for an application one', () => {
    const { SecurityGroups: _, ...without } = alb;
    expect(read(without)).toMatchObject({ securityGroups: undefined });
    expect(read({ ...without, Type: 'network' })).toMatchObject({ securityGroups: [] });
    expect(read({ ...without, Type: 'network', SecurityGroups: 'sg-1' })).toMatchObject({ securityGroups: undefined });
  });

  it('does not show some subnets as all of them when one is missing', () => {
    const zones = [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-a' }, { ZoneName: 'eu-west-1b' }];
    expect(read({ ...alb, AvailabilityZones: zones })).toMatchObject({ subnets: undefined, zones: [{}, {}] });
  });

  it('reads a classic one with its listeners, instances and attributes under the names of today', () => {
    const answers = answersOf({
      'elb:DescribeLoadBalancers': {
        LoadBalancerDescriptions: [
          {
            LoadBalancerName: 'old',
            Scheme: 'internal',
            VPCId: 'vpc-1',
            Subnets: ['subnet-a'],
            AvailabilityZones: ['eu-west-1a'],
            SecurityGroups: ['sg-1'],
            Instances: [{ InstanceId: 'i-1' }],
            ListenerDescriptions: [{ Listener: { Protocol: 'TCP', LoadBalancerPort: 3306, InstancePort: 3306 } }],
          },
        ],
      },
      'elb:DescribeLoadBalancerAttributes': [
        {
          input: { LoadBalancerName: 'old' },
          output: {
            LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: true }, AccessLog: { Enabled: false } },
          },
        },
      ],
      'elb:DescribeTags': { TagDescriptions: [{ LoadBalancerName: 'old', Tags: [{ Key: 'a', Value: 'b' }] }] },
    });
    expect(reader.read(answers)).toMatchObject([
      {
        id: `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/old`,
        type: 'classic',
        tags: { a: 'b' },
        attributes: { 'load_balancing.cross_zone.enabled': 'true', 'access_logs.s3.enabled': 'false' },
        classic: {
          instances: [{ id: 'i-1' }],
          listeners: [{ protocol: 'TCP', port: 3306, instanceProtocol: 'TCP', instancePort: 3306 }],
        },
      },
    ]);
  });
});
