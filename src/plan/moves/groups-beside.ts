import { all } from '../../estate/estate.ts';
import type { Edit, Update } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, step } from '../step.ts';
import { groupsOf, withGroups } from '../structure/attach.ts';
import { declaredOf } from '../structure/declared.ts';
import { flowRules, type Ruled } from '../structure/flow-rules.ts';
import { groupRef, newGroup, ownGroup, ownGroupName, stillToMake } from '../structure/groups.ts';
import { idOf } from '../structure/names.ts';
import { type Grouped, groupIdsOf, sharesGroup, WITH_GROUPS } from '../structure/sharing.ts';

const GROUPS = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';
const LIMITS = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html';

export const move: Move = {
  name: 'groups-beside',
  title: 'A security group for each resource, beside the shared one',
  about: 'Every resource gets a group of its own whose rules name the peers that it really talks with.',
  scope: 'environment',
  risk: 'additive',
  enables: ['shared-group-detached'],
  preconditions: ['the flows are known', 'an interface has room for one group more (five unless raised)'],
  undo: 'the groups are taken off and deleted again',
  sources: [
    { claim: 'groups add up: what one of several admits is admitted', url: GROUPS, certainty: 'documented' },
    { claim: 'an interface carries five groups unless the quota is raised', url: LIMITS, certainty: 'documented' },
  ],
  propose: (context) => {
    const { estate, state, scope } = context;
    const sharing = WITH_GROUPS.flatMap((kind): readonly Grouped[] => all(estate, kind)).filter(
      (one) => scope.holds(one) && !managedElsewhere(one) && sharesGroup(estate, one),
    );
    const found = sharing.filter((one) => !carriesOwn(context, one));
    if (found.length === 0) return { state: 'notNeeded' };
    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    const able = found.filter((one) => {
      const problem = problemOf(context, one);
      if (problem) refusals.push({ subject: one.id, ...problem });
      return problem === undefined;
    });
    if (able.length === 0) return { state: 'refused', refusals };
    const ruled: Ruled = {
      estate,
      owning: new Set(able.map(({ id }) => id)),
      written: (group) => idOf(state, { id: group, kind: 'securityGroup' } as Parameters<typeof idOf>[1]),
    };
    const made: Edit[] = able.flatMap((one) => [
      newGroup(ownGroupName(one), vpcOf(context, one), `Only ${one.name}`),
      ...flowRules(ruled, one),
    ]);
    const attached = able.flatMap((one): readonly Update[] => {
      const declared = declaredOf(state, one);
      const now = declared && groupsOf(declared);
      const edit = declared && now && withGroups(declared, [...now, groupRef(ownGroupName(one))]);
      return edit ? [edit] : [];
    });
    const names = able.map(({ name }) => name).join(', ');
    const common = {
      move: 'groups-beside',
      environment: scope.environment,
      clientsNotice: NOTHING_NOTICED,
      sources: move.sources,
    };
    return {
      state: 'ready',
      refusals,
      steps: [
        step({
          ...common,
          id: `${scope.stem}-groups-made`,
          title: `Make ${able.length} security groups with a rule for each flow`,
          kind: 'expand',
          why: 'One group for all means that whoever is in one place is in every place. Nobody carries the new ones yet.',
          edits: stillToMake(state, made),
          gate: [{ type: 'inventory', check: `the groups of ${names} exist with their rules` }],
          duration: minutes(1, 5),
          undo: { how: 'delete the groups', until: 'they are attached', exact: true },
        }),
        step({
          ...common,
          id: `${scope.stem}-groups-beside`,
          title: `Attach them beside the shared group: ${names}`,
          kind: 'expand',
          why: 'With both groups on, nothing that is admitted today is refused, and flow logs show whether the new rules alone would do.',
          edits: attached,
          gate: [
            { type: 'inventory', check: 'each carries its own group and the shared one' },
            {
              type: 'query',
              check: 'For a week no accepted connection in the flow logs is one that the new rules would not admit.',
              query:
                'fields @timestamp, srcAddr, dstAddr, dstPort | filter action = "ACCEPT" | stats count(*) by srcAddr, dstAddr, dstPort',
            },
          ],
          duration: minutes(2, 15),
          undo: { how: 'take the new group off', until: 'the shared group is detached', exact: true },
        }),
      ],
    };
  },
};

/** What a group of machines launches carries what its template says; a member of a cluster what the cluster says. */
const managedElsewhere = (one: Grouped): boolean =>
  (one.kind === 'instance' && (one.autoScalingGroup !== null || one.state === 'terminated')) ||
  (one.kind === 'database' && one.cluster !== null && one.cluster !== undefined);

function carriesOwn({ state }: Context, one: Grouped): boolean {
  const own = ownGroup(state, one);
  return own !== undefined && (groupIdsOf(one) ?? []).includes(own.id);
}

function problemOf(
  { state }: Context,
  one: Grouped,
): { readonly because: string; readonly change: string } | undefined {
  const declared = declaredOf(state, one);
  if (!declared)
    return { because: `${one.name} is not under the program's care.`, change: 'collect what was not read of it' };
  const groups = groupIdsOf(one);
  if (groups === undefined || groupsOf(declared) === undefined)
    return { because: `which groups ${one.name} carries is not known.`, change: 'collect what was not read of it' };
  if (groups.length >= 5)
    return {
      because: `${one.name} carries ${groups.length} groups already.`,
      change: 'take one off, or have the quota raised',
    };
  if (one.kind === 'loadBalancer' && one.type === 'network' && groups.length === 0)
    return {
      because: `${one.name} is a network load balancer without groups, and can get none without being replaced.`,
      change: 'replace it beside',
    };
  return undefined;
}

function vpcOf({ estate, state }: Context, one: Grouped): string {
  const [group] = groupIdsOf(one) ?? [];
  const found = all(estate, 'securityGroup').find(({ id }) => id === group);
  const vpc = found?.vpc && all(estate, 'vpc').find(({ id }) => id === found.vpc?.id);
  return vpc ? idOf(state, vpc) : '';
}
