import { doorsOf } from '../../analyse/internet/doors.ts';
import { isWayIn } from '../../analyse/internet/servers.ts';
import { WAY_IN } from '../../blueprint/people/way-in.ts';
import { all } from '../../estate/estate.ts';
import type { Vpc } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { addressSetOf, INTERNET, isSubset } from '../../estate/sets/index.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { days, type Gate, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { slug } from '../structure/names.ts';
import { flowLogQuery, tunnels, type Work, workIn } from '../structure/peoples-work.ts';
import { lettingIn } from '../structure/store-doors.ts';
import { tierSubnets, vpcsOf } from '../structure/tiers.ts';
import { appSubnets } from '../structure/vpc-needs.ts';
import { type Bastion, bastionEdits, bastionGroup, machineId } from '../structure/way-in.ts';

const SSM = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'way-in',
  title: 'A way in for people that is not the internet',
  about: 'Developers reach databases and servers by a door of their own, so that every other one can be closed.',
  scope: 'environment',
  risk: 'additive',
  enables: ['database-closed', 'database-private', 'cache-private', 'shared-group-detached'],
  variants: [
    {
      name: 'ssm',
      tradeOff: 'no open port and no key: people come with their own IAM identity, through Session Manager',
    },
    {
      name: 'ssh',
      tradeOff: 'a bastion with an address of its own: port 22 is open to the named blocks, and to nobody else',
    },
    { name: 'existing', tradeOff: 'the bastion that is there already, where it admits named addresses only' },
  ],
  preconditions: [
    'for Session Manager: a private subnet with a way out, since the machine calls Systems Manager',
    'for a bastion: a public subnet that stays public, and the addresses that people come from',
  ],
  undo: 'delete the machine; the old ways are as they were',
  sources: [
    {
      claim: 'Session Manager tunnels a port of a laptop to a database, and needs no open port for it',
      url: `${SSM}/session-manager-working-with-sessions-start.html`,
      certainty: 'documented',
    },
    {
      claim: 'the agent calls out to ssm and ssmmessages on port 443, and the role of the machine permits it',
      url: `${SSM}/setup-instance-permissions.html`,
      certainty: 'documented',
    },
    {
      claim: 'the image is named by a public parameter of AWS and is the current one when the machine is made',
      url: 'https://docs.aws.amazon.com/linux/al2023/ug/ec2.html',
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const plans = vpcsOf(context.estate, context.scope.holds).map((vpc, _, vpcs) =>
      planFor(context, vpc, vpcs.length > 1),
    );
    const refusals = plans.flatMap((plan) => (plan && 'refused' in plan ? plan.refused : []));
    const ready = plans.flatMap((plan) => (plan && 'steps' in plan ? [plan] : []));
    const [waits] = plans.flatMap((plan) => (plan && 'waits' in plan ? [plan.waits] : []));
    if (waits !== undefined) return { state: 'waits', for: waits };
    if (ready.length > 0)
      return {
        state: 'ready',
        steps: ready.flatMap(({ steps }) => steps),
        refusals,
        variant: ready[0]?.variant ?? 'ssm',
      };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

type Plan =
  | { readonly steps: readonly Step[]; readonly variant: string; readonly refused: readonly Refused[] }
  | { readonly refused: readonly Refused[] }
  | { readonly waits: string };

function planFor(context: Context, vpc: Vpc, several: boolean): Plan | undefined {
  const { estate, state, scope, preferences } = context;
  const ways = all(estate, 'instance').filter((one) => one.vpc?.id === vpc.id);
  if (ways.some(({ id }) => state.waysIn.includes(id))) return undefined;
  const doors = doorsOf(estate, vpc);
  const work = workIn(estate, vpc, new Set(doors.sound.map(({ id }) => id)));
  if (!work.byOtherDoors && doors.open.length === 0) return undefined;
  const existing = doors.sound.find(
    (one) => one.kind === 'instance' && (isWayIn(one) || one.tags?.[WAY_IN.key] === WAY_IN.value),
  );
  if (existing) return { steps: [usedExisting(context, vpc, existing)], variant: 'existing', refused: [] };
  const wish = preferences.wayIn ?? 'ssm';
  const sshFrom = wish === 'ssm' ? undefined : wish.sshFrom;
  const world = Object.entries(sshFrom ?? {}).find(([, cidr]) => isTheWorld(cidr));
  if (sshFrom && (world || Object.keys(sshFrom).length === 0))
    return {
      refused: [
        {
          subject: vpc.id,
          because: world ? `sshFrom.${world[0]} admits everybody (${world[1]}).` : 'sshFrom names nobody.',
          change:
            "Name who may come, like wayIn: { sshFrom: { office: '203.0.113.0/24' } }, or leave it out for Session Manager.",
        },
      ],
    };
  const [subnet] = sshFrom ? tierSubnets(estate, vpc, 'public') : appSubnets(estate, vpc);
  if (subnet === undefined)
    return { waits: sshFrom ? 'a public subnet for the bastion' : `a private subnet of ${vpc.name} with a way out` };
  const stem = several ? `${scope.stem}-${slug(vpc.name)}` : scope.stem;
  const bastion: Bastion = { name: `${stem}-bastion`, vpc, subnet, sshFrom, ports: work.ports };
  const refused = work.untold.map(({ id, name }) => ({
    subject: id,
    because: `At which port ${name} listens, or which groups guard it, is not known, so the way in does not lead to it.`,
    change: 'Collect rds:DescribeDBInstances and elasticache:DescribeCacheClusters with their nodes.',
  }));
  return { steps: stepsFor(context, bastion, work, stem), variant: sshFrom ? 'ssh' : 'ssm', refused };
}

function isTheWorld(cidr: string): boolean {
  const set = addressSetOf([cidr]);
  const half = addressSetOf(['0.0.0.0/1']);
  const upper = addressSetOf(['128.0.0.0/1']);
  if (set === undefined) return true;
  return [INTERNET, half, upper].some((wide) => wide !== undefined && isSubset(wide, set)) || /\/[0-7]$/.test(cidr);
}

function stepsFor(context: Context, bastion: Bastion, work: Work, stem: string): readonly Step[] {
  const { state, estate, scope } = context;
  const { name, subnet, sshFrom, vpc } = bastion;
  const made = bastionEdits(state, bastion);
  const id = machineId(state, made, name) ?? name;
  const caller = { group: bastionGroup(name), name, cidrs: subnet.cidr === undefined ? [] : [subnet.cidr] };
  const admitted = work.stores.flatMap(({ store, port }) => lettingIn(state, estate, store, caller, port));
  const common = { move: move.name, environment: scope.environment, sources: move.sources } as const;
  const where = sshFrom === undefined ? 'entered by Session Manager' : 'entered by SSH from named addresses';
  const steps = [
    step({
      ...common,
      id: `${stem}-way-in`,
      title: `${name}: a small machine for people, ${where}`,
      kind: 'expand',
      why: 'People come in by the same doors as every stranger today, so no door can be closed before they have one of their own. It stands beside the old ways and closes none.',
      edits: [...made, ...admitted],
      gate: [{ type: 'inventory', check: `${name} runs, and metadata asks for a token (IMDSv2)` }],
      duration: minutes(3, 10),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'delete the machine with its group and its role', until: 'another way in is closed', exact: true },
      declares: {
        waysIn: [id],
        ...(sshFrom === undefined
          ? {}
          : {
              exposes: [
                {
                  resource: id,
                  cidrs: Object.values(sshFrom),
                  because: `people come to ${name} by SSH from ${Object.keys(sshFrom).join(', ')}`,
                },
              ],
            }),
      },
    }),
  ];
  if (sshFrom === undefined) steps.push(answering(context, vpc, name, id, stem));
  steps.push(
    used(context, stem, [
      ...tunnels(bastion, work),
      {
        type: 'query',
        check: `Nobody comes by the old doors any more (${work.ports.join(', ')}): no accepted connection from a public address for a week.`,
        query: flowLogQuery(work.ports),
        asks: { type: 'fromOutside', vpc: bastion.vpc.id, ports: work.ports, days: 7 },
      },
    ]),
  );
  return steps;
}

/** What Systems Manager does by itself once the machine has started: it is no argument of any resource. */
function answering({ scope }: Context, { region }: Vpc, name: string, id: string, stem: string): Step {
  const command = `aws ssm describe-instance-information --region ${region} --filters Key=tag:Name,Values=${name} --query 'InstanceInformationList[].[InstanceId,PingStatus]'`;
  return step({
    id: `${stem}-way-in-answers`,
    title: `${name} reports to Systems Manager`,
    kind: 'act',
    move: move.name,
    environment: scope.environment,
    why: 'The agent of the machine calls Systems Manager when it starts; only then a session can be opened.',
    actions: [
      {
        operation: 'ssm:DescribeInstanceInformation',
        parameters: { Filters: [{ Key: 'tag:Name', Values: [name] }] },
        command,
      },
    ],
    effects: [{ op: 'set', kind: 'instance', id, fields: { managedBySsm: true } }],
    gate: [{ type: 'query', check: 'PingStatus is Online.', query: command }],
    duration: minutes(1, 10),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'nothing to undo: it is a look', until: 'always', exact: true },
    sources: move.sources.slice(0, 2),
  });
}

function used(context: Context, stem: string, gate: readonly Gate[]): Step {
  const watch = context.preferences.watchDays ?? 14;
  return step({
    id: `${stem}-way-in-used`,
    title: 'Everybody has come in by the new way',
    kind: 'watch',
    move: move.name,
    environment: context.scope.environment,
    why: 'Whoever still comes by an old door when it closes is locked out: a developer, a report, a pipeline, a vendor.',
    gate: [
      {
        type: 'person',
        check:
          'Every person and every tool that connects from outside (laptops, BI, CI, vendors) has connected by the new way.',
      },
      ...gate,
    ],
    duration: days(1, watch),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'the old ways are still open', until: 'they are closed', exact: true },
    sources: [
      {
        claim: 'flow logs show from which address each accepted connection came',
        url: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html',
        certainty: 'documented',
      },
    ],
  });
}

/** A bastion that admits named addresses only is sound: people use it, and nothing is made. */
function usedExisting(context: Context, vpc: Vpc, existing: Resource): Step {
  const stem = `${context.scope.stem}-${slug(vpc.name)}`;
  const waiting = used(context, stem, []);
  return {
    ...waiting,
    title: `Everybody comes in by ${existing.name}`,
    declares: { waysIn: [existing.id] },
  };
}
