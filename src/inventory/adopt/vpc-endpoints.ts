/** VPC endpoints as arguments: shared by their adopter and by that of the route tables they put routes into. */
import type { Answers } from '../answers.ts';
import { allStrings, allStringsIn } from '../fields.ts';
import type { Item } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { reader as prefixLists } from '../readers/prefix-list.ts';
import { idOf } from '../reading.ts';
import { said } from './adopter.ts';
import { ec2Arn, foreign, notTold } from './ec2.ts';

const ENDPOINTS = 'ec2:DescribeVpcEndpoints';

export interface WritableEndpoint {
  readonly item: Item;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly ignoreChanges: readonly string[];
  /** Tables that a gateway endpoint puts its route into. */
  readonly routeTables: readonly string[];
}

const known = new WeakMap<Answers, ReadonlyMap<string, WritableEndpoint | string>>();

/** By id: the arguments, or the sentence that says why there are none. */
export function judgedEndpoints(answers: Answers): ReadonlyMap<string, WritableEndpoint | string> {
  const before = known.get(answers);
  if (before) return before;
  const lists = prefixListsOf(answers);
  const cidrs = cidrsOf(answers);
  const judged = new Map<string, WritableEndpoint | string>();
  for (const item of answers.items(ENDPOINTS, 'VpcEndpoints')) {
    const id = idOf(item, 'VpcEndpointId');
    if (!judged.has(id)) judged.set(id, judge(item, id, lists.get(id), cidrs));
  }
  known.set(answers, judged);
  return judged;
}

/** The prefix list that each gateway endpoint routes, from the routes themselves. */
function prefixListsOf(answers: Answers): ReadonlyMap<string, string> {
  const lists = new Map<string, string>();
  for (const route of answers.nested('ec2:DescribeRouteTables', 'RouteTables', 'Routes')) {
    const [gateway, list] = [route.string('GatewayId'), route.string('DestinationPrefixListId')];
    if (gateway?.startsWith('vpce-') && list) lists.set(gateway, list);
  }
  return lists;
}

/** The blocks of each list that was read with them. */
const cidrsOf = (answers: Answers): ReadonlyMap<string, readonly string[]> =>
  new Map(
    prefixLists
      .read(answers)
      .flatMap((one) => (one.kind === 'prefixList' && one.cidrs !== undefined ? [[one.id, one.cidrs] as const] : [])),
  );

function judge(
  item: Item,
  id: string,
  prefixListId: string | undefined,
  cidrs: ReadonlyMap<string, readonly string[]>,
): WritableEndpoint | string {
  const because = foreign(item) ?? (item.string('VpcEndpointId') ? undefined : notTold(ENDPOINTS, 'id'));
  if (because !== undefined) return because;
  if (item.boolean('RequesterManaged') === true) return 'the service of AWS that made it keeps it';
  const state = item.string('State');
  if (state?.toLowerCase() !== 'available') return state === undefined ? notTold(ENDPOINTS, 'State') : `it is ${state}`;
  const vpcEndpointType = item.string('VpcEndpointType');
  const gateway = vpcEndpointType === 'Gateway';
  if (!gateway && vpcEndpointType !== 'Interface') return `its type is ${vpcEndpointType ?? 'not told'}`;
  const [vpcId, serviceName] = [item.string('VpcId'), item.string('ServiceName')];
  const routeTables = allStrings(item, 'RouteTableIds') ?? (gateway ? undefined : []);
  const subnets = allStrings(item, 'SubnetIds') ?? (gateway ? [] : undefined);
  const groups = allStringsIn(item, 'Groups', 'GroupId') ?? (gateway ? [] : undefined);
  const interfaces = allStrings(item, 'NetworkInterfaceIds');
  const privateDns = item.boolean('PrivateDnsEnabled');
  const policy = policyIn(item, 'PolicyDocument');
  if (!vpcId || !serviceName || !routeTables || !subnets || !groups || privateDns === undefined)
    return notTold(ENDPOINTS, 'service, tables, subnets, groups or names');
  if (gateway && routeTables.length > 0 && prefixListId === undefined)
    return 'the routes that it made were not read (ec2:DescribeRouteTables)';
  return {
    item,
    id,
    inputs: said({
      vpcId,
      serviceName,
      vpcEndpointType,
      ...(gateway
        ? { routeTableIds: [...routeTables].sort() }
        : {
            subnetIds: [...subnets].sort(),
            securityGroupIds: [...groups].sort(),
            ipAddressType: item.string('IpAddressType'),
          }),
      privateDnsEnabled: privateDns,
      policy,
    }),
    outputs: said({
      arn: ec2Arn(item, `vpc-endpoint/${id}`),
      prefixListId,
      cidrBlocks: prefixListId === undefined ? undefined : cidrs.get(prefixListId),
      networkInterfaceIds: interfaces && [...interfaces].sort(),
      state,
    }),
    // what was not read stays as it is
    ignoreChanges: policy === undefined ? ['policy'] : [],
    routeTables: gateway ? routeTables : [],
  };
}
