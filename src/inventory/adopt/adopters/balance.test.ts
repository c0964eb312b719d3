import { describe, expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter as listeners } from './listener.ts';
import { adopter as rules } from './listener-rule.ts';
import { adopter as balancers } from './load-balancer.ts';
import { adopter as groups } from './target-group.ts';

const elb = (path: string): string => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:${path}`;
const BALANCER = elb('loadbalancer/app/shop/1f2e3d4c5b6a7980');
const LISTENER = elb('listener/app/shop/1f2e3d4c5b6a7980/0123456789abcdef');
const [BLUE, GREEN] = [elb('targetgroup/blue/aaaaaaaaaaaaaaaa'), elb('targetgroup/green/bbbbbbbbbbbbbbbb')];

const balancer = {
  LoadBalancerArn: BALANCER,
  LoadBalancerName: 'shop',
  Type: 'application',
  Scheme: 'internet-facing',
  DNSName: 'shop-1.eu-west-1.elb.amazonaws.com',
  SecurityGroups: ['sg-1'],
  AvailabilityZones: [{ SubnetId: 'subnet-1', ZoneName: 'eu-west-1a' }],
};
const attributes = (arn: string, given: Readonly<Record<string, string>>) => [
  {
    input: arn.includes('targetgroup') ? { TargetGroupArn: arn } : { LoadBalancerArn: arn },
    output: { Attributes: Object.entries(given).map(([Key, Value]) => ({ Key, Value })) },
  },
];

describe('a load balancer', () => {
  it('keeps its protection against deletion, which the provider would turn off', () => {
    const answers = answersOf({
      'elbv2:DescribeLoadBalancers': { LoadBalancers: [balancer] },
      'elbv2:DescribeLoadBalancerAttributes': attributes(BALANCER, {
        'deletion_protection.enabled': 'true',
        'idle_timeout.timeout_seconds': '120',
        'access_logs.s3.enabled': 'true',
        'access_logs.s3.bucket': 'shop-logs',
      }),
    });
    expect(balancers.adopt(answers)).toMatchObject([
      {
        state: 'adopted',
        importId: BALANCER,
        inputs: {
          name: 'shop',
          loadBalancerType: 'application',
          internal: false,
          subnets: ['subnet-1'],
          securityGroups: ['sg-1'],
          enableDeletionProtection: true,
          idleTimeout: 120,
          accessLogs: { enabled: true, bucket: 'shop-logs' },
        },
        outputs: { dnsName: 'shop-1.eu-west-1.elb.amazonaws.com', webAclArn: { $unknown: true } },
        ignoreChanges: expect.arrayContaining(['tags']),
        protect: true,
      },
    ]);
  });

  it('is not adopted while its attributes were not read', () => {
    const answers = answersOf({ 'elbv2:DescribeLoadBalancers': { LoadBalancers: [balancer] } });
    expect(balancers.adopt(answers)).toMatchObject([
      { state: 'unadopted', because: expect.stringContaining('elbv2:DescribeLoadBalancerAttributes') },
    ]);
  });
});

describe('a listener', () => {
  const listener = (action: object): ReturnType<typeof answersOf> =>
    answersOf({
      'elbv2:DescribeListeners': {
        Listeners: [
          { ListenerArn: LISTENER, LoadBalancerArn: BALANCER, Port: 80, Protocol: 'HTTP', DefaultActions: [action] },
        ],
      },
      'elbv2:DescribeRules': [
        {
          input: { ListenerArn: LISTENER },
          output: { Rules: [{ RuleArn: `${LISTENER}/default`, Priority: 'default', IsDefault: true }] },
        },
      ],
    });

  it('keeps the weights of its target groups, and the ARN of its last rule', () => {
    const ForwardConfig = {
      TargetGroups: [
        { TargetGroupArn: BLUE, Weight: 9 },
        { TargetGroupArn: GREEN, Weight: 1 },
      ],
    };
    expect(listeners.adopt(listener({ Type: 'forward', Order: 1, ForwardConfig }))).toMatchObject([
      {
        importId: LISTENER,
        inputs: {
          defaultActions: [
            {
              type: 'forward',
              order: 1,
              forward: {
                targetGroups: [
                  { arn: BLUE, weight: 9 },
                  { arn: GREEN, weight: 1 },
                ],
              },
            },
          ],
        },
        outputs: { defaultRuleArn: `${LISTENER}/default` },
      },
    ]);
  });

  it('is not adopted when it signs people in with a secret that AWS tells nobody', () => {
    const found = listeners.adopt(listener({ Type: 'authenticate-oidc', AuthenticateOidcConfig: {} }));
    expect(found).toMatchObject([{ state: 'unadopted', because: expect.stringContaining('client secret') }]);
  });
});

describe('a listener rule', () => {
  const RULE = elb('listener-rule/app/shop/1f2e3d4c5b6a7980/0123456789abcdef/fedcba9876543210');
  const rule = (Conditions: readonly object[] | undefined) =>
    rules.adopt(
      answersOf({
        'elbv2:DescribeRules': {
          Rules: [{ RuleArn: RULE, Priority: '10', Conditions, Actions: [{ Type: 'forward', TargetGroupArn: BLUE }] }],
        },
      }),
    );

  it('keeps the values of a header to itself, and leaves them as they are', () => {
    const HttpHeaderConfig = { HttpHeaderName: 'X-Origin-Verify', Values: ['not-for-anybody'] };
    const found = rule([{ Field: 'http-header', HttpHeaderConfig }]);
    expect(found).toMatchObject([
      { inputs: { listenerArn: LISTENER, priority: 10 }, ignoreChanges: expect.arrayContaining(['conditions']) },
    ]);
    expect(JSON.stringify(found)).not.toContain('not-for-anybody');
  });

  it('is not adopted without its conditions', () => {
    expect(rule(undefined)).toMatchObject([{ state: 'unadopted', because: expect.stringContaining('Conditions') }]);
  });
});

describe('a target group', () => {
  const told = (more: Readonly<Record<string, object | readonly object[]>> = {}) =>
    answersOf({
      'elbv2:DescribeTargetGroups': {
        TargetGroups: [
          {
            TargetGroupArn: BLUE,
            TargetGroupName: 'blue',
            TargetType: 'instance',
            Protocol: 'HTTP',
            Port: 80,
            VpcId: 'vpc-1',
          },
        ],
      },
      'elbv2:DescribeTargetHealth': [
        {
          input: { TargetGroupArn: BLUE },
          output: { TargetHealthDescriptions: [{ Target: { Id: 'i-1', Port: 8080 } }] },
        },
      ],
      ...more,
    });
  const settings = {
    'elbv2:DescribeTargetGroupAttributes': attributes(BLUE, {
      'deregistration_delay.timeout_seconds': '20',
      'stickiness.enabled': 'true',
      'stickiness.type': 'lb_cookie',
      'stickiness.lb_cookie.duration_seconds': '600',
      'stickiness.app_cookie.duration_seconds': '86400',
    }),
  };

  it('keeps how long it drains and how it sticks, and the targets that nobody else registers', () => {
    expect(groups.adopt(told(settings))).toMatchObject([
      {
        inputs: {
          deregistrationDelay: 20,
          stickiness: { enabled: true, type: 'lb_cookie', cookieDuration: 600 },
          vpcId: 'vpc-1',
        },
      },
      {
        type: 'aws:lb/targetGroupAttachment:TargetGroupAttachment',
        importId: `${BLUE},i-1,8080`,
        inputs: { targetGroupArn: BLUE, targetId: 'i-1', port: 8080 },
      },
    ]);
  });

  it('leaves the targets to the service that registers them', () => {
    const services = { services: [{ loadBalancers: [{ targetGroupArn: BLUE }] }] };
    const found = groups.adopt(told({ ...settings, 'ecs:DescribeServices': services }));
    expect(found.map(({ type }) => type)).toEqual(['aws:lb/targetGroup:TargetGroup']);
  });

  it('is not adopted while it is not known how long it drains', () => {
    expect(groups.adopt(told())).toMatchObject([
      { state: 'unadopted', because: expect.stringContaining('deregistration_delay') },
    ]);
  });
});
