import { all, byId } from '../../estate/estate.ts';
import type { SecurityGroup } from '../../estate/kinds/network.ts';
import type { Delete, Edit, Update } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, type Step, step } from '../step.ts';
import { groupsOf, withGroups } from '../structure/attach.ts';
import { declaredAllOf, declaredOf } from '../structure/declared.ts';
import { EGRESS, INGRESS, ownGroup } from '../structure/groups.ts';
import { type Grouped, groupIdsOf, isWideOpen, usersOfGroups, WITH_GROUPS } from '../structure/sharing.ts';

const TRACKING = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html';
const DELETING = 'https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html';

/** Callers first, stores last: whoever is called keeps admitting both until nobody comes by the old group. */
const ORDER: readonly Grouped['kind'][] = [
  'function',
  'instance',
  'loadBalancer',
  'cache',
  'databaseCluster',
  'database',
];

export const move: Move = {
  name: 'shared-group-detached',
  title: 'The shared security group goes',
  about: 'What each resource admits is what its own group says, and nothing else.',
  scope: 'environment',
  risk: 'closing',
  preconditions: [
    'everything that carries the shared group carries a group of its own too',
    'the rules of the own groups alone let every flow through',
  ],
  undo: 'the shared group is attached again, in seconds, until it is deleted',
  sources: [
    {
      claim:
        'connections that only a rule for everybody admits are not tracked, and end when that rule no longer applies',
      url: TRACKING,
      certainty: 'documented',
    },
    {
      claim:
        'whether a connection that another group admits too survives the detaching is not documented: plan for a reconnect',
      url: TRACKING,
      certainty: 'estimate',
    },
    {
      claim: 'a group that an interface or a rule still names cannot be deleted',
      url: DELETING,
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const { estate, state } = context;
    const shared = sharedGroups(context);
    if (shared.length === 0) return { state: 'notNeeded' };
    const ids = new Set<string>(shared.map(({ id }) => id));
    const carrying = WITH_GROUPS.flatMap((kind): readonly Grouped[] => all(estate, kind)).filter((one) =>
      groupIdsOf(one)?.some((id) => ids.has(id)),
    );
    const waiting = carrying.filter((one) => !hasOwn(context, one));
    const strangers = [...ids]
      .flatMap((id) => [...(usersOfGroups(estate).get(id) ?? [])])
      .filter((user) => !carrying.some((one) => one.id === user));
    const [first] = [...waiting.map(({ id }) => id as string), ...strangers];
    if (first !== undefined)
      return {
        state: 'waits',
        for: `${byId(estate, first)?.name ?? first} still has no other group than the shared one`,
      };

    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    const steps: Step[] = [];
    for (const kind of ORDER) {
      const some = carrying.filter((one) => one.kind === kind);
      const edits = some.flatMap((one): readonly Update[] => {
        const declared = declaredOf(state, one);
        const now = declared && groupsOf(declared);
        const edit =
          declared &&
          now &&
          withGroups(
            declared,
            now.filter((text) => !names(context, text, ids)),
          );
        if (!edit)
          refusals.push({
            subject: one.id,
            because: `${one.name} is not under the program's care.`,
            change: 'collect what was not read of it',
          });
        return edit ? [edit] : [];
      });
      if (edits.length > 0) steps.push(detaching(context, kind, some, edits));
    }
    if (refusals.length > 0) return { state: 'refused', refusals };
    const rules = rulesNaming(context, ids);
    if (rules.length > 0) steps.push(rulesGone(context, rules));
    const gone = shared.flatMap((group) => deletions(context, group, refusals));
    if (gone.length > 0) steps.push(groupGone(context, shared, gone));
    return { state: 'ready', steps, refusals };
  },
};

/** Groups of the environment that several use, or that admit everybody to everything. */
function sharedGroups({ estate, state, scope }: Context): readonly SecurityGroup[] {
  const users = usersOfGroups(estate);
  const owned = new Set<string>();
  for (const kind of WITH_GROUPS)
    for (const one of all(estate, kind)) {
      const own = ownGroup(state, one);
      if (own) owned.add(own.id);
    }
  return all(estate, 'securityGroup').filter((group) => {
    if (!scope.holds(group) || owned.has(group.id)) return false;
    const declared = declaredOf(state, group);
    if (declared && !declared.adopted) return false;
    const using = users.get(group.id)?.size ?? 0;
    return using > 1
      ? isWideOpen(estate, group.id) || kindsOf(estate, users.get(group.id)) > 1
      : isWideOpen(estate, group.id);
  });
}

const kindsOf = (estate: Context['estate'], users: ReadonlySet<string> | undefined): number =>
  new Set([...(users ?? [])].map((id) => byId(estate, id)?.kind)).size;

const hasOwn = ({ state }: Context, one: Grouped): boolean => {
  const own = ownGroup(state, one);
  return own !== undefined && (groupIdsOf(one) ?? []).includes(own.id);
};

/** Whether a written group, an id or a reference, is one of these. */
function names({ state }: Context, text: string, ids: ReadonlySet<string>): boolean {
  if (ids.has(text)) return true;
  const address = /^\$\{(.+)#id\}$/.exec(text)?.[1];
  const found = address === undefined ? undefined : state.world.declared.get(address);
  return found !== undefined && ids.has(found.id);
}

function rulesNaming({ state }: Context, ids: ReadonlySet<string>): readonly Delete[] {
  return [...state.world.declared.values()].flatMap((one): readonly Delete[] => {
    if (one.type !== INGRESS && one.type !== EGRESS) return [];
    const [group, peer] = [one.inputs.securityGroupId, one.inputs.referencedSecurityGroupId];
    // the shared group's own rules go with it
    return typeof peer === 'string' && ids.has(peer) && !(typeof group === 'string' && ids.has(group))
      ? [{ op: 'delete', type: one.type, name: one.name }]
      : [];
  });
}

/** AWS keeps a VPC's default group: of that one only the rules go. */
function deletions(
  { state }: Context,
  group: SecurityGroup,
  refusals: Omit<Refusal, 'move' | 'environment'>[],
): readonly Edit[] {
  const parts = declaredAllOf(state, group);
  const itself = declaredOf(state, group);
  if (!itself) {
    refusals.push({
      subject: group.id,
      because: `${group.name} is not under the program's care and stays.`,
      change: 'delete it by hand once nothing carries it',
    });
    return [];
  }
  const rules = parts.filter(({ type }) => type === INGRESS || type === EGRESS);
  const own: readonly Edit[] = rules.map(({ type, name }) => ({ op: 'delete', type, name }));
  return group.groupName === 'default' ? own : [...own, { op: 'delete', type: itself.type, name: itself.name }];
}

const RECONNECT = {
  from: 0,
  to: 5,
  what: 'Connections that were open before may have to be opened again; a pool does so by itself within seconds.',
};

function detaching({ scope }: Context, kind: Grouped['kind'], some: readonly Grouped[], edits: readonly Edit[]): Step {
  const list = some.map(({ name }) => name).join(', ');
  return step({
    id: `${scope.stem}-shared-group-off-${kind.toLowerCase()}`,
    title: `Take the shared group off ${list}`,
    kind: 'contract',
    move: 'shared-group-detached',
    environment: scope.environment,
    why: 'Their own groups admit every flow that works today; the shared one only admits what nobody meant.',
    edits,
    gate: [
      { type: 'inventory', check: `${list} carry their own group only` },
      {
        type: 'query',
        check: 'For half an hour no refused connection to them is one of ours.',
        query:
          'fields @timestamp, srcAddr, dstAddr, dstPort | filter action = "REJECT" | stats count(*) by srcAddr, dstAddr, dstPort',
      },
    ],
    duration: minutes(30, 60),
    clientsNotice: RECONNECT,
    undo: { how: 'attach the shared group again', until: 'it is deleted', exact: true },
    sources: move.sources,
  });
}

const rulesGone = ({ scope }: Context, edits: readonly Edit[]): Step =>
  step({
    id: `${scope.stem}-shared-group-unnamed`,
    title: 'Remove the rules that still admit the shared group',
    kind: 'contract',
    move: 'shared-group-detached',
    environment: scope.environment,
    why: 'Nothing carries the shared group any more, so these rules admit nobody we know.',
    edits,
    gate: [{ type: 'inventory', check: 'no rule names the shared group' }],
    duration: minutes(1, 5),
    clientsNotice: { from: 0, to: 0, what: 'Nothing: nobody comes by these rules.' },
    undo: { how: 'make the rules again', until: 'the group is deleted', exact: true },
    sources: move.sources,
  });

const groupGone = ({ scope }: Context, shared: readonly SecurityGroup[], edits: readonly Edit[]): Step =>
  step({
    id: `${scope.stem}-shared-group-deleted`,
    title: `Delete ${shared.map(({ name }) => name).join(', ')}`,
    kind: 'contract',
    move: 'shared-group-detached',
    environment: scope.environment,
    why: 'A group that lets everything in waits for the next one who attaches it.',
    edits,
    gate: [
      {
        type: 'query',
        check: 'Before: no interface carries it.',
        query: `aws ec2 describe-network-interfaces --filters Name=group-id,Values=${shared.map(({ id }) => id).join(',')} --query 'length(NetworkInterfaces)'`,
      },
    ],
    duration: minutes(1, 5),
    clientsNotice: { from: 0, to: 0, what: 'Nothing.' },
    undo: { how: 'the group can be made again, with another id', until: 'always', exact: false },
    sources: move.sources,
  });
