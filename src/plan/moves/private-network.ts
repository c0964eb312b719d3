import { statusOf } from '../../estate/coverage.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { idOf, slug } from '../structure/names.ts';
import { type NetworkEdits, networkEdits, networkName } from '../structure/network.ts';
import { onwardRoutes } from '../structure/onward-routes.ts';
import { outsideFunctions } from '../structure/outside-functions.ts';
import { tierSubnets, vpcsOf } from '../structure/tiers.ts';
import { blocksFor } from '../structure/vpc-blocks.ts';
import { needsOf, zonesFor } from '../structure/vpc-needs.ts';

const GUIDE = 'https://docs.aws.amazon.com/vpc/latest/userguide';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'private-network',
  title: 'Private subnets, with a way out and public subnets of their own for the doors',
  about: 'Programs and databases get a place that no route from the internet leads to.',
  scope: 'environment',
  risk: 'additive',
  enables: [
    'way-in',
    'functions-inside',
    'fargate',
    'database-private',
    'cache-private',
    'balancer-rehomed',
    'replicas-over-zones',
    'database-two-zones',
    'aurora',
  ],
  variants: [
    { name: 'per-zone', tradeOff: 'one NAT gateway in each zone: no zone needs another, and each costs by the hour' },
    { name: 'single', tradeOff: 'one NAT gateway for all zones: cheaper, and without its zone nobody gets out' },
  ],
  preconditions: [
    'the VPC, its subnets, route tables and internet gateway were read',
    'routes to other networks (VPN, transit gateway, peering) are written into the tables, so that the new ones get them too',
    'there is room in the VPC, or AWS lets it have a further block',
    'the account may have one Elastic IP address more for each NAT gateway (5 by default)',
  ],
  undo: 'delete what was added, as long as nothing stands in it',
  sources: [
    {
      claim: 'a subnet without a table of its own uses the main one, which in a default VPC leads to the internet',
      url: `${GUIDE}/WorkWithRouteTables.html`,
      certainty: 'documented',
    },
    {
      claim: 'the addresses of a subnet can not be changed later',
      url: `${GUIDE}/subnet-sizing.html`,
      certainty: 'documented',
    },
    {
      claim: 'a gateway endpoint cuts open connections to S3 on a table in use, so it is put on new tables only',
      url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
      certainty: 'documented',
    },
    {
      claim: 'a NAT gateway never leaves its subnet, so it stands where the route stays public',
      url: `${GUIDE}/nat-gateway-basics.html`,
      certainty: 'documented',
    },
    { claim: 'it takes 5 to 20 minutes', url: `${GUIDE}/vpc-nat-gateway.html`, certainty: 'estimate' },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const vpcs = vpcsOf(estate, scope.holds);
    const plans = vpcs.flatMap((vpc) => planFor(context, vpc, vpcs.length > 1) ?? []);
    const refusals = plans.flatMap((plan) => ('refused' in plan ? plan.refused : []));
    const networks = plans.flatMap((plan) => ('edits' in plan ? [plan] : []));
    if (networks.length > 0)
      return { state: 'ready', steps: stepsFor(context, networks), refusals, variant: natMode(context) };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

const natMode = ({ preferences }: Context): 'per-zone' | 'single' => preferences.nat ?? 'per-zone';

interface Planned {
  readonly vpc: Vpc;
  readonly name: string;
  readonly edits: NetworkEdits;
  /** Destinations of the ways to other networks. */
  readonly onward: readonly string[];
  readonly things: number;
}

function planFor(
  context: Context,
  vpc: Vpc,
  several: boolean,
): Planned | { readonly refused: readonly Refused[] } | null {
  const { estate, state, scope, preferences } = context;
  const refuse = (because: string, change: string) => ({ refused: [{ subject: vpc.id, because, change }] });
  const unread = notRead(estate, vpc);
  if (unread !== undefined) return refuse(`What ${unread} tells of ${vpc.name} is not known.`, `Collect ${unread}.`);
  const callers = outsideFunctions(estate, scope.holds).found.filter((one) => one.vpc.id === vpc.id);
  const needs = needsOf(
    estate,
    vpc,
    callers.map(({ fn }) => fn),
  );
  const [unclear] = needs.unclear;
  if (unclear)
    return refuse(
      `Whether ${unclear.name} is a public subnet is not known.`,
      'Collect ec2:DescribeRouteTables and ec2:DescribeInternetGateways.',
    );
  if (needs.tiers.length === 0) return null;
  if (vpc.dnsSupport === false)
    return refuse(
      `${vpc.name} answers no DNS questions, so nothing in it could find a database by its private address.`,
      'Turn enableDnsSupport on.',
    );
  const gateway = all(estate, 'internetGateway').find(({ vpcs }) => vpcs?.some(({ id }) => id === vpc.id));
  if (gateway === undefined && needs.tiers.includes('public'))
    return refuse(
      `${vpc.name} has no internet gateway that is known, so there is no way out for a NAT gateway.`,
      'Attach an internet gateway, or collect ec2:DescribeInternetGateways.',
    );
  const zones = zonesFor(estate, vpc, preferences.zones);
  if ('refused' in zones) return refuse(zones.refused, zones.change);
  const onward = onwardRoutes(estate, state, vpc);
  if ('refused' in onward) return refuse(onward.refused, onward.change);
  const stem = several ? `${scope.stem}-${slug(vpc.name)}` : scope.stem;
  const name = networkName(state, stem);
  const blocks = blocksFor(estate, vpc, name, zones.letters, needs.tiers);
  if (blocks === undefined)
    return refuse(
      `${vpc.name} (${(vpc.cidrs ?? []).join(', ')}) has no room for ${needs.tiers.join(', ')} subnets in ${zones.letters.length} zones, and no further block fits.`,
      'Delete subnets that nothing uses, or ask AWS for more blocks a VPC (5 by default).',
    );
  const doors = tierSubnets(estate, vpc, 'public');
  const publicIn = (zone: string): string | undefined => {
    const found =
      doors.find((subnet: Subnet) => find(estate, subnet.zone)?.name === `${vpc.region}${zone}`) ?? doors[0];
    return found && idOf(state, found);
  };
  return {
    vpc,
    name,
    things: needs.misplaced.length + callers.length,
    onward: onward.routes.map(({ destination }) => destination),
    edits: networkEdits(
      state,
      { vpc, name, zones: zones.letters, ...blocks, gateway, onward: onward.routes, publicIn },
      natMode(context),
    ),
  };
}

/** The first answer without which a block could be planned over something, or a subnet be taken for private. */
function notRead(estate: Estate, vpc: Vpc): string | undefined {
  const where = { account: vpc.account, region: vpc.region };
  const operations = ['ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'];
  const missing = operations.find((operation) => statusOf(estate.coverage, operation, where) !== 'read');
  if (missing !== undefined) return missing;
  if (vpc.cidrs === undefined || vpc.cidrs.length === 0) return 'ec2:DescribeVpcs';
  const subnets = all(estate, 'subnet').filter((subnet) => subnet.vpc.id === vpc.id);
  return subnets.some(({ cidr, zone }) => cidr === undefined || zone === undefined) ? 'ec2:DescribeSubnets' : undefined;
}

function stepsFor(context: Context, networks: readonly Planned[]): readonly Step[] {
  const { scope, estate } = context;
  const addresses = networks.flatMap(({ edits }) => edits.addresses);
  const waysOut = networks.flatMap(({ edits }) => edits.waysOut);
  const names = networks.map(({ vpc }) => vpc.name).join(' and ');
  const ids = networks.map(({ vpc }) => vpc.id).join(',');
  const common = { move: move.name, environment: scope.environment, clientsNotice: NOTHING_NOTICED } as const;
  const undo = { how: 'delete what the step made', until: 'something stands in the new subnets', exact: true } as const;
  const gateways = waysOut.filter(({ type }) => type === 'aws:ec2/natGateway:NatGateway').length;
  const inUse = all(estate, 'elasticIp').filter(({ region }) =>
    networks.some(({ vpc }) => vpc.region === region),
  ).length;
  const onward = [...new Set(networks.flatMap((one) => one.onward))].sort();
  const steps: Step[] = [];
  if (addresses.length > 0)
    steps.push(
      step({
        ...common,
        id: `${scope.stem}-private-network-addresses`,
        title: `A further block of addresses for ${names}`,
        kind: 'expand',
        why: 'The VPC has no room for subnets that could be grown into, and the addresses of a subnet can never be changed.',
        edits: addresses,
        gate: [
          {
            type: 'query',
            check: 'The block is associated.',
            query: `aws ec2 describe-vpcs --vpc-ids ${ids.replaceAll(',', ' ')} --query 'Vpcs[].CidrBlockAssociationSet[].[CidrBlock,CidrBlockState.State]'`,
          },
        ],
        duration: minutes(1, 5),
        undo: { ...undo, until: 'a subnet uses the block' },
        sources: [
          {
            claim:
              'AWS puts a local route to the block into every table by itself, and does not mix the private families',
            url: `${GUIDE}/vpc-cidr-blocks.html`,
            certainty: 'documented',
          },
        ],
      }),
    );
  steps.push(
    step({
      ...common,
      id: `${scope.stem}-private-network-subnets`,
      title: `New subnets in ${names}, with route tables of their own`,
      kind: 'expand',
      why: whyOf(networks),
      edits: networks.flatMap(({ edits }) => edits.subnets),
      gate: [
        {
          type: 'query',
          check: 'Every new subnet is tied to a table of its own by name; the main table is not used.',
          query: `aws ec2 describe-route-tables --filters Name=vpc-id,Values=${ids} --query 'RouteTables[].[RouteTableId,Associations[].[SubnetId,Main]]'`,
        },
        ...(onward.length > 0
          ? [
              {
                type: 'person' as const,
                check: `Whoever looks after the networks behind ${onward.join(', ')} lets the new subnets in as the old ones: routes back, firewalls, and in each zone a subnet of the transit gateway where there is one.`,
              },
            ]
          : []),
        ...(inUse + gateways > 5
          ? [
              {
                type: 'query' as const,
                check: `The account may have ${inUse + gateways} Elastic IP addresses; it is 5 where nobody asked for more.`,
                query: 'aws service-quotas get-service-quota --service-code ec2 --quota-code L-0263D0A3',
              },
            ]
          : []),
      ],
      duration: minutes(1, 5),
      undo,
      sources: move.sources.slice(0, 2),
    }),
  );
  steps.push(
    step({
      ...common,
      id: `${scope.stem}-private-network-way-out`,
      title:
        gateways > 0 ? `A way out for the private subnets of ${names}` : `A free way to S3 and DynamoDB for ${names}`,
      kind: 'expand',
      why: 'Programs in private subnets pull images, call AWS and payment providers; they go out through NAT, and to S3 and DynamoDB by a free way of their own.',
      edits: waysOut,
      gate: [
        { type: 'query', check: 'Every new NAT gateway is available.', query: natQuery(ids) },
        {
          type: 'person',
          check:
            'Whoever keeps a list of the addresses that you call from (payment provider, partner, office firewall) has the new ones on it.',
        },
      ],
      duration: minutes(3, 15),
      undo,
      sources: move.sources.slice(2),
    }),
  );
  return steps;
}

const natQuery = (ids: string): string =>
  `aws ec2 describe-nat-gateways --filter Name=vpc-id,Values=${ids} --query 'NatGateways[].[NatGatewayId,State,NatGatewayAddresses[0].PublicIp]'`;

function whyOf(networks: readonly Planned[]): string {
  const things = networks.reduce((sum, one) => sum + one.things, 0);
  const what = things === 1 ? 'One thing stands' : `${things} things stand`;
  return `${things === 0 ? 'What runs here stands in one zone only' : `${what} where the internet can reach, or outside of the VPC`}; nothing can move before there is a private place for it. What stays public (load balancers, NAT, a bastion) gets subnets of its own, since the old ones are to become private. Nothing that runs uses the new subnets yet.`;
}
