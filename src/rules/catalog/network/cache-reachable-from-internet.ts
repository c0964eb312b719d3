import { trafficText, whoText } from '../../../analyse/internet/admitted.ts';
import { reached } from '../../../analyse/internet/reached.ts';
import { hiddenHandover } from '../../../analyse/internet/targets.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { missingOf } from '../../../analyse/verdict.ts';
import { find } from '../../../estate/estate.ts';
import { addressesOf, trafficIn } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import {
  addressedTargetAnswer,
  balancer,
  balancerAnswer,
  balancerArn,
  listenerAnswer,
} from '../../examples/balancers.ts';
import { cacheAnswer, cacheCluster, cacheInterfaceAnswer, cacheSubnetGroupAnswer } from '../../examples/caches.ts';
import { network } from '../../examples/network.ts';
import { groups, noBalancers, OPEN_GROUP, PRIVATE_SUBNETS } from '../../examples/open.ts';
import { defineRule } from '../../rule.ts';

const cacheInPrivate = join(
  network(),
  groups(),
  cacheAnswer([
    cacheCluster('sessions', {
      CacheSubnetGroupName: 'shop-cache',
      SecurityGroups: [{ SecurityGroupId: OPEN_GROUP, Status: 'active' }],
      CacheNodes: [
        {
          CacheNodeId: '0001',
          CacheNodeStatus: 'available',
          Endpoint: { Address: 'sessions.abc123.0001.euw1.cache.amazonaws.com', Port: 6379 },
          CustomerAvailabilityZone: 'eu-west-1a',
        },
      ],
    }),
  ]),
  cacheSubnetGroupAnswer('shop-cache', PRIVATE_SUBNETS),
);

export const rule = defineRule({
  id: 'cache-reachable-from-internet',
  problem: 1,
  severity: 'high',
  title: 'A cache takes connections from the internet',
  why: 'A cache is made for friends: often it asks for no password, and it holds sessions and tokens. ElastiCache gives no public address, so somebody built this road on purpose, once, and it is still there.',
  fix: 'Take the cache out of the load balancer that hands connections to it, and let only the groups of its clients in.',
  fixedBy: ['groups-beside', 'cache-private'],
  subject: 'cache',
  needs: ['elasticache:DescribeCacheClusters', 'elbv2:DescribeLoadBalancers', 'elbv2:DescribeTargetGroups'],
  messages: { reached: '{name} takes connections on {ports} from {who}, by way of {way}' },
  check(subject, estate) {
    const answer = reached(estate, subject);
    if (answer.answer === 'no') {
      const hidden = hiddenHandover(estate, subject, find(estate, subject.subnetGroup)?.vpc?.id);
      return hidden ? { state: 'unknown', missing: [hidden] } : { state: 'pass' };
    }
    const { verdict, admitted } = answer;
    if (verdict.answer !== 'yes') return { state: 'unknown', missing: missingOf(verdict) };
    const balancers = answer.way.flatMap((id) => /loadbalancer\/\w+\/([^/]+)/.exec(id)?.[1] ?? []);
    return {
      state: 'fail',
      message: 'reached',
      data: {
        name: subject.name,
        ports: trafficText(trafficIn(admitted)),
        who: whoText(addressesOf(admitted), networkOf(estate).strangers),
        way: [...new Set(balancers)].join(', ') || 'its own address',
      },
      proof: verdict.proof,
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/accessing-elasticache.html'],
  examples: {
    bad: join(
      cacheInPrivate,
      cacheInterfaceAnswer('sessions', PRIVATE_SUBNETS[0] ?? '', '10.0.10.50', [OPEN_GROUP]),
      balancerAnswer(
        balancer('tunnel', ['eu-west-1a'], {
          LoadBalancerArn: balancerArn('tunnel', 'net'),
          Type: 'network',
          SecurityGroups: [OPEN_GROUP],
        }),
      ),
      listenerAnswer(balancerArn('tunnel', 'net'), { Port: 6379, Protocol: 'TCP', forwardTo: 'tunnel' }),
      addressedTargetAnswer('tunnel', balancerArn('tunnel', 'net'), 6379, ['10.0.10.50']),
    ),
    good: join(cacheInPrivate, noBalancers()),
  },
});
