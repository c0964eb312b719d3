import { roleUses } from '../../../analyse/workloads/roles.ts';
import { join } from '../../example.ts';
import { functionAnswer, lambda } from '../../examples/functions.ts';
import { roleAnswer, roleArn, serviceRole, statement } from '../../examples/roles.ts';
import { computeAnswer } from '../../examples/tasks.ts';
import { defineRule } from '../../rule.ts';

const role = (name: string) => serviceRole(name, 'lambda.amazonaws.com', [statement('sqs:SendMessage')]);
const example = (upload: string, report: string) =>
  join(
    computeAnswer([]),
    functionAnswer(
      lambda('upload', 'nodejs22.x', { Role: roleArn(upload) }),
      lambda('report', 'nodejs22.x', { Role: roleArn(report) }),
    ),
  );

export const rule = defineRule({
  id: 'role-shared-by-services',
  problem: 7,
  severity: 'medium',
  title: 'One role is shared by several services',
  why: 'What one of them needs all of them may do, so a hole in the public web server reaches what only the worker should touch. And the logs can not tell which of them did it.',
  fix: 'One role per service, with only what that service is seen to use; the shared role goes when nothing runs with it.',
  fixedBy: ['service-roles'],
  subject: 'role',
  needs: ['iam:GetAccountAuthorizationDetails', 'ecs:ListClusters', 'lambda:ListFunctions', 'ec2:DescribeInstances'],
  messages: { shared: '{n} services work as {name}: {services}' },
  check(role, estate) {
    const { of, missing } = roleUses(estate);
    const uses = (of.get(role.id) ?? []).filter(({ as }) => as === 'own');
    const unread = missing.get(role.account) ?? [];
    // all machines of which it is not told whether they are one may be one, and be those of a cluster that is told
    const perhapsOne = uses.flatMap((use) => use.perhapsOne ?? []);
    const sure = uses.filter(
      (use) => use.perhapsOne === undefined && (perhapsOne.length === 0 || use.resource.kind !== 'instance'),
    );
    const least = sure.length + (perhapsOne.length > 0 ? 1 : 0);
    if (uses.length > 1 && least < 2) return { state: 'unknown', missing: [...perhapsOne, ...unread] };
    if (uses.length > 1)
      return {
        state: 'fail',
        message: 'shared',
        data: { n: uses.length, name: role.name, services: uses.map(({ name }) => name).join(', ') },
        proof: uses.map(({ hop }) => hop),
        related: uses.map(({ resource }) => resource),
      };
    if (unread.length > 0) return { state: 'unknown', missing: unread };
    return uses.length === 0 ? { state: 'notApplicable' } : { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html'],
  examples: {
    bad: join(example('app', 'app'), roleAnswer(role('app'))),
    good: join(example('upload', 'report'), roleAnswer(role('upload'), role('report'))),
  },
});
