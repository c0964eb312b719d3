/** What a question rests on and the input does not have: "nothing" said without these answers would be a wrong "ok". */
import type { Missing } from '../analyse/verdict.ts';
import { declaredInPart, statusOf } from '../estate/coverage.ts';
import type { Estate } from '../estate/estate.ts';
import { missingIn } from '../rules/implied.ts';

const RUNNING = [
  'ec2:DescribeInstances',
  'ecs:ListClusters',
  'elasticache:DescribeCacheClusters',
  'elbv2:DescribeLoadBalancers',
  'lambda:ListFunctions',
  'rds:DescribeDBInstances',
] as const;

/** The listings behind each answer, by the command that gives it. */
const LISTINGS = {
  exposure: [
    ...RUNNING,
    'cloudfront:ListDistributions',
    'ec2:DescribeInternetGateways',
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeRouteTables',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
  ],
  reach: [
    'elbv2:DescribeListeners',
    'elbv2:DescribeLoadBalancers',
    'elbv2:DescribeTargetGroups',
    'elbv2:DescribeTargetHealth',
  ],
  survive: [...RUNNING, 'ec2:DescribeNatGateways', 'ec2:DescribeSubnets'],
  cost: [
    ...RUNNING,
    'cloudfront:ListDistributions',
    'cloudwatch:DescribeAlarms',
    'dynamodb:ListTables',
    'ec2:DescribeAddresses',
    'ec2:DescribeNatGateways',
    'ec2:DescribeVolumes',
    'ec2:DescribeVpcEndpoints',
    'kms:ListKeys',
    'logs:DescribeLogGroups',
    'route53:ListHostedZones',
    's3:ListBuckets',
    'secretsmanager:ListSecrets',
    'sns:ListTopics',
    'sqs:ListQueues',
  ],
  administrators: ['iam:GetAccountAuthorizationDetails'],
  services: ['iam:GetAccountAuthorizationDetails', 'ec2:DescribeInstances', 'ecs:ListClusters', 'lambda:ListFunctions'],
} as const satisfies Record<string, readonly string[]>;

const WORDS = {
  denied: 'AWS refused it',
  throttled: 'AWS throttled it',
  failed: 'it failed',
  notAsked: 'the input has no answer to it',
  read: 'it was read only in part',
  part: 'the input declares some, and the account may hold more',
} as const;

/** The listings that were not (fully) read, in each account of the input; sorted by operation and account. */
export function notRead(
  estate: Estate,
  question: keyof typeof LISTINGS,
  accounts: readonly string[] = [...new Set(estate.coverage.entries.map(({ account }) => account))].sort(),
): readonly Missing[] {
  const operations = [...LISTINGS[question]].sort();
  if (accounts.length === 0) return operations.map((operation) => ({ operation, reason: WORDS.notAsked }));
  return operations.flatMap((operation) =>
    accounts.flatMap((account): readonly Missing[] => {
      const scope = { account };
      if (missingIn(estate, [operation], scope).length === 0) return [];
      const status = statusOf(estate.coverage, operation, scope);
      const words = status === 'failed' && declaredInPart(estate.coverage, operation) ? WORDS.part : WORDS[status];
      return [{ operation, reason: `${words} (account ${account})` }];
    }),
  );
}
