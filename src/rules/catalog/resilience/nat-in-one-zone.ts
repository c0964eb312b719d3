import { natUses } from '../../../analyse/placement/nat.ts';
import { zonesOf } from '../../../analyse/resilience/zones.ts';
import { NAT, network, VPC } from '../../examples/network.ts';
import { fact, link, unknown } from '../../proof.ts';
import { defineRule, type Example } from '../../rule.ts';

const GONE = new Set(['deleting', 'deleted', 'failed']);

/** The network with one NAT gateway that stands in no zone of its own. */
const regional = (): Example => ({
  ...network(),
  'ec2:DescribeNatGateways': {
    NatGateways: [
      {
        NatGatewayId: NAT,
        VpcId: VPC,
        State: 'available',
        ConnectivityType: 'public',
        AvailabilityMode: 'regional',
        NatGatewayAddresses: [],
        Tags: [],
      },
    ],
  },
});

export const rule = defineRule({
  id: 'nat-in-one-zone',
  problem: 3,
  severity: 'medium',
  title: 'One NAT gateway carries the way out of other zones',
  why: 'When its zone fails, servers in the healthy zones lose their way out too: no image pulls, no payment provider, no AWS API. The service is then down everywhere although one zone failed.',
  fix: 'A regional NAT gateway, or one in each zone with a route table of its own.',
  fixedBy: ['private-network'],
  subject: 'natGateway',
  needs: ['ec2:DescribeNatGateways', 'ec2:DescribeRouteTables', 'ec2:DescribeSubnets'],
  messages: { one: '{name} in {zone} is the way out for {n} subnet(s) of other zones ({zones})' },
  check(subject, estate) {
    if (subject.state !== undefined && GONE.has(subject.state)) return { state: 'notApplicable' };
    if (subject.availability === 'regional') return { state: 'pass' };
    const { users, untold } = natUses(estate);
    const uses = users.get(subject.id) ?? [];
    const blind = subject.vpc === undefined || untold.has(subject.vpc.id);
    if (uses.length === 0)
      return blind
        ? unknown(subject, 'ec2:DescribeRouteTables', 'which subnets go out through a NAT gateway')
        : { state: 'notApplicable' };
    const own = zonesOf(estate, subject);
    if (!own.known) return { state: 'unknown', missing: own.missing };
    if (subject.availability === undefined || own.scope === 'regional')
      return unknown(subject, 'ec2:DescribeNatGateways', 'whether a NAT gateway is regional');
    const [zone = ''] = own.zones;
    const others = uses.filter(({ subnet }) => subnet.zone !== undefined && subnet.zone.id !== zone);
    if (others.length === 0) {
      if (blind || uses.some(({ subnet }) => subnet.zone === undefined))
        return unknown(subject, 'ec2:DescribeSubnets', 'the zone and the route table of every subnet');
      return { state: 'pass' };
    }
    const zones = [...new Set(others.flatMap(({ subnet }) => subnet.zone?.id ?? []))].sort();
    return {
      state: 'fail',
      message: 'one',
      data: { name: subject.name, zone, n: others.length, zones: zones.join(', ') },
      proof: [
        subject.subnet
          ? link(subject, subject.subnet, `${subject.name} stands in ${subject.subnet.id}, in ${zone}`)
          : fact(subject, 'SubnetId', `${subject.name} stands in ${zone}`),
        ...others.map(({ subnet, table, route }) => ({
          resource: subnet.id,
          by: table.id,
          code: 'route',
          detail: `${subnet.name} in ${subnet.zone?.id ?? 'another zone'} goes out through ${subject.name} by ${table.name} (${table.id})`,
          provenance: route.source,
        })),
      ],
      related: others.map(({ subnet }) => subnet),
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  examples: { bad: network(), good: regional() },
});
