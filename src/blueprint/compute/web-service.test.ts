import { describe, expect, it } from 'vitest';
import { without } from '../testing/network.ts';
import { parsed, statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { balancer, ground } from '../testing/services.ts';
import { WebService, type WebServiceArgs } from './web-service.ts';

const make = (changes: Partial<WebServiceArgs> = {}) => {
  const base = ground();
  return new WebService('web', {
    ...base,
    balancer: balancer(base.network),
    scaling: { requestsPerTask: 600 },
    ...changes,
  });
};
const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';

describe('WebService', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => make());
    expect(without(list)).toEqual([
      'aws:appautoscaling/policy:Policy web-by-cpu',
      'aws:appautoscaling/policy:Policy web-by-requests',
      'aws:appautoscaling/target:Target web',
      'aws:cloudwatch/logGroup:LogGroup web',
      'aws:ec2/securityGroup:SecurityGroup web',
      'aws:ecs/service:Service web',
      'aws:ecs/taskDefinition:TaskDefinition web',
      'aws:iam/role:Role web-execution',
      'aws:iam/role:Role web-task',
      'aws:iam/rolePolicy:RolePolicy web-may-start',
      'aws:lb/listenerRule:ListenerRule web',
      'aws:lb/targetGroup:TargetGroup web',
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule web-to-https',
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-from-net-lb',
    ]);
  });

  it('runs in private subnets without a public address, exchanges tasks without a gap and goes back by itself', async () => {
    const { one } = await record(() => make());
    const service = one('aws:ecs/service:Service', 'web');
    expect(service.inputs).toMatchObject({
      networkConfiguration: {
        subnets: ['net-app-a-id', 'net-app-b-id'],
        securityGroups: ['web-id'],
        assignPublicIp: false,
      },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: false,
      desiredCount: 2,
      loadBalancers: [{ containerName: 'main', containerPort: 8080 }],
    });
    expect(service.inputs).not.toHaveProperty('launchType');
    expect(service.ignoreChanges).toEqual(['desiredCount']);
    expect(service.dependencies).toContain('web');
  });

  it('is reached by the balancer only, on its port', async () => {
    const { all, inputs } = await record(() => make());
    expect(inputs('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'web-from-net-lb')).toMatchObject({
      fromPort: 8080,
      toPort: 8080,
      ipProtocol: 'tcp',
      referencedSecurityGroupId: 'net-lb-id',
      securityGroupId: 'web-id',
    });
    expect(all('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule').map((each) => each.name)).toEqual([
      'web-from-net-lb',
    ]);
    expect(inputs('aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule', 'web-to-https')).toMatchObject({
      fromPort: 443,
      toPort: 443,
      cidrIpv4: '0.0.0.0/0',
    });
  });

  it("only gets requests that carry the balancer's secret header", async () => {
    const { inputs } = await record(() => make());
    expect(inputs('aws:lb/listenerRule:ListenerRule', 'web').conditions).toEqual([
      { httpHeader: { httpHeaderName: 'X-Origin-Verify', values: ['a-secret-of-a-test'] } },
      { pathPattern: { values: ['/*'] } },
    ]);
  });

  it('has two roles: what ECS needs to start it, and what the program may do, which is nothing at first', async () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf';
    const recording = await record(() => make({ secrets: { DB_PASSWORD: { arn: secret, key: 'password' } } }));
    expect(recording.all(ROLE_POLICY).filter((each) => each.inputs.role === 'web-task.name')).toEqual([]);
    expect(statements(recording, ROLE_POLICY, 'web-may-start')).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: 'arn:aws:test:::web:*' },
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [secret] },
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/web',
      },
    ]);
    expect(recording.inputs('aws:ecs/taskDefinition:TaskDefinition', 'web')).toMatchObject({
      executionRoleArn: 'arn:aws:test:::web-execution',
      taskRoleArn: 'arn:aws:test:::web-task',
      cpu: '512',
      memory: '1024',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      runtimePlatform: { cpuArchitecture: 'ARM64' },
    });
  });

  it('passes environment and secrets by name, sorted, and secrets never as values', async () => {
    const recording = await record(() =>
      make({
        environment: { B: '2', A: '1' },
        secrets: { DB_PASSWORD: { arn: 'arn:secret', key: 'password' }, TOKEN: 'arn:token' },
      }),
    );
    expect(parsed(recording.inputs('aws:ecs/taskDefinition:TaskDefinition', 'web').containerDefinitions)).toMatchObject(
      [
        {
          environment: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          secrets: [
            { name: 'DB_PASSWORD', valueFrom: 'arn:secret:password::' },
            { name: 'TOKEN', valueFrom: 'arn:token' },
          ],
          logConfiguration: { logDriver: 'awslogs' },
        },
      ],
    );
  });

  it('lets people in by ECS Exec only when asked, and then grants just that', async () => {
    const recording = await record(() => make({ exec: true }));
    expect(recording.inputs('aws:ecs/service:Service', 'web').enableExecuteCommand).toBe(true);
    expect(recording.inputs(ROLE_POLICY, 'web-may-be-entered').role).toBe('web-task.name');
  });

  const refused: readonly [string, Partial<WebServiceArgs>, RegExp][] = [
    // The type refuses this pair; numbers from configuration get here through fargateSize.
    ['draining longer than the program may live', { drainSeconds: 90 }, /stopTimeout longer than drainSeconds/],
    [
      'a variable that is a secret too',
      { environment: { X: '1' }, secrets: { X: 'arn:x' } },
      /X is in environment and in secrets/,
    ],
    ['more tasks at least than at most', { scaling: { min: 3, max: 2 } }, /between 3 and 2 tasks/],
    ['a stop timeout that Fargate does not wait', { stopTimeout: 121 }, /2 to 120 seconds/],
    [
      'too many values for one rule',
      { route: { priority: 1, paths: ['/a', '/b', '/c', '/d', '/e'] } },
      /a rule takes five/,
    ],
    ['a priority out of range', { route: { priority: 0 } }, /1 to 50000/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});
