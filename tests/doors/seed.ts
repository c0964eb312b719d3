/** The shop of `scenarios/doors`, made by calls as a person's clicks would make them. */
import { pick } from '../../src/collect/pick.ts';
import type { Sdk } from '../../src/collect/sdk.ts';

type Input = Readonly<Record<string, unknown>>;

export const PASSWORD = 'correct-horse-battery';
/** An empty zip file. */
const NO_CODE = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const assumedBy = (Service: string): string =>
  policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });

export async function seed({ send }: Sdk, account: string, region: string): Promise<void> {
  const make = async (operation: string, input: Input, path = ''): Promise<string> =>
    String(pick(await send({ account, region, operation, input }), path)[0] ?? '');
  const tags = (ResourceType: string, Value: string): Input => ({
    TagSpecifications: [{ ResourceType, Tags: [{ Key: 'Name', Value }] }],
  });

  const VpcId = await make('ec2:CreateVpc', { CidrBlock: '10.0.0.0/16', ...tags('vpc', 'shop') }, 'Vpc.VpcId');
  const GatewayId = await make(
    'ec2:CreateInternetGateway',
    tags('internet-gateway', 'shop'),
    'InternetGateway.InternetGatewayId',
  );
  await make('ec2:AttachInternetGateway', { InternetGatewayId: GatewayId, VpcId });
  const subnet = async (name: string, CidrBlock: string, zone: string): Promise<string> => {
    const input = { VpcId, CidrBlock, AvailabilityZone: `${region}${zone}`, ...tags('subnet', name) };
    const SubnetId = await make('ec2:CreateSubnet', input, 'Subnet.SubnetId');
    if (name.startsWith('public'))
      await make('ec2:ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value: true } });
    return SubnetId;
  };
  const publicA = await subnet('public-a', '10.0.0.0/24', 'a');
  const publicB = await subnet('public-b', '10.0.1.0/24', 'b');
  const privateA = await subnet('private-a', '10.0.10.0/24', 'a');
  const table = async (name: string, subnets: readonly string[], way: Input): Promise<void> => {
    const RouteTableId = await make(
      'ec2:CreateRouteTable',
      { VpcId, ...tags('route-table', name) },
      'RouteTable.RouteTableId',
    );
    await make('ec2:CreateRoute', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...way });
    for (const SubnetId of subnets) await make('ec2:AssociateRouteTable', { RouteTableId, SubnetId });
  };
  await table('public', [publicA, publicB], { GatewayId });
  const AllocationId = await make(
    'ec2:AllocateAddress',
    { Domain: 'vpc', ...tags('elastic-ip', 'nat') },
    'AllocationId',
  );
  const NatGatewayId = await make(
    'ec2:CreateNatGateway',
    { SubnetId: publicA, AllocationId, ...tags('natgateway', 'nat') },
    'NatGateway.NatGatewayId',
  );
  await table('private', [privateA], { NatGatewayId });
  const group = await make(
    'ec2:CreateSecurityGroup',
    { GroupName: 'shared', Description: 'for everything', VpcId, ...tags('security-group', 'shared') },
    'GroupId',
  );
  const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await make('ec2:AuthorizeSecurityGroupIngress', { GroupId: group, IpPermissions: everything });

  await make('rds:CreateDBSubnetGroup', {
    DBSubnetGroupName: 'shop',
    DBSubnetGroupDescription: 'shop',
    SubnetIds: [publicA, publicB],
  });
  const inOneZone = {
    DBInstanceClass: 'db.t3.medium',
    AvailabilityZone: `${region}a`,
    PubliclyAccessible: true,
    VpcSecurityGroupIds: [group],
    DeletionProtection: false,
  };
  const address = await make(
    'rds:CreateDBInstance',
    {
      ...inOneZone,
      DBInstanceIdentifier: 'shop-mysql',
      Engine: 'mysql',
      EngineVersion: '8.0.40',
      AllocatedStorage: 20,
      MasterUsername: 'root',
      MasterUserPassword: PASSWORD,
      MultiAZ: false,
      DBSubnetGroupName: 'shop',
      BackupRetentionPeriod: 1,
    },
    'DBInstance.Endpoint.Address',
  );
  await make('rds:CreateDBInstanceReadReplica', {
    ...inOneZone,
    DBInstanceIdentifier: 'shop-mysql-replica',
    SourceDBInstanceIdentifier: 'shop-mysql',
  });

  const LoadBalancerArn = await make(
    'elbv2:CreateLoadBalancer',
    {
      Name: 'shop',
      Type: 'application',
      Scheme: 'internet-facing',
      SecurityGroups: [group],
      Subnets: [publicA, publicB],
    },
    'LoadBalancers[].LoadBalancerArn',
  );
  const TargetGroupArn = await make(
    'elbv2:CreateTargetGroup',
    { Name: 'shop', Port: 8080, Protocol: 'HTTP', TargetType: 'ip', VpcId, HealthCheckPath: '/health' },
    'TargetGroups[].TargetGroupArn',
  );
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  await make('elbv2:CreateListener', { LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions });

  await make('sqs:CreateQueue', { QueueName: 'mails' });
  // AWS's address of it, and not the emulator's
  const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/mails`;
  const role = async (RoleName: string, service: string, PolicyName: string, allowed: Input): Promise<string> => {
    const input = { RoleName, AssumeRolePolicyDocument: assumedBy(service) };
    const arn = await make('iam:CreateRole', input, 'Role.Arn');
    await make('iam:PutRolePolicy', { RoleName, PolicyName, PolicyDocument: policy({ Effect: 'Allow', ...allowed }) });
    return arn;
  };
  const web = await role('web', 'ecs-tasks.amazonaws.com', 'everything', { Action: '*', Resource: '*' });
  await make('ecs:CreateCluster', { clusterName: 'shop' });
  await make('logs:CreateLogGroup', { logGroupName: '/shop/web' });
  await make('ecs:RegisterTaskDefinition', {
    family: 'web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: web,
    taskRoleArn: web,
    containerDefinitions: [
      {
        name: 'web',
        image: 'public.ecr.aws/nginx/nginx:1.29',
        essential: true,
        portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        environment: [
          { name: 'DB_HOST', value: address },
          { name: 'DB_PASSWORD', value: PASSWORD },
          { name: 'QUEUE_URL', value: queueUrl },
        ],
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/shop/web', 'awslogs-region': region, 'awslogs-stream-prefix': 'web' },
        },
      },
    ],
  });
  await make('ecs:CreateService', {
    serviceName: 'web',
    cluster: 'shop',
    taskDefinition: 'web',
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: [privateA], securityGroups: [group], assignPublicIp: 'DISABLED' },
    },
    loadBalancers: [{ targetGroupArn: TargetGroupArn, containerName: 'web', containerPort: 8080 }],
  });

  const Bucket = 'shop-media-111122223333';
  await make('s3:CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: region } });
  const open = {
    BlockPublicAcls: false,
    BlockPublicPolicy: false,
    IgnorePublicAcls: false,
    RestrictPublicBuckets: false,
  };
  await make('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: open });
  const Policy = policy({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  });
  await make('s3:PutBucketPolicy', { Bucket, Policy });

  await make('iam:CreateUser', { UserName: 'ops' });
  await make('iam:CreateLoginProfile', { UserName: 'ops', Password: PASSWORD });
  await make('iam:AttachUserPolicy', { UserName: 'ops', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });

  const queue = `arn:aws:sqs:${region}:${account}:mails`;
  const mailer = await role('mailer', 'lambda.amazonaws.com', 'queue', {
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: queue,
  });
  await make('lambda:CreateFunction', {
    FunctionName: 'mailer',
    Role: mailer,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Timeout: 30,
    Code: { ZipFile: NO_CODE },
  });
  await make('lambda:CreateEventSourceMapping', { EventSourceArn: queue, FunctionName: 'mailer' });
}
