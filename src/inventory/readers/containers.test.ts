import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import type { Reader } from '../reader.ts';
import { answersOf } from '../testing.ts';
import { reader as cluster } from './ecs-cluster.ts';
import { reader as service } from './ecs-service.ts';
import { reader as task } from './ecs-task.ts';
import { reader as lambda } from './function.ts';
import { reader as taskDefinition } from './task-definition.ts';

type Given = Parameters<typeof answersOf>[0];
const read = (reader: Reader, given: Given): readonly Resource[] => reader.read(answersOf(given));
const ARN = 'arn:aws:ecs:eu-west-1:111122223333:';
const SHOP = `${ARN}cluster/shop`;

describe('ecs', () => {
  it('a cluster that is listed but was not described is there, with all else unknown', () => {
    expect(
      read(cluster, {
        'ecs:ListClusters': { clusterArns: [SHOP, `${ARN}cluster/old`] },
        'ecs:DescribeClusters': {
          clusters: [{ clusterArn: SHOP, clusterName: 'shop', status: 'ACTIVE', capacityProviders: [] }],
        },
      }),
    ).toMatchObject([
      { id: SHOP, name: 'shop', status: 'ACTIVE', capacityProviders: [] },
      { id: `${ARN}cluster/old`, name: 'old', status: undefined, capacityProviders: undefined },
    ]);
  });

  it('a container instance knows its cluster from the request, or from its ARN', () => {
    const answer = (input: object, arn: string) => ({
      input,
      output: { containerInstances: [{ containerInstanceArn: arn, ec2InstanceId: 'i-1', agentConnected: true }] },
    });
    expect(
      read(cluster, {
        'ecs:DescribeContainerInstances': [
          answer({ cluster: 'shop' }, `${ARN}container-instance/a`),
          answer({}, `${ARN}container-instance/shop/b`),
        ],
      }),
    ).toMatchObject([
      { cluster: { id: SHOP }, instance: { id: 'i-1' }, agentConnected: true },
      { cluster: { id: SHOP } },
    ]);
  });

  const described = (fields: object) =>
    read(service, {
      'ecs:DescribeServices': {
        services: [{ serviceArn: `${ARN}service/shop/web`, serviceName: 'web', clusterArn: SHOP, ...fields }],
      },
    })[0];

  it('a service has its network, null without awsvpc, unknown when Fargate does not tell', () => {
    const awsvpcConfiguration = { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' };
    expect(described({ launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration } })).toMatchObject({
      network: { subnets: [{ id: 'subnet-1' }], securityGroups: [{ id: 'sg-1' }], assignPublicIp: true },
    });
    expect(described({ launchType: 'EC2' })).toMatchObject({ network: null });
    expect(described({ launchType: 'EC2', networkConfiguration: {} })).toMatchObject({ network: null });
    expect(described({ launchType: 'FARGATE' })).toMatchObject({ network: undefined });
    expect(described({ networkConfiguration: 'x' })).toMatchObject({ network: undefined });
  });

  it('a service has its load balancers, strategy and task definition, which may dangle', () => {
    expect(
      described({
        taskDefinition: 'web:3',
        desiredCount: 2,
        loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080 }],
        placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }],
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true } },
      }),
    ).toMatchObject({
      taskDefinition: { id: `${ARN}task-definition/web:3` },
      desired: 2,
      loadBalancers: [{ targetGroup: { id: 'arn:tg' }, containerName: 'web', containerPort: 8080 }],
      placementStrategy: ['spread:attribute:ecs.availability-zone'],
      capacityProviders: ['FARGATE_SPOT'],
      launchType: undefined,
      circuitBreaker: true,
      executeCommand: undefined,
    });
  });

  it('a service that was only listed is there; a deleted one is not', () => {
    expect(
      read(service, {
        'ecs:ListServices': [{ input: { cluster: SHOP }, output: { serviceArns: [`${ARN}service/web`] } }],
      }),
    ).toMatchObject([
      { name: 'web', cluster: { id: SHOP }, desired: undefined, loadBalancers: undefined, network: undefined },
    ]);
    expect(described({ status: 'INACTIVE' })).toBeUndefined();
  });

  it('a task knows its service by the older kind of ARN too, its interface and its host ports', () => {
    const [one] = read(task, {
      'ecs:DescribeServices': { services: [{ serviceArn: `${ARN}service/web`, serviceName: 'web', clusterArn: SHOP }] },
      'ecs:DescribeTasks': {
        tasks: [
          {
            taskArn: `${ARN}task/shop/1`,
            clusterArn: SHOP,
            group: 'service:web',
            lastStatus: 'RUNNING',
            containerInstanceArn: `${ARN}container-instance/a`,
            attachments: [
              {
                type: 'ElasticNetworkInterface',
                status: 'ATTACHED',
                details: [
                  { name: 'subnetId', value: 'subnet-1' },
                  { name: 'networkInterfaceId', value: 'eni-1' },
                  { name: 'privateIPv4Address', value: '10.0.0.9' },
                ],
              },
            ],
            containers: [{ networkBindings: [{ containerPort: 8080, hostPort: 32768 }] }],
          },
        ],
      },
      'ecs:DescribeContainerInstances': {
        containerInstances: [
          {
            containerInstanceArn: `${ARN}container-instance/a`,
            attributes: [{ name: 'ecs.availability-zone', value: 'eu-west-1a' }],
          },
        ],
      },
    });
    expect(one).toMatchObject({
      service: { id: `${ARN}service/web` },
      zone: { id: 'eu-west-1a' },
      networkInterfaces: [{ id: 'eni-1' }],
      attachments: [{ subnet: { id: 'subnet-1' }, privateAddress: '10.0.0.9' }],
      hostPorts: [{ containerPort: 8080, hostPort: 32768 }],
    });
  });
});

describe('task definition', () => {
  const definition = (fields: object) =>
    read(taskDefinition, {
      'ecs:DescribeTaskDefinition': {
        taskDefinition: { taskDefinitionArn: `${ARN}task-definition/web:3`, family: 'web', revision: 3, ...fields },
        tags: [{ key: 'Environment', value: 'prod' }],
      },
    })[0];

  it('has its containers with facts of their environment, and no value of it', () => {
    const one = definition({
      networkMode: 'bridge',
      compatibilities: ['EC2'],
      cpu: '256',
      taskRoleArn: 'arn:aws:iam::111122223333:role/app',
      containerDefinitions: [
        {
          name: 'web',
          image: 'example.com/web:latest',
          privileged: true,
          portMappings: [{ containerPort: 8080, hostPort: 0 }],
          environment: [
            { name: 'DB_HOST', value: 'db.example.com' },
            { name: 'DB_PASSWORD', value: 'plaintext-password' },
          ],
          secrets: [{ name: 'API_TOKEN', valueFrom: '/prod/token' }],
          environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::shop-config/web.env' }],
        },
      ],
      volumes: [{ name: 'docker', host: { sourcePath: '/var/run/docker.sock' } }],
    });
    expect(one).toMatchObject({
      name: 'web:3',
      tags: { Environment: 'prod' },
      cpu: 256,
      taskRole: { id: 'arn:aws:iam::111122223333:role/app' },
      executionRole: null,
      hostVolumes: ['/var/run/docker.sock'],
      containers: [
        {
          privileged: true,
          ports: [{ containerPort: 8080, hostPort: 0, protocol: 'tcp' }],
          logDriver: null,
          environment: [
            { name: 'DB_HOST', hosts: [{ host: 'db.example.com' }], credential: 'none' },
            { name: 'DB_PASSWORD', credential: 'literal' },
            { name: 'API_TOKEN', credential: 'reference', valueFrom: '/prod/token' },
            { name: 'environment file', credential: 'none', arns: ['arn:aws:s3:::shop-config/web.env'] },
          ],
        },
      ],
    });
    expect(JSON.stringify(one)).not.toContain('plaintext-password');
  });

  it('sees a literal secret where a tool took the value away, and knows nothing of another variable without one', () => {
    const environment = (...variables: object[]) =>
      definition({ containerDefinitions: [{ name: 'web', environment: variables }] });
    expect(environment({ name: 'DB_PASSWORD' })).toMatchObject({
      containers: [{ environment: [{ credential: 'literal' }] }],
    });
    expect(environment({ name: 'SETTING' })).toMatchObject({ containers: [{ environment: undefined }] });
  });

  it('does not know its containers or their environment when a part was not understood', () => {
    expect(definition({ containerDefinitions: ['web'] })).toMatchObject({ containers: undefined });
    expect(definition({ containerDefinitions: [{ name: 'web' }] })).toMatchObject({
      containers: [{ environment: undefined }],
    });
    expect(definition({ taskRoleArn: 7 })).toMatchObject({ taskRole: undefined });
  });
});

describe('function', () => {
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:worker';
  const listed = (fields: object = {}) => ({
    'lambda:ListFunctions': { Functions: [{ FunctionName: 'worker', FunctionArn: arn, ...fields }] },
  });
  const one = (fields: object = {}, more: Given = {}) => read(lambda, { ...listed(fields), ...more })[0];

  it('is in its VPC, in none, or that is unknown', () => {
    expect(one({ VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } })).toMatchObject({
      network: { vpc: { id: 'vpc-1' }, subnets: [{ id: 'subnet-1' }], securityGroups: [{ id: 'sg-1' }] },
    });
    expect(one({ VpcConfig: { VpcId: '', SubnetIds: [], SecurityGroupIds: [] } })).toMatchObject({ network: null });
    expect(one()).toMatchObject({ network: null });
    expect(one({ VpcConfig: 'x' })).toMatchObject({ network: undefined });
  });

  it('has facts of its environment; they are unknown when Lambda could not decrypt it', () => {
    expect(one({ Environment: { Variables: { DB_PASSWORD: 'plaintext-password' } } })).toMatchObject({
      environment: [{ name: 'DB_PASSWORD', credential: 'literal' }],
    });
    expect(one()).toMatchObject({ environment: [] });
    expect(one({ Environment: { Error: { ErrorCode: 'AccessDeniedException' } } })).toMatchObject({
      environment: undefined,
    });
  });

  it('has its policy and URLs, none, or unknown', () => {
    const asked = (output: object, urls: object) => ({
      'lambda:GetPolicy': [{ input: { FunctionName: 'worker' }, ...output }],
      'lambda:ListFunctionUrlConfigs': [{ input: { FunctionName: arn }, output: urls }],
    });
    expect(
      one(
        {},
        asked(
          { output: { Policy: '{"Statement":[]}' } },
          { FunctionUrlConfigs: [{ FunctionUrl: 'https://x.example.com/', AuthType: 'NONE' }] },
        ),
      ),
    ).toMatchObject({
      policy: '{"Statement":[]}',
      urls: [{ url: 'https://x.example.com/', auth: 'NONE' }],
    });
    expect(one({}, asked({ error: { name: 'ResourceNotFoundException' } }, { FunctionUrlConfigs: [] }))).toMatchObject({
      policy: null,
      urls: [],
    });
    expect(one()).toMatchObject({ policy: undefined, urls: undefined });
  });

  it('is one, though three operations tell of it, and known from any of them', () => {
    const more = {
      'lambda:GetFunction': [
        {
          input: { FunctionName: 'worker' },
          output: {
            Configuration: { FunctionName: 'worker', FunctionArn: `${arn}:$LATEST`, Runtime: 'nodejs20.x' },
            Tags: { Environment: 'prod' },
          },
        },
      ],
      'lambda:GetFunctionConfiguration': [
        { input: { FunctionName: 'worker' }, output: { FunctionName: 'worker', FunctionArn: arn, Timeout: 30 } },
      ],
    };
    expect(read(lambda, { ...listed({ MemorySize: 512 }), ...more })).toMatchObject([
      { id: arn, runtime: 'nodejs20.x', timeout: 30, memory: 512, tags: { Environment: 'prod' } },
    ]);
    expect(read(lambda, more)).toHaveLength(1);
  });

  it('is called by event sources, each once', () => {
    const mapping = {
      UUID: 'dc67a4ce-5325-46fe-b759-4645f9acec48',
      EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
      FunctionArn: `${arn}:live`,
      State: 'Enabled',
      BatchSize: 10,
    };
    const page = { output: { EventSourceMappings: [mapping] } };
    expect(
      read(lambda, { 'lambda:ListEventSourceMappings': [page, { ...page, input: { FunctionName: 'worker' } }] }),
    ).toMatchObject([
      { id: mapping.UUID, function: { id: arn }, enabled: true, batchSize: 10, eventSourceArn: mapping.EventSourceArn },
    ]);
  });
});
