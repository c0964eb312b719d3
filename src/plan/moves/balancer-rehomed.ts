import { all, find } from '../../estate/estate.ts';
import type { LoadBalancer } from '../../estate/kinds/balance.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, type Source, type Step, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { idOf, slug } from '../structure/names.ts';
import { inTwoZones, TIER_TAG, tierSubnets, zoneOf } from '../structure/tiers.ts';
import type { DeclaredResource } from '../world.ts';

const SET_SUBNETS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html';
const ZONES = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-subnets.html';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'balancer-rehomed',
  title: 'The load balancer stands in public subnets of its own',
  about: 'The subnets that it shares with databases and programs can then become private.',
  scope: 'environment',
  risk: 'closing',
  enables: ['database-private', 'cache-private'],
  preconditions: ['new public subnets in the zones of the balancer', 'the balancer is in two zones at every moment'],
  undo: 'the old subnet again, zone by zone, as long as it is public',
  sources: [
    {
      claim: 'the subnets that are named take the place of those before; one for each zone, two zones at least',
      url: SET_SUBNETS,
      certainty: 'documented',
    },
    {
      claim:
        'that a subnet takes the place of another of its zone while requests come in is put together from the pages, and was not tried',
      url: ZONES,
      certainty: 'composed',
    },
    {
      claim: 'resolvers have the new addresses after a minute, clients that keep them later',
      url: ZONES,
      certainty: 'estimate',
    },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const refusals: Refused[] = [];
    const steps: Step[] = [];
    for (const balancer of all(estate, 'loadBalancer')) {
      if (!scope.holds(balancer) || balancer.scheme === 'internal' || balancer.classic) continue;
      const told = judge(context, balancer);
      if (told === undefined) continue;
      if ('waits' in told) return { state: 'waits', for: told.waits };
      if ('because' in told) refusals.push(told);
      else steps.push(...told.steps);
    }
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

type Told = { readonly steps: readonly Step[] } | { readonly waits: string } | Refused;

function judge(context: Context, balancer: LoadBalancer): Told | undefined {
  const { estate, state } = context;
  const refuse = (because: string, change: string): Refused => ({ subject: balancer.id, because, change });
  if (balancer.scheme === undefined)
    return refuse(
      `Whether ${balancer.name} is open to the internet is not known.`,
      'Collect elbv2:DescribeLoadBalancers.',
    );
  const now = balancer.subnets?.map((ref) => find(estate, ref));
  if (now === undefined || now.includes(undefined))
    return refuse(
      `The subnets of ${balancer.name} are not known.`,
      'Collect elbv2:DescribeLoadBalancers and ec2:DescribeSubnets.',
    );
  const subnets = now.filter((one) => one !== undefined);
  const vpc = find(estate, balancer.vpc) ?? find(estate, subnets[0]?.vpc);
  const shared = subnets.filter((subnet) => holdsData(context, subnet));
  const narrow = !inTwoZones(subnets);
  if (shared.length === 0 && !narrow) return undefined;
  const doors = vpc ? tierSubnets(estate, vpc, 'public').filter((one) => isOwn(one) || narrow) : [];
  if (doors.length === 0) return { waits: `public subnets of their own for ${balancer.name}` };
  const declared = declaredOf(state, balancer);
  if (!declared) return refuse(`${balancer.name} is not under the program's care.`, 'Collect its attributes and tags.');
  if (balancer.type !== 'application' && shared.length > 0)
    return refuse(
      `${balancer.name} is a network load balancer, of which a subnet can be taken away by replacing it only.`,
      'Make another beside it in the new subnets, let the names lead there, and delete this one.',
    );
  const steps = changes(context, subnets, shared, doors).map((change, n) =>
    stepOf(context, balancer, declared, change, n + 1, move.sources),
  );
  return steps.length > 0
    ? { steps }
    : refuse(`${balancer.name} would not be in two zones at every moment.`, 'Make public subnets in two of its zones.');
}

const isOwn = ({ tags }: Subnet): boolean => tags?.[TIER_TAG] === 'public' && tags.ManagedBy === 'underpin';

/** Whether a database or a cache may stand in the subnet, which is what has to become private. */
function holdsData({ estate, preferences }: Context, subnet: Subnet): boolean {
  const names = (groups: readonly { readonly subnets?: readonly { readonly id: string }[] | undefined }[]): boolean =>
    groups.some(({ subnets }) => subnets?.some(({ id }) => id === subnet.id) === true);
  if (isOwn(subnet)) return false;
  if (names(all(estate, 'cacheSubnetGroup'))) return true;
  // a database that fails over into other subnets leaves these as they are
  return preferences.databasePrivate !== 'failover' && names(all(estate, 'databaseSubnetGroup'));
}

interface Change {
  readonly kind: Step['kind'];
  readonly zone: string;
  readonly subnets: readonly Subnet[];
  readonly what: string;
}

/** Zone by zone: in a zone that has a new subnet one takes the other's place; where it has none, another zone comes first. */
function changes(
  { estate }: Context,
  subnets: readonly Subnet[],
  shared: readonly Subnet[],
  doors: readonly Subnet[],
): readonly Change[] {
  const found: Change[] = [];
  let now = subnets;
  const zone = (subnet: Subnet): string => zoneOf(estate, subnet);
  const put = (kind: Step['kind'], of: Subnet, next: readonly Subnet[], what: string): void => {
    found.push({ kind, zone: zone(of), subnets: next, what });
    now = next;
  };
  const lacking = shared.filter((old) => !doors.some((door) => zone(door) === zone(old)));
  if (lacking.length > 0 || !inTwoZones(now))
    for (const door of doors)
      if (!now.some((one) => zone(one) === zone(door))) put('expand', door, [...now, door], `${door.name} comes`);
  for (const old of shared) {
    const door = doors.find((one) => zone(one) === zone(old));
    const rest = now.filter(({ id }) => id !== old.id);
    if (door) put('switch', old, [...rest, door], `${door.name} takes the place of ${old.name}`);
    else if (inTwoZones(rest)) put('contract', old, rest, `${old.name} goes`);
    else return [];
  }
  return inTwoZones(now) ? found : [];
}

function stepOf(
  { scope, state }: Context,
  balancer: LoadBalancer,
  declared: DeclaredResource,
  { kind, zone, subnets, what }: Change,
  n: number,
  sources: readonly Source[],
): Step {
  return step({
    id: `${scope.stem}-rehomed-${slug(balancer.name)}-${n}`,
    title: `${balancer.name} in ${zone}: ${what}`,
    kind,
    move: 'balancer-rehomed',
    environment: scope.environment,
    why: 'A load balancer needs the route to the internet gateway; the databases beside it must not have it. So it moves to subnets that hold nothing else, one zone at a time, and the other zones serve meanwhile.',
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        properties: { subnets: subnets.map((subnet) => idOf(state, subnet)) },
      },
    ],
    gate: [
      {
        type: 'query',
        check:
          'It is active in every zone, its own name answers with addresses in all of them, and 5xx stay flat for half an hour.',
        query: `aws elbv2 describe-load-balancers --names ${balancer.name} --query 'LoadBalancers[].[State.Code,AvailabilityZones[].[ZoneName,SubnetId]]' && dig +short ${balancer.dnsName ?? ''}`,
      },
      { type: 'person', check: 'Nobody keeps the addresses of the balancer in a list of his: they change.' },
    ],
    duration: minutes(30, 60),
    clientsNotice: {
      from: 0,
      to: kind === 'expand' ? 0 : 60,
      what:
        kind === 'expand'
          ? 'Nothing.'
          : `Not tried, only put together from the pages of AWS: open connections by way of ${zone} may end and be opened again, and for as long as a resolver keeps the old address (a minute) a new one may have to be tried twice.`,
    },
    undo: { how: 'the subnets before', until: 'the old subnet becomes private', exact: true },
    sources,
  });
}
