import { isPublic } from '../../analyse/internet/subnets.ts';
import { find } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Context, Move, Refusal } from '../move.ts';
import type { Step } from '../step.ts';
import { acceptedSeconds, standAlone, subnetsOf, unclear } from '../structure/databases.ts';
import { failoverOut } from '../structure/failover-out.ts';
import { flips, isHeld, privateTable, publicOnes } from '../structure/route-flip.ts';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'database-private',
  title: 'Databases leave the public subnets',
  about: 'No road leads from the internet to a database: no single mistake makes it public any more.',
  scope: 'environment',
  risk: 'closing',
  variants: [
    {
      name: 'flip',
      tradeOff:
        '0 seconds for clients: the subnets of the databases lose their public route where they are. Everything that needs that route (load balancers, NAT, servers with public addresses) has to leave them first.',
    },
    {
      name: 'failover',
      tradeOff:
        '60 to 120 seconds for clients, once, and hours of slower writes: the database fails over into a private subnet. The other things in the public subnets may stay.',
    },
  ],
  preconditions: [
    'the databases have no public address any more',
    'flip: a private route table with a way out in the VPC; nothing in the subnets needs the internet gateway',
    'failover: private subnets in two zones, and no read replica in the same subnet group',
  ],
  undo: 'flip: the old table again, in seconds; failover: another failover back',
  sources: [
    {
      claim: 'a subnet is public by its route to an internet gateway, and by nothing else',
      url: 'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html',
      certainty: 'documented',
    },
    {
      claim: 'a subnet that turns private may cut off a database that still has a public address',
      url: `${RDS}/USER_VPC.WorkingWithRDSInstanceinaVPC.html`,
      certainty: 'documented',
    },
    {
      claim: 'RDS refuses another subnet group of the same VPC, but takes other subnets in the group that it has',
      url: `${RDS}/USER_VPC.WorkingWithRDSInstanceinaVPC.html`,
      certainty: 'composed',
    },
  ],
  propose: (context) => {
    const { estate, preferences } = context;
    const refusals: Refused[] = [...unclear(context)];
    const placed: { readonly database: Database; readonly subnets: readonly Subnet[] }[] = [];
    for (const database of standAlone(context)) {
      const subnets = subnetsOf(estate, database);
      const unclear = subnets?.find((subnet) => isPublic(estate, subnet).answer === 'unknown');
      if (subnets === undefined && database.subnetGroup !== null)
        refusals.push({
          subject: database.id,
          because: `The subnets of ${database.name} are not known.`,
          change: 'Collect rds:DescribeDBSubnetGroups and ec2:DescribeSubnets.',
        });
      else if (unclear)
        refusals.push({
          subject: database.id,
          because: `Whether ${unclear.name}, where ${database.name} may stand, is public is not known.`,
          change: 'Collect ec2:DescribeRouteTables and ec2:DescribeInternetGateways.',
        });
      else if (publicOnes(estate, subnets ?? []).length > 0)
        placed.push({ database, subnets: publicOnes(estate, subnets ?? []) });
    }
    if (placed.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    const open = placed.find(({ database }) => database.publiclyAccessible !== false);
    if (open)
      return { state: 'waits', for: `${open.database.name} still has a public address, or the input does not tell` };
    const variant = preferences.databasePrivate ?? 'flip';
    const told = variant === 'flip' ? flipped(context, placed, refusals) : failedOverOut(context, placed, refusals);
    if ('waits' in told) return { state: 'waits', for: told.waits };
    if (told.steps.length === 0) return { state: 'refused', refusals };
    return { state: 'ready', steps: told.steps, refusals, variant };
  },
};

type Placed = readonly { readonly database: Database; readonly subnets: readonly Subnet[] }[];
type Told = { readonly steps: readonly Step[] } | { readonly waits: string };

function flipped(context: Context, placed: Placed, refusals: Refused[]): Told {
  const { estate } = context;
  const subnets = publicOnes(
    estate,
    placed.flatMap((one) => one.subnets),
  );
  const bare = subnets.find((subnet) => privateTable(estate, subnet) === undefined);
  if (bare) return { waits: `a private route table with a way out in the VPC of ${bare.name}` };
  const foreign = subnets.filter((subnet) => !isHeld(context, subnet));
  for (const subnet of foreign)
    refusals.push({
      subject: subnet.id,
      because: `The route table association of ${subnet.name} is not under the program's care.`,
      change: 'Collect ec2:DescribeRouteTables.',
    });
  if (foreign.length > 0) return { steps: [] };
  const names = placed.map(({ database }) => database.name).join(', ');
  return { steps: flips(context, move.name, subnets, names) };
}

function failedOverOut(context: Context, placed: Placed, refusals: Refused[]): Told {
  const steps: Step[] = [];
  for (const { database } of placed) {
    const group = find(context.estate, database.subnetGroup);
    const others = placed.filter((one) => one.database !== database && one.database.subnetGroup?.id === group?.id);
    if (database.replicaOf)
      return { waits: `${database.name} still stands in a public subnet: a replica in private ones takes over first` };
    if (others.length > 0)
      return { waits: `${others.map((one) => one.database.name).join(', ')} to leave the same subnet group` };
    if (acceptedSeconds(context) < 60) {
      refusals.push({
        subject: database.id,
        because: `Failing over into a private subnet interrupts ${database.name} for 60 to 120 seconds, and you accept ${acceptedSeconds(context)}.`,
        change: "Accept them: acceptedSeconds: 120, or take the other way: databasePrivate: 'flip'.",
      });
      continue;
    }
    const told = failoverOut(context, move.name, database);
    if ('waits' in told) return told;
    if ('because' in told) refusals.push({ subject: database.id, ...told });
    else steps.push(...told.steps);
  }
  return { steps };
}
