import { zonesOf } from '../../../analyse/resilience/zones.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer } from '../../examples/balancers.ts';
import { network } from '../../examples/network.ts';
import { fact } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'load-balancer-in-one-zone',
  problem: 3,
  severity: 'high',
  title: 'A load balancer stands in one zone',
  why: 'Every request enters through it, so the whole service is gone with that one zone however many servers run elsewhere. A second zone costs nothing by the hour and AWS then stops sending clients to the zone that fails.',
  fix: 'Enable a public subnet of a second zone on it; AWS does that without an interruption.',
  fixedBy: ['private-network', 'balancer-rehomed'],
  subject: 'loadBalancer',
  needs: ['elbv2:DescribeLoadBalancers'],
  messages: { one: '{name} is enabled in {zone} only: the service is gone when that zone is' },
  check(subject, estate) {
    const zones = zonesOf(estate, subject);
    if (!zones.known) return { state: 'unknown', missing: zones.missing };
    if (zones.scope === 'regional' || zones.zones.length > 1) return { state: 'pass' };
    const [zone = ''] = zones.zones;
    return {
      state: 'fail',
      message: 'one',
      data: { name: subject.name, zone },
      proof: [fact(subject, 'AvailabilityZones', `${subject.name} is enabled in ${zone} and in no other zone`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html'],
  examples: {
    bad: join(network(), balancerAnswer(balancer('shop', ['eu-west-1a'], { Type: 'network' }))),
    good: join(network(), balancerAnswer(balancer('shop', ['eu-west-1a', 'eu-west-1b']))),
  },
});
