/**
 * Which operation a file of AWS CLI answers holds. People name such files in many ways: `ec2-describe-vpcs.json`,
 * `describe-vpcs.json`, `ec2.describe_vpcs.json`, `DescribeVpcs.json`, or after the list inside (`Vpcs.json`).
 */

/** List at the top of an answer -> the operation that gives it. Only names that no two operations share. */
const BY_CONTENT: Readonly<Record<string, string>> = {
  Regions: 'ec2:DescribeRegions',
  AvailabilityZones: 'ec2:DescribeAvailabilityZones',
  Vpcs: 'ec2:DescribeVpcs',
  Subnets: 'ec2:DescribeSubnets',
  RouteTables: 'ec2:DescribeRouteTables',
  InternetGateways: 'ec2:DescribeInternetGateways',
  EgressOnlyInternetGateways: 'ec2:DescribeEgressOnlyInternetGateways',
  NatGateways: 'ec2:DescribeNatGateways',
  Addresses: 'ec2:DescribeAddresses',
  VpcEndpoints: 'ec2:DescribeVpcEndpoints',
  VpcPeeringConnections: 'ec2:DescribeVpcPeeringConnections',
  PrefixLists: 'ec2:DescribePrefixLists',
  NetworkAcls: 'ec2:DescribeNetworkAcls',
  SecurityGroups: 'ec2:DescribeSecurityGroups',
  SecurityGroupRules: 'ec2:DescribeSecurityGroupRules',
  NetworkInterfaces: 'ec2:DescribeNetworkInterfaces',
  Reservations: 'ec2:DescribeInstances',
  Volumes: 'ec2:DescribeVolumes',
  InstanceTypes: 'ec2:DescribeInstanceTypes',
  LaunchTemplates: 'ec2:DescribeLaunchTemplates',
  LaunchTemplateVersions: 'ec2:DescribeLaunchTemplateVersions',
  FlowLogs: 'ec2:DescribeFlowLogs',
  TransitGateways: 'ec2:DescribeTransitGateways',
  TransitGatewayAttachments: 'ec2:DescribeTransitGatewayAttachments',
  VpnGateways: 'ec2:DescribeVpnGateways',
  VpnConnections: 'ec2:DescribeVpnConnections',
  CustomerGateways: 'ec2:DescribeCustomerGateways',
  ServiceDetails: 'ec2:DescribeVpcEndpointServices',
  ServiceNames: 'ec2:DescribeVpcEndpointServices',
  AutoScalingGroups: 'autoscaling:DescribeAutoScalingGroups',
  LaunchConfigurations: 'autoscaling:DescribeLaunchConfigurations',
  AutoScalingInstances: 'autoscaling:DescribeAutoScalingInstances',
  LoadBalancers: 'elbv2:DescribeLoadBalancers',
  LoadBalancerDescriptions: 'elb:DescribeLoadBalancers',
  Listeners: 'elbv2:DescribeListeners',
  TargetGroups: 'elbv2:DescribeTargetGroups',
  TargetHealthDescriptions: 'elbv2:DescribeTargetHealth',
  DBInstances: 'rds:DescribeDBInstances',
  DBClusters: 'rds:DescribeDBClusters',
  DBSubnetGroups: 'rds:DescribeDBSubnetGroups',
  CacheClusters: 'elasticache:DescribeCacheClusters',
  ReplicationGroups: 'elasticache:DescribeReplicationGroups',
  CacheSubnetGroups: 'elasticache:DescribeCacheSubnetGroups',
  Buckets: 's3:ListBuckets',
  TableNames: 'dynamodb:ListTables',
  QueueUrls: 'sqs:ListQueues',
  DistributionList: 'cloudfront:ListDistributions',
  HostedZones: 'route53:ListHostedZones',
  ResourceRecordSets: 'route53:ListResourceRecordSets',
  Functions: 'lambda:ListFunctions',
  EventSourceMappings: 'lambda:ListEventSourceMappings',
  UserDetailList: 'iam:GetAccountAuthorizationDetails',
  GroupDetailList: 'iam:GetAccountAuthorizationDetails',
  RoleDetailList: 'iam:GetAccountAuthorizationDetails',
  SummaryMap: 'iam:GetAccountSummary',
  InstanceProfiles: 'iam:ListInstanceProfiles',
  MetricAlarms: 'cloudwatch:DescribeAlarms',
  logGroups: 'logs:DescribeLogGroups',
  trailList: 'cloudtrail:DescribeTrails',
  CertificateSummaryList: 'acm:ListCertificates',
};

/** Files that hold many answers of one operation, each element with the request's parameter in it (Batfish's way). */
export const AGGREGATES: Readonly<Record<string, { readonly operation: string; readonly parameter: string }>> = {
  LoadBalancerListeners: { operation: 'elbv2:DescribeListeners', parameter: 'LoadBalancerArn' },
  LoadBalancerAttributes: { operation: 'elbv2:DescribeLoadBalancerAttributes', parameter: 'LoadBalancerArn' },
  LoadBalancerTargetHealth: { operation: 'elbv2:DescribeTargetHealth', parameter: 'TargetGroupArn' },
};

/** The CLI's service names that differ from the SDK's, and common misspellings. */
const SERVICES: Readonly<Record<string, string>> = {
  s3api: 's3',
  accessanalzyer: 'accessanalyzer',
  configservice: 'config',
  es: 'es',
  stepfunctions: 'sfn',
};

const squeeze = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

const VERBS = /^(describe|list|get|lookup|head|batch|generate|scan|search|query)/;

export interface OperationNames {
  /** `ec2describevpcs` -> `ec2:DescribeVpcs` */
  readonly qualified: ReadonlyMap<string, string>;
  /** `describevpcs` -> every operation of that name. */
  readonly bare: ReadonlyMap<string, readonly string[]>;
}

export function operationNames(operations: readonly string[]): OperationNames {
  const qualified = new Map<string, string>();
  const bare = new Map<string, string[]>();
  for (const operation of new Set([...operations, ...Object.values(BY_CONTENT)])) {
    const [service = '', name = ''] = operation.split(':');
    qualified.set(squeeze(service) + squeeze(name), operation);
    bare.set(squeeze(name), [...(bare.get(squeeze(name)) ?? []), operation]);
  }
  return { qualified, bare };
}

/** The operation a file (or per-resource folder) is named after; undefined when its name says nothing. */
export function operationOfName(name: string, names: OperationNames): string | undefined {
  const stem = name.replace(/\.(json|txt)$/i, '');
  const known =
    names.qualified.get(squeeze(stem)) ??
    names.qualified.get(squeeze(stem.replace(/^[a-z0-9]+/i, (s) => SERVICES[s] ?? s)));
  if (known) return known;
  const bare = names.bare.get(squeeze(stem));
  if (bare?.length === 1) return bare[0];
  const parts = stem.split(/[-_.]/);
  const verb = parts.findIndex((part) => VERBS.test(part.toLowerCase()));
  if (verb < 1) return undefined;
  const service = parts.slice(0, verb).join('-').toLowerCase();
  const operation = parts
    .slice(verb)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return `${SERVICES[service] ?? service}:${operation}`;
}

/** The operation whose answer has such a list at its top. */
export function operationOfContent(content: Readonly<Record<string, unknown>>): string | undefined {
  for (const key of Object.keys(content)) {
    const operation = Object.hasOwn(BY_CONTENT, key) ? BY_CONTENT[key] : undefined;
    if (operation !== undefined) return operation;
  }
  return undefined;
}

/** The request's parameters that a per-resource sub-folder's file name stands for, outermost folder first. */
export function parametersOf(operation: string): readonly string[] {
  const [service, name = ''] = operation.split(':');
  switch (service) {
    case 's3':
      return ['Bucket'];
    case 'ecs':
      if (/ListTasks|ListServices|ListContainerInstances/.test(name)) return ['cluster'];
      if (name === 'DescribeTaskDefinition') return ['taskDefinition'];
      return [
        'cluster',
        name === 'DescribeServices' ? 'services' : name === 'DescribeTasks' ? 'tasks' : 'containerInstances',
      ];
    case 'iam':
      if (/Role/.test(name)) return name === 'GetRolePolicy' ? ['RoleName', 'PolicyName'] : ['RoleName'];
      if (/PolicyVersion/.test(name)) return ['PolicyArn', 'VersionId'];
      if (/Group(?!sForUser)/.test(name)) return ['GroupName'];
      if (name === 'GetAccessKeyLastUsed') return ['AccessKeyId'];
      if (name === 'GetServiceLastAccessedDetails') return ['JobId'];
      if (name === 'GenerateServiceLastAccessedDetails') return ['Arn'];
      return ['UserName'];
    case 'lambda':
      return ['FunctionName'];
    case 'sqs':
      return ['QueueUrl'];
    case 'sns':
      return ['TopicArn'];
    case 'elbv2':
      if (/Listener(Cert|Attr)|DescribeRules/.test(name)) return ['ListenerArn'];
      if (/Target/.test(name)) return ['TargetGroupArn'];
      return ['LoadBalancerArn'];
    case 'elb':
      return ['LoadBalancerName'];
    case 'dynamodb':
      return /ResourcePolicy|TagsOfResource/.test(name) ? ['ResourceArn'] : ['TableName'];
    case 'route53':
      if (name === 'GetHostedZone') return ['Id'];
      return name === 'ListHostedZonesByVPC' ? ['VPCRegion', 'VPCId'] : ['HostedZoneId'];
    case 'organizations':
      return ['PolicyId'];
    case 'secretsmanager':
      return ['SecretId'];
    case 'cloudfront':
      return ['Id'];
    case 'acm':
      return ['CertificateArn'];
    case 'kms':
      return ['KeyId'];
    case 'ec2':
      if (name === 'GetManagedPrefixListEntries') return ['PrefixListId'];
      if (name === 'DescribeLaunchTemplateVersions') return ['LaunchTemplateId'];
      if (name === 'DescribeInstanceAttribute') return ['InstanceId', 'Attribute'];
      return name === 'DescribeVpcAttribute' ? ['VpcId', 'Attribute'] : ['Id'];
    case 'application-autoscaling':
      return ['ServiceNamespace'];
    case 'wafv2':
      return ['ResourceArn'];
    case 'ecr':
      return ['repositoryName'];
    case 'es':
      return ['DomainName'];
    default:
      return ['Name'];
  }
}
