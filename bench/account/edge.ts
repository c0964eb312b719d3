/** Load balancers with their listeners, rules, target groups and names. */
import type { Build } from './build.ts';
import { arn, awsId, DOMAIN, REGION, tags, ZONES } from './names.ts';
import { group, type Network } from './network.ts';

const ZONE = 'Z0EXAMPLE00000000000';

export interface Balancer {
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  readonly group: string;
  readonly listener: string;
  readonly rules: object[];
}

export function hostedZone({ answers }: Build): void {
  answers.item('route53:ListHostedZones', 'HostedZones', {
    Id: `/hostedzone/${ZONE}`,
    Name: `${DOMAIN}.`,
    Config: { PrivateZone: false },
  });
}

export function balancer(build: Build, net: Network): Balancer {
  const { answers } = build;
  const name = `${net.environment}-${net.n}-${build.next()}`;
  const own = arn('elasticloadbalancing', `loadbalancer/app/${name}/50dc6c495c0c9188`);
  const door = group(build, net.vpc, `${name}-alb`, [
    { ports: [80, 80], peer: '0.0.0.0/0' },
    { ports: [443, 443], peer: '0.0.0.0/0' },
  ]);
  const dnsName = `${name}-1234567890.${REGION}.elb.amazonaws.com`;
  answers.item('elbv2:DescribeLoadBalancers', 'LoadBalancers', {
    LoadBalancerArn: own,
    LoadBalancerName: name,
    DNSName: dnsName,
    Scheme: 'internet-facing',
    Type: 'application',
    VpcId: net.vpc,
    State: { Code: 'active' },
    AvailabilityZones: net.publicSubnets.map((SubnetId, n) => ({
      SubnetId,
      ZoneName: ZONES[n],
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: [door],
    IpAddressType: 'ipv4',
  });
  answers.answer(
    'elbv2:DescribeLoadBalancerAttributes',
    { LoadBalancerArn: own },
    {
      Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
    },
  );
  answers.answer(
    'elbv2:DescribeTags',
    { ResourceArns: [own] },
    {
      TagDescriptions: [{ ResourceArn: own, Tags: tags(net.environment, name) }],
    },
  );
  const listener = arn('elasticloadbalancing', `listener/app/${name}/50dc6c495c0c9188/f2f7dc8efc522ab2`);
  const plain = arn('elasticloadbalancing', `listener/app/${name}/50dc6c495c0c9188/f2f7dc8efc522ab3`);
  const redirect = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }];
  const missing = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
  answers.answer(
    'elbv2:DescribeListeners',
    { LoadBalancerArn: own },
    {
      Listeners: [
        { ListenerArn: listener, LoadBalancerArn: own, Port: 443, Protocol: 'HTTPS', DefaultActions: missing },
        { ListenerArn: plain, LoadBalancerArn: own, Port: 80, Protocol: 'HTTP', DefaultActions: redirect },
      ],
    },
  );
  const rules: object[] = [
    { RuleArn: `${ruleOf(listener)}/default`, Priority: 'default', Conditions: [], Actions: missing, IsDefault: true },
  ];
  answers.answer('elbv2:DescribeRules', { ListenerArn: listener }, { Rules: rules });
  answers.answer(
    'elbv2:DescribeRules',
    { ListenerArn: plain },
    {
      Rules: [
        {
          RuleArn: `${ruleOf(plain)}/default`,
          Priority: 'default',
          Conditions: [],
          Actions: redirect,
          IsDefault: true,
        },
      ],
    },
  );
  return { name, arn: own, dnsName, group: door, listener, rules };
}

const ruleOf = (listener: string): string => listener.replace(':listener/', ':listener-rule/');

/** A target group behind a rule for the service's own host name; gives its ARN. */
export function route(
  { answers }: Build,
  net: Network,
  front: Balancer,
  name: string,
  form: 'ip' | 'instance',
  targets: readonly { readonly Id: string; readonly Port: number; readonly AvailabilityZone: string }[],
): string {
  const own = arn('elasticloadbalancing', `targetgroup/${name}/73e2d6bc24d8a067`);
  const host = `${name}.${DOMAIN}`;
  const actions = [{ Type: 'forward', TargetGroupArn: own }];
  front.rules.push({
    RuleArn: `${ruleOf(front.listener)}/${name}`,
    Priority: String(front.rules.length),
    Conditions: [{ Field: 'host-header', Values: [host], HostHeaderConfig: { Values: [host] } }],
    Actions: actions,
    IsDefault: false,
  });
  answers.item('elbv2:DescribeTargetGroups', 'TargetGroups', {
    ...{ TargetGroupArn: own, TargetGroupName: name, Protocol: 'HTTP', Port: 8080, VpcId: net.vpc, TargetType: form },
    ...{ HealthCheckPath: '/', LoadBalancerArns: [front.arn] },
  });
  answers.answer(
    'elbv2:DescribeTargetGroupAttributes',
    { TargetGroupArn: own },
    {
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '300' }],
    },
  );
  answers.answer(
    'elbv2:DescribeTargetHealth',
    { TargetGroupArn: own },
    {
      TargetHealthDescriptions: targets.map((Target) => ({
        Target,
        TargetHealth: { State: 'healthy' },
      })),
    },
  );
  const records = answers.list('route53:ListResourceRecordSets', 'ResourceRecordSets');
  records.push({
    Name: `${host}.`,
    Type: 'A',
    AliasTarget: { HostedZoneId: awsId('Z', 1), DNSName: `${front.dnsName}.`, EvaluateTargetHealth: false },
  });
  return own;
}

export const ZONE_INPUT = { HostedZoneId: ZONE };
