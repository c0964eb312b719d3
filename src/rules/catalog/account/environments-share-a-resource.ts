import { differ } from '../../../analyse/environments/crossings.ts';
import type { Environment } from '../../../analyse/environments/environments.ts';
import { SHAREABLE, type Sharer, sharers, sharersUnread } from '../../../analyse/environments/sharing.ts';
import type { Kind } from '../../../estate/resource.ts';
import { join } from '../../example.ts';
import { functionAnswer, lambda } from '../../examples/functions.ts';
import { roleAnswer, roleArn, serviceRole, statement } from '../../examples/roles.ts';
import { computeAnswer } from '../../examples/tasks.ts';
import { defineRule } from '../../rule.ts';

const WORDS: Readonly<Partial<Record<Kind, string>>> = {
  vpc: 'network',
  securityGroup: 'security group',
  accessKey: 'access key',
  ecsCluster: 'ECS cluster',
  loadBalancer: 'load balancer',
};

const role = (name: string) => serviceRole(name, 'lambda.amazonaws.com', [statement('sqs:SendMessage')]);
const example = (forProd: string, forDev: string) =>
  join(
    computeAnswer([]),
    functionAnswer(
      lambda('mailer-prod', 'nodejs22.x', { Role: roleArn(forProd) }),
      lambda('mailer-dev', 'nodejs22.x', { Role: roleArn(forDev) }),
    ),
    roleAnswer(role(forProd), ...(forProd === forDev ? [] : [role(forDev)])),
    { 'rds:DescribeDBInstances': { DBInstances: [] } },
  );

export const rule = defineRule({
  id: 'environments-share-a-resource',
  problem: 8,
  severity: 'medium',
  title: 'Several environments use the same thing',
  why: 'What is changed for dev is changed for production in the same minute, and whoever breaks into dev has it too. It is also what keeps the two from being taken apart.',
  fix: 'Each environment gets its own, from the same program with another stack; dev is the one that moves.',
  fixedBy: ['dev-account', 'service-roles'],
  subject: SHAREABLE,
  needs: ['ec2:DescribeInstances', 'ecs:ListClusters', 'lambda:ListFunctions', 'rds:DescribeDBInstances'],
  messages: { shared: '{kind} {name} is used by {environments}' },
  check(subject, estate) {
    const all = sharers(estate).get(subject.id) ?? [];
    const environments = new Map<Environment, Sharer[]>();
    for (const sharer of all) {
      if (sharer.environment === undefined) continue;
      const list = environments.get(sharer.environment);
      if (list) list.push(sharer);
      else environments.set(sharer.environment, [sharer]);
    }
    const [first, ...others] = [...environments.keys()];
    if (first === undefined) {
      const unread = sharersUnread(estate, subject);
      return unread.length > 0 ? { state: 'unknown', missing: unread } : { state: 'notApplicable' };
    }
    if (!others.some((other) => differ(first, other))) {
      const unread = sharersUnread(estate, subject);
      if (unread.length > 0) return { state: 'unknown', missing: unread };
      if (all.every(({ environment }) => environment !== undefined)) return { state: 'pass' };
      return {
        state: 'unknown',
        missing: [
          {
            operation: 'tags',
            reason: 'no tag or name tells which environment some of its users belong to: tag them Environment=…',
            resource: subject.id,
          },
        ],
      };
    }
    const sorted = [...environments].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      state: 'fail',
      message: 'shared',
      data: {
        kind: WORDS[subject.kind] ?? subject.kind,
        name: subject.name,
        environments: sorted.map(([name, list]) => `${name} (${namesOf(list)})`).join(' and '),
      },
      proof: sorted.flatMap(([name, list]) =>
        list.slice(0, SHOWN).map(({ hop }) => ({ ...hop, detail: `${name}: ${hop.detail}` })),
      ),
      related: sorted.flatMap(([, list]) => list.map(({ resource }) => resource)),
    };
  },
  sources: [
    'https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html',
  ],
  examples: { bad: example('mailer', 'mailer'), good: example('mailer-prod', 'mailer-dev') },
});

const SHOWN = 3;

function namesOf(sharers: readonly Sharer[]): string {
  const names = [...new Set(sharers.map(({ resource }) => resource.name))];
  return names.length > SHOWN
    ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`
    : names.join(', ');
}
