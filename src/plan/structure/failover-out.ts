/**
 * The way of a database out of a public subnet by its own standby, in the only order that works: RDS gives up a subnet of
 * the group when nothing stands in it, and puts a standby into a zone that the primary is not in.
 */
import { find } from '../../estate/estate.ts';
import type { Database, DatabaseSubnetGroup } from '../../estate/kinds/data.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Context } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { copied, subnetsOf, vpcOf } from './databases.ts';
import { declaredOf } from './declared.ts';
import { idOf, slug } from './names.ts';
import { inTwoZones, tierSubnets } from './tiers.ts';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

interface Plan {
  readonly context: Context;
  readonly move: string;
  readonly database: Database;
  readonly declared: DeclaredResource;
  readonly group: DatabaseSubnetGroup;
  readonly declaredGroup: DeclaredResource;
  /** Where it stands now, and stays until the failover. */
  readonly from: Subnet;
  readonly data: readonly Subnet[];
}

export type WayOut =
  | { readonly steps: readonly Step[] }
  | { readonly waits: string }
  | { readonly because: string; readonly change: string };

export function failoverOut(context: Context, move: string, database: Database): WayOut {
  const { estate, state } = context;
  const vpc = vpcOf(estate, database);
  const group = find(estate, database.subnetGroup);
  const declared = declaredOf(state, database);
  const declaredGroup = group && declaredOf(state, group);
  if (!vpc || !group || !declared || !declaredGroup)
    return {
      because: `${database.name} or its subnet group is not under the program's care.`,
      change: 'Collect what was not read of them.',
    };
  const from = subnetsOf(estate, database)?.find(({ zone }) => zone?.id === database.zone?.id);
  if (!from || database.multiAz === undefined)
    return {
      because: `In which subnet ${database.name} stands, or whether it has a standby, is not known.`,
      change: 'Collect rds:DescribeDBInstances and ec2:DescribeSubnets.',
    };
  const data = tierSubnets(estate, vpc, 'data');
  if (!inTwoZones(data)) return { waits: `private subnets in two zones of ${vpc.name}` };
  const others = data.filter(({ zone }) => zone?.id !== from.zone?.id);
  if (others.length === 0) return { waits: `a private subnet in another zone than ${from.zone?.id}` };
  const plan: Plan = { context, move, database, declared, group, declaredGroup, from, data };
  const [first] = others;
  if (!first) return { waits: 'a private subnet in another zone' };
  return {
    steps: [
      copied(context, move, [database], `${move}-${slug(database.name)}-copied`),
      ...(database.multiAz ? [alone(plan, 'before', 'so that its standby can be made anew in a private subnet')] : []),
      // one private subnet only: so it is known where the standby stands
      subnets(plan, 'one', [from, first]),
      standby(plan, 'in-private'),
      failover(plan, first),
      alone(plan, 'after', `which drops the old half in ${from.name}`),
      subnets(plan, 'two', data),
      standby(plan, 'again'),
    ],
  };
}

const common = ({ context, move }: Plan) => ({ move, environment: context.scope.environment }) as const;
const idOfStep = ({ context, move, database }: Plan, part: string): string =>
  `${context.scope.stem}-${move}-${slug(database.name)}-${part}`;

const settled = ({ database }: Plan) => ({
  type: 'query' as const,
  check: 'available, nothing pending, and the zones are the ones named here.',
  query: `aws rds describe-db-instances --db-instance-identifier ${database.identifier} --query 'DBInstances[0].[DBInstanceStatus,MultiAZ,AvailabilityZone,SecondaryAvailabilityZone,PendingModifiedValues]'`,
});

function subnets(plan: Plan, part: string, list: readonly Subnet[]): Step {
  const { context, declaredGroup, group, database } = plan;
  return step({
    ...common(plan),
    id: idOfStep(plan, `subnets-${part}`),
    title: `The subnet group ${group.name} is ${list.map(({ name }) => name).join(', ')}`,
    kind: 'switch',
    why: `The subnet group says where ${database.name} may stand. What is in use stays in it until it is left.`,
    edits: [
      {
        op: 'update',
        type: declaredGroup.type,
        name: declaredGroup.name,
        properties: { subnetIds: list.map((subnet) => idOf(context.state, subnet)) },
      },
    ],
    gate: [
      {
        type: 'query',
        check: 'The group is Complete.',
        query: `aws rds describe-db-subnet-groups --db-subnet-group-name ${group.name} --query 'DBSubnetGroups[0].[SubnetGroupStatus,Subnets[].SubnetIdentifier]'`,
      },
    ],
    duration: minutes(1, 5),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'the list before', until: 'the standby stands in one of the new ones', exact: true },
    sources: [
      {
        claim: 'a subnet that nothing stands in can be taken out of the group',
        url: `${RDS}/USER_VPC.WorkingWithRDSInstanceinaVPC.html`,
        certainty: 'composed',
      },
    ],
  });
}

function standby(plan: Plan, part: string): Step {
  const { declared, database } = plan;
  return step({
    ...common(plan),
    id: idOfStep(plan, `standby-${part}`),
    title: `A standby for ${database.name} in a private subnet`,
    kind: 'expand',
    why: 'AWS makes the standby in another zone of the subnet group, and there only private subnets are left.',
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        properties: { multiAz: true, applyImmediately: true },
      },
    ],
    gate: [settled(plan)],
    duration: minutes(10, 360),
    clientsNotice: {
      from: 0,
      to: 0,
      what: 'No interruption; writes are slower for minutes to hours while the standby is filled.',
    },
    undo: { how: 'multiAz back to false', until: 'the failover', exact: true },
    sources: [
      {
        claim: 'adding a standby does not interrupt the database',
        url: `${RDS}/Concepts.MultiAZSingleStandby.html`,
        certainty: 'documented',
      },
    ],
  });
}

function failover(plan: Plan, to: Subnet): Step {
  const { database, from, context } = plan;
  const when = context.preferences.maintenanceWindow ?? 'the quietest hour';
  return step({
    ...common(plan),
    id: idOfStep(plan, 'failover'),
    title: `${database.name} fails over into ${to.name}`,
    kind: 'act',
    why: 'The standby in the private subnet becomes the database, under the same address.',
    actions: [
      {
        operation: 'rds:RebootDBInstance',
        parameters: { DBInstanceIdentifier: database.identifier, ForceFailover: true },
        command: `aws rds reboot-db-instance --db-instance-identifier ${database.identifier} --force-failover`,
      },
    ],
    effects: [
      {
        op: 'set',
        kind: 'database',
        id: database.id,
        fields: { zone: to.zone, secondaryZone: from.zone },
      },
    ],
    gate: [
      settled(plan),
      {
        type: 'query',
        check: `Inside the VPC the address resolves to an address of ${to.cidr ?? to.name}.`,
        query: `dig +short ${database.endpoint?.host ?? 'THE-ADDRESS'}`,
      },
    ],
    duration: minutes(1, 10),
    clientsNotice: {
      from: 60,
      to: 120,
      what: `Connections end, and new ones succeed after one to two minutes; longer with large transactions, and for clients that keep names for longer than AWS says. Do it in ${when}.`,
    },
    undo: { how: 'fail over again, for another minute or two', until: 'the standby is dropped', exact: false },
    sources: [
      {
        claim: 'a failover takes 60 to 120 seconds',
        url: `${RDS}/Concepts.MultiAZ.Failover.html`,
        certainty: 'documented',
      },
    ],
  });
}

/** The only stretch in which the database has no standby. */
function alone(plan: Plan, part: string, because: string): Step {
  const { declared, database, context } = plan;
  const flows = context.estate.flows.filter(({ to, from }) =>
    [to, from].some((end) => end.type === 'resource' && end.id === database.id),
  );
  return step({
    ...common(plan),
    id: idOfStep(plan, `alone-${part}`),
    title: `${database.name} drops its standby`,
    kind: 'contract',
    why: `Until the next standby is filled it stands alone, ${because}.`,
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        properties: { multiAz: false, applyImmediately: true },
      },
    ],
    gate: [settled(plan)],
    duration: minutes(5, 20),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'multiAz back to true', until: 'always', exact: true },
    sources: [
      {
        claim: 'dropping a standby does not interrupt the database',
        url: `${RDS}/Overview.DBInstance.Modifying.html`,
        certainty: 'documented',
      },
    ],
    declares: {
      thinner: flows.map(({ id }) => ({
        flow: id,
        until: 'the standby in the private subnet is filled, in minutes to hours',
      })),
    },
  });
}
