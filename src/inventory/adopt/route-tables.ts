/** Route tables as arguments, whole or not at all: a table that lacked one of its routes would read as another table. */
import type { Answers } from '../answers.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { foreign, notTold, ownItems } from './ec2.ts';
import { routesOf, type WritableRoute } from './routes.ts';
import { judgedEndpoints } from './vpc-endpoints.ts';
import { type JudgedVpc, judgedVpcs } from './vpcs.ts';

const TABLES = 'ec2:DescribeRouteTables';

export interface WritableTable {
  readonly item: Item;
  readonly id: string;
  readonly vpcId: string;
  /** Whether subnets that name no table use it. */
  readonly main: boolean;
  readonly routes: readonly WritableRoute[];
  readonly associations: readonly { readonly id: string; readonly at: string; readonly inputs: Properties }[];
}

export interface RefusedTable {
  readonly item: Item;
  readonly because: string;
}

const known = new WeakMap<Answers, readonly (WritableTable | RefusedTable)[]>();

export function judgedTables(answers: Answers): readonly (WritableTable | RefusedTable)[] {
  const before = known.get(answers);
  if (before) return before;
  const vpcs = judgedVpcs(answers);
  const endpoints = endpointsByTable(answers);
  const judged = ownItems(answers, TABLES, 'RouteTables', 'RouteTableId').map((item) => {
    const table = judge(item, vpcs, endpoints.get(item.string('RouteTableId') ?? '') ?? new Set());
    return typeof table === 'string' ? { item, because: table } : table;
  });
  known.set(answers, judged);
  return judged;
}

export const writableTables = (answers: Answers): readonly WritableTable[] =>
  judgedTables(answers).filter((one) => 'id' in one);

function endpointsByTable(answers: Answers): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>();
  for (const endpoint of judgedEndpoints(answers).values()) {
    if (typeof endpoint === 'string') continue;
    for (const table of endpoint.routeTables) tables.set(table, new Set([...(tables.get(table) ?? []), endpoint.id]));
  }
  return tables;
}

function judge(
  item: Item,
  vpcs: ReadonlyMap<string, JudgedVpc>,
  endpoints: ReadonlySet<string>,
): WritableTable | string {
  const because = foreign(item);
  if (because !== undefined) return because;
  const id = item.string('RouteTableId');
  const vpcId = item.string('VpcId');
  if (!id || !vpcId) return notTold(TABLES, id ? 'VPC' : 'id');
  const vpc = vpcs.get(vpcId);
  if (vpc === undefined) return `its VPC ${vpcId} was not read (ec2:DescribeVpcs)`;
  if (typeof vpc === 'string') return `its VPC ${vpcId} is not adopted: ${vpc}`;
  const associated = associationsOf(item, id);
  if (typeof associated === 'string') return associated;
  const routes = routesOf(item, id, vpc, endpoints);
  return typeof routes === 'string' ? routes : { item, id, vpcId, routes, ...associated };
}

function associationsOf(item: Item, table: string): Pick<WritableTable, 'main' | 'associations'> | string {
  const told = allItems(item, 'Associations');
  if (told === undefined) return notTold(TABLES, 'associations');
  const associations: { id: string; at: string; inputs: Properties }[] = [];
  let main = false;
  for (const one of told) {
    const state = one.item('AssociationState')?.string('State');
    if (state === 'disassociated' || state === 'failed') continue;
    const [id, subnetId, gatewayId] = [
      one.string('RouteTableAssociationId'),
      one.string('SubnetId'),
      one.string('GatewayId'),
    ];
    const at = subnetId || gatewayId;
    // being the main table has no import: the VPC tells which one is
    if (one.boolean('Main') === true && !at) main = true;
    else if (!id || !at) return notTold(TABLES, 'associations wholly');
    else associations.push({ id, at, inputs: { [subnetId ? 'subnetId' : 'gatewayId']: at, routeTableId: table } });
  }
  return { main, associations };
}
