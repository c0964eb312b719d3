/**
 * Which file a resource stands in: what a team looks for together. In the order in which a reader meets them, and in which
 * most of them need each other: what uses several others, like a policy that names a role and a distribution, comes late.
 */
import type { Thing } from './journey.ts';

const SUBJECTS: readonly (readonly [subject: string, about: string, types: RegExp])[] = [
  [
    'access',
    'who may use what, and what starts what: policies of buckets and queues, subscriptions, permissions',
    /^aws:(s3\/bucket(Policy|Notification)|sqs\/queuePolicy|sns\/topic(Policy|Subscription)|secretsmanager\/secretPolicy|lambda\/(permission|eventSourceMapping)|cloudwatch\/eventTarget)/,
  ],
  [
    'people',
    'people, their groups and what they may',
    /^aws:iam\/(user|group|accountPasswordPolicy|virtualMfa|openId|saml|accessKey|sshKey)|^aws:(ssoadmin|identitystore)\//,
  ],
  [
    'watch',
    'logs, alarms and trails',
    /^aws:(cloudwatch\/(?!event)|cloudtrail|guardduty|budgets|config|accessanalyzer|synthetics|ec2\/flowLog)|^underpin:blueprint:StandardAlarms$/,
  ],
  ['routing', 'which route table each subnet uses', /^aws:ec2\/(routeTableAssociation|mainRouteTableAssociation):/],
  [
    'network',
    'VPCs, subnets, routes and the ways out',
    /^aws:(ec2\/(vpc|subnet|routeTable|route|internetGateway|egressOnly|natGateway|eip|networkAcl|defaultNetworkAcl|mainRoute|managedPrefixList|peering)|vpc\/endpoint|networkfirewall|ec2transitgateway)|^underpin:blueprint:NetworkTiers$/,
  ],
  [
    'groups',
    'security groups, and one rule for each flow',
    /^aws:(ec2\/securityGroup|vpc\/securityGroup)|^underpin:blueprint:(OwnGroup|flows)$/,
  ],
  ['secrets', 'secrets, and the keys that they are kept by', /^aws:(secretsmanager|kms|ssm)\//],
  ['roles', 'what programs may do', /^aws:iam\/|^underpin:blueprint:ServiceRole$/],
  ['storage', 'buckets and images', /^aws:(s3|s3control|ecr|efs|ebs|backup)\/|^underpin:blueprint:ClosedBucket$/],
  ['data', 'databases, caches and tables', /^aws:(rds|elasticache|dynamodb|docdb|redshift|opensearch)\//],
  ['messaging', 'queues, topics and events', /^aws:(sqs|sns|cloudwatch\/event|scheduler|kinesis|mq)/],
  ['certificates', 'certificates', /^aws:acm\//],
  ['targets', 'groups of what requests go to', /^aws:(lb|alb)\/targetGroup:/],
  ['balancers', 'load balancers, and where they send requests', /^aws:(lb|elb|alb)\//],
  ['machines', 'machines, and groups of them', /^aws:(ec2|autoscaling)\/|^underpin:blueprint:BastionHost$/],
  ['functions', 'functions', /^aws:lambda\//],
  ['tasks', 'what containers run, and with what', /^aws:ecs\/taskDefinition:/],
  ['containers', 'clusters and services of containers', /^aws:(ecs|appautoscaling|servicediscovery|batch)\//],
  ['edge', 'distributions, names and firewalls', /^aws:(cloudfront|route53|wafv2|apigateway|apigatewayv2|shield)\//],
];

const OTHER = 'other';

/** In which the files are read. */
export const SUBJECT_ORDER: readonly string[] = [
  'network',
  'routing',
  'groups',
  'people',
  'secrets',
  'roles',
  'storage',
  'data',
  'messaging',
  'watch',
  'certificates',
  'targets',
  'balancers',
  'machines',
  'functions',
  'tasks',
  'containers',
  'edge',
  'access',
  OTHER,
];

export function subjectOf(thing: Thing): string {
  if (isTakenByPeople(thing)) return 'people';
  return SUBJECTS.find(([, , types]) => types.test(thing.type))?.[0] ?? OTHER;
}

/** A role of people belongs to them: it trusts users, and their groups name it. */
function isTakenByPeople({ type, properties }: Thing): boolean {
  const trust = JSON.stringify(properties.get('assumeRolePolicy') ?? '');
  return type === 'aws:iam/role:Role' && /aws:iam\/user:|:user\//.test(trust);
}

/** What a file is about, for its first line. */
export const aboutOf = (subject: string): string =>
  SUBJECTS.find(([name]) => name === subject)?.[1] ?? 'what fits nowhere else';
