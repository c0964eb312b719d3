import { openness } from '../../../analyse/groups/openness.ts';
import { groupsInUse } from '../../../analyse/groups/users.ts';
import {
  formatTraffic,
  isAllTraffic,
  isSubsetTraffic,
  subtractTraffic,
  tcp,
  unionTraffic,
} from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { group, groupAnswer, instance, instanceAnswer, network } from '../../examples/network.ts';
import { rulesProof, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** What a public web service needs open to everybody. */
const WEB = unionTraffic(tcp(80), tcp(443));

export const rule = defineRule({
  id: 'group-open-to-the-world',
  problem: 4,
  severity: 'high',
  title: 'A security group admits the whole internet on more than the web ports',
  why: 'A security group is the firewall of everything that carries it. One that admits everybody leaves only luck (no public address, no route) between the internet and your servers.',
  fix: 'Give each resource a group of its own whose rules name the groups that call it; keep 80 and 443 open only on what CloudFront or the internet must reach.',
  fixedBy: ['groups-beside', 'shared-group-detached'],
  subject: 'securityGroup',
  needs: ['ec2:DescribeSecurityGroups'],
  messages: {
    everything: '{name} admits everybody on the internet on every port and protocol',
    ports: '{name} admits everybody on the internet on {ports}',
    latentEverything: '{name} would admit everybody on every port, but nothing carries it',
    latentPorts: '{name} would admit everybody on {ports}, but nothing carries it',
  },
  check(subject, estate) {
    const open = openness(estate, subject);
    if (open === undefined) return unknown(subject, 'ec2:DescribeSecurityGroups', 'the ingress rules of a group');
    if (isSubsetTraffic(open.world, WEB)) {
      if (open.unknown.length > 0)
        return unknown(subject, 'ec2:DescribeSecurityGroups', 'what some ingress rules admit');
      return { state: 'pass' };
    }
    const everything = isAllTraffic(open.world);
    const beyond = subtractTraffic(open.world, WEB);
    const used = groupsInUse(estate).has(subject.id);
    const ports = formatTraffic(beyond).join(', ');
    return {
      state: 'fail',
      message: used ? (everything ? 'everything' : 'ports') : everything ? 'latentEverything' : 'latentPorts',
      data: { name: subject.name, ports },
      severity: used ? 'high' : 'low',
      proof: rulesProof(subject, open.rules),
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  examples: {
    bad: join(
      network(),
      groupAnswer(group('sg-0allopen00000001', 'all-open', [{ protocol: '-1', cidr: '0.0.0.0/0' }])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0allopen00000001'] })),
    ),
    good: join(
      network(),
      groupAnswer(group('sg-0web00000000000001', 'web', [{ protocol: 'tcp', ports: [443, 443], cidr: '0.0.0.0/0' }])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0web00000000000001'] })),
    ),
  },
});
