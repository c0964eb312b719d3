/** Load balancers and target groups of example inventories. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';
import { publicSubnet, VPC } from './network.ts';

const arn = (rest: string): string => `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:${rest}`;
export const balancerArn = (name: string, type = 'app'): string => arn(`loadbalancer/${type}/${name}/0example00000001`);
export const targetGroupArn = (name: string): string => arn(`targetgroup/${name}/0example00000001`);

export const balancer = (
  name: string,
  zones: readonly string[],
  fields: Readonly<Record<string, unknown>> = {},
): object => ({
  LoadBalancerArn: balancerArn(name),
  LoadBalancerName: name,
  DNSName: `${name}-1234567890.${REGION}.elb.amazonaws.com`,
  Type: 'application',
  Scheme: 'internet-facing',
  State: { Code: 'active' },
  VpcId: VPC,
  AvailabilityZones: zones.map((ZoneName) => ({ ZoneName, SubnetId: publicSubnet(ZoneName) })),
  SecurityGroups: [],
  IpAddressType: 'ipv4',
  ...fields,
});

/** The new API's answer, and the classic one's, which is empty. */
export const balancerAnswer = (...balancers: readonly object[]): Example => ({
  'elbv2:DescribeLoadBalancers': { LoadBalancers: balancers },
  'elb:DescribeLoadBalancers': { LoadBalancerDescriptions: [] },
});

/** A target group of instances behind a balancer, with the health of its targets. */
export const targetGroupAnswer = (name: string, balancer: string, instances: readonly string[]): Example => ({
  'elbv2:DescribeTargetGroups': {
    TargetGroups: [
      {
        TargetGroupArn: targetGroupArn(name),
        TargetGroupName: name,
        TargetType: 'instance',
        Protocol: 'HTTP',
        Port: 8080,
        VpcId: VPC,
        LoadBalancerArns: [balancerArn(balancer)],
      },
    ],
  },
  'elbv2:DescribeTargetHealth': [
    {
      input: { TargetGroupArn: targetGroupArn(name) },
      output: {
        TargetHealthDescriptions: instances.map((Id) => ({
          Target: { Id, Port: 8080 },
          TargetHealth: { State: 'healthy' },
        })),
      },
    },
  ],
});

export interface ListenerOptions {
  readonly Port: number;
  readonly Protocol: string;
  /** Name of the target group it hands requests to; left out, it redirects to HTTPS. */
  readonly forwardTo?: string;
}

const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } };
const forward = (name: string): object => ({ Type: 'forward', TargetGroupArn: targetGroupArn(name) });

/** The listeners of one balancer. */
export const listenerAnswer = (balancerArn: string, ...listeners: readonly ListenerOptions[]): Example => ({
  'elbv2:DescribeListeners': [
    {
      input: { LoadBalancerArn: balancerArn },
      output: {
        Listeners: listeners.map(({ Port, Protocol, forwardTo }) => ({
          ListenerArn: `${balancerArn.replace(':loadbalancer/', ':listener/')}/${Port}`,
          LoadBalancerArn: balancerArn,
          Port,
          Protocol,
          DefaultActions: [forwardTo === undefined ? redirect : forward(forwardTo)],
        })),
      },
    },
  ],
});

/** The rules of one listener that stand before its default action. */
export const ruleAnswer = (
  balancerArn: string,
  port: number,
  rules: readonly { readonly Priority: string; readonly forwardTo: string; readonly [field: string]: unknown }[],
): Example => {
  const listener = `${balancerArn.replace(':loadbalancer/', ':listener/')}/${port}`;
  return {
    'elbv2:DescribeRules': [
      {
        input: { ListenerArn: listener },
        output: {
          Rules: rules.map(({ forwardTo, ...fields }) => ({
            RuleArn: `${listener.replace(':listener/', ':listener-rule/')}/${fields.Priority}`,
            ...fields,
            Actions: [forward(forwardTo)],
          })),
        },
      },
    ],
  };
};

/** A target group of addresses behind a balancer that only passes connections on. */
export const addressedTargetAnswer = (
  name: string,
  balancerArn: string,
  Port: number,
  addresses: readonly string[],
): Example => ({
  'elbv2:DescribeTargetGroups': {
    TargetGroups: [
      {
        TargetGroupArn: targetGroupArn(name),
        TargetGroupName: name,
        TargetType: 'ip',
        Protocol: 'TCP',
        Port,
        VpcId: VPC,
        LoadBalancerArns: [balancerArn],
      },
    ],
  },
  'elbv2:DescribeTargetHealth': [
    {
      input: { TargetGroupArn: targetGroupArn(name) },
      output: {
        TargetHealthDescriptions: addresses.map((Id) => ({ Target: { Id, Port }, TargetHealth: { State: 'healthy' } })),
      },
    },
  ],
});
