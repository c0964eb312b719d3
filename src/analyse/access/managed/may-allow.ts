/** Beside `bodies.ts`: how far the texts go that do not stand there, or not whole. */

const services = (names: string): readonly string[] => names.split(' ').map((name) => `${name}:*`);

/** The verbs of actions that only look. */
const READS = [
  'get',
  'list',
  'describe',
  'batchget',
  'batchdescribe',
  'view',
  'search',
  'query',
  'scan',
  'select',
  'lookup',
  'check',
  'simulate',
  'generate',
  'download',
  'filter',
  'start',
  'stop',
  'test',
  'validate',
  'estimate',
  'detect',
  'discover',
  'preview',
  'read',
  'retrieve',
  'verify',
  'receive',
  'export',
  'evaluate',
].map((verb) => `*:${verb}*`);

/**
 * What policies may allow whose text is too long or changes too often to ship, or of which we ship the lesser part:
 * action patterns, in lower case, beyond which they do not go. None of them holds a Deny.
 */
export const MAY_ALLOW: Readonly<Record<string, readonly string[]>> = {
  ReadOnlyAccess: READS,
  SecurityAudit: READS,
  'job-function/ViewOnlyAccess': READS,
  'job-function/Billing': services(
    'account aws-portal bcm-* billing* budgets ce consolidatedbilling cur freetier invoicing mapcredits payments pricing purchase-orders support sustainability tax',
  ),
  CloudWatchLogsReadOnlyAccess: READS,
  AmazonDynamoDBFullAccess: [
    ...services(
      'dynamodb dax application-autoscaling cloudwatch datapipeline ec2 kms sns lambda resource-groups tag kinesis',
    ),
    'iam:getrole',
    'iam:listroles',
    'iam:passrole',
    'iam:createservicelinkedrole',
  ],
  AmazonDynamoDBReadOnlyAccess: READS,
  AmazonRDSFullAccess: [
    ...services('rds application-autoscaling cloudwatch ec2 sns logs outposts devops-guru pi kms'),
    'iam:createservicelinkedrole',
  ],
  AmazonRDSReadOnlyAccess: READS,
  AmazonEC2ReadOnlyAccess: READS,
  AmazonECS_FullAccess: ['*'],
  AmazonElastiCacheFullAccess: [
    ...services('elasticache ec2 cloudwatch sns s3 kms logs firehose outposts application-autoscaling'),
    'iam:createservicelinkedrole',
  ],
  AmazonVPCFullAccess: services('ec2 ram'),
  AmazonSESFullAccess: services('ses'),
  AmazonSNSFullAccess: services('sns sms-voice'),
  AmazonSNSReadOnlyAccess: READS,
  AmazonSQSReadOnlyAccess: READS,
  AmazonEC2ContainerRegistryFullAccess: [...services('ecr cloudtrail'), 'iam:createservicelinkedrole'],
  AmazonEC2ContainerRegistryPowerUser: services('ecr'),
  AmazonEC2ContainerRegistryReadOnly: services('ecr'),
  CloudFrontFullAccess: ['*'],
  CloudWatchFullAccess: ['*'],
  CloudWatchLogsFullAccess: services('logs cloudwatch'),
  CloudWatchReadOnlyAccess: READS,
  CloudWatchAgentServerPolicy: services('cloudwatch ec2 logs xray ssm'),
  AWSLambda_ReadOnlyAccess: READS,
  AWSXRayDaemonWriteAccess: services('xray'),
  'service-role/AmazonEC2ContainerServiceforEC2Role': [
    ...services('ecr logs'),
    'ec2:describe*',
    'ecs:describe*',
    'ecs:list*',
    'ecs:submit*',
    'ecs:tagresource',
  ],
  'service-role/AWSLambdaDynamoDBExecutionRole': services('dynamodb logs'),
  'service-role/AWSLambdaKinesisExecutionRole': services('kinesis logs'),
  'service-role/AWSLambdaRole': services('lambda'),
  'service-role/AmazonRDSEnhancedMonitoringRole': services('logs'),
};
