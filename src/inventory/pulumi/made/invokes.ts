/**
 * Answers to the functions of the AWS provider that programs call most. They decide what a program declares, so they
 * are typed; what no row answers gets its own arguments back, and the recording says so.
 */
import { createHash } from 'node:crypto';
import { isProperties, type Place, type Properties, type Value } from '../recorded.ts';

interface Asked extends Place {
  readonly partition: string;
  readonly arguments: Properties;
}

type Answer = (asked: Asked) => Properties;

const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const id = (prefix: string, of: unknown): string => `${prefix}-0${hash(of).slice(0, 16)}`;
const list = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const LETTERS = ['a', 'b', 'c'];

const zones: Answer = ({ region }) => ({
  id: region,
  names: LETTERS.map((letter) => `${region}${letter}`),
  zoneIds: LETTERS.map((_, n) => `${region}-az${n + 1}`),
  groupNames: [region],
});

const zone: Answer = ({ region, arguments: asked }) => {
  const name = text(asked.name) ?? `${region}a`;
  return {
    id: name,
    name,
    nameSuffix: name.slice(-1),
    region,
    zoneId: text(asked.zoneId) ?? `${region}-az1`,
    state: 'available',
  };
};

const image: Answer = ({ arguments: asked, account, region }) => {
  const own = id('ami', asked);
  return {
    id: own,
    imageId: own,
    arn: `arn:aws:ec2:${region}::image/${own}`,
    ownerId: account,
    architecture: 'x86_64',
    name: 'an-image',
  };
};

const parameter: Answer = ({ arguments: asked, account, region, partition }) => {
  const name = text(asked.name) ?? 'parameter';
  // the public parameters of AWS hold ids of images
  const value = /ami|image[_-]id/i.test(name)
    ? id('ami', name)
    : `value-of-${name.replace(/^\//, '').replaceAll('/', '-')}`;
  return {
    id: name,
    name,
    value,
    insecureValue: value,
    type: 'String',
    version: 1,
    arn: `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`,
  };
};

const prefixList: Answer = ({ arguments: asked, region, partition }) => {
  const name = text(asked.name) ?? text(asked.prefixListId) ?? 'list';
  const own = text(asked.id) ?? text(asked.prefixListId) ?? id('pl', [name, region]);
  return {
    id: own,
    name,
    prefixListId: own,
    arn: `arn:${partition}:ec2:${region}:aws:prefix-list/${own}`,
    cidrBlocks: [],
    entries: [],
    ownerId: 'AWS',
    addressFamily: 'IPv4',
  };
};

const objects = (value: Value | undefined): readonly Properties[] =>
  list(value).flatMap((one) => (isProperties(one) ? [one] : []));

const single = (values: readonly Value[]): Value => (values.length === 1 ? (values[0] ?? null) : values);

function principals(given: Value): Value {
  const byType = new Map<string, Value[]>();
  for (const { type, identifiers } of objects(given)) {
    const key = text(type) ?? '*';
    byType.set(key, [...(byType.get(key) ?? []), ...list(identifiers)]);
  }
  if (byType.has('*')) return '*';
  return Object.fromEntries([...byType].map(([type, values]) => [type, single(values)]));
}

function conditions(given: Value): Properties {
  const made: Record<string, Record<string, Value>> = {};
  for (const one of objects(given)) {
    const test = text(one.test) ?? '';
    made[test] = { ...made[test], [text(one.variable) ?? '']: single(list(one.values)) };
  }
  return made;
}

/** Statements in the form of a policy document. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const policyDocument: Answer = ({ arguments: asked }) => {
  const statements = objects(asked.statements).map((given): Properties => {
    const parts: readonly (readonly [string, Value | undefined])[] = [
      ['Sid', given.sid],
      ['Effect', given.effect ?? 'Allow'],
      ['Principal', given.principals && principals(given.principals)],
      ['NotPrincipal', given.notPrincipals && principals(given.notPrincipals)],
      ['Action', given.actions && single(list(given.actions))],
      ['NotAction', given.notActions && single(list(given.notActions))],
      ['Resource', given.resources && single(list(given.resources))],
      ['NotResource', given.notResources && single(list(given.notResources))],
      ['Condition', given.conditions && conditions(given.conditions)],
    ];
    return Object.fromEntries(parts.filter((part): part is readonly [string, Value] => part[1] !== undefined));
  });
  const document = {
    Version: text(asked.version) ?? '2012-10-17',
    ...(text(asked.policyId) ? { Id: asked.policyId } : {}),
    Statement: statements,
  };
  const json = JSON.stringify(document, null, 2);
  return { id: hash(document).slice(0, 10), json, minifiedJson: JSON.stringify(document) };
};

/** AWS's own cache and request policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const MANAGED: Readonly<Record<string, string>> = {
  'Managed-CachingOptimized': '658327ea-f89d-4fab-a63d-7e88639e58f6',
  'Managed-CachingDisabled': '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  'Managed-AllViewer': '216adef6-5c7f-47e4-b989-5492eafa07d3',
  'Managed-AllViewerExceptHostHeader': 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  'Managed-CORS-S3Origin': '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
  'Managed-SecurityHeadersPolicy': '67f7725c-6f97-4210-82d7-5512b31e9d03',
};

const cloudfrontPolicy: Answer = ({ arguments: asked }) => {
  const name = text(asked.name) ?? '';
  return { id: text(asked.id) ?? MANAGED[name] ?? hash(name).slice(0, 32), name };
};

const vpc: Answer = ({ arguments: asked, account, region, partition }) => {
  const own = text(asked.id) ?? id('vpc', asked);
  return {
    id: own,
    arn: `arn:${partition}:ec2:${region}:${account}:vpc/${own}`,
    cidrBlock: text(asked.cidrBlock) ?? '172.31.0.0/16',
    default: asked.default === true,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    mainRouteTableId: id('rtb', own),
    ownerId: account,
    tags: {},
  };
};

const hostedZone: Answer = ({ arguments: asked }) => {
  const own = text(asked.zoneId) ?? `Z${hash(asked).slice(0, 13).toUpperCase()}`;
  return {
    id: own,
    zoneId: own,
    name: text(asked.name) ?? 'example.com',
    arn: `arn:aws:route53:::hostedzone/${own}`,
    nameServers: [],
    privateZone: asked.privateZone === true,
  };
};

const ROWS: Readonly<Record<string, Answer>> = {
  'aws:index/getCallerIdentity:getCallerIdentity': ({ account, partition }) => ({
    id: account,
    accountId: account,
    arn: `arn:${partition}:iam::${account}:user/underpin`,
    userId: 'AIDAEXAMPLE',
  }),
  'aws:index/getRegion:getRegion': ({ region, arguments: asked }) => {
    const name = text(asked.region) ?? text(asked.name) ?? region;
    return { id: name, name, region: name, endpoint: `ec2.${name}.amazonaws.com`, description: name };
  },
  'aws:index/getPartition:getPartition': ({ partition }) => ({
    id: partition,
    partition,
    dnsSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    reverseDnsPrefix: 'com.amazonaws',
  }),
  'aws:index/getAvailabilityZones:getAvailabilityZones': zones,
  'aws:index/getAvailabilityZone:getAvailabilityZone': zone,
  'aws:index/getDefaultTags:getDefaultTags': () => ({ id: 'tags', tags: {} }),
  'aws:index/getService:getService': ({ arguments: asked, region }) => {
    const service = text(asked.serviceId) ?? 'service';
    return { id: service, serviceId: service, region, dnsName: `${service}.${region}.amazonaws.com`, supported: true };
  },
  'aws:ec2/getAmi:getAmi': image,
  'aws:ec2/getAmiIds:getAmiIds': ({ arguments: asked }) => ({ id: 'images', ids: [id('ami', asked)] }),
  'aws:ec2/getVpc:getVpc': vpc,
  'aws:ec2/getSubnets:getSubnets': ({ arguments: asked, region }) => ({
    id: region,
    ids: LETTERS.map((letter) => id('subnet', [asked, letter])),
  }),
  'aws:ec2/getSubnet:getSubnet': ({ arguments: asked, region }) => ({
    id: text(asked.id) ?? id('subnet', asked),
    vpcId: text(asked.vpcId) ?? id('vpc', 'of subnets'),
    availabilityZone: text(asked.availabilityZone) ?? `${region}a`,
    cidrBlock: '172.31.0.0/20',
  }),
  'aws:ec2/getSecurityGroup:getSecurityGroup': ({ arguments: asked }) => ({
    id: text(asked.id) ?? id('sg', asked),
    name: text(asked.name) ?? 'default',
    vpcId: text(asked.vpcId) ?? id('vpc', 'of groups'),
  }),
  'aws:ec2/getPrefixList:getPrefixList': prefixList,
  'aws:ec2/getManagedPrefixList:getManagedPrefixList': prefixList,
  'aws:ssm/getParameter:getParameter': parameter,
  'aws:secretsmanager/getSecret:getSecret': ({ arguments: asked, account, region, partition }) => {
    const name = text(asked.name) ?? 'secret';
    const arn =
      text(asked.arn) ??
      `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-${hash(name).slice(0, 6)}`;
    return { id: arn, arn, name };
  },
  'aws:secretsmanager/getSecretVersion:getSecretVersion': ({ arguments: asked }) => ({
    id: text(asked.secretId) ?? 'secret',
    secretId: text(asked.secretId) ?? 'secret',
    secretString: '{}',
  }),
  'aws:iam/getPolicyDocument:getPolicyDocument': policyDocument,
  'aws:iam/getPolicy:getPolicy': ({ arguments: asked, account, partition }) => {
    const arn = text(asked.arn) ?? `arn:${partition}:iam::${account}:policy/${text(asked.name) ?? ''}`;
    return { id: arn, arn, name: arn.replace(/^.*\//, '') };
  },
  'aws:iam/getRole:getRole': ({ arguments: asked, account, partition }) => {
    const name = text(asked.name) ?? 'role';
    return { id: name, name, arn: `arn:${partition}:iam::${account}:role/${name}` };
  },
  'aws:kms/getKey:getKey': ({ arguments: asked, account, region, partition }) => {
    const key = hash(asked.keyId ?? '').slice(0, 32);
    return { id: key, keyId: key, arn: `arn:${partition}:kms:${region}:${account}:key/${key}` };
  },
  'aws:route53/getZone:getZone': hostedZone,
  'aws:acm/getCertificate:getCertificate': ({ arguments: asked, account, region, partition }) => {
    const arn = `arn:${partition}:acm:${region}:${account}:certificate/${hash(asked).slice(0, 32)}`;
    return { id: arn, arn, domain: text(asked.domain) ?? 'example.com', status: 'ISSUED' };
  },
  'aws:cloudfront/getCachePolicy:getCachePolicy': cloudfrontPolicy,
  'aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy': cloudfrontPolicy,
  'aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy': cloudfrontPolicy,
  'aws:elb/getServiceAccount:getServiceAccount': ({ partition }) => ({
    id: '111122223333',
    arn: `arn:${partition}:iam::111122223333:root`,
  }),
  'aws:elb/getHostedZoneId:getHostedZoneId': () => ({ id: 'Z0123456789BALANCER' }),
  'aws:lb/getHostedZoneId:getHostedZoneId': () => ({ id: 'Z0123456789BALANCER' }),
  'aws:ecr/getAuthorizationToken:getAuthorizationToken': ({ account, region }) => ({
    id: region,
    userName: 'AWS',
    password: 'not-a-real-one',
    authorizationToken: 'not-a-real-one',
    proxyEndpoint: `https://${account}.dkr.ecr.${region}.amazonaws.com`,
  }),
};

/** The answer, with the arguments that it repeats; undefined when no row knows the function. */
export function answerOf(token: string, asked: Properties, place: Place, partition: string): Properties | undefined {
  const row = ROWS[token];
  return row && { ...asked, ...row({ ...place, partition, arguments: asked }) };
}
