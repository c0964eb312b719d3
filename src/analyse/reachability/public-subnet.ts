/** Whether a subnet is public: its route table leads to an attached internet gateway. */
import type { Estate } from '../../estate/estate.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import { recalled } from '../../estate/memory.ts';
import { ALL_TRAFFIC, INTERNET, NO_ADDRESSES } from '../../estate/sets/index.ts';
import type { Verdict } from '../verdict.ts';
import type { Face } from './faces.ts';
import { toInternetGateway } from './gateways.ts';
import { lacking, type Network, networkOf } from './network.ts';
import { judge } from './path.ts';
import { routeStage } from './stages.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types */
export const publicSubnet = recalled((estate: Estate, subnet: Subnet): Verdict => {
  const network: Network = networkOf(estate);
  const face: Face = {
    id: subnet.id,
    name: subnet.name,
    vpc: subnet.vpc.id,
    subnet,
    groups: 'none',
    addresses: NO_ADDRESSES,
    exact: true,
    hasPublic: undefined,
    publicAddresses: undefined,
    hasIpv6: undefined,
    sourceDestCheck: undefined,
    interfaceType: undefined,
    owner: undefined,
    assumptions: [],
    source: subnet.source,
    missing: lacking(network, 'ec2:DescribeRouteTables', subnet, 'the routes'),
  };
  const stage = routeStage(network, face, {
    clause: 'route',
    accept: toInternetGateway(network, subnet.vpc.id),
    towards: 'the internet gateway',
  });
  return judge(
    { stages: [stage], way: [subnet.id], assumptions: [] },
    { addresses: INTERNET, traffic: ALL_TRAFFIC },
    network.ignored,
  ).verdict;
});
