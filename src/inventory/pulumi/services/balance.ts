/** Load balancers, their listeners, rules and target groups. Health is for AWS to tell: it is not answered. */
import type { Block, Declared } from '../declared.ts';
import { type Body, detail, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';

const BALANCER = ['aws:lb/loadBalancer:LoadBalancer', 'aws:alb/loadBalancer:LoadBalancer'];
const LISTENER = ['aws:lb/listener:Listener', 'aws:alb/listener:Listener'];
const RULE = ['aws:lb/listenerRule:ListenerRule', 'aws:alb/listenerRule:ListenerRule'];
const TARGETS = ['aws:lb/targetGroup:TargetGroup', 'aws:alb/targetGroup:TargetGroup'];
const ATTACHMENT = [
  'aws:lb/targetGroupAttachment:TargetGroupAttachment',
  'aws:alb/targetGroupAttachment:TargetGroupAttachment',
];
const CERTIFICATE = [
  'aws:lb/listenerCertificate:ListenerCertificate',
  'aws:alb/listenerCertificate:ListenerCertificate',
];
const WEB_ACL = ['aws:wafv2/webAclAssociation:WebAclAssociation'];

function subnetsOf(one: Declared): readonly string[] | undefined {
  if (one.has('subnets')) return one.texts('subnets');
  const mappings = one.blocks('subnetMappings')?.map((each) => each.text('subnetId'));
  const known = mappings?.filter((each) => each !== undefined);
  return known?.length && known.length === mappings?.length ? known : undefined;
}

const balancer = (one: Declared, world: World): Body => {
  const type = one.text('loadBalancerType', 'application');
  const internal = one.flag('internal', false);
  const subnets = subnetsOf(one);
  return {
    LoadBalancerArn: one.made('arn'),
    LoadBalancerName: one.either('name'),
    DNSName: one.made('dnsName'),
    Type: type,
    Scheme: internal === undefined ? undefined : internal ? 'internal' : 'internet-facing',
    VpcId: subnets?.map((subnet) => world.byId(subnet)?.text('vpcId')).find((vpc) => vpc !== undefined),
    AvailabilityZones: subnets?.map((SubnetId) => ({
      SubnetId,
      ZoneName: world.byId(SubnetId)?.text('availabilityZone'),
    })),
    SecurityGroups: one.has('securityGroups') ? one.texts('securityGroups') : undefined,
    State: { Code: 'active' },
    IpAddressType: one.text('ipAddressType', 'ipv4'),
  };
};

const attributes = (rows: readonly (readonly [string, string | number | boolean | undefined])[]): Body => ({
  Attributes: rows.flatMap(([Key, value]) => (value === undefined ? [] : [{ Key, Value: String(value) }])),
});

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const balancerAttributes = (one: Declared): Body => {
  const logs = one.block('accessLogs');
  const application = one.text('loadBalancerType', 'application') === 'application';
  return attributes([
    ['deletion_protection.enabled', one.flag('enableDeletionProtection', false)],
    ['load_balancing.cross_zone.enabled', application ? true : one.flag('enableCrossZoneLoadBalancing', false)],
    ['idle_timeout.timeout_seconds', application ? one.number('idleTimeout', 60) : undefined],
    [
      'routing.http.drop_invalid_header_fields.enabled',
      application ? one.flag('dropInvalidHeaderFields', false) : undefined,
    ],
    ['access_logs.s3.enabled', logs ? logs.flag('enabled', false) : one.has('accessLogs') ? undefined : false],
    ['access_logs.s3.bucket', logs?.text('bucket')],
  ]);
};

function action(one: Block): Body {
  const forward = one.block('forward');
  const redirect = one.block('redirect');
  const fixed = one.block('fixedResponse');
  return {
    Type: one.text('type'),
    TargetGroupArn: one.text('targetGroupArn'),
    ForwardConfig: forward && {
      TargetGroups: forward
        .blocks('targetGroups')
        ?.map((each) => ({ TargetGroupArn: each.text('arn'), Weight: each.number('weight', 1) })),
    },
    RedirectConfig: redirect && {
      Protocol: redirect.text('protocol'),
      Host: redirect.text('host'),
      Port: redirect.text('port'),
      Path: redirect.text('path'),
      Query: redirect.text('query'),
      StatusCode: redirect.text('statusCode'),
    },
    FixedResponseConfig: fixed && { StatusCode: fixed.text('statusCode') },
  };
}

const listener = (one: Declared, world: World): Body => {
  const protocol =
    one.text('protocol') ??
    (one.has('protocol')
      ? undefined
      : world.byId(one.text('loadBalancerArn'))?.text('loadBalancerType') === 'gateway'
        ? 'GENEVE'
        : 'HTTP');
  return {
    ListenerArn: one.made('arn'),
    LoadBalancerArn: one.text('loadBalancerArn'),
    Port: one.number('port'),
    Protocol: protocol,
    Certificates: one.has('certificateArn') ? [{ CertificateArn: one.text('certificateArn') }] : [],
    SslPolicy: one.text(
      'sslPolicy',
      protocol === 'HTTPS' || protocol === 'TLS' ? 'ELBSecurityPolicy-2016-08' : undefined,
    ),
    DefaultActions: one.blocks('defaultActions')?.map(action),
  };
};

function condition(one: Block): Body {
  const header = one.block('httpHeader');
  const named: readonly (readonly [input: string, field: string, config: string])[] = [
    ['hostHeader', 'host-header', 'HostHeaderConfig'],
    ['pathPattern', 'path-pattern', 'PathPatternConfig'],
    ['httpRequestMethod', 'http-request-method', 'HttpRequestMethodConfig'],
    ['sourceIp', 'source-ip', 'SourceIpConfig'],
  ];
  for (const [input, field, config] of named)
    if (one.has(input)) return { Field: field, [config]: { Values: one.block(input)?.texts('values') } };
  if (header)
    return {
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: header.text('httpHeaderName'), Values: header.texts('values') },
    };
  if (one.has('queryStrings'))
    return {
      Field: 'query-string',
      QueryStringConfig: {
        Values: one.blocks('queryStrings')?.map((each) => ({ Key: each.text('key'), Value: each.text('value') })),
      },
    };
  return {};
}

const rule = (one: Declared): Body => ({
  RuleArn: one.made('arn'),
  Priority: one.number('priority')?.toString(),
  Conditions: one.blocks('conditions')?.map(condition),
  Actions: one.blocks('actions')?.map(action),
});

/** Every listener has a last rule: its default action. */
const defaultRule = (one: Declared): Body => ({
  RuleArn: `${one.made('arn')?.replace(':listener/', ':listener-rule/')}/default`,
  Priority: 'default',
  IsDefault: true,
  Conditions: [],
  Actions: one.blocks('defaultActions')?.map(action),
});

/** A target group knows its balancers by the listeners and rules that lead to it. */
function balancersOf(group: string | undefined, world: World): readonly string[] {
  const leads = (one: Declared, key: string): boolean =>
    (one.blocks(key) ?? []).some(
      (each) =>
        each.text('targetGroupArn') === group ||
        (each.block('forward')?.blocks('targetGroups') ?? []).some((target) => target.text('arn') === group),
    );
  const listeners = [
    ...world.of(...LISTENER).filter((one) => leads(one, 'defaultActions')),
    ...world
      .of(...RULE)
      .filter((one) => leads(one, 'actions'))
      .flatMap((one) => world.byId(one.text('listenerArn')) ?? []),
  ];
  return [...new Set(listeners.flatMap((one) => one.text('loadBalancerArn') ?? []))].sort();
}

const targetGroup = (one: Declared, world: World): Body => {
  const lambda = one.text('targetType') === 'lambda';
  const check = one.block('healthCheck');
  return {
    TargetGroupArn: one.made('arn'),
    TargetGroupName: one.either('name'),
    TargetType: one.text('targetType', 'instance'),
    Protocol: lambda ? undefined : one.text('protocol'),
    Port: lambda ? undefined : one.number('port'),
    VpcId: one.text('vpcId'),
    LoadBalancerArns: balancersOf(one.made('arn'), world),
    HealthCheckPath: check ? check.text('path', '/') : '/',
  };
};

const targetAttributes = (one: Declared): Body => {
  const sticky = one.block('stickiness');
  return attributes([
    ['deregistration_delay.timeout_seconds', one.number('deregistrationDelay', 300)],
    ['slow_start.duration_seconds', one.number('slowStart', 0)],
    ['stickiness.enabled', sticky ? sticky.flag('enabled', true) : false],
  ]);
};

const tags = (types: readonly string[]): Translation =>
  listing('elbv2:DescribeTags', 'TagDescriptions', types, (one) => {
    const own = one.tags();
    return own && { ResourceArn: one.made('arn'), Tags: own };
  });

export const balance: readonly Translation[] = [
  listing('elbv2:DescribeLoadBalancers', 'LoadBalancers', BALANCER, balancer),
  detail(
    'elbv2:DescribeLoadBalancerAttributes',
    BALANCER,
    (one) => ({ LoadBalancerArn: one.made('arn') }),
    balancerAttributes,
  ),
  detail(
    'wafv2:GetWebACLForResource',
    BALANCER,
    (one) => ({ ResourceArn: one.made('arn') }),
    (one, world) => {
      const [association] = world.pointing(WEB_ACL, 'resourceArn', one.made('arn'));
      return association ? { WebACL: { ARN: association.text('webAclArn') } } : {};
    },
  ),
  listing('elbv2:DescribeListeners', 'Listeners', LISTENER, listener),
  detail(
    'elbv2:DescribeListenerCertificates',
    LISTENER,
    // only encrypted listeners have certificates
    (one) => (one.has('certificateArn') ? { ListenerArn: one.made('arn') } : undefined),
    (one, world) => ({
      Certificates: world
        .pointing(CERTIFICATE, 'listenerArn', one.made('arn'))
        .map((each) => ({ CertificateArn: each.text('certificateArn') })),
    }),
  ),
  {
    operation: 'elbv2:DescribeRules',
    types: RULE,
    tell: (world) => [
      ...world
        .of(...LISTENER)
        .map((one) => ({ from: one, input: { ListenerArn: one.made('arn') }, body: { Rules: [defaultRule(one)] } })),
      ...world
        .of(...RULE)
        .map((one) => ({ from: one, input: { ListenerArn: one.text('listenerArn') }, body: { Rules: [rule(one)] } })),
    ],
  },
  listing('elbv2:DescribeTargetGroups', 'TargetGroups', TARGETS, targetGroup),
  detail(
    'elbv2:DescribeTargetGroupAttributes',
    TARGETS,
    (one) => ({ TargetGroupArn: one.made('arn') }),
    targetAttributes,
  ),
  // targets that the program names itself; those of a service or of a scaling group come and go
  detail(
    'elbv2:DescribeTargetHealth',
    TARGETS,
    (one) => ({ TargetGroupArn: one.made('arn') }),
    (one, world) => {
      const attached = world.pointing(ATTACHMENT, 'targetGroupArn', one.made('arn'));
      if (attached.length === 0) return undefined;
      return {
        TargetHealthDescriptions: attached.map((each) => ({
          Target: {
            Id: each.text('targetId'),
            Port: each.number('port') ?? one.number('port'),
            AvailabilityZone: each.text('availabilityZone'),
          },
        })),
      };
    },
  ),
  { ...tags([...BALANCER, ...TARGETS, ...LISTENER, ...RULE]) },
  { operation: 'elbv2:DescribeListeners', types: [...ATTACHMENT, ...CERTIFICATE, ...WEB_ACL], tell: () => [] },
];
