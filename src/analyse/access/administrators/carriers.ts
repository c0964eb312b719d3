/** What carries a principal's power, indexed once per estate: functions, instances, services, policies, groups. */

import type { Estate } from '../../../estate/estate.ts';
import { all, find, memoised } from '../../../estate/estate.ts';
import type { Group, Role, User } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import { missing } from '../attached.ts';
import { arnOf, identityOf } from '../identity.ts';
import type { Promotion, Takeover } from './escalation.ts';
import { groupAdministers } from './groups.ts';

export interface Carrier {
  readonly arn: string;
  readonly name: string;
  /** What would have to be read to know that it carries the power. */
  readonly missing: readonly Missing[];
}

type Index = ReadonlyMap<string, readonly Carrier[]>;

function index(entries: Iterable<readonly [string, Carrier]>): Index {
  const map = new Map<string, Carrier[]>();
  for (const [role, carrier] of entries) {
    const list = map.get(role);
    if (list) list.push(carrier);
    else map.set(role, [carrier]);
  }
  return map;
}

const functions = memoised((estate) =>
  index(
    all(estate, 'function').flatMap((held): [string, Carrier][] =>
      held.role ? [[held.role.id, { arn: arnOf(held), name: held.name, missing: [] }]] : [],
    ),
  ),
);

const instances = memoised((estate) =>
  index(
    all(estate, 'instance').flatMap((held): [string, Carrier][] => {
      if (held.state === 'terminated') return [];
      const roles = find(estate, held.instanceProfile)?.roles ?? [];
      const arn = held.arn ?? `arn:aws:ec2:${held.region}:${held.account}:instance/${held.id}`;
      return roles.map((role) => [role.id, { arn, name: held.name, missing: [] }]);
    }),
  ),
);

/** Instances that Systems Manager reaches, or may reach. */
const managedInstances = memoised((estate) => {
  const managed = new Map(
    all(estate, 'instance').map((held) => [
      held.arn ?? `arn:aws:ec2:${held.region}:${held.account}:instance/${held.id}`,
      held.managedBySsm,
    ]),
  );
  return new Map(
    [...instances(estate)].map(([role, carriers]) => [
      role,
      carriers.flatMap((carrier): readonly Carrier[] => {
        const answer = managed.get(carrier.arn);
        if (answer === false) return [];
        const open = missing(
          'ssm:DescribeInstanceInformation',
          `whether Systems Manager reaches ${carrier.name} was not read`,
          carrier.arn,
        );
        return [answer === true ? carrier : { ...carrier, missing: [open] }];
      }),
    ]),
  );
});

const services = memoised((estate) =>
  index(
    all(estate, 'ecsService').flatMap((service): [string, Carrier][] => {
      const role = find(estate, service.taskDefinition)?.taskRole;
      if (!role || service.executeCommand === false) return [];
      const cluster = service.cluster?.id.split('/').at(-1) ?? 'default';
      const arn = `arn:aws:ecs:${service.region}:${service.account}:task/${cluster}/${'0'.repeat(32)}`;
      const open = missing(
        'ecs:DescribeServices',
        `whether commands may be run in ${service.name} was not read`,
        service.id,
      );
      return [[role.id, { arn, name: service.name, missing: service.executeCommand ? [] : [open] }]];
    }),
  ),
);

export function carriersOf(estate: Estate, escalation: Takeover, target: Role | User): readonly Carrier[] {
  switch (escalation.carrier) {
    case 'function':
      return functions(estate).get(target.id) ?? [];
    case 'instance': {
      const bySsm = escalation.needs.flat().some((need) => need.action.startsWith('ssm:'));
      return (bySsm ? managedInstances(estate) : instances(estate)).get(target.id) ?? [];
    }
    case 'service':
      return services(estate).get(target.id) ?? [];
    case undefined:
      return [{ arn: arnOf(target), name: target.name, missing: [] }];
  }
}

const groupsOf = (estate: Estate, user: User): readonly Group[] =>
  (user.groups ?? []).flatMap((ref) => find(estate, ref) ?? []);

const plain = (held: { readonly arn?: string; readonly id: string; readonly name: string }): Carrier => ({
  arn: arnOf(held),
  name: held.name,
  missing: [],
});

/** Where a principal's permissions can be changed. */
export function leversOf(estate: Estate, promotion: Promotion, target: Role | User): readonly Carrier[] {
  switch (promotion.carrier) {
    case undefined:
      return [plain(target)];
    case 'policy': {
      const held = identityOf(estate, target).policies.policies.filter((policy) => policy.type === 'managed');
      const unread = identityOf(estate, target).policies.missing.flatMap((item) =>
        item.resource?.includes(':policy/') ? [item.resource] : [],
      );
      const arns = [...new Set([...held.map((policy) => policy.policy), ...unread])];
      // AWS's own policies have no versions that an account can write.
      return arns
        .filter((arn) => !arn.includes(':iam::aws:'))
        .map((arn) => plain({ id: arn, name: arn.slice(arn.lastIndexOf('/') + 1) }));
    }
    case 'group':
      return target.kind === 'user' ? groupsOf(estate, target).map(plain) : [];
    case 'administratorGroup':
      return all(estate, 'group')
        .filter((group) => group.account === target.account && groupAdministers(estate, group))
        .map(plain);
  }
}
