import { serviceRoles } from '../../../analyse/access/services/services.ts';
import { administratorOf, administratorProof, wayText } from '../../../analyse/people/administrators.ts';
import { isServiceRole, roleUses } from '../../../analyse/workloads/roles.ts';
import { wildcardServices } from '../../../analyse/workloads/wildcards.ts';
import { type Estate, memoised } from '../../../estate/estate.ts';
import { roleAnswer, serviceRole, statement } from '../../examples/roles.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'role-wildcard',
  problem: 7,
  severity: 'medium',
  title: 'The role of a service allows far more than one service needs',
  why: 'Whoever finds a hole in the program has what its role has: with a wildcard that is every queue, every table or the account itself. A wrong line of code reaches as far.',
  fix: 'A role per service, with the actions it is seen to use on the resources it is seen to use; watch for denied calls over a full business cycle before the old policy goes.',
  fixedBy: ['service-roles'],
  subject: 'role',
  needs: ['iam:GetAccountAuthorizationDetails'],
  messages: {
    administrator: '{name} is an administrator {way}{users}',
    services: '{name} may do everything with {services}, on every resource{users}',
  },
  check(role, estate) {
    // AWS's own service-linked roles can not be changed.
    if ((role.path ?? role.arn ?? role.id).includes('aws-service-role/')) return { state: 'notApplicable' };
    const uses = roleUses(estate).of.get(role.id) ?? [];
    const forService = uses.length > 0 ? true : isServiceRole(role);
    if (forService === undefined) return unknown(role, 'iam:GetRole', 'whom a role is for');
    if (!forService) return { state: 'notApplicable' };
    const users = usersText(estate, role.id, [...new Set(uses.map(({ name }) => name))]);
    const related = uses.map(({ resource }) => resource);
    const administrator = administratorOf(estate, role.id);
    if (administrator?.verdict === 'yes')
      return {
        state: 'fail',
        message: 'administrator',
        data: { name: role.name, way: wayText(estate, administrator), users },
        severity: 'high',
        proof: [...administratorProof(estate, administrator), ...uses.map(({ hop }) => hop)],
        related,
      };
    const { services, proof, missing } = wildcardServices(estate, role);
    if (services.length > 0)
      return {
        state: 'fail',
        message: 'services',
        data: { name: role.name, services: servicesText(services), users },
        proof: [...proof, ...uses.map(({ hop }) => hop)],
        related,
      };
    if (administrator?.verdict === 'unknown') return { state: 'unknown', missing: administrator.missing };
    return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  examples: {
    bad: roleAnswer(serviceRole('worker', 'ecs-tasks.amazonaws.com', [statement(['sqs:*', 's3:*'])])),
    good: roleAnswer(
      serviceRole('worker', 'ecs-tasks.amazonaws.com', [
        statement(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], 'arn:aws:sqs:eu-west-1:111122223333:jobs'),
      ]),
    ),
  },
});

const SHOWN = 3;

/** What most programs use comes first where a wildcard gives nearly all that AWS has. */
const COMMON = ['s3', 'dynamodb', 'sqs', 'secretsmanager', 'kms', 'rds', 'ec2', 'lambda'];
const LISTED = 8;

function servicesText(services: readonly string[]): string {
  if (services.length <= LISTED) return services.join(', ');
  const first = [...COMMON.filter((one) => services.includes(one)), ...services].slice(0, SHOWN);
  return `${first.join(', ')} and ${services.length - first.length} more`;
}

/** Who works as the role, and what the evidence shows them to use. */
function usersText(estate: Estate, role: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, SHOWN).join(', ');
  const who = names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
  const seen = new Set(
    (rolesById(estate).get(role)?.proposals ?? []).flatMap(({ needs }) =>
      needs.flatMap(({ actions }) => actions.map((action) => action.slice(0, action.indexOf(':')))),
    ),
  );
  const used = [...seen].sort().join(', ');
  if (used === '') return names.length === 1 ? `; ${who} works as it` : `; ${who} work as it`;
  return names.length === 1
    ? `; ${who} works as it and is seen to use ${used}`
    : `; ${who} work as it and are seen to use ${used}`;
}

const rolesById = memoised((estate) => new Map(serviceRoles(estate).map((entry) => [entry.role.id as string, entry])));
