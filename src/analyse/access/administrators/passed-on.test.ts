import { describe, expect, it } from 'vitest';
import { account, allow, awsPolicy, roleArn, trusting, userArn } from '../testing/account.ts';
import { administrators } from './administrators.ts';
import { PASSED_ON } from './passed-on.ts';

const verdictOf = (service: string, actions: readonly string[]) => {
  const builder = account()
    .user('mallory', { inline: { p: [allow('iam:PassRole', roleArn('power')), allow([...actions], '*')] } })
    .role('power', trusting({ Service: service }), { attached: [awsPolicy('AdministratorAccess')] });
  return administrators(builder.build()).find(({ principal }) => principal.id === userArn('mallory'));
};

/** Escalation, the service, what is enough, and what is not quite. */
const cases: readonly [id: string, service: string, enough: readonly string[], short: readonly string[]][] = [
  [
    'pass-role-change-set',
    'cloudformation',
    ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    ['cloudformation:ExecuteChangeSet'],
  ],
  [
    'pass-role-stack-set',
    'cloudformation',
    ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    ['cloudformation:CreateStackInstances'],
  ],
  ['pass-role-spot', 'ec2', ['ec2:RequestSpotInstances'], ['ec2:CancelSpotInstanceRequests']],
  ['pass-role-fleet', 'ec2', ['ec2:CreateLaunchTemplate', 'ec2:CreateFleet'], ['ec2:CreateLaunchTemplate']],
  [
    'pass-role-auto-scaling',
    'ec2',
    ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    ['autoscaling:CreateLaunchConfiguration'],
  ],
  [
    'pass-role-to-instance',
    'ec2',
    ['ec2:AssociateIamInstanceProfile', 'ssm:StartSession'],
    ['ec2:AssociateIamInstanceProfile'],
  ],
  ['pass-role-to-function', 'lambda', ['lambda:UpdateFunctionConfiguration'], ['lambda:UpdateFunctionCode']],
  ['pass-role-emr', 'ec2', ['elasticmapreduce:RunJobFlow'], ['elasticmapreduce:ListClusters']],
  [
    'pass-role-image-builder',
    'ec2',
    ['imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:CreateImage'],
    ['imagebuilder:CreateInfrastructureConfiguration'],
  ],
  ['pass-role-glue-session', 'glue', ['glue:CreateSession', 'glue:RunStatement'], ['glue:CreateSession']],
  ['pass-role-pipeline', 'codepipeline', ['codepipeline:CreatePipeline'], ['codepipeline:StartPipelineExecution']],
  ['pass-role-app-runner', 'tasks.apprunner', ['apprunner:CreateService'], ['apprunner:StartDeployment']],
  ['pass-role-pod', 'pods.eks', ['eks:CreatePodIdentityAssociation'], ['eks:DescribeCluster']],
];

describe('a role passed on', () => {
  it.each(cases)('%s: proven where it works, and not where it nearly does', (id, service, enough, short) => {
    const found = verdictOf(`${service}.amazonaws.com`, enough);
    expect(found).toMatchObject({ verdict: 'yes', way: 'escalation', chain: [{ by: id }] });
    expect(verdictOf(`${service}.amazonaws.com`, short)?.verdict).toBe('no');
    expect(verdictOf('monitoring.rds.amazonaws.com', enough)?.verdict).toBe('no');
  });
  it('every entry is tried', () => {
    expect(cases.map(([id]) => id).sort()).toEqual(PASSED_ON.map(({ id }) => id).sort());
  });
  it('to a service that no entry knows is not called harmless', () => {
    const agent = 'bedrock-agentcore.amazonaws.com';
    expect(verdictOf(agent, ['bedrock-agentcore:CreateCodeInterpreter'])).toMatchObject({
      verdict: 'unknown',
      missing: [{ reason: expect.stringContaining('bedrock-agentcore:CreateCodeInterpreter') }],
    });
    expect(verdictOf('events.amazonaws.com', ['events:PutTargets'])?.verdict).toBe('unknown');
    expect(verdictOf('ec2.amazonaws.com', ['elasticbeanstalk:CreateEnvironment'])?.verdict).toBe('unknown');
    // a name that says nothing of the service: any may be it
    expect(verdictOf('vmie.amazonaws.com', ['kafkaconnect:CreateConnector'])?.verdict).toBe('unknown');
    expect(verdictOf(agent, ['bedrock-agentcore:GetAgentRuntime', 's3:CreateBucket'])?.verdict).toBe('no');
    expect(verdictOf('events.amazonaws.com', ['sqs:CreateQueue'])?.verdict).toBe('no');
  });
});
