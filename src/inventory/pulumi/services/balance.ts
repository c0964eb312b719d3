/** Load balancers, their listeners, rules and target groups. Health is for AWS to tell: it is not answered. */
import { type Attribute, attributeOf, BALANCER_ATTRIBUTES, TARGET_ATTRIBUTES } from '../attributes.ts';
import type { Block, Declared } from '../declared.ts';
import { isProperties } from '../recorded.ts';
import { type Body, detail, isUntold, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';
import { balancersOf, LISTENER, RULE, registersIn } from './target-groups.ts';

const BALANCER = ['aws:lb/loadBalancer:LoadBalancer', 'aws:alb/loadBalancer:LoadBalancer'];
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
    VpcId: subnets?.map((subnet) => world.byId(subnet)?.text('vpcId')).find((vpc) => vpc !== undefined) ?? vpcOf(one),
    AvailabilityZones: subnets?.map((SubnetId) => ({
      SubnetId,
      ZoneName: world.byId(SubnetId)?.text('availabilityZone') ?? zonesOf(one)?.get(SubnetId),
    })),
    SecurityGroups: one.has('securityGroups') ? one.texts('securityGroups') : undefined,
    State: { Code: 'active' },
    IpAddressType: one.text('ipAddressType', 'ipv4'),
  };
};

/** Where subnets are nobody's to declare, the balancer as it was adopted still tells its zones. */
function zonesOf(one: Declared): ReadonlyMap<string, string> | undefined {
  const { zones } = one.resource.outputs;
  if (!isProperties(zones)) return undefined;
  return new Map(Object.entries(zones).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

const vpcOf = (one: Declared): string | undefined => (zonesOf(one) ? one.made('vpcId') : undefined);

/** What the program says, and AWS's default for what it leaves out; nothing for what is only known later. */
function attributes(
  one: Declared,
  table: readonly Attribute[],
  defaults: Readonly<Record<string, string | undefined>>,
): Body {
  return {
    Attributes: table.flatMap((attribute) => {
      const { key, input } = attribute;
      const Value = attributeOf(one, attribute) ?? (isSaid(one, input) ? undefined : defaults[key]);
      return Value === undefined ? [] : [{ Key: key, Value }];
    }),
  };
}

/** Whether the program says an argument, or a block that may hold it and is not known. */
function isSaid(one: Block, input: string): boolean {
  const [name = '', ...rest] = input.split('.');
  if (rest.length === 0) return one.has(name);
  const block = one.block(name);
  return block ? isSaid(block, rest.join('.')) : one.has(name);
}

const balancerAttributes = (one: Declared): Body | undefined => {
  const type = one.text('loadBalancerType', 'application');
  if (type === undefined) return undefined;
  const application = type === 'application';
  return attributes(one, BALANCER_ATTRIBUTES, {
    'deletion_protection.enabled': 'false',
    'load_balancing.cross_zone.enabled': application ? 'true' : 'false',
    'access_logs.s3.enabled': 'false',
    ...(application
      ? { 'idle_timeout.timeout_seconds': '60', 'routing.http.drop_invalid_header_fields.enabled': 'false' }
      : {}),
  });
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
      Query: redirect.has('query') ? redirect.value('query') : undefined,
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

/** Plain values, regular expressions, or both. */
const matches = (one: Block | undefined): Body => ({
  Values: one?.has('values') || !one?.has('regexValues') ? one?.texts('values') : undefined,
  RegexValues: one?.has('regexValues') ? one.texts('regexValues') : undefined,
});

function condition(one: Block): Body {
  const header = one.block('httpHeader');
  const named: readonly (readonly [input: string, field: string, config: string])[] = [
    ['hostHeader', 'host-header', 'HostHeaderConfig'],
    ['pathPattern', 'path-pattern', 'PathPatternConfig'],
    ['httpRequestMethod', 'http-request-method', 'HttpRequestMethodConfig'],
    ['sourceIp', 'source-ip', 'SourceIpConfig'],
  ];
  for (const [input, field, config] of named)
    if (one.has(input)) return { Field: field, [config]: matches(one.block(input)) };
  if (header)
    return {
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: header.text('httpHeaderName'), ...matches(header) },
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
  RuleArn: one.made('defaultRuleArn') ?? `${one.made('arn')?.replace(':listener/', ':listener-rule/')}/default`,
  Priority: 'default',
  IsDefault: true,
  Conditions: [],
  Actions: one.blocks('defaultActions')?.map(action),
});

/** Only checks by HTTP ask for a path. */
function healthPath(one: Declared): string | undefined {
  const check = one.block('healthCheck');
  if (!check && one.has('healthCheck')) return undefined;
  const protocol = one.text('protocol');
  const usual = protocol === 'HTTP' || protocol === 'HTTPS' || one.text('targetType') === 'lambda' ? 'HTTP' : 'TCP';
  const how = check?.text('protocol', usual) ?? (check?.has('protocol') ? undefined : usual);
  return how === 'HTTP' || how === 'HTTPS' ? (check ? check.text('path', '/') : '/') : undefined;
}

const targetGroup = (one: Declared, world: World): Body => {
  const lambda = one.text('targetType') === 'lambda';
  return {
    TargetGroupArn: one.made('arn'),
    TargetGroupName: one.either('name'),
    TargetType: one.text('targetType', 'instance'),
    Protocol: lambda ? undefined : one.text('protocol'),
    Port: lambda ? undefined : one.number('port'),
    VpcId: one.text('vpcId'),
    LoadBalancerArns: balancersOf(one.made('arn'), world),
    HealthCheckPath: healthPath(one),
  };
};

const targetAttributes = (one: Declared): Body => {
  const sticky = one.block('stickiness');
  const web = ['HTTP', 'HTTPS'].includes(one.text('protocol') ?? '');
  const told = attributes(
    one,
    TARGET_ATTRIBUTES,
    one.text('targetType') === 'lambda'
      ? {}
      : {
          'deregistration_delay.timeout_seconds': '300',
          'stickiness.enabled': sticky ? 'true' : 'false',
          ...(web ? { 'slow_start.duration_seconds': '0' } : {}),
        },
  );
  return sticky?.has('cookieDuration') ? { Attributes: [...rows(told), ...cookies(sticky)] } : told;
};

const rows = (told: Body): readonly unknown[] => (Array.isArray(told.Attributes) ? told.Attributes : []);

/** A cookie of the balancer and one of the application each have a duration, a day by default; the argument is for the one in use. */
function cookies(sticky: Block): readonly Body[] {
  const used = sticky.text('type');
  return ['lb_cookie', 'app_cookie'].flatMap((type) => {
    const seconds = used === undefined ? undefined : used === type ? sticky.number('cookieDuration') : 86_400;
    return seconds === undefined ? [] : [{ Key: `stickiness.${type}.duration_seconds`, Value: String(seconds) }];
  });
}

/**
 * The targets that the program attaches itself; undefined for a group in which a service or a scaling group registers what
 * it runs, and where it is not known who registers.
 */
function targetsOf(one: Declared, world: World): readonly Body[] | undefined {
  const attached = world.pointing(ATTACHMENT, 'targetGroupArn', one.made('arn'));
  const elsewhere = world.unknown(ATTACHMENT, 'targetGroupArn').length > 0;
  if (attached.length === 0 || elsewhere || registersIn(one.made('arn'), world)) return undefined;
  return attached.map((each) => ({
    Target: {
      Id: each.text('targetId'),
      Port: each.number('port', one.number('port')),
      AvailabilityZone: each.text('availabilityZone') ?? each.made('zone'),
    },
  }));
}

const certificateOf = (one: Declared): string | undefined =>
  one.text('listenerArn') === undefined ? undefined : one.text('certificateArn');

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
      if (association) return { WebACL: { ARN: association.text('webAclArn') } };
      // an association with something that is not known may be with this
      return world.unknown(WEB_ACL, 'resourceArn').length > 0 || isUntold(one, 'webAclArn') ? undefined : {};
    },
  ),
  listing('elbv2:DescribeListeners', 'Listeners', LISTENER, listener),
  detail(
    'elbv2:DescribeListenerCertificates',
    LISTENER,
    // only encrypted listeners have certificates
    (one) => (one.has('certificateArn') ? { ListenerArn: one.made('arn') } : undefined),
    (one, world) => ({
      // a certificate that is put on something unknown may be put on this: then it is in the list, and not known
      Certificates: [
        ...world.pointing(CERTIFICATE, 'listenerArn', one.made('arn')),
        ...world.unknown(CERTIFICATE, 'listenerArn'),
      ].map((each) => ({ CertificateArn: certificateOf(each) })),
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
      const targets = targetsOf(one, world);
      return targets && { TargetHealthDescriptions: targets };
    },
  ),
  { ...tags([...BALANCER, ...TARGETS, ...LISTENER, ...RULE]) },
  { operation: 'elbv2:DescribeListeners', types: [...ATTACHMENT, ...CERTIFICATE, ...WEB_ACL], tell: () => [] },
];
