import { signOfCode } from '../../analyse/origin/code.ts';
import { byId } from '../../estate/estate.ts';
import type { AdoptedResource } from '../../inventory/adopt/adopt.ts';
import { isProperties } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Edit } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';

const IMPORT = 'https://www.pulumi.com/docs/iac/adopting-pulumi/import/';

export const move: Move = {
  name: 'adopt',
  title: 'Take what is there under the care of a program',
  about: 'Every resource gets its place in a program, and nothing in AWS changes but a tag that says so.',
  scope: 'account',
  risk: 'additive',
  preconditions: [
    'what a resource is made of was read wholly; the others stay outside of the program',
    'no other program keeps it: what a Pulumi stack or Terraform is told to keep stays theirs',
  ],
  undo: 'pulumi state delete takes a resource out of the program and leaves it in AWS',
  sources: [
    {
      claim: 'an import fails when an argument differs from what is there, so nothing changes by it',
      url: IMPORT,
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const { state, today } = context;
    const waiting = today.adoptions.resources.filter((one) => !state.world.declared.has(addressOf(one)));
    const refusals = keptElsewhere(context);
    if (waiting.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    return {
      state: 'ready',
      refusals,
      steps: [
        step({
          id: 'adopt',
          title: `Adopt ${waiting.length} resources`,
          kind: 'expand',
          move: 'adopt',
          environment: null,
          why: 'From here on every change is a reviewed line of a program, and what nobody meant to change does not change.',
          edits: waiting.map(({ type, name, inputs, options }) => ({
            op: 'adopt',
            type,
            name,
            importId: options.importId ?? '',
            properties: inputs,
          })),
          gate: [
            {
              type: 'query',
              check: 'Pulumi finds no difference between the program and the account.',
              query: 'pulumi refresh --yes && pulumi preview --expect-no-changes',
            },
          ],
          duration: minutes(5, 30),
          clientsNotice: NOTHING_NOTICED,
          undo: {
            how: 'pulumi state delete for each resource; AWS keeps it',
            until: 'the first step that changes it',
            exact: true,
          },
          sources: move.sources,
        }),
        ...signed(context, waiting),
      ],
    };
  },
};

/** What another program declares stays its own: one refusal a program. */
function keptElsewhere({ today }: Context): readonly Omit<Refusal, 'move' | 'environment'>[] {
  const wholes = new Map<string, Set<string>>();
  for (const { keptBy, of } of today.adoptions.unadopted)
    if (keptBy !== undefined) wholes.set(keptBy, (wholes.get(keptBy) ?? new Set()).add(`${of.kind} ${of.id}`));
  return [...wholes].sort().map(([keptBy, of]) => ({
    subject: keptBy,
    because: `${keptBy} keeps ${of.size === 1 ? 'one resource' : `${of.size} resources`} already: two programs that declare one thing undo each other's changes, so they stay out of this one.`,
    change: 'change them in the program that keeps them, or let it forget them first and give the inventory without it',
  }));
}

/** What people look at first in the console: there it says that a program keeps it. */
const SIGNED = [
  'aws:ec2/vpc:Vpc',
  'aws:ec2/instance:Instance',
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:rds/clusterInstance:ClusterInstance',
  'aws:lb/loadBalancer:LoadBalancer',
];

/**
 * A tag is a change, if the smallest, so it is no part of adopting. It is how the next person in the console, and the
 * next inventory, knows that a change by hand would be undone.
 */
function signed({ estate }: Context, waiting: readonly AdoptedResource[]): readonly Step[] {
  const edits = waiting.flatMap(({ type, name, of, inputs, options }): readonly Edit[] => {
    const tags = byId(estate, of.id)?.tags;
    const ignored = options.ignoreChanges?.includes('tags') ?? false;
    if (!SIGNED.includes(type) || tags === undefined || ignored || signOfCode(tags) !== undefined) return [];
    const own = isProperties(inputs.tags) ? inputs.tags : {};
    return [{ op: 'update', type, name, properties: { tags: { ...own, ManagedBy: 'underpin' } } }];
  });
  if (edits.length === 0) return [];
  return [
    step({
      id: 'adopt-signed',
      title: `A tag on ${edits.length} networks, servers, databases and load balancers: a program keeps them`,
      kind: 'expand',
      move: 'adopt',
      environment: null,
      why: 'Whoever opens one of them in the console sees that a change by hand will be undone, and where to make it instead.',
      edits,
      gate: [
        {
          type: 'person',
          check: 'No policy allows or denies by the tag ManagedBy, and no bill is split by it.',
        },
      ],
      duration: minutes(1, 10),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'take the tag away', until: 'always', exact: true },
      sources: [
        {
          claim: 'a tag changes nothing of what carries it',
          url: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html',
          certainty: 'documented',
        },
      ],
    }),
  ];
}
