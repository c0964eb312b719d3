/** Small accounts as teams build them by hand, by a handful of choices: for tests that no single account should decide. */
import { ACCOUNT, join, REGION } from '../../rules/example.ts';
import type { Example } from '../../rules/rule.ts';

export interface Choices {
  /** The network that AWS gives with an account, or one that somebody clicked together. */
  readonly vpc: 'default' | 'own';
  readonly zones: 1 | 2 | 3;
  /** One group for all of it, open to the world; else a group for the web and one for the data. */
  readonly sharedGroup: boolean;
  readonly machine: 'none' | 'alone' | 'balanced';
  readonly service: 'none' | 'bridge' | 'fargate';
  readonly database: 'none' | 'bare' | 'backed-up' | 'replica';
  readonly cache: boolean;
  readonly bucket: 'none' | 'private' | 'public';
  readonly fn: boolean;
  /** People, every one of them an administrator with a key. */
  readonly users: 0 | 1 | 2;
  readonly tags: boolean;
}

const ZONES = ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`);
const VPC = 'vpc-0000000000000000a';
const ANYWHERE = '0.0.0.0/0';
const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const WEB = 'sg-00000000000000web';
const DATA = 'sg-0000000000000data';
const BALANCER = arn('elasticloadbalancing', 'loadbalancer/app/site/0123456789abcdef');
const LISTENER = arn('elasticloadbalancing', 'listener/app/site/0123456789abcdef/0123456789abcdef');
const GROUP = arn('elasticloadbalancing', 'targetgroup/site/0123456789abcdef');
const subnet = (n: number): string => `subnet-000000000000000${n}a`;

export function legacyAccount(choices: Choices): Example {
  const { machine, service, database, cache, bucket, fn, users } = choices;
  return join(
    base(choices),
    machine === 'none' && service !== 'bridge' ? {} : instances(choices),
    machine === 'balanced' || service !== 'none' ? balancer(choices) : {},
    service === 'none' ? {} : ecs(choices),
    database === 'none' ? {} : databases(choices),
    cache ? caches(choices) : {},
    bucket === 'none' ? {} : buckets(bucket),
    fn ? functions(choices) : {},
    people(users),
  );
}

const named = ({ tags }: Choices, name: string) => (tags ? [{ Key: 'Name', Value: name }] : []);
const groupOfData = ({ sharedGroup }: Choices): string => (sharedGroup ? WEB : DATA);
const zonesOf = ({ zones }: Choices): readonly string[] => ZONES.slice(0, zones);

function base(choices: Choices): Example {
  const own = choices.vpc === 'own';
  const rule = (from: number, to: number, peer: string) => ({
    IpProtocol: from < 0 ? '-1' : 'tcp',
    ...(from < 0 ? {} : { FromPort: from, ToPort: to }),
    IpRanges: peer.startsWith('sg-') ? [] : [{ CidrIp: peer }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: peer.startsWith('sg-') ? [{ GroupId: peer, UserId: ACCOUNT }] : [],
  });
  const group = (GroupId: string, GroupName: string, rules: readonly object[]) => ({
    ...{ GroupId, GroupName, Description: GroupName, VpcId: VPC, OwnerId: ACCOUNT, Tags: [] },
    IpPermissions: rules,
    IpPermissionsEgress: [rule(-1, -1, ANYWHERE)],
  });
  const none = (...fields: readonly (readonly [operation: string, field: string])[]): Example =>
    Object.fromEntries(fields.map(([operation, field]) => [operation, { [field]: [] }]));
  return {
    'sts:GetCallerIdentity': { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:role/reader`, UserId: 'AROAREADER' },
    'ec2:DescribeAvailabilityZones': {
      AvailabilityZones: ZONES.map((ZoneName, n) => ({
        ...{
          ZoneName,
          ZoneId: `euw1-az${n + 1}`,
          RegionName: REGION,
          State: 'available',
          ZoneType: 'availability-zone',
        },
      })),
    },
    'ec2:DescribeVpcs': {
      Vpcs: [
        {
          ...{ VpcId: VPC, CidrBlock: own ? '10.20.0.0/16' : '172.31.0.0/16', IsDefault: !own, OwnerId: ACCOUNT },
          CidrBlockAssociationSet: [
            { CidrBlock: own ? '10.20.0.0/16' : '172.31.0.0/16', CidrBlockState: { State: 'associated' } },
          ],
          Tags: named(choices, 'site'),
        },
      ],
    },
    'ec2:DescribeSubnets': {
      Subnets: zonesOf(choices).map((AvailabilityZone, n) => ({
        ...{ SubnetId: subnet(n), VpcId: VPC, AvailabilityZone, DefaultForAz: !own, MapPublicIpOnLaunch: true },
        ...{ CidrBlock: own ? `10.20.${n}.0/24` : `172.31.${n * 16}.0/20`, Ipv6CidrBlockAssociationSet: [] },
        Tags: named(choices, `site-${n}`),
      })),
    },
    'ec2:DescribeInternetGateways': {
      InternetGateways: [{ InternetGatewayId: 'igw-0a', Attachments: [{ VpcId: VPC, State: 'available' }], Tags: [] }],
    },
    'ec2:DescribeRouteTables': {
      RouteTables: [
        {
          ...{ RouteTableId: 'rtb-0a', VpcId: VPC, Tags: [], PropagatingVgws: [] },
          Associations: [{ Main: true, RouteTableAssociationId: 'rtbassoc-0a', RouteTableId: 'rtb-0a' }],
          Routes: [
            {
              ...{ DestinationCidrBlock: own ? '10.20.0.0/16' : '172.31.0.0/16', GatewayId: 'local', State: 'active' },
              Origin: 'CreateRouteTable',
            },
            { DestinationCidrBlock: ANYWHERE, GatewayId: 'igw-0a', State: 'active', Origin: 'CreateRoute' },
          ],
        },
      ],
    },
    'ec2:DescribeNetworkAcls': {
      NetworkAcls: [
        {
          ...{ NetworkAclId: 'acl-0a', VpcId: VPC, IsDefault: true, Tags: [] },
          Associations: zonesOf(choices).map((_, n) => ({ SubnetId: subnet(n) })),
          Entries: [true, false].flatMap((Egress) => [
            { RuleNumber: 100, Egress, RuleAction: 'allow', CidrBlock: ANYWHERE, Protocol: '-1' },
            { RuleNumber: 32767, Egress, RuleAction: 'deny', CidrBlock: ANYWHERE, Protocol: '-1' },
          ]),
        },
      ],
    },
    'ec2:DescribeSecurityGroups': {
      SecurityGroups: choices.sharedGroup
        ? [group(WEB, 'all', [rule(-1, -1, ANYWHERE)])]
        : [
            group(WEB, 'web', [
              rule(80, 80, ANYWHERE),
              rule(22, 22, ANYWHERE),
              rule(32768, 65535, WEB),
              rule(8080, 8080, WEB),
            ]),
            group(DATA, 'data', [rule(3306, 3306, WEB), rule(6379, 6379, WEB), rule(3306, 3306, ANYWHERE)]),
          ],
    },
    's3control:GetPublicAccessBlock': [
      {
        input: { AccountId: ACCOUNT },
        error: { name: 'NoSuchPublicAccessBlockConfiguration', message: 'there is none' },
      },
    ],
    ...none(
      ['ec2:DescribeAddresses', 'Addresses'],
      ['ec2:DescribeFlowLogs', 'FlowLogs'],
      ['ec2:DescribeNatGateways', 'NatGateways'],
      ['ec2:DescribeVpcEndpoints', 'VpcEndpoints'],
      ['ec2:DescribeVpcPeeringConnections', 'VpcPeeringConnections'],
      ['ec2:DescribeManagedPrefixLists', 'PrefixLists'],
      ['ec2:DescribeTransitGatewayVpcAttachments', 'TransitGatewayVpcAttachments'],
      ['ec2:DescribeVpnGateways', 'VpnGateways'],
      ['autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups'],
      ['rds:DescribeDBClusters', 'DBClusters'],
      ['elasticache:DescribeReplicationGroups', 'ReplicationGroups'],
      ['secretsmanager:ListSecrets', 'SecretList'],
      ['cloudtrail:DescribeTrails', 'trailList'],
      ['kms:ListKeys', 'Keys'],
      ['elb:DescribeLoadBalancers', 'LoadBalancerDescriptions'],
      ['acm:ListCertificates', 'CertificateSummaryList'],
      ['route53:ListHostedZones', 'HostedZones'],
    ),
    'cloudwatch:DescribeAlarms': { MetricAlarms: [], CompositeAlarms: [] },
    'cloudfront:ListDistributions': { DistributionList: { Quantity: 0, IsTruncated: false } },
  };
}

/** A machine in each of the first two zones, or in the only one. */
function instances(choices: Choices): Example {
  const count = choices.machine === 'alone' ? 1 : Math.min(choices.zones, 2);
  const machines = zonesOf(choices).slice(0, count);
  return {
    'ec2:DescribeInstances': {
      Reservations: [
        {
          Instances: machines.map((AvailabilityZone, n) => ({
            ...{
              InstanceId: `i-000000000000000${n}a`,
              InstanceType: 'm4.large',
              ImageId: 'ami-0a',
              State: { Name: 'running' },
            },
            ...{ VpcId: VPC, SubnetId: subnet(n), Placement: { AvailabilityZone, Tenancy: 'default' } },
            ...{
              PrivateIpAddress: address(choices, n, 10),
              PublicIpAddress: `198.51.100.${10 + n}`,
              SourceDestCheck: true,
            },
            SecurityGroups: [{ GroupId: WEB, GroupName: 'web' }],
            MetadataOptions: { HttpTokens: 'optional' },
            Tags: named(choices, `machine-${n}`),
            NetworkInterfaces: [],
          })),
        },
      ],
    },
    'ec2:DescribeNetworkInterfaces': {
      NetworkInterfaces: machines.map((AvailabilityZone, n) => ({
        ...{ NetworkInterfaceId: `eni-000000000000000${n}a`, VpcId: VPC, SubnetId: subnet(n), AvailabilityZone },
        ...{ Groups: [{ GroupId: WEB }], InterfaceType: 'interface', Ipv6Addresses: [], Status: 'in-use' },
        ...{ PrivateIpAddress: address(choices, n, 10), SourceDestCheck: true, Description: '', TagSet: [] },
        Association: { PublicIp: `198.51.100.${10 + n}`, IpOwnerId: 'amazon' },
        Attachment: { InstanceId: `i-000000000000000${n}a`, InstanceOwnerId: ACCOUNT },
        PrivateIpAddresses: [
          {
            ...{ Primary: true, PrivateIpAddress: address(choices, n, 10) },
            Association: { PublicIp: `198.51.100.${10 + n}`, IpOwnerId: 'amazon' },
          },
        ],
      })),
    },
  };
}

const address = ({ vpc }: Choices, n: number, host: number): string =>
  vpc === 'own' ? `10.20.${n}.${host}` : `172.31.${n * 16}.${host}`;

function balancer(choices: Choices): Example {
  const count = Math.min(choices.zones, 2);
  const ip = choices.service === 'fargate';
  const targets = choices.service === 'bridge' ? 32768 : choices.service === 'none' ? 80 : undefined;
  return {
    'elbv2:DescribeLoadBalancers': {
      LoadBalancers: [
        {
          ...{ LoadBalancerArn: BALANCER, LoadBalancerName: 'site', Scheme: 'internet-facing', Type: 'application' },
          ...{
            DNSName: `site-1.${REGION}.elb.amazonaws.com`,
            VpcId: VPC,
            State: { Code: 'active' },
            IpAddressType: 'ipv4',
          },
          AvailabilityZones: zonesOf(choices).map((ZoneName, n) => ({
            SubnetId: subnet(n),
            ZoneName,
            LoadBalancerAddresses: [],
          })),
          SecurityGroups: [WEB],
        },
      ],
    },
    'elbv2:DescribeListeners': [
      {
        input: { LoadBalancerArn: BALANCER },
        output: {
          Listeners: [
            {
              ...{ ListenerArn: LISTENER, LoadBalancerArn: BALANCER, Port: 80, Protocol: 'HTTP' },
              DefaultActions: [{ Type: 'forward', TargetGroupArn: GROUP }],
            },
          ],
        },
      },
    ],
    'elbv2:DescribeRules': [
      {
        input: { ListenerArn: LISTENER },
        output: {
          Rules: [
            {
              ...{
                RuleArn: `${LISTENER.replace(':listener/', ':listener-rule/')}/0a`,
                Priority: 'default',
                IsDefault: true,
              },
              ...{ Conditions: [], Actions: [{ Type: 'forward', TargetGroupArn: GROUP }] },
            },
          ],
        },
      },
    ],
    'elbv2:DescribeLoadBalancerAttributes': [
      {
        input: { LoadBalancerArn: BALANCER },
        output: {
          Attributes: [
            { Key: 'deletion_protection.enabled', Value: 'false' },
            { Key: 'access_logs.s3.enabled', Value: 'false' },
            { Key: 'idle_timeout.timeout_seconds', Value: '60' },
            { Key: 'routing.http2.enabled', Value: 'true' },
            { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'false' },
            { Key: 'load_balancing.cross_zone.enabled', Value: 'true' },
          ],
        },
      },
    ],
    'elbv2:DescribeTags': [BALANCER, GROUP, LISTENER].map((one) => ({
      input: { ResourceArns: [one] },
      output: { TagDescriptions: [{ ResourceArn: one, Tags: [] }] },
    })),
    'elbv2:DescribeTargetGroupAttributes': [
      {
        input: { TargetGroupArn: GROUP },
        output: {
          Attributes: [
            { Key: 'deregistration_delay.timeout_seconds', Value: '300' },
            { Key: 'stickiness.enabled', Value: 'false' },
            { Key: 'stickiness.type', Value: 'lb_cookie' },
            { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
            { Key: 'slow_start.duration_seconds', Value: '0' },
          ],
        },
      },
    ],
    'elbv2:DescribeTargetGroups': {
      TargetGroups: [
        {
          ...{
            TargetGroupArn: GROUP,
            TargetGroupName: 'site',
            Protocol: 'HTTP',
            Port: 80,
            VpcId: VPC,
            HealthCheckPath: '/',
          },
          ...{ TargetType: ip ? 'ip' : 'instance', LoadBalancerArns: [BALANCER] },
        },
      ],
    },
    'elbv2:DescribeTargetHealth': [
      {
        input: { TargetGroupArn: GROUP },
        output: {
          TargetHealthDescriptions:
            targets === undefined
              ? []
              : zonesOf(choices)
                  .slice(0, count)
                  .map((AvailabilityZone, n) => ({
                    Target: { Id: `i-000000000000000${n}a`, Port: targets, AvailabilityZone },
                    TargetHealth: { State: 'healthy' },
                  })),
        },
      },
    ],
  };
}

function ecs(choices: Choices): Example {
  const cluster = arn('ecs', 'cluster/site');
  const own = arn('ecs', 'service/site/web');
  const definition = arn('ecs', 'task-definition/web:1');
  const fargate = choices.service === 'fargate';
  const environment = [
    ...(choices.database === 'none' ? [] : [{ name: 'DB_HOST', value: HOST }]),
    ...(choices.cache ? [{ name: 'REDIS_HOST', value: CACHE_HOST }] : []),
    ...(choices.bucket === 'none' ? [] : [{ name: 'MEDIA_BUCKET', value: 'site-media-example' }]),
  ];
  return {
    'ecs:ListClusters': { clusterArns: [cluster] },
    'ecs:DescribeClusters': {
      clusters: [
        { clusterArn: cluster, clusterName: 'site', status: 'ACTIVE', settings: [], capacityProviders: [], tags: [] },
      ],
    },
    'ecs:ListServices': [{ input: { cluster }, output: { serviceArns: [own] } }],
    'ecs:DescribeServices': [
      {
        input: { cluster, services: [own] },
        output: {
          services: [
            {
              ...{
                serviceArn: own,
                serviceName: 'web',
                clusterArn: cluster,
                status: 'ACTIVE',
                taskDefinition: definition,
              },
              ...{
                desiredCount: 2,
                runningCount: 2,
                launchType: fargate ? 'FARGATE' : 'EC2',
                schedulingStrategy: 'REPLICA',
              },
              loadBalancers: [{ targetGroupArn: GROUP, containerName: 'web', containerPort: 8080 }],
              deploymentController: { type: 'ECS' },
              deploymentConfiguration: {
                deploymentCircuitBreaker: { enable: false, rollback: false },
                maximumPercent: 200,
                minimumHealthyPercent: 100,
              },
              ...{
                enableExecuteCommand: false,
                placementStrategy: [],
                placementConstraints: [],
                serviceRegistries: [],
              },
              ...{ enableECSManagedTags: false, propagateTags: 'NONE', healthCheckGracePeriodSeconds: 0, tags: [] },
              ...(fargate
                ? {
                    networkConfiguration: {
                      awsvpcConfiguration: {
                        subnets: zonesOf(choices).map((_, n) => subnet(n)),
                        securityGroups: [WEB],
                        assignPublicIp: 'ENABLED',
                      },
                    },
                  }
                : {}),
            },
          ],
        },
      },
    ],
    'ecs:DescribeTaskDefinition': [
      {
        input: { taskDefinition: definition },
        output: {
          taskDefinition: {
            ...{
              taskDefinitionArn: definition,
              family: 'web',
              revision: 1,
              status: 'ACTIVE',
              cpu: '256',
              memory: '512',
            },
            ...{
              networkMode: fargate ? 'awsvpc' : 'bridge',
              requiresCompatibilities: [fargate ? 'FARGATE' : 'EC2'],
              volumes: [],
            },
            containerDefinitions: [
              {
                ...{
                  name: 'web',
                  image: 'registry.example.com/web:1',
                  memory: 256,
                  cpu: 128,
                  essential: true,
                  environment,
                },
                portMappings: [{ containerPort: 8080, hostPort: fargate ? 8080 : 0, protocol: 'tcp' }],
              },
            ],
          },
        },
      },
    ],
    ...(fargate ? {} : hosts(choices, cluster)),
  };
}

function hosts(choices: Choices, cluster: string): Example {
  const machines = Array.from({ length: choices.machine === 'alone' ? 1 : Math.min(choices.zones, 2) }, (_, n) => n);
  const arns = machines.map((n) => arn('ecs', `container-instance/site/000${n}`));
  return {
    'ecs:ListContainerInstances': [{ input: { cluster }, output: { containerInstanceArns: arns } }],
    'ecs:DescribeContainerInstances': [
      {
        input: { cluster, containerInstances: arns },
        output: {
          containerInstances: machines.map((n) => ({
            ...{
              containerInstanceArn: arns[n],
              ec2InstanceId: `i-000000000000000${n}a`,
              status: 'ACTIVE',
              agentConnected: true,
            },
          })),
        },
      },
    ],
  };
}

const HOST = `site-db.cexample0000.${REGION}.rds.amazonaws.com`;
const CACHE_HOST = 'site-cache.abc123.0001.euw1.cache.amazonaws.com';

function databases(choices: Choices): Example {
  const { database } = choices;
  const one = (DBInstanceIdentifier: string, more: object) => ({
    ...{
      DBInstanceIdentifier,
      DBInstanceArn: arn('rds', `db:${DBInstanceIdentifier}`),
      DBInstanceClass: 'db.m4.large',
    },
    ...{
      Engine: 'mysql',
      EngineVersion: '8.0.40',
      DBInstanceStatus: 'available',
      AvailabilityZone: ZONES[0],
      MultiAZ: false,
    },
    ...{ PubliclyAccessible: true, StorageEncrypted: false, DeletionProtection: false, AllocatedStorage: 100 },
    ...{ StorageType: 'gp3', BackupRetentionPeriod: database === 'bare' ? 0 : 7, MasterUsername: 'admin' },
    ...{ IAMDatabaseAuthenticationEnabled: false, AutoMinorVersionUpgrade: true, CopyTagsToSnapshot: false },
    Endpoint: { Address: `${DBInstanceIdentifier}.cexample0000.${REGION}.rds.amazonaws.com`, Port: 3306 },
    DBSubnetGroup: { DBSubnetGroupName: 'site', VpcId: VPC },
    VpcSecurityGroups: [{ VpcSecurityGroupId: groupOfData(choices), Status: 'active' }],
    ReadReplicaDBInstanceIdentifiers: [],
    TagList: named(choices, DBInstanceIdentifier),
    ...more,
  });
  return {
    'rds:DescribeDBInstances': {
      DBInstances:
        database === 'replica'
          ? [
              one('site-db', { ReadReplicaDBInstanceIdentifiers: ['site-db-reader'] }),
              one('site-db-reader', { ReadReplicaSourceDBInstanceIdentifier: 'site-db', BackupRetentionPeriod: 0 }),
            ]
          : [one('site-db', {})],
    },
    'rds:DescribeDBSubnetGroups': {
      DBSubnetGroups: [
        {
          ...{
            DBSubnetGroupName: 'site',
            DBSubnetGroupDescription: 'site',
            VpcId: VPC,
            DBSubnetGroupArn: arn('rds', 'subgrp:site'),
            SubnetGroupStatus: 'Complete',
          },
          Subnets: zonesOf(choices).map((Name, n) => ({
            SubnetIdentifier: subnet(n),
            SubnetAvailabilityZone: { Name },
          })),
        },
      ],
    },
  };
}

const caches = (choices: Choices): Example => ({
  'elasticache:DescribeCacheClusters': {
    CacheClusters: [
      {
        ...{
          CacheClusterId: 'site-cache',
          ARN: arn('elasticache', 'cluster:site-cache'),
          CacheNodeType: 'cache.t2.small',
        },
        ...{ Engine: 'redis', EngineVersion: '7.1.0', CacheClusterStatus: 'available', NumCacheNodes: 1 },
        ...{ PreferredAvailabilityZone: ZONES[0], CacheSubnetGroupName: 'site-cache', SnapshotRetentionLimit: 0 },
        ...{ TransitEncryptionEnabled: false, AtRestEncryptionEnabled: false },
        SecurityGroups: [{ SecurityGroupId: groupOfData(choices), Status: 'active' }],
        CacheNodes: [{ CacheNodeId: '0001', Endpoint: { Address: CACHE_HOST, Port: 6379 } }],
      },
    ],
  },
  'elasticache:DescribeCacheSubnetGroups': {
    CacheSubnetGroups: [
      {
        ...{
          CacheSubnetGroupName: 'site-cache',
          CacheSubnetGroupDescription: 'site',
          VpcId: VPC,
          ARN: arn('elasticache', 'subnetgroup:site-cache'),
        },
        Subnets: zonesOf(choices).map((Name, n) => ({ SubnetIdentifier: subnet(n), SubnetAvailabilityZone: { Name } })),
      },
    ],
  },
});

function buckets(form: 'private' | 'public'): Example {
  const Bucket = 'site-media-example';
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const answer = (output: object) => [{ input: { Bucket }, output }];
  const none = (name: string) => [{ input: { Bucket }, error: { name, message: 'there is none' } }];
  return {
    's3:ListBuckets': { Buckets: [{ Name: Bucket, CreationDate: '2021-04-03T02:30:00.000Z' }] },
    's3:GetBucketLocation': answer({ LocationConstraint: REGION }),
    's3:GetBucketAcl': answer({
      Owner: { ID: 'owner' },
      Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' }],
    }),
    's3:GetBucketVersioning': answer({}),
    's3:GetBucketLogging': answer({}),
    's3:GetBucketWebsite': none('NoSuchWebsiteConfiguration'),
    's3:GetBucketPolicy':
      form === 'public'
        ? answer({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) })
        : none('NoSuchBucketPolicy'),
    's3:GetPublicAccessBlock': none('NoSuchPublicAccessBlockConfiguration'),
  };
}

function functions(choices: Choices): Example {
  const name = 'site-worker';
  const variables = choices.database === 'none' ? {} : { DB_HOST: HOST };
  return {
    'lambda:ListFunctions': {
      Functions: [
        {
          ...{
            FunctionName: name,
            FunctionArn: arn('lambda', `function:${name}`),
            Runtime: 'nodejs18.x',
            PackageType: 'Zip',
          },
          ...{
            Handler: 'index.handler',
            Architectures: ['x86_64'],
            Timeout: 30,
            MemorySize: 256,
            Role: `arn:aws:iam::${ACCOUNT}:role/worker`,
          },
          Environment: { Variables: variables },
        },
      ],
    },
  };
}

function people(count: number): Example {
  const name = (n: number): string => ['alice', 'bob'][n] ?? 'carol';
  const users = Array.from({ length: count }, (_, n) => name(n));
  const document = encodeURIComponent(
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  );
  const trust = encodeURIComponent(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  );
  return {
    'iam:GetAccountAuthorizationDetails': {
      UserDetailList: users.map((UserName, n) => ({
        ...{
          Path: '/',
          UserName,
          UserId: `AIDAEXAMPLE${n}`,
          Arn: `arn:aws:iam::${ACCOUNT}:user/${UserName}`,
          GroupList: [],
        },
        ...{ CreateDate: '2020-03-06T05:04:11.000Z', AttachedManagedPolicies: [], Tags: [] },
        UserPolicyList: [{ PolicyName: 'all', PolicyDocument: document }],
      })),
      GroupDetailList: [],
      RoleDetailList: [
        {
          ...{
            Path: '/',
            RoleName: 'worker',
            RoleId: 'AROAWORKER',
            Arn: `arn:aws:iam::${ACCOUNT}:role/worker`,
            Tags: [],
          },
          ...{ CreateDate: '2021-04-03T02:20:00.000Z', AssumeRolePolicyDocument: trust, InstanceProfileList: [] },
          ...{ AttachedManagedPolicies: [], RoleLastUsed: {} },
          RolePolicyList: [{ PolicyName: 'all', PolicyDocument: document }],
        },
      ],
      Policies: [],
      IsTruncated: false,
    },
    'iam:GetAccountSummary': { SummaryMap: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 } },
    'iam:ListMFADevices': users.map((UserName) => ({
      input: { UserName },
      output: { MFADevices: [], IsTruncated: false },
    })),
    'iam:ListAccessKeys': users.map((UserName, n) => ({
      input: { UserName },
      output: {
        AccessKeyMetadata: [
          { UserName, AccessKeyId: `AKIAEXAMPLE${n}`, Status: 'Active', CreateDate: '2021-01-01T00:00:00.000Z' },
        ],
        IsTruncated: false,
      },
    })),
    'iam:GetLoginProfile': users.map((UserName) => ({
      input: { UserName },
      output: { LoginProfile: { UserName, CreateDate: '2020-03-06T05:04:52.000Z' } },
    })),
    'iam:GetAccountPasswordPolicy': [{ input: {}, error: { name: 'NoSuchEntityException', message: 'there is none' } }],
  };
}
