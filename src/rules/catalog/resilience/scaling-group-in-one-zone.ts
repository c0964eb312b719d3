import { zoneOfInstance, zonesOf } from '../../../analyse/resilience/zones.ts';
import { find } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { scalingGroup, scalingGroupAnswer } from '../../examples/scaling.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'scaling-group-in-one-zone',
  problem: 3,
  severity: 'medium',
  title: 'An Auto Scaling group keeps its instances in one zone, or keeps one instance',
  why: 'Auto Scaling replaces what fails, but it needs a zone that works and several minutes to do it. Until then whatever ran there is down.',
  fix: 'Two or more instances over subnets of two or more zones; better, services on Fargate, which need no instances.',
  fixedBy: ['private-network', 'fargate'],
  subject: 'autoScalingGroup',
  needs: ['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances'],
  messages: {
    zone: '{name} may only start instances in {zone}',
    single: '{name} keeps one instance: when it fails, nothing is left until another has started',
    instances: 'all {n} instances of {name} are in {zone}: they fall together',
  },
  check(subject, estate) {
    const { name, desired } = subject;
    if (desired === 0) return { state: 'notApplicable' };
    const allowed = zonesOf(estate, subject);
    if (allowed.known && allowed.scope === 'zonal' && allowed.zones.length === 1) {
      const [zone = ''] = allowed.zones;
      return {
        state: 'fail',
        message: 'zone',
        data: { name, zone },
        proof: [fact(subject, 'AvailabilityZones', `${name} may use ${zone} only`)],
      };
    }
    if (desired === 1)
      return {
        state: 'fail',
        message: 'single',
        data: { name },
        proof: [fact(subject, 'DesiredCapacity', `${name} is asked to keep one instance`)],
      };
    if (subject.instances === undefined || desired === undefined)
      return unknown(subject, 'autoscaling:DescribeAutoScalingGroups', 'how many instances a group keeps');
    if (subject.instances.length === 0)
      return unknown(subject, 'autoscaling:DescribeAutoScalingGroups', 'each instance of a group');
    const placed = subject.instances.map((ref) => {
      const machine = find(estate, ref);
      return { machine, zone: machine && zoneOfInstance(estate, machine) };
    });
    const zones = new Set(placed.flatMap((one) => one.zone ?? []));
    if (zones.size > 1) return { state: 'pass' };
    if (placed.some((one) => one.zone === undefined))
      return unknown(subject, 'ec2:DescribeInstances', 'the zone of each instance of a group');
    const [zone = ''] = zones;
    return {
      state: 'fail',
      message: 'instances',
      data: { name, n: placed.length, zone },
      proof: placed.flatMap(({ machine }) =>
        machine ? [fact(machine, 'Placement.AvailabilityZone', `${machine.name} (${machine.id}) is in ${zone}`)] : [],
      ),
      related: placed.flatMap(({ machine }) => machine ?? []),
    };
  },
  sources: ['https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html'],
  examples: {
    bad: join(
      network(),
      scalingGroupAnswer(
        scalingGroup('web', { zones: ['eu-west-1a'], instances: [['i-0web0000000000001', 'eu-west-1a']] }),
      ),
      instanceAnswer(instance('i-0web0000000000001', 'web')),
    ),
    good: join(
      network(),
      scalingGroupAnswer(
        scalingGroup('web', {
          instances: [
            ['i-0web0000000000001', 'eu-west-1a'],
            ['i-0web0000000000002', 'eu-west-1b'],
          ],
        }),
      ),
      instanceAnswer(
        instance('i-0web0000000000001', 'web'),
        instance('i-0web0000000000002', 'web', { zone: 'eu-west-1b' }),
      ),
    ),
  },
});
