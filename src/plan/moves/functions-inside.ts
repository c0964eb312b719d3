import { all, byId, find } from '../../estate/estate.ts';
import type { LambdaFunction } from '../../estate/kinds/compute.ts';
import { portsOfResource } from '../../inventory/flows/ports.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { keptByVersion, versionsGate } from '../structure/function-versions.ts';
import { groupRef, letOut, newGroup, ownGroupName, stillToMake } from '../structure/groups.ts';
import { idOf, slug } from '../structure/names.ts';
import { type OutsideFunction, outsideFunctions } from '../structure/outside-functions.ts';
import { lettingIn } from '../structure/store-doors.ts';
import { inTwoZones } from '../structure/tiers.ts';
import { appSubnets } from '../structure/vpc-needs.ts';
import type { DeclaredResource } from '../world.ts';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html';
const ATTACHMENT = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';
const ENI_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';

type Refused = Omit<Refusal, 'move' | 'environment'>;

interface Inside extends OutsideFunction {
  readonly declared: DeclaredResource;
  /** The function's role, as the program declares it. */
  readonly role: DeclaredResource;
}

export const move: Move = {
  name: 'functions-inside',
  title: 'Functions that use a database move into private subnets',
  about: 'A function outside of the VPC reaches a database only by its public address; inside, the address can go.',
  scope: 'environment',
  risk: 'risky',
  enables: ['database-closed', 'database-private', 'shared-group-detached', 'cache-private'],
  preconditions: [
    'there are private subnets with a way out in two zones: the function calls AWS through NAT from then on',
    'the function and its role are under the care of the program',
  ],
  undo: 'take the VPC out of the settings of the function',
  sources: [
    {
      claim: 'a function in a VPC has a way to the internet only through NAT, whatever subnet it is in',
      url: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html',
      certainty: 'documented',
    },
    { claim: 'the role has to be allowed to make network interfaces', url: LAMBDA, certainty: 'documented' },
    {
      claim: 'the function answers while its settings change, by the old ones until the interfaces stand',
      url: LAMBDA,
      certainty: 'composed',
    },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const { found, torn } = outsideFunctions(estate, scope.holds);
    const refusals: Refused[] = [
      ...torn.map(({ fn, vpcs }) => ({
        subject: fn.id,
        because: `${fn.name} uses databases of several VPCs (${vpcs.map(({ name }) => name).join(', ')}), and can stand in one only.`,
        change: 'Connect the VPCs by peering, or split the function.',
      })),
      ...all(estate, 'function').flatMap((fn) => (scope.holds(fn) ? untold(context, fn) : [])),
    ];
    const able: Inside[] = [];
    const waiting: OutsideFunction[] = [];
    for (const one of found) {
      const problem = problemOf(context, one);
      if ('because' in problem) refusals.push({ subject: one.fn.id, ...problem });
      else if (!inTwoZones(appSubnets(estate, one.vpc))) waiting.push(one);
      else able.push({ ...one, ...problem });
    }
    // one step for all of them: what waits is not left behind
    if (waiting.length > 0)
      return { state: 'waits', for: 'private subnets with a way out, in two zones of the VPC of the database' };
    if (able.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    return { state: 'ready', refusals, steps: [prepared(context, able), ...able.map((one) => moved(context, one))] };
  },
};

/** A function of which nobody can tell where it runs, and that uses what a closing would close. */
function untold({ estate }: Context, fn: LambdaFunction): readonly Refused[] {
  if (fn.network !== undefined) return [];
  const uses = estate.flows.some(
    ({ from, to }) =>
      from.type === 'resource' &&
      from.id === fn.id &&
      to.type === 'resource' &&
      ['database', 'databaseCluster', 'cache'].includes(byId(estate, to.id)?.kind ?? ''),
  );
  return uses
    ? [
        {
          subject: fn.id,
          because: `Whether ${fn.name} runs in a VPC is not known.`,
          change: 'Collect lambda:ListFunctions.',
        },
      ]
    : [];
}

function problemOf(
  { estate, state }: Context,
  { fn }: OutsideFunction,
): { readonly because: string; readonly change: string } | Pick<Inside, 'declared' | 'role'> {
  const kept = keptByVersion(estate, fn);
  if (kept) return kept;
  const declared = declaredOf(state, fn);
  if (!declared)
    return { because: `${fn.name} is not under the program's care.`, change: 'Collect what was not read of it.' };
  const role = find(estate, fn.role);
  const declaredRole = role && declaredOf(state, role);
  if (!declaredRole)
    return {
      because: `The role of ${fn.name} is not under the program's care, and it has to be allowed to make network interfaces.`,
      change: 'Collect the role with its policies.',
    };
  return { declared, role: declaredRole };
}

const common = ({ scope }: Context) => ({ move: move.name, environment: scope.environment }) as const;

/** The groups, what the databases still need to let them in, and the permission to make interfaces. */
function prepared(context: Context, able: readonly Inside[]): Step {
  const { estate, state, scope } = context;
  const edits = stillToMake(state, unique(able.flatMap((one) => preparing(context, one))));
  const names = able.map(({ fn }) => fn.name).join(', ');
  const roles = [...new Set(able.flatMap(({ fn }) => find(estate, fn.role)?.name ?? []))];
  return step({
    ...common(context),
    id: `${scope.stem}-functions-inside-prepared`,
    title: `Make ready what ${names} ${able.length === 1 ? 'needs' : 'need'} in the VPC`,
    kind: 'expand',
    why: 'A function comes into a VPC with interfaces of its own. Without the permission to make them the change fails, so it comes first.',
    edits,
    gate: roles.map((role) => ({
      type: 'query' as const,
      check: `The role ${role} may make network interfaces; a new permission takes some seconds to be seen everywhere.`,
      query: `aws iam list-attached-role-policies --role-name ${role}`,
    })),
    duration: minutes(1, 3),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'detach the policy and delete the groups', until: 'a function is inside', exact: true },
    sources: move.sources.slice(1, 2),
  });
}

function preparing({ estate, state }: Context, { fn, vpc, uses, role }: Inside): readonly Edit[] {
  const name = ownGroupName(fn);
  const group = groupRef(name);
  const cidrs = appSubnets(estate, vpc).flatMap(({ cidr }) => cidr ?? []);
  const attached = find(estate, fn.role)?.attachedPolicies?.some(({ id }) => id === ENI_POLICY) === true;
  const attachment: Create = {
    op: 'create',
    type: ATTACHMENT,
    name: `${slug(role.name)}-may-make-interfaces`,
    properties: { role: ref(role, 'name'), policyArn: ENI_POLICY },
  };
  return [
    newGroup(name, idOf(state, vpc), `Only ${fn.name}`),
    // today it may call anybody, and not every call is written in its settings
    letOut(fn.name, group, { cidr: '0.0.0.0/0', name: 'anywhere' }, { protocol: '-1' }, `${fn.name} to anywhere`),
    ...uses.flatMap(({ store, flow }) => {
      const ports = flow.ports === null ? portsOfResource(estate, store) : [flow.ports.from];
      return ports.flatMap((port) => lettingIn(state, estate, store, { group, name: fn.name, cidrs }, port));
    }),
    ...(attached ? [] : [attachment]),
  ];
}

const unique = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.type}::${edit.name}`, edit])).values(),
];

function moved(context: Context, { fn, vpc, uses, declared }: Inside): Step {
  const { estate, state, scope } = context;
  const subnets = appSubnets(estate, vpc);
  const stores = [...new Set(uses.map(({ store }) => store.name))].join(', ');
  return step({
    ...common(context),
    id: `${scope.stem}-functions-inside-${slug(fn.name)}`,
    title: `${fn.name} moves into private subnets`,
    kind: 'switch',
    why: `It reaches ${stores} by a public address today. Inside it takes the private one, by the same name, and the public one can go.`,
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        properties: {
          vpcConfig: {
            subnetIds: subnets.map((subnet) => idOf(state, subnet)),
            securityGroupIds: [groupRef(ownGroupName(fn))],
          },
        },
      },
    ],
    gate: [
      ...versionsGate(estate, [fn]),
      {
        type: 'query',
        check: 'The change is done: LastUpdateStatus is Successful.',
        query: `aws lambda get-function-configuration --function-name ${fn.name} --query '[LastUpdateStatus,VpcConfig.SubnetIds]'`,
      },
      {
        type: 'query',
        check: 'No more errors and no longer runs than before, over an hour of usual load.',
        query: `aws cloudwatch get-metric-statistics --namespace AWS/Lambda --metric-name Errors --dimensions Name=FunctionName,Value=${fn.name} --statistics Sum --period 300 --start-time "$(date -u -d '-1 hour' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
      },
      {
        type: 'person',
        check: `Whoever keeps a list of addresses that ${fn.name} calls from has the address of the NAT gateway on it.`,
      },
    ],
    duration: minutes(1, 10),
    clientsNotice: {
      from: 0,
      to: 10,
      what: 'Calls are answered all the time; the first ones of the new settings start cold. Others see it come from the address of the NAT gateway.',
    },
    undo: {
      how: 'take vpcConfig away again',
      until: 'the database has lost its public address',
      exact: true,
    },
    sources: move.sources,
  });
}
