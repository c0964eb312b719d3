/**
 * The ways in which a permission is worth more than it looks. Each entry is data: what is needed, on what, and what is
 * gained. The ways themselves are public knowledge, documented for each service by AWS's own pages on passing roles:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
 */
import type { ContextInput } from '../context.ts';

/**
 * What a permission is needed on:
 * - `target`: the principal whose power is gained;
 * - `carrier`: the thing that carries it (a function with the role, a policy that it holds, a group that it is in);
 * - `anything`: some resource of the caller's choice, with an ARN of this form.
 */
export type Place = 'target' | 'carrier' | { readonly anything: string };

export interface Need {
  readonly action: string;
  readonly on: Place;
  readonly context?: ContextInput;
}

/** Any of them is enough. */
export type Needs = readonly Need[];

interface Common {
  /** Stable, kebab case. */
  readonly id: string;
  /** Completes "… because it can": an infinitive without "to". */
  readonly says: string;
  /** All are needed; of each the first that is granted is told. */
  readonly needs: readonly Needs[];
  /** What must be so beside permissions, when the input does not tell: stays with the chain as an assumption. */
  readonly assumes?: string;
}

/** Gives the caller the credentials of the target. */
export interface Takeover extends Common {
  readonly gains: 'identity';
  readonly target: 'user' | 'role';
  /** What carries the target's credentials; left out when the target itself is touched. */
  readonly carrier?: 'function' | 'instance' | 'service';
  /** The service that the target must trust for a role to be passed to it. */
  readonly passedTo?: string;
  /** Only for users that (do not) sign in to the console. */
  readonly console?: boolean;
  /** What the credentials carry, where it decides on conditions of the target's own policies. */
  readonly signedWith?: ContextInput;
  /** The caller writes itself into the role's trust, so the trust of today does not matter. */
  readonly rewritesTrust?: boolean;
}

/** The service that takes the role for each kind of carrier. */
export const RUN_BY = {
  function: 'lambda.amazonaws.com',
  instance: 'ec2.amazonaws.com',
  service: 'ecs-tasks.amazonaws.com',
} as const;

/** Gives the target every permission: the target can be the caller itself. */
export interface Promotion extends Common {
  readonly gains: 'policy';
  readonly target: 'user' | 'role';
  readonly carrier?: 'policy' | 'group' | 'administratorGroup';
  /** Set when it only works if an answer that the input never has says so. */
  readonly unproven?: { readonly operation: string; readonly reason: string };
}

export type Escalation = Takeover | Promotion;

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const KEY: ContextInput = { 'aws:MultiFactorAuthPresent': null };
const PASSWORD: ContextInput = { 'aws:MultiFactorAuthPresent': 'false' };

const target = (action: string, context?: ContextInput): Needs => [
  { action, on: 'target', ...(context ? { context } : {}) },
];
const carrier = (action: string, context?: ContextInput): Needs => [
  { action, on: 'carrier', ...(context ? { context } : {}) },
];
const any = (action: string, arn: string): Need => ({ action, on: { anything: arn } });

/** `${…}` is filled in; `*` takes a name of the caller's choice. */
const own = (service: string, resource: string): string => `arn:aws:${service}:{region}:{account}:${resource}`;

const passing = (id: string, service: string, says: string, ...needs: readonly Needs[]): Takeover => ({
  id,
  gains: 'identity',
  target: 'role',
  says,
  passedTo: service,
  signedWith: KEY,
  needs: [target('iam:PassRole', { 'iam:PassedToService': service }), ...needs],
});

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
    [any('states:CreateStateMachine', own('states', 'stateMachine:*'))],
    [any('states:StartExecution', own('states', 'stateMachine:*'))],
  ),
  passing('pass-role-scheduler', 'scheduler.amazonaws.com', 'schedule a call that is made with the role', [
    any('scheduler:CreateSchedule', own('scheduler', 'schedule/default/*')),
  ]),
  passing('pass-role-automation', 'ssm.amazonaws.com', 'run a Systems Manager automation that has the role', [
    any('ssm:StartAutomationExecution', own('ssm', 'automation-definition/*:1')),
  ]),
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
