/** Operations that are asked once a resource: with none of these resources there is nothing to ask, and nothing is missing. */
import { type Coverage, type Scope, statusOf } from '../estate/coverage.ts';
import { all, type Estate } from '../estate/estate.ts';
import type { Kind } from '../estate/resource.ts';

interface Parent {
  /** What lists the resources. */
  readonly listing: string;
  readonly kind: Kind;
  readonly operations: RegExp;
}

const PARENTS: readonly Parent[] = [
  { listing: 'ecs:ListClusters', kind: 'ecsCluster', operations: /^ecs:(Describe|List)(?!CapacityProviders)/ },
  {
    listing: 'elbv2:DescribeLoadBalancers',
    kind: 'loadBalancer',
    operations: /^elbv2:Describe(Listener|Rules|LoadBalancerAttributes)/,
  },
  {
    listing: 'elbv2:DescribeTargetGroups',
    kind: 'targetGroup',
    operations: /^elbv2:DescribeTarget(Health|GroupAttributes)/,
  },
  { listing: 'dynamodb:ListTables', kind: 'table', operations: /^dynamodb:(Describe|Get)/ },
  { listing: 'sqs:ListQueues', kind: 'queue', operations: /^sqs:GetQueueAttributes/ },
  { listing: 'sns:ListTopics', kind: 'topic', operations: /^sns:GetTopicAttributes/ },
  { listing: 's3:ListBuckets', kind: 'bucket', operations: /^s3:Get/ },
  {
    listing: 'lambda:ListFunctions',
    kind: 'function',
    operations: /^lambda:(GetPolicy|GetFunction|ListFunctionUrlConfigs)/,
  },
  { listing: 'route53:ListHostedZones', kind: 'hostedZone', operations: /^route53:ListResourceRecordSets/ },
  {
    listing: 'iam:ListUsers',
    kind: 'user',
    operations: /^iam:(GetLoginProfile|ListMFADevices|ListAccessKeys|GetAccessKeyLastUsed)/,
  },
  {
    listing: 'iam:GetAccountAuthorizationDetails',
    kind: 'user',
    operations: /^iam:(GetLoginProfile|ListMFADevices|ListAccessKeys|GetAccessKeyLastUsed)/,
  },
];

/** Of the operations given, those that were not (fully) answered in the scope though there was something to ask. */
export function missingIn(estate: Estate, operations: readonly string[], scope: Scope): readonly string[] {
  return operations.filter(
    (operation) => statusOf(estate.coverage, operation, scope) !== 'read' && !nothingToAsk(estate, operation, scope),
  );
}

function nothingToAsk(estate: Estate, operation: string, scope: Scope): boolean {
  if (statusOf(estate.coverage, operation, scope) !== 'notAsked') return false;
  return PARENTS.some(
    ({ listing, kind, operations }) =>
      listing !== operation &&
      operations.test(operation) &&
      listed(estate.coverage, listing, scope) &&
      none(estate, kind, scope),
  );
}

const listed = (coverage: Coverage, listing: string, scope: Scope): boolean =>
  statusOf(coverage, listing, scope) === 'read';

const none = (estate: Estate, kind: Kind, scope: Scope): boolean =>
  !all(estate, kind).some((one) => scope.account === undefined || one.account === scope.account);
