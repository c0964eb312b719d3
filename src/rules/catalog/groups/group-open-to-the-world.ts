import { groupExposure } from '../../../analyse/groups/exposed.ts';
import { openness } from '../../../analyse/groups/openness.ts';
import { groupsInUse } from '../../../analyse/groups/users.ts';
import { trafficText } from '../../../analyse/internet/admitted.ts';
import { statusOf } from '../../../estate/coverage.ts';
import { isAllTraffic, isSubsetTraffic, subtractTraffic, tcp, unionTraffic } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { group, groupAnswer, instance, instanceAnswer, network, publicSubnet } from '../../examples/network.ts';
import { rulesProof, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** What a public web service needs open to everybody. */
const WEB = unionTraffic(tcp(80), tcp(443));

const INTERFACES = 'ec2:DescribeNetworkInterfaces';

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
    everything: '{name} admits everybody on the internet on every port and protocol, and {carrier} is reached by it',
    ports: '{name} admits everybody on the internet on {ports}, and {carrier} is reached by it',
    untold:
      '{name} admits everybody on {ports}; whether the internet reaches what carries it is not known without {operation}',
    latent: '{name} would admit everybody on {ports}; what carries it is not reached from the internet today ({why})',
    idle: '{name} would admit everybody on {ports}; what carries it has no network interface today',
    unattached: '{name} would admit everybody on {ports}, but nothing carries it',
  },
  check(subject, estate) {
    const open = openness(estate, subject);
    if (open === undefined) return unknown(subject, 'ec2:DescribeSecurityGroups', 'the ingress rules of a group');
    if (isSubsetTraffic(open.world, WEB)) {
      if (open.unknown.length > 0)
        return unknown(subject, 'ec2:DescribeSecurityGroups', 'what some ingress rules admit');
      return { state: 'pass' };
    }
    const beyond = subtractTraffic(open.world, WEB);
    const everything = isAllTraffic(open.world);
    const name = subject.name;
    const ports = everything ? 'every port and protocol' : trafficText(beyond);
    const rules = rulesProof(subject, open.rules);
    const { account, region } = subject;
    const told = statusOf(estate.coverage, INTERFACES, { account, region }) === 'read';
    const untold = {
      state: 'fail',
      message: 'untold',
      severity: 'medium',
      data: { name, ports, operation: INTERFACES },
      proof: rules,
    } as const;
    const exposure = groupExposure(estate, subject, beyond);
    switch (exposure.state) {
      case 'reached':
        return {
          state: 'fail',
          message: everything ? 'everything' : 'ports',
          data: { name, ports, carrier: exposure.carrier.name },
          proof: [...rules, ...exposure.proof],
          related: [exposure.carrier],
        };
      case 'unknown':
        return { ...untold, data: { ...untold.data, operation: exposure.missing[0]?.operation ?? INTERFACES } };
      case 'closed':
        if (!told) return untold;
        return {
          state: 'fail',
          message: 'latent',
          severity: 'low',
          data: { name, ports, why: exposure.blockers[0]?.detail.replace(/\.$/, '') ?? 'no path' },
          proof: [...rules, ...exposure.blockers],
        };
      case 'unattached': {
        if (!told) return untold;
        const message = groupsInUse(estate).has(subject.id) ? 'idle' : 'unattached';
        return { state: 'fail', message, severity: 'low', data: { name, ports }, proof: rules };
      }
    }
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  examples: {
    bad: join(
      network(),
      groupAnswer(group('sg-0allopen00000001', 'all-open', [{ protocol: '-1', cidr: '0.0.0.0/0' }])),
      instanceAnswer(
        instance('i-0web0000000000001', 'web', {
          subnet: publicSubnet('eu-west-1a'),
          publicAddress: '203.0.113.20',
          groups: ['sg-0allopen00000001'],
        }),
      ),
    ),
    good: join(
      network(),
      groupAnswer(group('sg-0web00000000000001', 'web', [{ protocol: 'tcp', ports: [443, 443], cidr: '0.0.0.0/0' }])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0web00000000000001'] })),
    ),
  },
});
