/** One service with everything that a team makes for it: tasks, roles, data, a queue and its function, logs. */

import type { Build } from './build.ts';
import { bucket, cache, database, queue, table, topic } from './data.ts';
import { type Balancer, route } from './edge.ts';
import { ACCOUNT, arn, awsId, REGION, tags } from './names.ts';
import { group, type Network, networkInterface, place } from './network.ts';
import { type People, role, type Statement } from './people.ts';

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  readonly network: Network;
  readonly sharedRole: string;
  readonly executionRole: string;
}

export function cluster({ answers }: Build, people: People, network: Network): Cluster {
  const name = `${network.environment}-${network.n}`;
  const own = arn('ecs', `cluster/${name}`);
  answers.item('ecs:ListClusters', 'clusterArns', own);
  answers.item('ecs:DescribeClusters', 'clusters', {
    ...{ clusterArn: own, clusterName: name, status: 'ACTIVE', settings: [], capacityProviders: ['FARGATE'] },
    tags: [{ key: 'Environment', value: network.environment }],
  });
  return {
    name,
    arn: own,
    network,
    sharedRole: role(people, `${name}-task`, 'ecs-tasks.amazonaws.com', [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    ]),
    executionRole: role(people, `${name}-execution`, 'ecs-tasks.amazonaws.com', [
      { Effect: 'Allow', Action: ['ecr:*', 'logs:*'], Resource: '*' },
    ]),
  };
}

export function service(build: Build, people: People, where: Cluster, front: Balancer, name: string): void {
  const { answers, random, mess } = build;
  const net = where.network;
  const full = `${where.name}-${name}`;
  const own = random.chance(mess / 2)
    ? net.sharedGroup
    : group(build, net.vpc, full, [{ ports: [8080, 8080], peer: front.group }]);
  const environment: { name: string; value: string }[] = [{ name: 'NODE_ENV', value: net.environment }];
  const allowed: Statement[] = [];
  const uses = (variable: string, value: string): void => void environment.push({ name: variable, value });
  const may = (Action: readonly string[], Resource: string): void =>
    void allowed.push({ Effect: 'Allow', Action, Resource });

  if (random.chance(0.2)) uses('DB_HOST', database(build, net, `${full}-mysql`, own));
  if (random.chance(0.15)) uses('REDIS_URL', `redis://${cache(build, net, `${full}-redis`, own)}:6379`);
  if (random.chance(mess / 3)) uses('DB_PASSWORD', 'plaintext-password');
  if (random.chance(0.4)) {
    const media = bucket(build, net, `${full}-media`);
    uses('MEDIA_BUCKET', media);
    may(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::${media}/*`);
  }
  if (random.chance(0.3)) {
    uses('TABLE', table(build, `${full}-sessions`));
    may(['dynamodb:GetItem', 'dynamodb:PutItem'], arn('dynamodb', `table/${full}-sessions`));
  }
  if (random.chance(0.5)) {
    uses('JOBS', queue(build, net, `${full}-jobs`));
    may(['sqs:SendMessage'], arn('sqs', `${full}-jobs`));
    worker(build, people, net, full, own, `${full}-jobs`);
    if (random.chance(0.4)) uses('EVENTS', topic(build, `${full}-events`, `${full}-jobs`));
  }
  if (random.chance(0.25)) instance(build, people, net, full, own);

  const careless = random.chance(mess);
  const taskRole = careless ? where.sharedRole : role(people, `${full}-task`, 'ecs-tasks.amazonaws.com', allowed);
  const revisions = 1 + random.below(3);
  for (let revision = 1; revision <= revisions; revision++)
    taskDefinition(build, full, revision, environment, taskRole, where.executionRole);

  const definition = arn('ecs', `task-definition/${full}:${revisions}`);
  const open = random.chance(mess);
  const serviceArn = arn('ecs', `service/${where.name}/${name}`);
  const targets = Array.from({ length: 1 + random.below(3) }, () => {
    const at = place(build, net, open);
    const eni = networkInterface(build, net, at, [own], {
      Description: `arn:aws:ecs:${REGION}:${ACCOUNT}:attachment/${build.next()}`,
    });
    const id = build.next().toString(16).padStart(32, '0');
    answers.item('ecs:DescribeTasks', 'tasks', {
      taskArn: arn('ecs', `task/${where.name}/${id}`),
      clusterArn: where.arn,
      taskDefinitionArn: definition,
      group: `service:${name}`,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      launchType: 'FARGATE',
      availabilityZone: at.zone,
      attachments: [
        {
          type: 'ElasticNetworkInterface',
          status: 'ATTACHED',
          details: [
            { name: 'subnetId', value: at.subnet },
            { name: 'networkInterfaceId', value: eni },
            { name: 'privateIPv4Address', value: at.private },
          ],
        },
      ],
      containers: [{ name: 'app', lastStatus: 'RUNNING', networkBindings: [] }],
      tags: [],
    });
    return { Id: at.private, Port: 8080, AvailabilityZone: at.zone };
  });
  const targetGroup = route(build, net, front, full, 'ip', targets);
  answers.item('ecs:ListServices', 'serviceArns', serviceArn);
  answers.item('ecs:DescribeServices', 'services', {
    serviceArn,
    serviceName: name,
    clusterArn: where.arn,
    status: 'ACTIVE',
    taskDefinition: definition,
    desiredCount: targets.length,
    runningCount: targets.length,
    launchType: 'FARGATE',
    schedulingStrategy: 'REPLICA',
    loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'app', containerPort: 8080 }],
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: open ? net.publicSubnets : net.privateSubnets,
        securityGroups: [own],
        assignPublicIp: open ? 'ENABLED' : 'DISABLED',
      },
    },
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50 },
    tags: [{ key: 'Environment', value: net.environment }],
  });
  logGroup(build, `/ecs/${full}`);
  alarm(build, full, 'AWS/ECS', { ClusterName: where.name, ServiceName: name });
}

function taskDefinition(
  { answers }: Build,
  family: string,
  revision: number,
  environment: readonly object[],
  taskRoleArn: string,
  executionRoleArn: string,
): void {
  const own = arn('ecs', `task-definition/${family}:${revision}`);
  answers.answer(
    'ecs:DescribeTaskDefinition',
    { taskDefinition: own },
    {
      taskDefinition: {
        taskDefinitionArn: own,
        family,
        revision,
        status: 'ACTIVE',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '512',
        memory: '1024',
        taskRoleArn,
        executionRoleArn,
        containerDefinitions: [
          {
            name: 'app',
            image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${family}:latest`,
            portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
            environment,
            secrets: [],
            logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': `/ecs/${family}` } },
          },
        ],
      },
      tags: [],
    },
  );
}

/** A function that takes a queue's messages. */
function worker(
  build: Build,
  people: People,
  net: Network,
  full: string,
  securityGroup: string,
  queueName: string,
): void {
  const { answers, random, mess } = build;
  const name = `${full}-worker`;
  const own = arn('lambda', `function:${name}`);
  const wide = random.chance(mess);
  const FunctionName = name;
  answers.item('lambda:ListFunctions', 'Functions', {
    FunctionName,
    FunctionArn: own,
    Runtime: random.chance(mess) ? 'nodejs16.x' : 'nodejs22.x',
    Role: role(people, name, 'lambda.amazonaws.com', [
      wide
        ? { Effect: 'Allow', Action: '*', Resource: '*' }
        : { Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: arn('sqs', queueName) },
    ]),
    Handler: 'index.handler',
    Timeout: 30,
    MemorySize: 512,
    Environment: { Variables: { QUEUE: queueName } },
    VpcConfig: random.chance(0.5)
      ? { VpcId: net.vpc, SubnetIds: net.privateSubnets, SecurityGroupIds: [securityGroup] }
      : { VpcId: '', SubnetIds: [], SecurityGroupIds: [] },
    PackageType: 'Zip',
  });
  answers.refuse('lambda:GetPolicy', { FunctionName }, 'ResourceNotFoundException');
  answers.answer('lambda:ListFunctionUrlConfigs', { FunctionName }, { FunctionUrlConfigs: [] });
  answers.answer('lambda:ListTags', { Resource: own }, { Tags: { Environment: net.environment } });
  answers.item('lambda:ListEventSourceMappings', 'EventSourceMappings', {
    ...{ UUID: awsId('esm', build.next()), BatchSize: 10, State: 'Enabled', FunctionArn: own },
    EventSourceArn: arn('sqs', queueName),
  });
  logGroup(build, `/aws/lambda/${name}`);
}

/** A machine that somebody started by hand for this service. */
function instance(build: Build, people: People, net: Network, full: string, securityGroup: string): void {
  const { answers, random, mess } = build;
  const id = awsId('i', build.next());
  const open = random.chance(mess);
  const at = place(build, net, open);
  const eni = networkInterface(build, net, at, [securityGroup], { Attachment: { InstanceId: id, DeviceIndex: 0 } });
  const volume = awsId('vol', build.next());
  const profile = arn('iam', `instance-profile/${full}-host`, '');
  const hostRole = role(people, `${full}-host`, 'ec2.amazonaws.com', [
    { Effect: 'Allow', Action: 'logs:*', Resource: '*' },
  ]);
  answers.item('iam:ListInstanceProfiles', 'InstanceProfiles', {
    ...{ InstanceProfileName: `${full}-host`, Arn: profile, Path: '/' },
    Roles: [{ RoleName: `${full}-host`, Arn: hostRole, Path: '/' }],
  });
  const association = at.public === undefined ? {} : { Association: { PublicIp: at.public, IpOwnerId: 'amazon' } };
  answers.item('ec2:DescribeInstances', 'Reservations', {
    ReservationId: awsId('r', build.next()),
    Instances: [
      {
        InstanceId: id,
        InstanceType: random.chance(mess) ? 'm4.large' : 'm7g.large',
        ImageId: 'ami-0123456789abcdef0',
        State: { Code: 16, Name: 'running' },
        VpcId: net.vpc,
        SubnetId: at.subnet,
        PrivateIpAddress: at.private,
        ...(at.public === undefined ? {} : { PublicIpAddress: at.public }),
        Placement: { AvailabilityZone: at.zone },
        SecurityGroups: [{ GroupId: securityGroup }],
        NetworkInterfaces: [
          {
            NetworkInterfaceId: eni,
            SubnetId: at.subnet,
            VpcId: net.vpc,
            Groups: [{ GroupId: securityGroup }],
            PrivateIpAddress: at.private,
            PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: at.private, ...association }],
            Ipv6Addresses: [],
            SourceDestCheck: true,
            Status: 'in-use',
          },
        ],
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeId: volume } }],
        IamInstanceProfile: { Arn: profile },
        MetadataOptions: { HttpTokens: random.chance(mess) ? 'optional' : 'required', HttpEndpoint: 'enabled' },
        Tags: tags(net.environment, `${full}-host`),
      },
    ],
  });
  answers.item('ec2:DescribeVolumes', 'Volumes', {
    ...{ VolumeId: volume, VolumeType: 'gp3', Size: 30, AvailabilityZone: at.zone, State: 'in-use', Encrypted: true },
    Attachments: [{ VolumeId: volume, InstanceId: id, State: 'attached' }],
  });
  answers.answer(
    'ec2:DescribeInstanceAttribute',
    { InstanceId: id, Attribute: 'userData' },
    { InstanceId: id, UserData: {} },
  );
}

const logGroup = ({ answers, random, mess }: Build, name: string): void =>
  answers.item('logs:DescribeLogGroups', 'logGroups', {
    logGroupName: name,
    arn: arn('logs', `log-group:${name}:*`),
    ...(random.chance(mess) ? {} : { retentionInDays: 30 }),
  });

const alarm = (
  { answers }: Build,
  name: string,
  Namespace: string,
  dimensions: Readonly<Record<string, string>>,
): void =>
  answers.item('cloudwatch:DescribeAlarms', 'MetricAlarms', {
    AlarmName: name,
    AlarmArn: arn('cloudwatch', `alarm:${name}`),
    MetricName: 'CPUUtilization',
    Namespace,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    AlarmActions: [],
  });
