import { belongsOutside } from '../../../analyse/internet/servers.ts';
import { tellSubnets } from '../../../analyse/internet/subnets.ts';
import { tenants } from '../../../analyse/internet/tenants.ts';
import { hasWayOut } from '../../../analyse/internet/ways-out.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { find } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { instance, instanceAnswer, network, publicSubnet } from '../../examples/network.ts';
import { onlyPublic } from '../../examples/open.ts';
import { missingIn } from '../../implied.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** Who may stand in a VPC, and be seen nowhere else. */
const TENANTS = ['ec2:DescribeInstances', 'rds:DescribeDBInstances'];

export const rule = defineRule({
  id: 'no-private-subnets',
  problem: 1,
  severity: 'medium',
  title: 'A VPC that runs things has no private subnets to run them in',
  why: 'Servers and databases have nowhere to stand but beside the internet gateway. Whatever you start next is public by default, and each thing must be closed one by one.',
  fix: 'Add private subnets in every zone, with NAT for the way out and a gateway endpoint for S3, and move what runs there.',
  fixedBy: ['private-network'],
  subject: 'vpc',
  needs: ['ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'],
  messages: {
    none: '{name} has public subnets only ({n}), with {things} in them',
    shut: 'no private subnet of {name} has a way out (no NAT, no endpoints), and its public ones hold {things}',
  },
  check(subject, estate) {
    const inside = tenants(estate).get(subject.id) ?? [];
    const placeless = (tenants(estate).get('unknown') ?? []).some(
      ({ resource }) => resource.account === subject.account,
    );
    if (inside.length === 0 && !placeless) {
      const [unseen] = missingIn(estate, TENANTS, { account: subject.account, region: subject.region });
      return unseen === undefined ? { state: 'notApplicable' } : unknown(subject, unseen, 'what stands in a VPC');
    }
    const subnets = networkOf(estate).subnetsOf().get(subject.id) ?? [];
    if (subnets.length === 0) return unknown(subject, 'ec2:DescribeSubnets', 'the subnets of a VPC');
    const { open, closed, missing } = tellSubnets(
      estate,
      subnets.map((subnet) => ({ id: subnet.id, field: '' })),
    );
    const ways = closed.map((subnet) => hasWayOut(estate, subnet));
    if (ways.includes(true)) return { state: 'pass' };
    if (missing.length > 0) return { state: 'unknown', missing };
    if (ways.includes(undefined)) return unknown(subject, 'ec2:DescribeRouteTables', 'the routes of private subnets');
    const publicIds = new Set<string>(open.map(({ subnet }) => subnet.id));
    const exposed = inside.filter(
      ({ one, resource }) =>
        one.subnet !== undefined && publicIds.has(one.subnet.id) && !belongsOutside(estate, resource),
    );
    const unplaced =
      placeless ||
      inside.some(({ one, resource }) => {
        const places = one.subnet ? [one.subnet] : one.candidateSubnets;
        return (
          (places.length === 0 || places.some((ref) => find(estate, ref)?.vpc?.id !== subject.id)) &&
          !belongsOutside(estate, resource)
        );
      });
    if (exposed.length === 0 && unplaced)
      return unknown(subject, 'ec2:DescribeSubnets', 'the subnets of what stands in it');
    if (exposed.length === 0) return closed.length > 0 ? { state: 'pass' } : { state: 'notApplicable' };
    const resources = [...new Set(exposed.map(({ resource }) => resource))];
    return {
      state: 'fail',
      message: closed.length === 0 ? 'none' : 'shut',
      data: {
        name: subject.name,
        n: closed.length === 0 ? open.length : closed.length,
        things: `${resources.length} ${resources.length === 1 ? 'resource' : 'resources'}`,
      },
      proof: [
        ...open.flatMap(({ proof }) => proof),
        ...closed.map((subnet) => fact(subnet, 'SubnetId', `${subnet.name} is private and has no route out`)),
      ],
      related: open.map(({ subnet }) => subnet),
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html'],
  examples: {
    bad: join(
      onlyPublic(),
      instanceAnswer(
        instance('i-0web0000000000001', 'web', { subnet: publicSubnet('eu-west-1a'), publicAddress: '203.0.113.20' }),
      ),
    ),
    good: join(network(), instanceAnswer(instance('i-0web0000000000001', 'web'))),
  },
});
