import { describe, expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter as groups } from './auto-scaling-group.ts';
import { adopter as services } from './ecs-service.ts';
import { adopter as functions } from './function.ts';
import { adopter as instances } from './instance.ts';
import { adopter as templates } from './launch-template.ts';
import { adopter as definitions } from './task-definition.ts';

const ecs = (path: string): string => `arn:aws:ecs:eu-west-1:111122223333:${path}`;

describe('a task definition', () => {
  const told = (container: object) =>
    definitions.adopt(
      answersOf({
        'ecs:DescribeTaskDefinition': {
          taskDefinition: {
            taskDefinitionArn: ecs('task-definition/web:7'),
            family: 'web',
            revision: 7,
            status: 'ACTIVE',
            volumes: [],
            containerDefinitions: [
              { name: 'web', essential: true, cpu: 0, portMappings: [], mountPoints: [], ...container },
            ],
          },
        },
      }),
    );

  it('keeps its hosts and hides its passwords, and stays when it is replaced', () => {
    const environment = [
      { name: 'DB_HOST', value: 'db.example.com' },
      { name: 'DB_PASSWORD', value: 'correct-horse' },
    ];
    const found = told({ environment });
    expect(found).toMatchObject([
      {
        importId: ecs('task-definition/web:7'),
        inputs: {
          skipDestroy: true,
          containerDefinitions:
            '[{"name":"web","cpu":0,"essential":true,"environment":[{"name":"DB_HOST","value":"db.example.com"},{"name":"DB_PASSWORD","value":"<redacted>"}]}]',
        },
        ignoreChanges: expect.arrayContaining(['containerDefinitions']),
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('correct-horse');
  });

  it('is not adopted without the environment of every container', () => {
    expect(told({})).toMatchObject([{ state: 'unadopted', because: expect.stringContaining('environment') }]);
  });
});

describe('an ECS service', () => {
  const service = {
    serviceArn: ecs('service/shop/web'),
    serviceName: 'web',
    clusterArn: ecs('cluster/shop'),
    taskDefinition: ecs('task-definition/web:7'),
    status: 'ACTIVE',
    launchType: 'EC2',
    desiredCount: 2,
    schedulingStrategy: 'REPLICA',
    loadBalancers: [],
    placementStrategy: [],
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: false, rollback: false },
      minimumHealthyPercent: 50,
    },
    enableExecuteCommand: false,
  };
  const adopt = (one: object) => services.adopt(answersOf({ 'ecs:DescribeServices': { services: [one] } }));

  it('leaves the number of tasks and the definition to who changes them', () => {
    expect(adopt(service)).toMatchObject([
      {
        importId: 'shop/web',
        inputs: { desiredCount: 2, deploymentMinimumHealthyPercent: 50, launchType: 'EC2' },
        ignoreChanges: expect.arrayContaining(['desiredCount', 'taskDefinition']),
      },
    ]);
  });

  it('is not adopted when its balancers were not told, nor when task sets run it', () => {
    const { loadBalancers: _, ...part } = service;
    expect(adopt(part)).toMatchObject([{ because: 'ecs:DescribeServices did not tell loadBalancers' }]);
    expect(adopt({ ...service, deploymentController: { type: 'EXTERNAL' } })).toMatchObject([{ state: 'unadopted' }]);
  });
});

it('an instance of an Auto Scaling group is that group’s', () => {
  const answers = answersOf({
    'ec2:DescribeInstances': { Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }] },
    'autoscaling:DescribeAutoScalingInstances': { AutoScalingInstances: [{ InstanceId: 'i-1' }] },
  });
  expect(instances.adopt(answers)).toMatchObject([{ because: 'an Auto Scaling group manages it' }]);
});

it('a template whose default version is not its latest is not taken for the latest', () => {
  const answers = answersOf({
    'ec2:DescribeLaunchTemplates': {
      LaunchTemplates: [
        { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', DefaultVersionNumber: 1, LatestVersionNumber: 2 },
      ],
    },
  });
  expect(templates.adopt(answers)).toMatchObject([{ because: expect.stringContaining('default version 1') }]);
});

it('a scaling group leaves its desired capacity to what scales it', () => {
  const group = {
    AutoScalingGroupName: 'web',
    AutoScalingGroupARN: 'arn:web',
    MinSize: 1,
    MaxSize: 4,
    DesiredCapacity: 3,
    AvailabilityZones: ['eu-west-1a'],
    VPCZoneIdentifier: 'subnet-1',
    TargetGroupARNs: [],
    HealthCheckType: 'EC2',
    Tags: [{ Key: 'Name', Value: 'web', PropagateAtLaunch: true }],
    LaunchTemplate: { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', Version: '$Default' },
  };
  expect(
    groups.adopt(answersOf({ 'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [group] } })),
  ).toMatchObject([
    {
      importId: 'web',
      inputs: { launchTemplate: { id: 'lt-1', version: '$Default' }, vpcZoneIdentifiers: ['subnet-1'] },
      ignoreChanges: ['desiredCapacity'],
    },
  ]);
});

it('a function whose policy was not read has a policy that is not known', () => {
  const lambda = {
    FunctionName: 'f',
    FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f',
    Role: 'arn:role',
    PackageType: 'Zip',
    Runtime: 'nodejs22.x',
    MemorySize: 128,
    Timeout: 3,
    Architectures: ['arm64'],
  };
  expect(functions.adopt(answersOf({ 'lambda:ListFunctions': { Functions: [lambda] } }))).toMatchObject([
    { importId: 'f', outputs: { policy: { $unknown: true } }, ignoreChanges: expect.arrayContaining(['code']) },
  ]);
});
