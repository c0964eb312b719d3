import { isAdministrator } from '../../analyse/people/administrators.ts';
import { byId } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Edit } from '../edit.ts';
import type { Context, Move, Refusal, Scope } from '../move.ts';
import { STATEFUL } from '../replacement.ts';
import { type Gate, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { otherScopes } from '../structure/other-environments.ts';
import { type Retirement, retirementOf } from '../structure/retirement.ts';
import { snapshotOf } from '../structure/snapshots.ts';
import type { DeclaredResource } from '../world.ts';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'environment-retired',
  title: 'The old copy of an environment goes',
  about: 'What lives in an account of its own does not live beside production any more.',
  scope: 'account',
  risk: 'last',
  enables: ['dev-account'],
  preconditions: [
    'the environment lives in an account of its own, and nobody uses the old one',
    'the team says in writing that it may be deleted here',
    'nothing that stays refers to it',
  ],
  undo: 'what was deleted comes back from its last copies only',
  sources: [
    {
      claim: 'deletion protection has to be taken off first, and a last snapshot can be asked for',
      url: `${RDS}/USER_DeleteInstance.html`,
      certainty: 'documented',
    },
    {
      claim: 'AWS refuses to delete what something else still uses, so the order is from the outside in',
      url: 'https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html',
      certainty: 'composed',
    },
  ],
  propose: (context) => {
    const { estate, state, preferences } = context;
    const refusals: Refused[] = [];
    const steps: Step[] = [];
    for (const scope of otherScopes(context)) {
      const environment = scope.environment ?? '';
      const written = preferences.retire?.find((one) => one.environment === environment);
      if (written === undefined) {
        refusals.push({
          subject: environment,
          because: `${environment} keeps data beside production, and nobody said that it may be deleted here.`,
          change: `When it lives in its own account, write: "retire": [{"environment": "${environment}", "reason": "lives in its own account since …"}].`,
        });
        continue;
      }
      const retirement = retirementOf(state, estate, environment, scope.stem);
      refusals.push(...retirement.problems);
      steps.push(...retired(context, scope, retirement, written.reason));
    }
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

/** Values are hidden in what is collected, but for those that are seen to be names. */
const NAMED_ELSEWHERE: Gate = {
  type: 'person',
  check:
    'No program that stays, in this account or another, names one of these where no inventory shows it: in its code, or in a setting whose value is hidden.',
};

const common = { move: 'environment-retired', environment: null, clientsNotice: NOTHING_NOTICED } as const;

/** Unprotected, copied a last time, and deleted from the outside in. */
function retired(context: Context, scope: Scope, { stages, resources }: Retirement, reason: string): readonly Step[] {
  const { estate } = context;
  const { stem, environment } = scope;
  const going = stages.flatMap(({ declared }) => declared);
  if (going.length === 0) return [];
  const keeping = going.filter(({ type }) => STATEFUL.has(type));
  const idOf = (one: DeclaredResource): string => one.adopted?.of.id ?? one.id;
  const because = `the team retires ${environment} here: ${reason}`;
  const found = [...new Map(keeping.map((one) => [idOf(one), wholeOf(context, one)])).values()].flatMap(
    (one) => one ?? [],
  );
  const unprotected = going.flatMap((one) => unprotect(one));
  const last = { how: 'from the last copies only', until: 'the copies are deleted', exact: false } as const;
  return [
    step({
      ...common,
      id: `${stem}-retired-copies`,
      title: `A last copy of everything that ${environment} keeps here`,
      kind: 'act',
      why: 'What is deleted next comes back from these or not at all.',
      actions: found.map((one) => snapshotOf(one, 'last')),
      copies: keeping.map(idOf),
      gate: [{ type: 'person', check: 'Each copy is complete, and one of them was restored for a try.' }],
      duration: minutes(30, 24 * 60),
      undo: { how: 'delete the copies', until: 'always', exact: false },
      sources: move.sources.slice(0, 1),
    }),
    ...(unprotected.length > 0
      ? [
          step({
            ...common,
            id: `${stem}-retired-unprotected`,
            title: `Protection from deletion is taken off ${environment}`,
            kind: 'expand' as const,
            why: 'It has stood between a mistake and the data until now; from here deleting is what is meant.',
            edits: unprotected,
            duration: minutes(1, 15),
            undo: { how: 'turn it on again', until: 'the next step', exact: true },
            sources: move.sources,
          }),
        ]
      : []),
    ...stages.map(({ key, title, declared }, n) =>
      step({
        ...common,
        id: `${stem}-retired-${key}`,
        title: `Deleted here: ${title} of ${environment} (${declared.length})`,
        kind: 'contract',
        why: `${n === 0 ? `${because}. From the outside in, so that nothing is deleted that something else still uses.` : 'Nothing that is left uses them.'}`,
        edits: declared.map(({ type, name }): Edit => ({ op: 'delete', type, name })),
        gate: [
          {
            type: 'person',
            check: `Somebody has read the list of what goes, and everything in it is of ${environment}.`,
          },
          ...(key === 'data' ? [NAMED_ELSEWHERE] : []),
        ],
        duration: minutes(5, 90),
        clientsNotice: {
          from: 0,
          to: 0,
          what: `Nobody in production. Whoever still uses ${environment} here is turned away.`,
        },
        undo: last,
        sources: move.sources,
        successions: n === 0 ? resources.map(({ id }) => ({ from: id, to: [], because, agreed: true })) : [],
        declares: {
          deletesData: declared.flatMap((one) => (STATEFUL.has(one.type) ? [{ resource: idOf(one), because }] : [])),
          noLonger: declared.flatMap((one) => {
            const id = one.adopted?.of.id ?? String(one.outputs.arn ?? one.id);
            return one.type === 'aws:iam/role:Role' && isAdministrator(estate, id) ? [id] : [];
          }),
        },
      }),
    ),
  ];
}

const wholeOf = ({ estate }: Context, one: DeclaredResource): Resource | undefined =>
  byId(estate, one.adopted?.of.id ?? one.id) ?? byId(estate, String(one.outputs.arn ?? ''));

/** What AWS refuses to delete otherwise; a database leaves a last snapshot of its own. Nothing that is so already. */
function unprotect({ type, name, inputs, adopted }: DeclaredResource): readonly Edit[] {
  const properties = ((): Readonly<Record<string, boolean | string>> | undefined => {
    switch (type) {
      case 'aws:rds/instance:Instance':
      case 'aws:rds/cluster:Cluster':
        return {
          deletionProtection: false,
          ...(inputs.replicateSourceDb === undefined
            ? { skipFinalSnapshot: false, finalSnapshotIdentifier: `${name}-final` }
            : { skipFinalSnapshot: true }),
        };
      case 'aws:lb/loadBalancer:LoadBalancer':
        return { enableDeletionProtection: false };
      case 'aws:dynamodb/table:Table':
        return { deletionProtectionEnabled: false };
      case 'aws:s3/bucket:Bucket':
        return { forceDestroy: true };
      default:
        return undefined;
    }
  })();
  // all of these are false where a resource is made without a word about them; of one that was found, that is not known
  const unsaid = adopted === undefined ? false : undefined;
  const changed = Object.entries(properties ?? {}).filter(([key, value]) => (inputs[key] ?? unsaid) !== value);
  return changed.length === 0 ? [] : [{ op: 'update', type, name, properties: Object.fromEntries(changed) }];
}
