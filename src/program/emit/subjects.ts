/** Which file a resource stands in: what a team looks for together. In the order in which a reader meets them. */

const SUBJECTS: readonly (readonly [subject: string, about: string, types: RegExp])[] = [
  [
    'network',
    'VPCs, subnets, routes and the ways out',
    /^aws:(ec2\/(vpc|subnet|routeTable|route|internetGateway|egressOnly|natGateway|eip|networkAcl|defaultNetworkAcl|vpcPeering|vpcIpv4|vpcIpv6|mainRoute|vpcEndpoint|vpcDhcp|managedPrefixList|flowLog|peering)|vpc\/endpoint|networkfirewall|ec2transitgateway)/,
  ],
  ['groups', 'security groups, one rule for each peer', /^aws:(ec2\/securityGroup|vpc\/securityGroup)/],
  [
    'people',
    'people, their groups and what they may',
    /^aws:iam\/(user|group|accountPasswordPolicy|virtualMfa|openId|saml|accessKey|sshKey)|^aws:(ssoadmin|identitystore)\//,
  ],
  ['roles', 'what programs may do', /^aws:(iam|kms)\//],
  ['storage', 'buckets and images', /^aws:(s3|s3control|ecr|efs|ebs|backup)\//],
  [
    'data',
    'databases, caches, tables and secrets',
    /^aws:(rds|elasticache|dynamodb|secretsmanager|docdb|redshift|opensearch|ssm)\//,
  ],
  ['messaging', 'queues, topics and events', /^aws:(sqs|sns|cloudwatch\/event|scheduler|kinesis|mq)/],
  [
    'watch',
    'logs, alarms and trails',
    /^aws:(cloudwatch|cloudtrail|guardduty|budgets|config|accessanalyzer|synthetics)\//,
  ],
  [
    'edge',
    'names, certificates, distributions and load balancers',
    /^aws:(lb|elb|alb|cloudfront|route53|acm|wafv2|apigateway|apigatewayv2|shield)\//,
  ],
  [
    'compute',
    'machines, containers and functions',
    /^aws:(ec2|ecs|autoscaling|appautoscaling|lambda|servicediscovery|batch)\//,
  ],
];

const OTHER = 'other';

export const subjectOf = (type: string): string => SUBJECTS.find(([, , types]) => types.test(type))?.[0] ?? OTHER;

/** What a file is about, for its first line. */
export const aboutOf = (subject: string): string =>
  SUBJECTS.find(([name]) => name === subject)?.[1] ?? 'what fits nowhere else';

export const SUBJECT_ORDER: readonly string[] = [...SUBJECTS.map(([name]) => name), OTHER];
