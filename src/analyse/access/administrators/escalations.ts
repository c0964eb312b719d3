/**
 * The ways in which a permission is worth more than it looks. Each entry is data: what is needed, on what, and what is
 * gained. The ways themselves are public knowledge, documented for each service by AWS's own pages on passing roles:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
 */
import type { ContextInput } from '../context.ts';
import {
  ADMIN,
  any,
  carrier,
  type Escalation,
  KEY,
  own,
  PASSWORD,
  type Promotion,
  passing,
  type Takeover,
  target,
} from './escalation.ts';
import { PASSED_ON } from './passed-on.ts';

export const TAKEOVERS: readonly Takeover[] = [
  { id: 'assume-role', gains: 'identity', target: 'role', says: 'assume the role', needs: [target('sts:AssumeRole')] },
  {
    id: 'rewrite-trust',
    gains: 'identity',
    target: 'role',
    says: 'write itself into the trust policy of the role and assume it',
    rewritesTrust: true,
    needs: [target('iam:UpdateAssumeRolePolicy'), target('sts:AssumeRole')],
  },
  {
    id: 'create-access-key',
    gains: 'identity',
    target: 'user',
    says: 'create an access key for the user',
    signedWith: KEY,
    needs: [target('iam:CreateAccessKey')],
  },
  {
    id: 'create-login-profile',
    gains: 'identity',
    target: 'user',
    says: 'give the user a console password',
    console: false,
    signedWith: PASSWORD,
    needs: [target('iam:CreateLoginProfile')],
  },
  {
    id: 'update-login-profile',
    gains: 'identity',
    target: 'user',
    says: 'set a new console password for the user',
    console: true,
    signedWith: PASSWORD,
    needs: [target('iam:UpdateLoginProfile')],
  },
  passing('pass-role-ec2', 'ec2.amazonaws.com', 'start an instance that has the role', [
    any('ec2:RunInstances', own('ec2', 'instance/*')),
  ]),
  passing(
    'pass-role-lambda',
    'lambda.amazonaws.com',
    'create a function that has the role and have it run',
    [any('lambda:CreateFunction', own('lambda', 'function:*'))],
    [
      any('lambda:InvokeFunction', own('lambda', 'function:*')),
      any('lambda:CreateEventSourceMapping', '*'),
      any('lambda:AddPermission', own('lambda', 'function:*')),
      any('lambda:CreateFunctionUrlConfig', own('lambda', 'function:*')),
    ],
  ),
  passing(
    'pass-role-ecs',
    'ecs-tasks.amazonaws.com',
    'run a task that has the role',
    [any('ecs:RegisterTaskDefinition', '*'), any('ecs:RegisterTaskDefinition', own('ecs', 'task-definition/*:1'))],
    [
      any('ecs:RunTask', own('ecs', 'task-definition/*:1')),
      any('ecs:CreateService', own('ecs', 'service/*/*')),
      any('ecs:UpdateService', own('ecs', 'service/*/*')),
      any('ecs:StartTask', own('ecs', 'task-definition/*:1')),
    ],
  ),
  passing(
    'pass-role-batch',
    'ecs-tasks.amazonaws.com',
    'run a batch job that has the role',
    [any('batch:RegisterJobDefinition', own('batch', 'job-definition/*'))],
    [any('batch:SubmitJob', own('batch', 'job-definition/*'))],
  ),
  passing('pass-role-cloudformation', 'cloudformation.amazonaws.com', 'create a stack that acts with the role', [
    any('cloudformation:CreateStack', own('cloudformation', 'stack/*/*')),
    any('cloudformation:UpdateStack', own('cloudformation', 'stack/*/*')),
  ]),
  passing(
    'pass-role-glue',
    'glue.amazonaws.com',
    'run a Glue job that has the role',
    [any('glue:CreateJob', own('glue', 'job/*')), any('glue:UpdateJob', own('glue', 'job/*'))],
    [any('glue:StartJobRun', own('glue', 'job/*')), any('glue:CreateTrigger', own('glue', 'trigger/*'))],
  ),
  passing('pass-role-glue-endpoint', 'glue.amazonaws.com', 'open a Glue development endpoint that has the role', [
    any('glue:CreateDevEndpoint', own('glue', 'devEndpoint/*')),
  ]),
  passing(
    'pass-role-data-pipeline',
    'datapipeline.amazonaws.com',
    'run a data pipeline that has the role',
    [any('datapipeline:CreatePipeline', '*')],
    [any('datapipeline:PutPipelineDefinition', '*')],
    [any('datapipeline:ActivatePipeline', '*')],
  ),
  passing(
    'pass-role-sagemaker-notebook',
    'sagemaker.amazonaws.com',
    'open a notebook that has the role',
    [any('sagemaker:CreateNotebookInstance', own('sagemaker', 'notebook-instance/*'))],
    [any('sagemaker:CreatePresignedNotebookInstanceUrl', own('sagemaker', 'notebook-instance/*'))],
  ),
  passing('pass-role-sagemaker-job', 'sagemaker.amazonaws.com', 'run a SageMaker job that has the role', [
    any('sagemaker:CreateTrainingJob', own('sagemaker', 'training-job/*')),
    any('sagemaker:CreateProcessingJob', own('sagemaker', 'processing-job/*')),
    any('sagemaker:CreateHyperParameterTuningJob', own('sagemaker', 'hyper-parameter-tuning-job/*')),
  ]),
  passing(
    'pass-role-codebuild',
    'codebuild.amazonaws.com',
    'run a build that has the role',
    [
      any('codebuild:CreateProject', own('codebuild', 'project/*')),
      any('codebuild:UpdateProject', own('codebuild', 'project/*')),
    ],
    [
      any('codebuild:StartBuild', own('codebuild', 'project/*')),
      any('codebuild:StartBuildBatch', own('codebuild', 'project/*')),
    ],
  ),
  passing(
    'pass-role-step-functions',
    'states.amazonaws.com',
    'run a state machine that has the role',
    [
      any('states:CreateStateMachine', own('states', 'stateMachine:*')),
      any('states:UpdateStateMachine', own('states', 'stateMachine:*')),
    ],
    [any('states:StartExecution', own('states', 'stateMachine:*'))],
  ),
  passing('pass-role-scheduler', 'scheduler.amazonaws.com', 'schedule a call that is made with the role', [
    any('scheduler:CreateSchedule', own('scheduler', 'schedule/default/*')),
  ]),
  passing('pass-role-automation', 'ssm.amazonaws.com', 'run a Systems Manager automation that has the role', [
    any('ssm:StartAutomationExecution', own('ssm', 'automation-definition/*:1')),
  ]),
  ...PASSED_ON,
  {
    id: 'update-function-code',
    gains: 'identity',
    target: 'role',
    carrier: 'function',
    says: 'put its own code into a function that has the role',
    signedWith: KEY,
    needs: [carrier('lambda:UpdateFunctionCode')],
  },
  {
    id: 'add-function-layer',
    gains: 'identity',
    target: 'role',
    carrier: 'function',
    says: 'add a layer of its own to a function that has the role',
    signedWith: KEY,
    needs: [carrier('lambda:UpdateFunctionConfiguration')],
    assumes: 'the function loads code that a layer can replace',
  },
  {
    id: 'send-command',
    gains: 'identity',
    target: 'role',
    carrier: 'instance',
    says: 'run a command on an instance that has the role',
    signedWith: KEY,
    needs: [carrier('ssm:SendCommand'), [any('ssm:SendCommand', 'arn:aws:ssm:{region}::document/AWS-RunShellScript')]],
  },
  {
    id: 'create-association',
    gains: 'identity',
    target: 'role',
    carrier: 'instance',
    says: 'have Systems Manager run a command on an instance that has the role',
    signedWith: KEY,
    needs: [
      carrier('ssm:CreateAssociation'),
      [any('ssm:CreateAssociation', 'arn:aws:ssm:{region}::document/AWS-RunShellScript')],
    ],
  },
  {
    id: 'start-session',
    gains: 'identity',
    target: 'role',
    carrier: 'instance',
    says: 'open a session on an instance that has the role',
    signedWith: KEY,
    needs: [carrier('ssm:StartSession')],
  },
  {
    id: 'instance-connect',
    gains: 'identity',
    target: 'role',
    carrier: 'instance',
    says: 'push an SSH key to an instance that has the role',
    signedWith: KEY,
    needs: [carrier('ec2-instance-connect:SendSSHPublicKey')],
    assumes: 'the network lets an SSH connection through to the instance',
  },
  {
    id: 'change-user-data',
    gains: 'identity',
    target: 'role',
    carrier: 'instance',
    says: 'change what an instance with the role runs at its next start',
    signedWith: KEY,
    needs: [carrier('ec2:ModifyInstanceAttribute'), carrier('ec2:StopInstances'), carrier('ec2:StartInstances')],
  },
  {
    id: 'execute-command',
    gains: 'identity',
    target: 'role',
    carrier: 'service',
    says: 'run a command in a task that has the role',
    signedWith: KEY,
    needs: [carrier('ecs:ExecuteCommand')],
  },
];

const WITH_ADMIN: ContextInput = { 'iam:PolicyARN': ADMIN };
const OLDER = {
  operation: 'iam:ListPolicyVersions',
  reason: 'whether an older version of the policy allows more was not read',
} as const;

function promotions(kind: 'user' | 'role'): readonly Promotion[] {
  const Word = kind === 'user' ? 'User' : 'Role';
  const common = { gains: 'policy', target: kind } as const;
  return [
    {
      ...common,
      id: `attach-${kind}-policy`,
      says: `attach AdministratorAccess to the ${kind}`,
      needs: [target(`iam:Attach${Word}Policy`, WITH_ADMIN)],
    },
    {
      ...common,
      id: `put-${kind}-policy`,
      says: `write an inline policy of the ${kind}`,
      needs: [target(`iam:Put${Word}Policy`)],
    },
    {
      ...common,
      id: 'create-policy-version',
      carrier: 'policy',
      says: `write a new version of a policy of the ${kind}`,
      needs: [carrier('iam:CreatePolicyVersion')],
    },
    {
      ...common,
      id: 'set-default-policy-version',
      carrier: 'policy',
      says: `go back to an older version of a policy of the ${kind}`,
      needs: [carrier('iam:SetDefaultPolicyVersion')],
      unproven: OLDER,
    },
  ];
}

export const PROMOTIONS: readonly Promotion[] = [
  ...promotions('user'),
  {
    id: 'attach-group-policy',
    gains: 'policy',
    target: 'user',
    carrier: 'group',
    says: 'attach AdministratorAccess to a group of the user',
    needs: [carrier('iam:AttachGroupPolicy', WITH_ADMIN)],
  },
  {
    id: 'put-group-policy',
    gains: 'policy',
    target: 'user',
    carrier: 'group',
    says: 'write an inline policy of a group of the user',
    needs: [carrier('iam:PutGroupPolicy')],
  },
  {
    id: 'add-user-to-group',
    gains: 'policy',
    target: 'user',
    carrier: 'administratorGroup',
    says: 'put the user into a group of administrators',
    needs: [carrier('iam:AddUserToGroup')],
  },
  ...promotions('role'),
];

export const ESCALATIONS: readonly Escalation[] = [...TAKEOVERS, ...PROMOTIONS];
