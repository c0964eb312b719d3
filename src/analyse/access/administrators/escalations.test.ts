// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  awsPolicy,
  deny,
  groupArn,
  OTHER,
  policyArn,
  REGION,
  roleArn,
  trusting,
  userArn,
} from '../testing/account.ts';
import { administrators } from './administrators.ts';
import { ESCALATIONS } from './escalations.ts';
import { PASSED_ON } from './passed-on.ts';

const ADMIN = { attached: [awsPolicy('AdministratorAccess')] };
const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const of = (builder: AccountBuilder, arn = userArn('mallory')) => {
  const found = administrators(builder.build()).find((entry) => entry.principal.id === arn);
  if (!found) throw new Error(`${arn} is not there`);
  return found;
};
const mallory = (...statements: object[]) => account().user('mallory', { inline: { p: statements } });
const steps = (builder: AccountBuilder, arn?: string) => of(builder, arn).chain.map((link) => link.by);
const on = (resource: string, ...actions: string[]) => allow(actions, resource);

const everyRole = `arn:aws:iam::${ACCOUNT}:role/*`;
const adminRole = (builder: AccountBuilder, service: string) =>
  builder.role('power', trusting({ Service: service }), ADMIN);
const withFunction = (builder: AccountBuilder) => adminRole(builder, 'lambda.amazonaws.com').lambda('web', 'power');
const withInstance = (builder: AccountBuilder) =>
  adminRole(builder, 'ec2.amazonaws.com').instanceProfile('power', ['power']).instance('i-1', 'power');
const instanceArn = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-1`;
const pass = (service: string) =>
  allow('iam:PassRole', everyRole, { Condition: { StringEquals: { 'iam:PassedToService': service } } });
const task = (builder: AccountBuilder, executeCommand: boolean) =>
  builder.service('web', { taskRole: 'power', executeCommand });

/** Escalation, what makes it work, and the nearest thing that does not. */
const cases: readonly [id: string, works: () => AccountBuilder, nearMiss: () => AccountBuilder][] = [
  [
    'assume-role',
    () => mallory(on(everyRole, 'sts:AssumeRole')).role('power', trusting(root), ADMIN),
    () => mallory(on(everyRole, 'sts:AssumeRole')).role('power', trusting({ AWS: OTHER }), ADMIN),
  ],
  [
    'rewrite-trust',
    () => adminRole(mallory(on(everyRole, 'iam:UpdateAssumeRolePolicy')), 'ec2.amazonaws.com'),
    () => adminRole(mallory(on(everyRole, 'iam:UpdateAssumeRolePolicy'), deny('sts:*')), 'ec2.amazonaws.com'),
  ],
  [
    'create-access-key',
    () => mallory(on('*', 'iam:CreateAccessKey')).user('boss', ADMIN),
    () => mallory(on(userArn('${aws:username}'), 'iam:CreateAccessKey')).user('boss', ADMIN),
  ],
  [
    'create-login-profile',
    () => mallory(on('*', 'iam:CreateLoginProfile')).user('boss', ADMIN),
    () => mallory(on('*', 'iam:CreateLoginProfile')).user('boss', { ...ADMIN, consoleAccess: true }),
  ],
  [
    'update-login-profile',
    () => mallory(on('*', 'iam:UpdateLoginProfile')).user('boss', { ...ADMIN, consoleAccess: true }),
    () => mallory(on('*', 'iam:UpdateLoginProfile')).user('boss', ADMIN),
  ],
  [
    'pass-role-ec2',
    () => adminRole(mallory(pass('ec2.amazonaws.com'), on('*', 'ec2:RunInstances')), 'ec2.amazonaws.com'),
    () => adminRole(mallory(pass('lambda.amazonaws.com'), on('*', 'ec2:RunInstances')), 'ec2.amazonaws.com'),
  ],
  [
    'pass-role-lambda',
    () =>
      adminRole(
        mallory(
          pass('lambda.amazonaws.com'),
          on(`arn:aws:lambda:*:${ACCOUNT}:function:dev-*`, 'lambda:CreateFunction', 'lambda:InvokeFunction'),
        ),
        'lambda.amazonaws.com',
      ),
    () => adminRole(mallory(pass('lambda.amazonaws.com'), on('*', 'lambda:CreateFunction')), 'lambda.amazonaws.com'),
  ],
  [
    'pass-role-ecs',
    () =>
      adminRole(
        mallory(pass('ecs-tasks.amazonaws.com'), on('*', 'ecs:RegisterTaskDefinition', 'ecs:RunTask')),
        'ecs-tasks.amazonaws.com',
      ),
    () =>
      adminRole(
        mallory(pass('ecs-tasks.amazonaws.com'), on('*', 'ecs:RegisterTaskDefinition', 'ecs:RunTask')),
        'ec2.amazonaws.com',
      ),
  ],
  [
    'pass-role-batch',
    () =>
      adminRole(
        mallory(pass('ecs-tasks.amazonaws.com'), on('*', 'batch:RegisterJobDefinition', 'batch:SubmitJob')),
        'ecs-tasks.amazonaws.com',
      ),
    () => adminRole(mallory(pass('ecs-tasks.amazonaws.com'), on('*', 'batch:SubmitJob')), 'ecs-tasks.amazonaws.com'),
  ],
  [
    'pass-role-cloudformation',
    () =>
      adminRole(
        mallory(pass('cloudformation.amazonaws.com'), on('*', 'cloudformation:CreateStack')),
        'cloudformation.amazonaws.com',
      ),
    () =>
      adminRole(
        mallory(pass('cloudformation.amazonaws.com'), on('*', 'cloudformation:CreateChangeSet')),
        'cloudformation.amazonaws.com',
      ),
  ],
  [
    'pass-role-glue',
    () =>
      adminRole(
        mallory(pass('glue.amazonaws.com'), on('*', 'glue:CreateJob', 'glue:StartJobRun')),
        'glue.amazonaws.com',
      ),
    () => adminRole(mallory(pass('glue.amazonaws.com'), on('*', 'glue:StartJobRun')), 'glue.amazonaws.com'),
  ],
  [
    'pass-role-glue-endpoint',
    () => adminRole(mallory(pass('glue.amazonaws.com'), on('*', 'glue:CreateDevEndpoint')), 'glue.amazonaws.com'),
    () => adminRole(mallory(on('*', 'glue:CreateDevEndpoint')), 'glue.amazonaws.com'),
  ],
  [
    'pass-role-data-pipeline',
    () =>
      adminRole(mallory(pass('datapipeline.amazonaws.com'), on('*', 'datapipeline:*')), 'datapipeline.amazonaws.com'),
    () =>
      adminRole(
        mallory(pass('datapipeline.amazonaws.com'), on('*', 'datapipeline:CreatePipeline')),
        'datapipeline.amazonaws.com',
      ),
  ],
  [
    'pass-role-sagemaker-notebook',
    () =>
      adminRole(
        mallory(
          pass('sagemaker.amazonaws.com'),
          on('*', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
        ),
        'sagemaker.amazonaws.com',
      ),
    () =>
      adminRole(
        mallory(pass('sagemaker.amazonaws.com'), on('*', 'sagemaker:CreateNotebookInstance')),
        'sagemaker.amazonaws.com',
      ),
  ],
  [
    'pass-role-sagemaker-job',
    () =>
      adminRole(
        mallory(pass('sagemaker.amazonaws.com'), on('*', 'sagemaker:CreateTrainingJob')),
        'sagemaker.amazonaws.com',
      ),
    () =>
      adminRole(mallory(pass('ec2.amazonaws.com'), on('*', 'sagemaker:CreateTrainingJob')), 'sagemaker.amazonaws.com'),
  ],
  [
    'pass-role-codebuild',
    () =>
      adminRole(
        mallory(pass('codebuild.amazonaws.com'), on('*', 'codebuild:CreateProject', 'codebuild:StartBuild')),
        'codebuild.amazonaws.com',
      ),
    () =>
      adminRole(
        mallory(pass('codebuild.amazonaws.com'), on('*', 'codebuild:CreateProject')),
        'codebuild.amazonaws.com',
      ),
  ],
  [
    'pass-role-step-functions',
    () =>
      adminRole(
        mallory(pass('states.amazonaws.com'), on('*', 'states:CreateStateMachine', 'states:StartExecution')),
        'states.amazonaws.com',
      ),
    () => adminRole(mallory(pass('states.amazonaws.com'), on('*', 'states:StartExecution')), 'states.amazonaws.com'),
  ],
  [
    'pass-role-scheduler',
    () =>
      adminRole(
        mallory(pass('scheduler.amazonaws.com'), on('*', 'scheduler:CreateSchedule')),
        'scheduler.amazonaws.com',
      ),
    () =>
      adminRole(
        mallory(pass('scheduler.amazonaws.com'), on('*', 'scheduler:CreateSchedule'), deny('iam:PassRole')),
        'scheduler.amazonaws.com',
      ),
  ],
  [
    'pass-role-automation',
    () => adminRole(mallory(pass('ssm.amazonaws.com'), on('*', 'ssm:StartAutomationExecution')), 'ssm.amazonaws.com'),
    () => adminRole(mallory(pass('ssm.amazonaws.com'), on('*', 'ssm:GetAutomationExecution')), 'ssm.amazonaws.com'),
  ],
  [
    'update-function-code',
    () => withFunction(mallory(on(`arn:aws:lambda:*:*:function:web`, 'lambda:UpdateFunctionCode'))),
    () => withFunction(mallory(on(`arn:aws:lambda:*:*:function:dev-*`, 'lambda:UpdateFunctionCode'))),
  ],
  [
    'add-function-layer',
    () => withFunction(mallory(on('*', 'lambda:UpdateFunctionConfiguration'))),
    () => withFunction(mallory(on('*', 'lambda:PublishLayerVersion'))),
  ],
  [
    'send-command',
    () => withInstance(mallory(on('*', 'ssm:SendCommand'))),
    () => withInstance(mallory(on(instanceArn, 'ssm:SendCommand'))),
  ],
  [
    'create-association',
    () => withInstance(mallory(on('*', 'ssm:CreateAssociation'))),
    () => withInstance(mallory(on('*', 'ssm:UpdateAssociationStatus'))),
  ],
  [
    'start-session',
    () => withInstance(mallory(on(instanceArn, 'ssm:StartSession'))),
    () =>
      adminRole(mallory(on('*', 'ssm:StartSession')), 'ec2.amazonaws.com')
        .instanceProfile('power', ['power'])
        .instance('i-1', 'power', { managedBySsm: false }),
  ],
  [
    'instance-connect',
    () => withInstance(mallory(on('*', 'ec2-instance-connect:SendSSHPublicKey'))),
    () => withInstance(mallory(on('*', 'ec2-instance-connect:SendSerialConsoleSSHPublicKey'))),
  ],
  [
    'change-user-data',
    () => withInstance(mallory(on('*', 'ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'))),
    () => withInstance(mallory(on('*', 'ec2:ModifyInstanceAttribute', 'ec2:RebootInstances'))),
  ],
  [
    'execute-command',
    () => task(adminRole(mallory(on('*', 'ecs:ExecuteCommand')), 'ecs-tasks.amazonaws.com'), true),
    () => task(adminRole(mallory(on('*', 'ecs:ExecuteCommand')), 'ecs-tasks.amazonaws.com'), false),
  ],
  [
    'attach-user-policy',
    () => mallory(on('*', 'iam:AttachUserPolicy')),
    () =>
      mallory(
        allow('iam:AttachUserPolicy', '*', { Condition: { ArnEquals: { 'iam:PolicyARN': policyArn('harmless') } } }),
      ),
  ],
  [
    'put-user-policy',
    () => mallory(on(userArn('mallory'), 'iam:PutUserPolicy')),
    () => mallory(on(userArn('bob'), 'iam:PutUserPolicy')).user('bob'),
  ],
  [
    'create-policy-version',
    () =>
      account()
        .user('mallory', { attached: [policyArn('own')] })
        .policy(policyArn('own'), on('*', 'iam:CreatePolicyVersion')),
    () =>
      account()
        .user('mallory', { attached: [policyArn('own')] })
        .policy(policyArn('own'), on(policyArn('other'), 'iam:CreatePolicyVersion')),
  ],
  [
    'attach-group-policy',
    () =>
      account()
        .user('mallory', { groups: ['team'] })
        .group('team', { inline: { p: on('*', 'iam:AttachGroupPolicy') } }),
    () => mallory(on('*', 'iam:AttachGroupPolicy')).group('team'),
  ],
  [
    'put-group-policy',
    () =>
      account()
        .user('mallory', { groups: ['team'] })
        .group('team', { inline: { p: on(groupArn('team'), 'iam:PutGroupPolicy') } }),
    () =>
      account()
        .user('mallory', { groups: ['team'] })
        .group('team', { inline: { p: on(groupArn('other'), 'iam:PutGroupPolicy') } })
        .group('other'),
  ],
  [
    'add-user-to-group',
    () => mallory(on('*', 'iam:AddUserToGroup')).group('ops', ADMIN),
    () => mallory(on('*', 'iam:AddUserToGroup')).group('ops', { attached: [awsPolicy('PowerUserAccess')] }),
  ],
];
const roleCases: typeof cases = [
  [
    'attach-role-policy',
    () => account().role('app', trusting(root), { inline: { p: on(roleArn('app'), 'iam:AttachRolePolicy') } }),
    () => account().role('app', trusting(root), { inline: { p: on(roleArn('app'), 'iam:DetachRolePolicy') } }),
  ],
  [
    'put-role-policy',
    () => account().role('app', trusting(root), { inline: { p: on('*', 'iam:PutRolePolicy') } }),
    () => account().role('app', trusting(root), { inline: { p: on(roleArn('web-*'), 'iam:PutRolePolicy') } }),
  ],
  [
    'create-policy-version',
    () =>
      account()
        .role('app', trusting(root), { attached: [policyArn('own')] })
        .policy(policyArn('own'), on('*', 'iam:CreatePolicyVersion')),
    () =>
      account()
        .role('app', trusting(root), { attached: [policyArn('own')] })
        .policy(policyArn('own'), [on('*', 'iam:CreatePolicyVersion'), deny('iam:*')]),
  ],
];

describe('administrators by escalation', () => {
  it.each(cases)('%s: proven where it works, and not where it nearly does', (id, works, nearMiss) => {
    const found = of(works());
    expect(found).toMatchObject({ verdict: 'yes', way: 'escalation' });
    expect(found.chain.map((link) => link.by)).toEqual([id]);
    expect(found.chain[0]?.answer.statements.length).toBeGreaterThan(0);
    expect(of(nearMiss()).verdict).toBe('no');
  });
  it.each(roleCases)('of a role, %s: proven where it works, and not where it nearly does', (id, works, nearMiss) => {
    expect(steps(works(), roleArn('app'))).toEqual([id]);
    expect(of(nearMiss(), roleArn('app')).verdict).toBe('no');
  });
  it('every entry of the table is tried', () => {
    // Those of PASSED_ON are tried in a file of their own.
    const tried = new Set([...[...cases, ...roleCases].map(([id]) => id), ...PASSED_ON.map(({ id }) => id)]);
    expect(
      ESCALATIONS.map((entry) => entry.id).filter((id) => !tried.has(id) && id !== 'set-default-policy-version'),
    ).toEqual([]);
  });
});
