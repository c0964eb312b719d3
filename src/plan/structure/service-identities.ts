/** What each service and function gets of its own: roles, a secret for its credentials, and the change that takes them up. */

import { administrators } from '../../analyse/access/administrators/administrators.ts';
import { lettingIn } from '../../analyse/access/services/takes.ts';
import { roleUses } from '../../analyse/workloads/roles.ts';
import { wildcardServices } from '../../analyse/workloads/wildcards.ts';
import { byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { EcsService, EnvironmentFact, LambdaFunction, TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Role } from '../../estate/kinds/people.ts';
import { recalled } from '../../estate/memory.ts';
import { isProperties, type Properties } from '../../inventory/pulumi/recorded.ts';
import type { Create, Update } from '../edit.ts';
import { ref } from '../edit.ts';
import type { Context, Refusal } from '../move.ts';
import { containersOf, holdsHidden, listIn, secretNames, textIn, withoutLiterals } from './containers.ts';
import { declaredOf } from './declared.ts';
import { keptByVersion } from './function-versions.ts';
import { baseName, freeName, newRole, ROLE, roleArn, statementsOf } from './roles.ts';
import { fieldOf, newSecret, SECRET, secretArn } from './secrets.ts';
import { needsOfRole, type Setting, workloadOf } from './workload-needs.ts';

export interface Identity {
  readonly of: EcsService | LambdaFunction;
  /** `service web`, `function resize` */
  readonly says: string;
  readonly reasons: readonly string[];
  readonly made: readonly Create[];
  /** The one edit by which it takes up what was made. */
  readonly taken: Update;
  readonly secret: { readonly name: string; readonly fields: readonly string[] } | undefined;
  /** Variables that name the secret of a function: its code has to read it. */
  readonly readByCode: readonly string[];
  /** The new own role, by its name. */
  readonly role: string;
  /** Roles of other accounts that it takes: their owners let in whom they name. */
  readonly takes: readonly string[];
  readonly before: { readonly roles: readonly string[]; readonly definition: TaskDefinition | undefined };
}

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const isRefused = (one: Identity | Refused | undefined): one is Refused => one !== undefined && 'because' in one;

const TASK = 'aws:ecs/taskDefinition:TaskDefinition';

const powerful = memoised(
  (estate): ReadonlySet<string> =>
    new Set(administrators(estate).flatMap(({ principal, verdict }) => (verdict === 'yes' ? [principal.id] : []))),
);
/** Asked of the roles that workloads have, at every point at which a move is tried. */
const isUnlimited = recalled((estate: Estate, role: Id<'role'>): boolean => {
  const found = find(estate, role);
  return found !== undefined && wildcardServices(estate, found).services.length > 0;
});

/** Why a role will not do as the own role of one workload. */
function faultsOf(estate: Estate, role: Role | undefined): readonly string[] {
  if (role === undefined) return [];
  const users = (roleUses(estate).of.get(role.id) ?? []).filter(({ as }) => as === 'own');
  return [
    ...(users.length > 1 ? [`it shares the role ${role.name} with ${users.length - 1} other`] : []),
    ...(powerful(estate).has(role.id) || isUnlimited(estate, role.id)
      ? [`its role ${role.name} allows far more than it uses`]
      : []),
  ];
}

const literalsText = (facts: readonly EnvironmentFact[]): readonly string[] => {
  const names = facts.flatMap(({ name, credential }) => (credential === 'literal' ? [name] : []));
  return names.length === 0 ? [] : [`${[...new Set(names)].join(', ')} in clear text`];
};

const foreignRoles = (estate: Estate, facts: readonly EnvironmentFact[]): readonly string[] =>
  [...new Set(facts.flatMap(({ arns }) => arns))]
    .filter((arn) => /^arn:[^:]+:iam::\d{12}:role\//.test(arn) && byId(estate, arn) === undefined)
    .sort();

/** A role that lets the present one in by its name would not let in the new one. */
function keptOut(estate: Estate, subject: string, says: string, role: string | undefined): Refused | undefined {
  const takes = lettingIn(estate).get(role ?? '') ?? [];
  if (takes.length === 0) return undefined;
  const names = takes.map(({ name }) => name).join(', ');
  const [account] = /(?<=::)\d{12}/.exec(role ?? '') ?? [];
  return {
    subject,
    because: `${names} lets ${says} in by the name of its present role, ${nameIn(role ?? '')}, and would not let in a role of its own.`,
    change: `Let the trust policy of ${names} name the account (arn:aws:iam::${account ?? ''}:root) in place of that role, put its ARN into a setting of the program, and plan again. Only who is allowed sts:AssumeRole on it gets in then.`,
  };
}

const nameIn = (arn: string): string => arn.replace(/^.*\//, '');

const STAYS = { change: 'collect what was not read of it' } as const;

/** Undefined where the service is as it should be. */
export function identityOfService(context: Context, service: EcsService): Identity | Refused | undefined {
  const { estate, state, scope } = context;
  const definition = find(estate, service.taskDefinition);
  const subject = service.id;
  if (!definition)
    return {
      subject,
      because: `what ${service.name} runs is not known.`,
      change: 'collect ecs:DescribeTaskDefinition',
    };
  const { containers, taskRole, executionRole } = definition;
  if (containers === undefined || taskRole === undefined || executionRole === undefined)
    return { subject, because: `the roles and containers of ${definition.name} are not known.`, ...STAYS };
  if (containers.some(({ environment }) => environment === undefined))
    return { subject, because: `what stands in the environment of ${definition.name} is not known.`, ...STAYS };
  const facts = containers.flatMap(({ environment }) => environment ?? []);
  const reasons = [
    ...faultsOf(estate, find(estate, taskRole)),
    ...literalsText(facts),
    ...(taskRole && taskRole.id === executionRole?.id ? ['it works with the role that starts it'] : []),
  ];
  if (reasons.length === 0) return undefined;
  const out = keptOut(estate, subject, `service ${service.name}`, taskRole?.id);
  if (out) return out;
  const [declared, mine] = [declaredOf(state, definition), declaredOf(state, service)];
  const written = declared && containersOf(declared);
  if (!declared || !mine || !written)
    return { subject, because: `${service.name} and ${definition.name} are not under the program's care.`, ...STAYS };
  const base = baseName(scope.stem, service.name);
  const [task, execution] = [freeName(state, [ROLE], `${base}-task`), freeName(state, [ROLE], `${base}-execution`)];
  const secret = freeName(state, [SECRET], `${base}-credentials`);
  const fields = [...new Set(secretNames(facts))].sort();
  const renewed = written.map((container) =>
    withoutLiterals(container, factsIn(containers, container), (name) => fieldOf(secret, name)),
  );
  if (renewed.some((container) => holdsHidden(container)))
    return {
      subject,
      because: `a value of ${definition.name} was hidden in the input and is no credential that moves into a secret.`,
      change: 'write the new task definition by hand, or give the variable a name that tells what it is',
    };
  const settings = written.flatMap((container): readonly Setting[] =>
    listIn(container, 'environment').flatMap((one) => {
      const [name, value] = [textIn(one, 'name'), textIn(one, 'value')];
      return name === undefined || value === undefined ? [] : [{ name, value }];
    }),
  );
  const own = workloadOf(estate, service.id, 'task');
  const starts = workloadOf(estate, service.id, 'execution');
  const family = freeName(state, [TASK], base);
  const next: Create = {
    op: 'create',
    type: TASK,
    name: family,
    properties: {
      ...declared.properties,
      family,
      containerDefinitions: JSON.stringify(renewed),
      taskRoleArn: roleArn(task),
      executionRoleArn: roleArn(execution),
    },
  };
  const reads =
    fields.length === 0
      ? []
      : [
          {
            Sid: 'Secret',
            Effect: 'Allow' as const,
            Action: ['secretsmanager:GetSecretValue'],
            Resource: [secretArn(secret)],
          },
        ];
  return {
    of: service,
    says: `service ${service.name}`,
    reasons,
    made: [
      ...(fields.length === 0 ? [] : [newSecret(secret, `What ${service.name} signs in with`)]),
      ...newRole(
        task,
        'ecs-tasks.amazonaws.com',
        `What ${service.name} may do`,
        own ? statementsOf(needsOfRole(estate, own, settings)) : [],
      ),
      ...newRole(execution, 'ecs-tasks.amazonaws.com', `What ECS needs to start ${service.name}`, [
        ...(starts ? statementsOf(needsOfRole(estate, starts, [])) : []),
        ...reads,
      ]),
      next,
    ],
    taken: { op: 'update', type: mine.type, name: mine.name, properties: { taskDefinition: ref(next, 'arn') } },
    secret: fields.length === 0 ? undefined : { name: secret, fields },
    readByCode: [],
    role: task,
    takes: foreignRoles(estate, facts),
    before: { roles: [taskRole, executionRole].flatMap((one) => (one ? [one.id] : [])), definition },
  };
}

const factsIn = (
  containers: NonNullable<TaskDefinition['containers']>,
  written: Properties,
): readonly EnvironmentFact[] => containers.find(({ name }) => name === written.name)?.environment ?? [];

export function identityOfFunction(context: Context, fn: LambdaFunction): Identity | Refused | undefined {
  const { estate, state, scope } = context;
  const subject = fn.id;
  if (fn.environment === undefined || fn.role === undefined)
    return { subject, because: `the role and the environment of ${fn.name} are not known.`, ...STAYS };
  const reasons = [...faultsOf(estate, find(estate, fn.role)), ...literalsText(fn.environment)];
  if (reasons.length === 0) return undefined;
  const published = keptByVersion(estate, fn);
  if (published) return { subject, ...published };
  const mine = declaredOf(state, fn);
  if (!mine) return { subject, because: `${fn.name} is not under the program's care.`, ...STAYS };
  const base = baseName(scope.stem, fn.name);
  const role = freeName(state, [ROLE], `${base}-function`);
  const secret = freeName(state, [SECRET], `${base}-function-credentials`);
  const fields = secretNames(fn.environment);
  const { environment } = mine.properties;
  const written = isProperties(environment) && isProperties(environment.variables) ? environment.variables : {};
  const kept = Object.fromEntries(Object.entries(written).filter(([name]) => !fields.includes(name)));
  const pointer: Properties = fields.length === 0 ? {} : { CREDENTIALS_SECRET: secretArn(secret) };
  if (holdsHidden(kept))
    return {
      subject,
      because: `a value of ${fn.name} was hidden in the input and is no credential that moves into a secret.`,
      change: 'give the variable a name that tells what it is, or change the function by hand',
    };
  const workload = workloadOf(estate, fn.id, 'function');
  const settings = Object.entries(kept).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  );
  const reads =
    fields.length === 0
      ? []
      : [
          {
            Sid: 'Secret',
            Effect: 'Allow' as const,
            Action: ['secretsmanager:GetSecretValue'],
            Resource: [secretArn(secret)],
          },
        ];
  return {
    of: fn,
    says: `function ${fn.name}`,
    reasons,
    made: [
      ...(fields.length === 0 ? [] : [newSecret(secret, `What ${fn.name} signs in with`)]),
      ...newRole(role, 'lambda.amazonaws.com', `What ${fn.name} may do`, [
        ...(workload ? statementsOf(needsOfRole(estate, workload, settings)) : []),
        ...reads,
      ]),
    ],
    taken: {
      op: 'update',
      type: mine.type,
      name: mine.name,
      properties: {
        role: roleArn(role),
        ...(fields.length === 0 ? {} : { environment: { variables: { ...kept, ...pointer } } }),
      },
    },
    secret: fields.length === 0 ? undefined : { name: secret, fields },
    readByCode: fields,
    role,
    takes: foreignRoles(estate, fn.environment),
    before: { roles: [fn.role.id], definition: undefined },
  };
}
