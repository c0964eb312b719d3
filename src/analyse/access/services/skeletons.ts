/** What a program usually needs of a thing that it is seen to use, by kind. `sure` is what the evidence itself shows. */

export interface Skeleton {
  readonly actions: readonly string[];
  /** Resources by suffix to the ARN: '' for the thing itself. */
  readonly on: readonly string[];
  readonly sure: boolean;
  /** Why it may not be needed. */
  readonly doubt: string;
}

const maybe = (doubt: string, on: readonly string[], ...actions: readonly string[]): Skeleton => ({
  actions,
  on,
  sure: false,
  doubt,
});
const surely = (on: readonly string[], ...actions: readonly string[]): Skeleton => ({
  actions,
  on,
  sure: true,
  doubt: '',
});

const SELF = [''];

/** By the service part of an ARN, for things that are named in the environment or in a flow. */
export const SKELETONS: Readonly<Record<string, readonly Skeleton[]>> = {
  sqs: [
    maybe('only if it sends to the queue', SELF, 'sqs:SendMessage', 'sqs:GetQueueUrl'),
    maybe(
      'only if it reads from the queue',
      SELF,
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    ),
  ],
  sns: [maybe('only if it publishes to the topic', SELF, 'sns:Publish')],
  dynamodb: [
    maybe(
      'only if it reads the table',
      ['', '/index/*'],
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
    ),
    maybe(
      'only if it writes the table',
      SELF,
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ),
  ],
  s3: [
    maybe('only if it reads objects', ['/*'], 's3:GetObject'),
    maybe('only if it writes objects', ['/*'], 's3:PutObject'),
    maybe('only if it lists the bucket', SELF, 's3:ListBucket'),
  ],
  secretsmanager: [maybe('only if the program itself reads the secret', SELF, 'secretsmanager:GetSecretValue')],
  ssm: [maybe('only if the program itself reads the parameter', SELF, 'ssm:GetParameter', 'ssm:GetParameters')],
  lambda: [maybe('only if it invokes the function', SELF, 'lambda:InvokeFunction')],
  kms: [maybe('only if it uses the key', SELF, 'kms:Decrypt', 'kms:GenerateDataKey')],
  kinesis: [maybe('only if it writes to the stream', SELF, 'kinesis:PutRecord', 'kinesis:PutRecords')],
  events: [maybe('only if it puts events', SELF, 'events:PutEvents')],
  iam: [maybe('only if it takes the role', SELF, 'sts:AssumeRole')],
  states: [maybe('only if it starts the state machine', SELF, 'states:StartExecution')],
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
export const DATABASE_SIGN_IN: Skeleton = maybe(
  'only if it signs in to the database with a token of IAM; then name the database user that it signs in as',
  SELF,
  'rds-db:connect',
);

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and its siblings: what an event source mapping needs. */
export const EVENT_SOURCES: Readonly<Record<string, Skeleton>> = {
  sqs: surely(SELF, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
  dynamodb: surely(
    SELF,
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ),
  kinesis: surely(
    SELF,
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
  ),
};

export const DEAD_LETTERS: Readonly<Record<string, Skeleton>> = {
  sqs: surely(SELF, 'sqs:SendMessage'),
  sns: surely(SELF, 'sns:Publish'),
};

export const SECRETS: Readonly<Record<string, Skeleton>> = {
  secretsmanager: surely(SELF, 'secretsmanager:GetSecretValue'),
  ssm: surely(SELF, 'ssm:GetParameters'),
};

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
export const FUNCTION_IN_VPC = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html */
export const CONTAINER_HOST = [
  'ecs:DeregisterContainerInstance',
  'ecs:DiscoverPollEndpoint',
  'ecs:Poll',
  'ecs:RegisterContainerInstance',
  'ecs:StartTelemetrySession',
  'ecs:UpdateContainerInstancesState',
  'ecs:SubmitTaskStateChange',
  'ecs:SubmitContainerStateChange',
  'ecs:SubmitAttachmentStateChanges',
  'ec2:DescribeTags',
];
