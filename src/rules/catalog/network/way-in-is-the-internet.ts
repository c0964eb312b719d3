import { doorsOf } from '../../../analyse/internet/doors.ts';
import { tenants } from '../../../analyse/internet/tenants.ts';
import { statusOf } from '../../../estate/coverage.ts';
import { join } from '../../example.ts';
import { group, groupAnswer, instance, instanceAnswer, network, publicSubnet } from '../../examples/network.ts';
import { groups, noBalancers, noSessionManager, OFFICE, OPEN_GROUP } from '../../examples/open.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const SHOWN = 3;

export const rule = defineRule({
  id: 'way-in-is-the-internet',
  problem: 1,
  severity: 'medium',
  title: 'The only way in for people is open to the whole internet',
  why: 'Developers come in by the same door as every stranger, so the door can not be closed without locking them out. That is why it stays open for years.',
  fix: 'Give people a way in of their own first: Session Manager, or a bastion that admits named addresses; then close the open ports.',
  fixedBy: ['way-in'],
  subject: 'vpc',
  needs: [
    'ec2:DescribeVpcs',
    'ec2:DescribeInstances',
    'ec2:DescribeSecurityGroups',
    'rds:DescribeDBInstances',
    'ec2:DescribeNetworkInterfaces',
  ],
  messages: {
    open: 'people can come into {name} only by doors that are open to everybody: {doors}; there is no bastion for named addresses and no Session Manager',
  },
  check(subject, estate) {
    const { account, region } = subject;
    const serversRead = statusOf(estate.coverage, 'ec2:DescribeInstances', { account, region }) === 'read';
    if (!tenants(estate).has(subject.id))
      return serversRead ? { state: 'notApplicable' } : unknown(subject, 'ec2:DescribeInstances', 'what runs in a VPC');
    const { open, sound, missingOpen, missingSound } = doorsOf(estate, subject);
    if (sound.length > 0) return { state: 'pass' };
    if (open.length === 0)
      return missingOpen.length > 0 ? { state: 'unknown', missing: missingOpen } : { state: 'pass' };
    if (missingSound.length > 0) return { state: 'unknown', missing: missingSound };
    if (!serversRead) return unknown(subject, 'ec2:DescribeInstances', 'whether there is a bastion');
    const texts = open.map(({ resource, names }) => `${names[0]} of ${resource.name}`);
    const more = texts.length - SHOWN;
    return {
      state: 'fail',
      message: 'open',
      data: {
        name: subject.name,
        doors: texts.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : ''),
      },
      proof: [
        ...open.map(({ resource, names, hop }) => ({
          ...hop,
          detail: `${names.join(', ')} of ${resource.name}: ${hop.detail}`,
        })),
        fact(
          subject,
          'VpcId',
          `no server of ${subject.name} is managed by Systems Manager, and none is a bastion for named addresses`,
        ),
      ],
      related: open.map(({ resource }) => resource),
    };
  },
  sources: ['https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html'],
  examples: {
    bad: join(
      network(),
      groups(),
      noBalancers(),
      noSessionManager(),
      instanceAnswer(
        instance('i-0web0000000000001', 'web', {
          subnet: publicSubnet('eu-west-1a'),
          publicAddress: '203.0.113.20',
          groups: [OPEN_GROUP],
        }),
      ),
    ),
    good: join(
      network(),
      noBalancers(),
      noSessionManager(),
      groupAnswer(group('sg-0bastion00000001', 'bastion', [{ protocol: 'tcp', ports: [22, 22], cidr: OFFICE }])),
      instanceAnswer(
        instance('i-0bastion00000001', 'bastion', {
          subnet: publicSubnet('eu-west-1a'),
          publicAddress: '203.0.113.21',
          groups: ['sg-0bastion00000001'],
        }),
      ),
      { 'rds:DescribeDBInstances': { DBInstances: [] } },
    ),
  },
});
