import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

const named = (Name: string) => ({ Name });
const anywhere = [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] }];
const policy = (...Statement: object[]) => pulumi.jsonStringify({ Version: '2012-10-17', Statement });
const assumedBy = (Service: string) => policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });

const vpc = new aws.ec2.Vpc('shop', { cidrBlock: '10.0.0.0/16', tags: named('shop') });
const gateway = new aws.ec2.InternetGateway('shop', { vpcId: vpc.id, tags: named('shop') });
const subnet = (name: string, cidrBlock: string, availabilityZone: string, open: boolean) =>
  new aws.ec2.Subnet(name, {
    vpcId: vpc.id,
    cidrBlock,
    availabilityZone,
    ...(open ? { mapPublicIpOnLaunch: true } : {}),
    tags: named(name),
  });
const publicA = subnet('public-a', '10.0.0.0/24', 'eu-west-1a', true);
const publicB = subnet('public-b', '10.0.1.0/24', 'eu-west-1b', true);
const privateA = subnet('private-a', '10.0.10.0/24', 'eu-west-1a', false);

const table = (name: string, subnets: Readonly<Record<string, aws.ec2.Subnet>>, way: Partial<aws.ec2.RouteArgs>) => {
  const made = new aws.ec2.RouteTable(name, { vpcId: vpc.id, tags: named(name) });
  new aws.ec2.Route(name, { routeTableId: made.id, destinationCidrBlock: '0.0.0.0/0', ...way });
  for (const [place, { id }] of Object.entries(subnets))
    new aws.ec2.RouteTableAssociation(place, { subnetId: id, routeTableId: made.id });
};
const address = new aws.ec2.Eip('nat', { domain: 'vpc', tags: named('nat') });
const nat = new aws.ec2.NatGateway('nat', { allocationId: address.id, subnetId: publicA.id, tags: named('nat') });
table('public', { 'public-a': publicA, 'public-b': publicB }, { gatewayId: gateway.id });
table('private', { 'private-a': privateA }, { natGatewayId: nat.id });

const shared = new aws.ec2.SecurityGroup('shared', {
  name: 'shared',
  description: 'for everything',
  vpcId: vpc.id,
  ingress: anywhere,
  egress: anywhere,
  tags: named('shared'),
});

const places = new aws.rds.SubnetGroup('shop', {
  name: 'shop',
  description: 'shop',
  subnetIds: [publicA.id, publicB.id],
});
const inOneZone = {
  instanceClass: 'db.t3.medium',
  storageEncrypted: false,
  availabilityZone: 'eu-west-1a',
  multiAz: false,
  publiclyAccessible: true,
  vpcSecurityGroupIds: [shared.id],
  deletionProtection: false,
  autoMinorVersionUpgrade: true,
  skipFinalSnapshot: true,
} as const;
const database = new aws.rds.Instance('shop', {
  ...inOneZone,
  identifier: 'shop-mysql',
  engine: 'mysql',
  engineVersion: '8.0.40',
  allocatedStorage: 20,
  storageType: 'gp2',
  username: 'root',
  password: 'correct-horse-battery',
  dbSubnetGroupName: places.name,
  backupRetentionPeriod: 1,
});
new aws.rds.Instance('replica', {
  ...inOneZone,
  identifier: 'shop-mysql-replica',
  replicateSourceDb: database.identifier,
  backupRetentionPeriod: 0,
});

const balancer = new aws.lb.LoadBalancer('shop', {
  name: 'shop',
  internal: false,
  loadBalancerType: 'application',
  securityGroups: [shared.id],
  subnets: [publicA.id, publicB.id],
});
const targets = new aws.lb.TargetGroup('shop', {
  name: 'shop',
  port: 8080,
  protocol: 'HTTP',
  targetType: 'ip',
  vpcId: vpc.id,
  healthCheck: { path: '/health' },
});
const listener = new aws.lb.Listener('http', {
  loadBalancerArn: balancer.arn,
  port: 80,
  protocol: 'HTTP',
  defaultActions: [{ type: 'forward', targetGroupArn: targets.arn }],
});

const mails = new aws.sqs.Queue('mails', { name: 'mails' });
const webRole = new aws.iam.Role('web', { name: 'web', assumeRolePolicy: assumedBy('ecs-tasks.amazonaws.com') });
new aws.iam.RolePolicy('everything', {
  name: 'everything',
  role: webRole.id,
  policy: policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
});
const cluster = new aws.ecs.Cluster('shop', { name: 'shop' });
new aws.cloudwatch.LogGroup('web', { name: '/shop/web' });
const task = new aws.ecs.TaskDefinition('web', {
  family: 'web',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  executionRoleArn: webRole.arn,
  taskRoleArn: webRole.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: 'web',
      image: 'public.ecr.aws/nginx/nginx:1.29',
      essential: true,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
      environment: [
        { name: 'DB_HOST', value: database.address },
        { name: 'DB_PASSWORD', value: 'correct-horse-battery' },
        { name: 'QUEUE_URL', value: mails.url },
      ],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/shop/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' },
      },
    },
  ]),
});
new aws.ecs.Service(
  'web',
  {
    name: 'web',
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: { subnets: [privateA.id], securityGroups: [shared.id], assignPublicIp: false },
    loadBalancers: [{ targetGroupArn: targets.arn, containerName: 'web', containerPort: 8080 }],
  },
  { dependsOn: [listener] },
);

const media = new aws.s3.Bucket('media', { bucket: 'shop-media-111122223333' });
new aws.s3.BucketPublicAccessBlock('media', {
  bucket: media.id,
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
});
new aws.s3.BucketPolicy('media', {
  bucket: media.id,
  policy: policy({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: pulumi.interpolate`${media.arn}/*`,
  }),
});

const ops = new aws.iam.User('ops', { name: 'ops' });
new aws.iam.UserLoginProfile('ops', { user: ops.name });
new aws.iam.UserPolicyAttachment('ops', {
  user: ops.name,
  policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
});

const mailerRole = new aws.iam.Role('mailer', { name: 'mailer', assumeRolePolicy: assumedBy('lambda.amazonaws.com') });
new aws.iam.RolePolicy('mailer', {
  name: 'queue',
  role: mailerRole.id,
  policy: policy({
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: mails.arn,
  }),
});
const mailer = new aws.lambda.Function('mailer', {
  name: 'mailer',
  role: mailerRole.arn,
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  timeout: 30,
  code: new pulumi.asset.AssetArchive({
    'index.js': new pulumi.asset.StringAsset('exports.handler = async () => {};'),
  }),
});
new aws.lambda.EventSourceMapping('mails', { eventSourceArn: mails.arn, functionName: mailer.arn });
