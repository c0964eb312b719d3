/** More parts of small estates: what stands behind and before interfaces. */
import type { Flow, FlowEnd } from '../../../estate/flow.ts';
import { id } from '../../../estate/ids.ts';
import type { LoadBalancer, Target, TargetGroup } from '../../../estate/kinds/balance.ts';
import type { LambdaFunction } from '../../../estate/kinds/compute.ts';
import type { Database, Queue } from '../../../estate/kinds/data.ts';
import type { Distribution, Origin } from '../../../estate/kinds/edge.ts';
import type { VpcEndpoint } from '../../../estate/kinds/network.ts';
import type { Resource } from '../../../estate/resource.ts';
import { base, ref, SOURCE } from './build.ts';

export const database = (name: string, port = 3306): Database => ({
  ...base('database', name),
  identifier: name,
  engine: 'mysql',
  engineVersion: '8.0.40',
  instanceClass: 'db.t4g.small',
  status: 'available',
  endpoint: { host: `${name}.example.com`, port },
  multiAz: false,
  zone: undefined,
  secondaryZone: null,
  publiclyAccessible: undefined,
  subnetGroup: undefined,
  vpc: ref('vpc-1'),
  securityGroups: undefined,
  replicaOf: null,
  replicas: [],
  cluster: null,
  storageEncrypted: true,
  storageType: 'gp3',
  allocatedStorage: 20,
  iops: undefined,
  backupRetention: 7,
  deletionProtection: true,
  iamAuthentication: false,
  pendingChanges: [],
});

export const lambda = (
  name: string,
  network: LambdaFunction['network'],
  more: Partial<LambdaFunction> = {},
): LambdaFunction => ({
  ...base('function', name),
  runtime: 'nodejs22.x',
  role: undefined,
  network,
  environment: [],
  memory: 128,
  timeout: 3,
  architectures: ['arm64'],
  deadLetter: null,
  policy: null,
  urls: [],
  ...more,
});

export const queue = (name: string): Queue => ({
  ...base('queue', name),
  url: undefined,
  policy: null,
  deadLetter: null,
  encrypted: true,
  visibilityTimeout: 30,
});

export const balancer = (
  name: string,
  type: LoadBalancer['type'],
  subnets: readonly string[],
  more: Partial<LoadBalancer> = {},
): LoadBalancer => ({
  ...base('loadBalancer', name),
  type,
  scheme: 'internet-facing',
  dnsName: `${name}.elb.example.com`,
  vpc: ref('vpc-1'),
  subnets: subnets.map((one) => ref(one)),
  zones: [],
  securityGroups: [],
  state: 'active',
  ipAddressType: 'ipv4',
  attributes: {},
  classic: undefined,
  webAcl: null,
  ...more,
});

/** A listener on port 80 that forwards to the group. */
export const listener = (balancerId: string, group: string, protocol = 'HTTP'): Resource => ({
  ...base('listener', `${balancerId}-listener`),
  loadBalancer: ref(balancerId),
  port: 80,
  protocol,
  certificates: [],
  sslPolicy: null,
  actions: [
    { type: 'forward', targetGroups: [{ ref: ref(group), weight: 1 }], redirect: undefined, fixedStatus: undefined },
  ],
});

export const target = (text: string, port: number | undefined = 8080): Target => ({
  target: text,
  port,
  zone: undefined,
  health: 'healthy',
});

export const targets = (
  name: string,
  balancerId: string,
  type: TargetGroup['targetType'],
  list: readonly Target[],
  more: Partial<TargetGroup> = {},
): TargetGroup => ({
  ...base('targetGroup', name),
  targetType: type,
  protocol: 'HTTP',
  port: 8080,
  vpc: ref('vpc-1'),
  loadBalancers: [ref(balancerId)],
  healthCheckPath: '/',
  attributes: {},
  targets: list,
  ...more,
});

export const distribution = (name: string, origin: Partial<Origin>): Distribution => ({
  ...base('distribution', name),
  domain: `${name}.cloudfront.example.com`,
  aliases: [],
  enabled: true,
  origins: [
    {
      id: 'origin',
      domain: undefined,
      type: 'custom',
      originAccess: null,
      customHeaders: [],
      protocolPolicy: 'http-only',
      httpPort: 80,
      httpsPort: 443,
      vpcOrigin: undefined,
      ...origin,
    },
  ],
  webAcl: null,
  viewerProtocol: 'redirect-to-https',
});

export const vpcEndpoint = (name: string, service: string, more: Partial<VpcEndpoint>): VpcEndpoint => ({
  ...base('vpcEndpoint', name),
  vpc: ref('vpc-1'),
  service: `com.amazonaws.eu-west-1.${service}`,
  type: 'Interface',
  state: 'available',
  routeTables: [],
  subnets: [],
  securityGroups: [],
  networkInterfaces: undefined,
  privateDns: true,
  policy: null,
  ...more,
});

export const at = (name: string): FlowEnd => ({ type: 'resource', id: id(name) });

/** `port` null: AWS carries it. */
export const flow = (
  from: FlowEnd,
  to: FlowEnd,
  port: number | null,
  why: Flow['evidence'][number]['type'] = 'environment',
): Flow => {
  const name = (end: FlowEnd): string => (end.type === 'resource' ? end.id : end.type);
  return {
    id: `${name(from)} -> ${name(to)}${port === null ? '' : ` tcp/${port}`}`,
    from,
    to,
    protocol: port === null ? 'any' : 'tcp',
    ports: port === null ? null : { from: port, to: port },
    purpose: 'test',
    evidence: [{ type: why, detail: 'test', source: SOURCE }],
  };
};
