import {
  broadTraffic,
  GUARDED_TRAFFIC,
  openPorts,
  openPortsText,
  sendersOf,
  sendersTogether,
  trafficText,
  whoText,
} from '../../../analyse/internet/admitted.ts';
import { isAddressless, isBehind, reached, reachedStraight } from '../../../analyse/internet/reached.ts';
import { isGone } from '../../../analyse/internet/servers.ts';
import { admittedStraight, opennessOf } from '../../../analyse/internet/straight.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { missingOf, proofOf } from '../../../analyse/verdict.ts';
import {
  intersectTraffic,
  isAllTraffic,
  isNoTraffic,
  portTraffic,
  subtractTraffic,
  TCP,
  UDP,
  unionTraffic,
} from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { groups, noBalancers, OPEN_GROUP, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** Ports on which a server may serve strangers; a ping is no service. */
const ANY_SERVICE = unionTraffic(portTraffic(TCP, 0, 65535), portTraffic(UDP, 0, 65535));
const SERVICES = subtractTraffic(ANY_SERVICE, GUARDED_TRAFFIC);

export const rule = defineRule({
  id: 'instance-reachable-from-internet',
  problem: 1,
  severity: 'high',
  title: 'A server can be reached straight from all over the internet',
  why: 'Ports for managing machines and for data are tried by machines all over the world, all the time, and one weak key or one unpatched service is enough. What stands behind a load balancer in a private subnet can not even be tried.',
  fix: 'Move the server behind the load balancer into private subnets; let people in through Session Manager, or a bastion that admits named addresses only.',
  fixedBy: ['way-in', 'groups-beside', 'shared-group-detached', 'private-network', 'fargate'],
  subject: 'instance',
  needs: [
    'ec2:DescribeInstances',
    'ec2:DescribeSecurityGroups',
    'elbv2:DescribeLoadBalancers',
    'elbv2:DescribeTargetGroups',
  ],
  messages: {
    everything: '{name} takes connections on every port from {who}, {services} among them',
    guarded: '{name} takes connections from {who} on {services}',
    behind: '{name} takes connections from {who} on {services}, handed on by a load balancer',
    served: '{name} serves {who} on {ports} itself, without a load balancer before it',
  },
  check(subject, estate) {
    if (isGone(subject)) return { state: 'notApplicable' };
    const { strangers } = networkOf(estate);
    const admitted = admittedStraight(estate, subject);
    const { guarded, broad } = opennessOf(admitted);
    if (guarded.length > 0) {
      const everything = isAllTraffic(broad);
      return {
        state: 'fail',
        message: everything ? 'everything' : 'guarded',
        data: {
          name: subject.name,
          who: whoText(sendersTogether(guarded), strangers),
          services: openPortsText(everything ? guarded.slice(0, 1) : guarded, admitted),
        },
        proof: proofOf(reachedStraight(estate, subject, GUARDED_TRAFFIC).verdict),
      };
    }
    const behind = isBehind(estate, subject) ? reached(estate, subject, GUARDED_TRAFFIC) : undefined;
    const handedOn = behind ? openPorts(behind.admitted) : [];
    if (behind?.answer === 'yes' && handedOn.length > 0)
      return {
        state: 'fail',
        message: 'behind',
        data: {
          name: subject.name,
          who: whoText(sendersTogether(handedOn), strangers),
          services: openPortsText(handedOn, behind.admitted),
        },
        proof: proofOf(behind.verdict),
      };
    const served = intersectTraffic(broad, SERVICES);
    if (!isNoTraffic(served))
      return {
        state: 'fail',
        message: 'served',
        severity: 'medium',
        data: { name: subject.name, who: whoText(sendersOf(admitted, served), strangers), ports: trafficText(served) },
        proof: proofOf(reachedStraight(estate, subject, served).verdict),
      };
    if (behind?.answer === 'unknown') return { state: 'unknown', missing: missingOf(behind.verdict) };
    if (isAddressless(estate, subject)) return { state: 'pass' };
    const possible = reachedStraight(estate, subject, ANY_SERVICE);
    if (possible.answer === 'unknown') return { state: 'unknown', missing: missingOf(possible.verdict) };
    if (!isNoTraffic(broadTraffic(possible.maybe)))
      return unknown(subject, 'ec2:DescribeSecurityGroups', 'all that the groups of the server admit');
    return { state: 'pass' };
  },
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html',
  ],
  examples: {
    bad: join(
      network(),
      groups(),
      noBalancers(),
      instanceAnswer(
        instance('i-0web0000000000001', 'web', {
          subnet: PUBLIC_SUBNETS[0] ?? '',
          publicAddress: '203.0.113.20',
          groups: [OPEN_GROUP],
        }),
      ),
    ),
    good: join(
      network(),
      groups(),
      noBalancers(),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: [OPEN_GROUP] })),
    ),
  },
});
