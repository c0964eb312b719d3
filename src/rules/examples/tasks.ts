/** Task definitions of example inventories, and what tells that an account has (or has not) ECS, Lambda and instances. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';
import { CLUSTER } from './containers.ts';

export const taskDefinitionArn = (family: string): string =>
  `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/${family}:1`;

export const taskDefinition = (
  family: string,
  environment: Readonly<Record<string, string>> = {},
  fields: Readonly<Record<string, unknown>> = {},
): object => ({
  taskDefinitionArn: taskDefinitionArn(family),
  family,
  revision: 1,
  status: 'ACTIVE',
  networkMode: 'awsvpc',
  compatibilities: ['EC2', 'FARGATE'],
  cpu: '256',
  memory: '512',
  volumes: [],
  containerDefinitions: [
    {
      name: family,
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${family}:1`,
      essential: true,
      portMappings: [],
      environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
      secrets: [],
    },
  ],
  ...fields,
});

export const taskDefinitionAnswer = (...definitions: readonly object[]): Example => ({
  'ecs:DescribeTaskDefinition': definitions.map((taskDefinition) => ({
    input: {
      taskDefinition:
        'taskDefinitionArn' in taskDefinition ? String(taskDefinition.taskDefinitionArn) : 'arn:aws:ecs:unknown',
    },
    output: { taskDefinition },
  })),
});

/** The listings of what can run: the clusters given, and nothing else but what other parts of the example add. */
export const computeAnswer = (clusterArns: readonly string[] = [CLUSTER]): Example => ({
  'ecs:ListClusters': { clusterArns },
  'lambda:ListFunctions': { Functions: [] },
  'ec2:DescribeInstances': { Reservations: [] },
});
