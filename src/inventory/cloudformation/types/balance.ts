/** Load balancers, listeners, rules, target groups. */
import { type Attribute, argumentsOf, BALANCER_ATTRIBUTES, TARGET_ATTRIBUTES } from '../../pulumi/attributes.ts';
import type { Properties, Value } from '../../pulumi/recorded.ts';
import type { Draft, Given } from '../given.ts';
import { type Beside, row, type TypeRow } from '../row.ts';
import { holdsUnknown, UNKNOWN } from '../values.ts';

/** Attributes that are a list of keys and values; where that is not known, none of them is. */
function attributes(one: Given, name: string, table: readonly Attribute[]): Properties {
  const told: Record<string, string> = {};
  const vague = new Set<string>();
  for (const each of one.blocks(name) ?? []) {
    const [key, value] = [each.sure('Key'), each.sure('Value')];
    if (key === undefined) for (const { input } of table) vague.add(input.split('.')[0] ?? input);
    else if (value !== undefined) told[key] = value;
    else for (const { key: known, input } of table) if (known === key) vague.add(input.split('.')[0] ?? input);
  }
  return { ...argumentsOf(table, told), ...Object.fromEntries([...vague].map((input) => [input, UNKNOWN])) };
}

const SCHEMES: Readonly<Record<string, boolean>> = { internal: true, 'internet-facing': false };

const internal = (one: Given): Value | undefined =>
  one.has('Scheme') ? (SCHEMES[one.sure('Scheme') ?? ''] ?? UNKNOWN) : undefined;

const balancer = row(
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'aws:lb/loadBalancer:LoadBalancer',
  (one) => ({
    ...attributes(one, 'LoadBalancerAttributes', BALANCER_ATTRIBUTES),
    name: one.text('Name'),
    loadBalancerType: one.text('Type'),
    internal: internal(one),
    subnets: one.list('Subnets'),
    subnetMappings: one.each('SubnetMappings', (each) => ({ subnetId: each.text('SubnetId') })),
    securityGroups: one.list('SecurityGroups'),
    ipAddressType: one.text('IpAddressType'),
    tags: one.tags(),
  }),
  {
    attributes: {
      LoadBalancerArn: 'arn',
      LoadBalancerFullName: 'arnSuffix',
      LoadBalancerName: 'name',
      DNSName: 'dnsName',
      CanonicalHostedZoneID: 'zoneId',
      SecurityGroups: 'securityGroups',
    },
  },
);

/** Of the first kind; it asks its zones alike only when it is told to. */
const classic = row(
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'aws:elb/loadBalancer:LoadBalancer',
  (one) => ({
    name: one.text('LoadBalancerName'),
    internal: internal(one),
    subnets: one.list('Subnets'),
    availabilityZones: one.list('AvailabilityZones'),
    securityGroups: one.list('SecurityGroups'),
    instances: one.list('Instances'),
    listeners: one.each('Listeners', (listener) => ({
      lbPort: listener.number('LoadBalancerPort'),
      lbProtocol: listener.text('Protocol'),
      instancePort: listener.number('InstancePort'),
      instanceProtocol: listener.text('InstanceProtocol'),
    })),
    crossZoneLoadBalancing: one.flag('CrossZone') ?? false,
    idleTimeout: one.number('ConnectionSettings.IdleTimeout'),
    accessLogs: one.one('AccessLoggingPolicy', (log) => ({
      enabled: log.flag('Enabled'),
      bucket: log.text('S3BucketName'),
      bucketPrefix: log.text('S3BucketPrefix'),
    })),
    tags: one.tags(),
  }),
  {
    attributes: {
      DNSName: 'dnsName',
      CanonicalHostedZoneName: 'dnsName',
      CanonicalHostedZoneNameID: 'zoneId',
    },
  },
);

const known = (value: Value | undefined): Value | undefined =>
  value !== undefined && holdsUnknown(value) ? UNKNOWN : value;

const action = (one: Given): Draft => ({
  type: one.text('Type'),
  targetGroupArn: one.text('TargetGroupArn'),
  forward: one.one('ForwardConfig', (forward) => ({
    targetGroups: forward.each('TargetGroups', (each) => ({
      arn: each.text('TargetGroupArn'),
      weight: each.number('Weight'),
    })),
  })),
  // what is left out of a redirection is the request's own: a part that is not known must not look so
  redirect: known(
    one.one('RedirectConfig', (redirect) => ({
      protocol: redirect.text('Protocol'),
      host: redirect.text('Host'),
      port: redirect.text('Port'),
      path: redirect.text('Path'),
      query: redirect.text('Query'),
      statusCode: redirect.text('StatusCode'),
    })),
  ),
  fixedResponse: one.one('FixedResponseConfig', (fixed) => ({ statusCode: fixed.text('StatusCode') })),
});

const certificateOf = (one: Given): Value | undefined => one.blocks('Certificates')?.[0]?.text('CertificateArn');

const listener = row(
  'AWS::ElasticLoadBalancingV2::Listener',
  'aws:lb/listener:Listener',
  (one) => ({
    loadBalancerArn: one.text('LoadBalancerArn'),
    port: one.number('Port'),
    protocol: one.text('Protocol'),
    sslPolicy: one.text('SslPolicy'),
    certificateArn: certificateOf(one),
    defaultActions: one.each('DefaultActions', action),
  }),
  { attributes: { ListenerArn: 'arn' }, belongs: ['loadBalancerArn'] },
);

const CONFIGS = {
  hostHeader: ['host-header', 'HostHeaderConfig'],
  pathPattern: ['path-pattern', 'PathPatternConfig'],
  httpRequestMethod: ['http-request-method', 'HttpRequestMethodConfig'],
  sourceIp: ['source-ip', 'SourceIpConfig'],
} as const;

/** The values stand in the condition itself, or in a configuration of its kind. */
function condition(one: Given): Draft {
  const field = one.sure('Field');
  for (const [input, [name, config]] of Object.entries(CONFIGS))
    if (field === name)
      return {
        [input]: {
          values: one.list('Values') ?? one.list(`${config}.Values`) ?? one.list(`${config}.RegexValues`) ?? UNKNOWN,
        },
      };
  if (field === 'http-header')
    return {
      httpHeader: {
        httpHeaderName: one.text('HttpHeaderConfig.HttpHeaderName') ?? UNKNOWN,
        values: one.list('HttpHeaderConfig.Values') ?? UNKNOWN,
      },
    };
  if (field === 'query-string')
    return {
      queryStrings:
        one.each('QueryStringConfig.Values', (each) => ({ key: each.text('Key'), value: each.text('Value') })) ??
        UNKNOWN,
    };
  return {};
}

const rule = row(
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'aws:lb/listenerRule:ListenerRule',
  (one) => ({
    listenerArn: one.text('ListenerArn'),
    priority: one.number('Priority'),
    conditions: one.each('Conditions', condition),
    actions: one.each('Actions', action),
  }),
  { attributes: { RuleArn: 'arn' }, belongs: ['listenerArn'] },
);

const CERTIFICATE = 'aws:lb/listenerCertificate:ListenerCertificate';

const certificates = row(
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  CERTIFICATE,
  (one) => ({ listenerArn: one.text('ListenerArn'), certificateArn: certificateOf(one) }),
  {
    belongs: ['listenerArn'],
    untagged: true,
    beside: (one) =>
      (one.blocks('Certificates') ?? []).slice(1).map((each, n) => ({
        token: CERTIFICATE,
        part: `certificate${n + 2}`,
        inputs: { listenerArn: one.text('ListenerArn'), certificateArn: each.text('CertificateArn') },
      })),
  },
);

const targets = (one: Given, group: Value | undefined): readonly Beside[] =>
  (one.blocks('Targets') ?? []).map((each, n) => ({
    token: 'aws:lb/targetGroupAttachment:TargetGroupAttachment',
    part: `target${n + 1}`,
    inputs: {
      targetGroupArn: group,
      targetId: each.text('Id'),
      port: each.number('Port'),
      availabilityZone: each.text('AvailabilityZone'),
    },
  }));

const targetGroup = row(
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'aws:lb/targetGroup:TargetGroup',
  (one) => ({
    ...attributes(one, 'TargetGroupAttributes', TARGET_ATTRIBUTES),
    name: one.text('Name'),
    port: one.number('Port'),
    protocol: one.text('Protocol'),
    targetType: one.text('TargetType'),
    vpcId: one.text('VpcId'),
    healthCheck:
      one.has('HealthCheckPath') || one.has('HealthCheckProtocol')
        ? Object.fromEntries(
            Object.entries({ path: one.text('HealthCheckPath'), protocol: one.text('HealthCheckProtocol') }).filter(
              (entry): entry is [string, Value] => entry[1] !== undefined,
            ),
          )
        : undefined,
    tags: one.tags(),
  }),
  {
    attributes: { TargetGroupArn: 'arn', TargetGroupFullName: 'arnSuffix', TargetGroupName: 'name' },
    beside: (one, self) => targets(one, self.outputs.arn),
  },
);

export const balance: readonly TypeRow[] = [
  balancer,
  classic,
  listener,
  rule,
  certificates,
  targetGroup,
  row(
    'AWS::WAFv2::WebACL',
    'aws:wafv2/webAcl:WebAcl',
    (one) => ({ name: one.text('Name'), scope: one.text('Scope'), tags: one.tags() }),
    {
      ref: ({ outputs, id }) => `${String(outputs.name)}|${id}|${String(outputs.scope ?? 'REGIONAL')}`,
      attributes: { Arn: 'arn', Id: 'id' },
    },
  ),
  row(
    'AWS::WAFv2::WebACLAssociation',
    'aws:wafv2/webAclAssociation:WebAclAssociation',
    (one) => ({ resourceArn: one.text('ResourceArn'), webAclArn: one.text('WebACLArn') }),
    { belongs: ['resourceArn'], untagged: true },
  ),
];
