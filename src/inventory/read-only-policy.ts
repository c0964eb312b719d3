/** The least IAM policy that reads what the readers read. */

/** Services whose IAM prefix is not their name in the SDK. */
const PREFIX: Readonly<Record<string, string>> = {
  accessanalyzer: 'access-analyzer',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  efs: 'elasticfilesystem',
  opensearch: 'es',
  resourcegroupstaggingapi: 'tag',
  sfn: 'states',
  ssoadmin: 'sso',
};

/**
 * Operations that IAM knows by another name, or that need none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const ACTION: Readonly<Record<string, string | null>> = {
  // API Gateway's actions are HTTP verbs on paths.
  'apigateway:GetRestApis': 'apigateway:GET',
  'apigatewayv2:GetApis': 'apigateway:GET',
  'budgets:DescribeBudgets': 'budgets:ViewBudget',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadBucket': 's3:ListBucket',
  's3:GetBucketCors': 's3:GetBucketCORS',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
  's3control:ListAccessPoints': 's3:ListAccessPoints',
  'sts:GetCallerIdentity': null,
};

/** The IAM action that allows an operation; undefined when none is needed. */
export function actionOf(operation: string): string | undefined {
  if (Object.hasOwn(ACTION, operation)) return ACTION[operation] ?? undefined;
  const [service = '', name = ''] = operation.split(':');
  return `${PREFIX[service] ?? service}:${name}`;
}

/**
 * Operations that AWS must be asked for before it can answer another one.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html
 */
const BEFORE: Readonly<Record<string, string>> = { 'iam:GetCredentialReport': 'iam:GenerateCredentialReport' };

/** Every IAM action that an operation takes to be of use. */
export function actionsOf(operation: string): readonly string[] {
  const before = Object.hasOwn(BEFORE, operation) ? BEFORE[operation] : undefined;
  return [...(before === undefined ? [] : [before]), operation].flatMap((one) => actionOf(one) ?? []);
}

export function readOnlyPolicy(operations: readonly string[]): object {
  const actions = [...new Set(operations.flatMap(actionsOf))].sort();
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'UnderpinReadsOnly', Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}
