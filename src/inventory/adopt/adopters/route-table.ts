import type { Answers } from '../../answers.ts';
import { idOf } from '../../reading.ts';
import type { Adopter, Adoption, Whole } from '../adopter.ts';
import { ec2Arn, nameOf, refused, written } from '../ec2.ts';
import { judgedTables, type WritableTable } from '../route-tables.ts';

const TABLE = 'aws:ec2/routeTable:RouteTable';
const ROUTE = 'aws:ec2/route:Route';
const ASSOCIATION = 'aws:ec2/routeTableAssociation:RouteTableAssociation';

/**
 * Tables, each route and each association a resource of its own. The main table of a VPC is one like the others: as a
 * `DefaultRouteTable` it would lose its routes, and that it is the main one has no import and stays with the VPC.
 * https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultroutetable/
 */
export const adopter: Adopter = {
  name: 'route-table',
  types: [TABLE, ROUTE, ASSOCIATION],
  operations: [
    'ec2:DescribeRouteTables',
    'ec2:DescribeVpcs',
    'ec2:DescribeVpcAttribute',
    'ec2:DescribeVpcEndpoints',
    'ec2:DescribeSubnets',
  ],
  adopt: (answers) => {
    const subnets = subnetNames(answers);
    return judgedTables(answers).flatMap((table) =>
      'because' in table
        ? [refused(TABLE, { kind: 'routeTable', id: idOf(table.item, 'RouteTableId') }, table.because)]
        : tableOf(table, subnets),
    );
  },
};

function tableOf(table: WritableTable, subnets: ReadonlyMap<string, string>): readonly Adoption[] {
  const { item, id, vpcId } = table;
  const of: Whole = { kind: 'routeTable', id };
  const outputs = { arn: ec2Arn(item, `route-table/${id}`) };
  return [
    written(item, { type: TABLE, id, of, inputs: { vpcId }, outputs }),
    ...table.routes.map((route) =>
      written(item, {
        type: ROUTE,
        id: `${id}_${route.destination}`,
        name: `${nameOf(item, id)}-${spoken(route.destination)}`,
        of,
        inputs: route.inputs,
        outputs: route.outputs,
        tags: false,
      }),
    ),
    ...table.associations.map((one) =>
      written(item, {
        type: ASSOCIATION,
        id: one.id,
        importId: `${one.at}/${id}`,
        name: subnets.get(one.at) ?? one.at,
        of,
        inputs: one.inputs,
        tags: false,
      }),
    ),
  ];
}

const spoken = (destination: string): string =>
  destination === '0.0.0.0/0' ? 'default' : destination === '::/0' ? 'default-ipv6' : destination;

/** Name tags: an association is called after its subnet. */
const subnetNames = (answers: Answers): ReadonlyMap<string, string> =>
  new Map(
    answers
      .items('ec2:DescribeSubnets', 'Subnets')
      .map((item) => [item.string('SubnetId') ?? '', nameOf(item, item.string('SubnetId') ?? '')] as const),
  );
