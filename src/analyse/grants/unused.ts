/**
 * Services that a role or user may use by name, and of which the trail shows no call. It says what was seen in a time, and no more:
 * what runs once a quarter is not in a month of logs.
 */
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Evidence } from '../../estate/evidence.ts';
import type { Role, User } from '../../estate/kinds/people.ts';

export interface UnusedGrants {
  /** ARN of the role or user. */
  readonly principal: string;
  /** As IAM names them: `ec2`, `rds`. */
  readonly services: readonly string[];
}

/**
 * Services of which a trail holds every call as a management event, and which IAM and CloudTrail name alike. Calls to data (objects, messages,
 * items, logs) are in a trail only where somebody pays for it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
const TOLD_WHOLE: ReadonlySet<string> = new Set([
  ...['acm', 'autoscaling', 'cloudformation', 'cloudfront', 'cloudtrail', 'ec2', 'ecr', 'ecs', 'elasticache'],
  ...['elasticloadbalancing', 'iam', 'organizations', 'rds', 'route53', 'secretsmanager', 'ssm'],
]);

/** Empty where the trail is not known to be whole: then nobody can tell what is not used. */
export function unusedGrants(estate: Estate, evidence: Evidence): readonly UnusedGrants[] {
  const trails = evidence.logged.filter(({ kind }) => kind === 'trail');
  if (trails.length === 0 || evidence.leftOut.trail > 0 || trails.some(({ incomplete }) => incomplete !== null))
    return [];
  const seen = new Map(evidence.principals.map((one) => [one.principal, one] as const));
  return [...all(estate, 'role'), ...all(estate, 'user')].flatMap((one) => {
    const use = seen.get(one.arn ?? one.id);
    if (use?.more === true) return [];
    const called = new Set((use?.calls ?? []).map(({ action }) => action.split(':')[0]));
    const services = [...grantedBy(estate, one)].filter((service) => TOLD_WHOLE.has(service) && !called.has(service));
    return services.length === 0 ? [] : [{ principal: one.arn ?? one.id, services: services.sort() }];
  });
}

/** Of the policies that are its own; those of a user's groups are meant for many. */
function grantedBy(estate: Estate, { inlinePolicies, attachedPolicies }: Role | User): ReadonlySet<string> {
  const documents = [
    ...(inlinePolicies ?? []).map(({ document }) => document),
    ...(attachedPolicies ?? []).map((ref) => find(estate, ref)?.document),
  ];
  return new Set(documents.flatMap((document) => (document === undefined ? [] : servicesIn(document))));
}

function servicesIn(policy: string): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    return [];
  }
  return listOf(fieldOf(document, 'Statement'))
    .filter((statement) => fieldOf(statement, 'Effect') === 'Allow')
    .flatMap((statement) => listOf(fieldOf(statement, 'Action')))
    .flatMap((action) =>
      typeof action === 'string' ? (/^([a-z0-9-]+):/i.exec(action)?.[1]?.toLowerCase() ?? []) : [],
    );
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined;

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
