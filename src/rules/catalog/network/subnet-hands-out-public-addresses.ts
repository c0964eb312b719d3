import { isPublic } from '../../../analyse/internet/subnets.ts';
import { LISTINGS_OF_TENANTS, tenants } from '../../../analyse/internet/tenants.ts';
import { find } from '../../../estate/estate.ts';
import { network } from '../../examples/network.ts';
import { subnetsWithoutAddresses } from '../../examples/open.ts';
import { missingIn } from '../../implied.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'subnet-hands-out-public-addresses',
  problem: 1,
  severity: 'low',
  title: 'A public subnet gives every new server a public address',
  why: 'Whoever starts a server here makes it public without deciding so. What is meant to be public, a load balancer or a NAT gateway, does not need this setting.',
  fix: 'Turn automatic public addresses off in the subnet; nothing that runs loses its address by that.',
  fixedBy: ['private-network'],
  subject: 'subnet',
  needs: ['ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'],
  messages: { gives: '{name} gives a public address to every server started in it' },
  check(subject, estate) {
    if (subject.mapPublicIpOnLaunch === undefined)
      return unknown(subject, 'ec2:DescribeSubnets', 'whether a subnet gives public addresses');
    if (!subject.mapPublicIpOnLaunch) return { state: 'pass' };
    // AWS makes the default VPC like this; where nothing runs in it, it is not worth a word.
    const { account, region } = subject;
    const idle = ![subject.vpc.id, 'unknown'].some((vpc) => tenants(estate).has(vpc));
    if (
      idle &&
      find(estate, subject.vpc)?.isDefault &&
      missingIn(estate, LISTINGS_OF_TENANTS, { account, region }).length === 0
    )
      return { state: 'notApplicable' };
    const verdict = isPublic(estate, subject);
    if (verdict.answer === 'unknown') return { state: 'unknown', missing: verdict.missing };
    if (verdict.answer === 'no') return { state: 'pass' };
    return {
      state: 'fail',
      message: 'gives',
      data: { name: subject.name },
      proof: [
        fact(subject, 'MapPublicIpOnLaunch', `${subject.name} has automatic public addresses on`),
        ...verdict.proof,
      ],
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html'],
  examples: { bad: network(), good: subnetsWithoutAddresses() },
});
