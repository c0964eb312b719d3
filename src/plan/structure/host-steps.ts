/** The last steps of a cluster's machines: emptied, stopped, and what started them taken away. */
import { administrators } from '../../analyse/access/administrators/administrators.ts';
import type { Edit } from '../edit.ts';
import type { Context, Move } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, type Succession, step } from '../step.ts';
import { type Hosts, leftovers } from './cluster-hosts.ts';
import { slug } from './names.ts';
import { schedulesGate } from './retired.ts';

const DRAINING = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html';

export function hostSteps(context: Context, hosts: Hosts, move: Pick<Move, 'name' | 'sources'>): readonly Step[] {
  const { scope, estate } = context;
  const { cluster, members, groups, alone } = hosts;
  const clusterName = cluster.id.replace(/^.*\//, '');
  const name = slug(clusterName).startsWith(scope.stem) ? slug(clusterName) : `${scope.stem}-${slug(clusterName)}`;
  const common = {
    move: move.name,
    environment: scope.environment,
    sources: [
      {
        claim: 'a draining machine gets no new tasks, and its tasks end',
        url: DRAINING,
        certainty: 'documented' as const,
      },
    ],
  };
  const because = 'its tasks run on Fargate now, and nothing else ran on it';
  const left = leftovers(context, hosts);
  const powerful = administrators(estate).flatMap(({ principal, verdict }) =>
    verdict === 'yes' ? [principal.name] : [],
  );
  const steps: Step[] = [
    step({
      ...common,
      id: `${name}-machines-emptied`,
      title: `Empty the ${members.length} machines of ${cluster.name}`,
      kind: 'act',
      why: 'A draining machine gets no new task. Whatever still runs there shows up now, while it can still be put back.',
      actions: [
        {
          operation: 'ecs:UpdateContainerInstancesState',
          parameters: { cluster: clusterName, containerInstances: members.map(({ id }) => id), status: 'DRAINING' },
          command: `aws ecs update-container-instances-state --region ${cluster.region} --cluster ${clusterName} --status DRAINING --container-instances ${members.map(({ id }) => id.replace(/^.*\//, '')).join(' ')}`,
        },
      ],
      effects: members.map(({ id }) => ({ op: 'set', kind: 'containerInstance', id, fields: { status: 'DRAINING' } })),
      gate: [
        {
          type: 'query',
          check: 'No task runs on any of them.',
          query: `aws ecs list-tasks --region ${cluster.region} --cluster ${clusterName} --launch-type EC2`,
        },
        {
          type: 'person',
          check:
            'Nothing else lives on these machines: no cron job, no uploaded files, no agent that somebody relies on. Whoever signs in there has another place to work.',
        },
      ],
      duration: minutes(5, 15),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'the same command with --status ACTIVE', until: 'the machines are stopped', exact: true },
    }),
    step({
      ...common,
      id: `${name}-machines-gone`,
      title: `End the machines of ${cluster.name}`,
      kind: 'contract',
      why: 'Old machines in public subnets with a role to take are the largest door of all, and they cost by the hour.',
      edits: [
        ...groups.map(
          ({ declared }): Edit => ({
            op: 'update',
            type: declared.type,
            name: declared.name,
            properties: { minSize: 0, maxSize: 0, desiredCapacity: 0 },
          }),
        ),
        ...alone.map(({ declared: { type, name: own } }): Edit => ({ op: 'delete', type, name: own })),
      ],
      successions: hosts.ids.map((from): Succession => ({ from, to: [], because })),
      gate: [{ type: 'inventory', check: `no instance of ${cluster.name} runs` }, ...schedulesGate(estate, cluster)],
      duration: minutes(3, 15),
      clientsNotice: NOTHING_NOTICED,
      undo: {
        how: 'the old size of the group back; new machines register by themselves',
        until: 'the group is deleted',
        exact: alone.length === 0,
      },
      declares: { deletesData: alone.map(({ instance }) => ({ resource: instance.id, because })) },
    }),
  ];
  if (left.length > 0)
    steps.push(
      step({
        ...common,
        id: `${name}-machines-forgotten`,
        title: `Delete what started the machines of ${cluster.name}, and what they worked as`,
        kind: 'contract',
        why: 'The launch settings hold what stood in the user data, and the role is worth taking as long as it is there.',
        edits: left,
        gate: [{ type: 'inventory', check: `${cluster.name} has the provider FARGATE and no other` }],
        duration: minutes(2, 10),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'make them again from the program of an earlier step', until: 'always', exact: false },
        declares: {
          noLonger: left.flatMap((edit) =>
            edit.type === 'aws:iam/role:Role' && powerful.includes(edit.name)
              ? [`arn:aws:iam::${cluster.account}:role/${edit.name}`]
              : [],
          ),
        },
      }),
    );
  return steps;
}
