import { belongsOutside, publicInterfaces } from '../../../analyse/internet/servers.ts';
import { tellSubnets } from '../../../analyse/internet/subnets.ts';
import { join } from '../../example.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { PUBLIC_SUBNETS } from '../../examples/open.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'instance-in-public-subnet',
  problem: 1,
  severity: 'medium',
  title: 'A server has a public address in a public subnet',
  why: 'Its security group is all that stands between the server and the internet, so one rule too many exposes whatever runs there. Behind a load balancer it needs no public address: it goes out through NAT.',
  fix: 'Run servers in private subnets, with NAT for the way out; only load balancers, NAT and the bastion are public.',
  fixedBy: ['private-network', 'way-in', 'fargate'],
  subject: 'instance',
  needs: ['ec2:DescribeInstances', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'],
  messages: { public: '{name} has the public address {address} in {subnet}, which leads to an internet gateway' },
  check(subject, estate) {
    if (belongsOutside(estate, subject)) return { state: 'notApplicable' };
    const open = publicInterfaces(estate, subject);
    if (open === undefined)
      return unknown(subject, 'ec2:DescribeNetworkInterfaces', 'whether the server has a public address');
    const subnets = open.flatMap((one) => one.subnet ?? subject.subnet ?? []);
    const { open: found, missing } = tellSubnets(estate, subnets);
    const [first] = found;
    if (first === undefined) return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
    const one = open.find((each) => (each.subnet ?? subject.subnet)?.id === first.subnet.id);
    const address = one?.addresses?.flatMap((each) => each.public ?? [])[0] ?? subject.publicAddress ?? 'of AWS';
    return {
      state: 'fail',
      message: 'public',
      data: { name: subject.name, address, subnet: first.subnet.name },
      proof: [
        fact(subject, 'PublicIpAddress', `${subject.name} (${subject.id}) has the public address ${address}`),
        ...first.proof,
      ],
      related: [first.subnet],
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types'],
  examples: {
    bad: join(
      network(),
      instanceAnswer(
        instance('i-0web0000000000001', 'web', { subnet: PUBLIC_SUBNETS[0] ?? '', publicAddress: '203.0.113.20' }),
      ),
    ),
    good: join(network(), instanceAnswer(instance('i-0web0000000000001', 'web'))),
  },
});
