import { meantFlows } from '../../../analyse/resilience/meant.ts';
import type { ZoneSurvival } from '../../../analyse/resilience/survive.ts';
import { survivals } from '../../../analyse/resilience/survive.ts';
import type { Hop } from '../../../analyse/verdict.ts';
import { byId, type Estate, memoised } from '../../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../../estate/flow.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer, balancerArn, listenerAnswer, targetGroupAnswer } from '../../examples/balancers.ts';
import { databaseAnswer } from '../../examples/database.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { missingIn } from '../../implied.ts';
import { defineRule } from '../../rule.ts';

const byZone: (estate: Estate) => ReadonlyMap<string, ZoneSurvival> = memoised(
  (estate) => new Map(survivals(estate).zones.map((one) => [one.zone, one])),
);

/** Lost reads whose reader also reads from another copy of the same database, which is left, or may be. */
function sparedReads(
  estate: Estate,
  outcomes: ReadonlyMap<string, string>,
): { readonly surely: ReadonlySet<string>; readonly perhaps: ReadonlySet<string> } {
  const family = (end: FlowEnd): string | undefined => {
    const database = end.type === 'resource' ? byId(estate, end.id) : undefined;
    return database?.kind === 'database' ? (database.replicaOf?.id ?? database.id) : undefined;
  };
  const isReplica = (end: FlowEnd): boolean => {
    const database = end.type === 'resource' ? byId(estate, end.id) : undefined;
    return database?.kind === 'database' && Boolean(database.replicaOf);
  };
  const key = ({ from, to }: Flow): string => `${JSON.stringify(from)} ${family(to)}`;
  const replicaReads = estate.flows.filter(({ id, to }) => outcomes.has(id) && isReplica(to));
  const withA = (is: (outcome: string) => boolean): ReadonlySet<string> => {
    const readers = new Set(replicaReads.filter(({ id }) => is(outcomes.get(id) ?? '')).map(key));
    return new Set(
      replicaReads.filter((flow) => outcomes.get(flow.id) === 'lost' && readers.has(key(flow))).map(({ id }) => id),
    );
  };
  return {
    surely: withA((outcome) => outcome.startsWith('survives')),
    perhaps: withA((outcome) => outcome === 'unknown'),
  };
}

const shop = (second: string) =>
  join(
    network(),
    databaseAnswer(),
    balancerAnswer(balancer('shop', ['eu-west-1a', 'eu-west-1b'])),
    targetGroupAnswer('web', 'shop', ['i-0web0000000000001', 'i-0web0000000000002']),
    listenerAnswer(balancerArn('shop'), { Port: 80, Protocol: 'HTTP', forwardTo: 'web' }),
    { 'elbv2:DescribeRules': [], 'lambda:ListFunctions': { Functions: [] } },
    instanceAnswer(
      instance('i-0web0000000000001', 'web-1'),
      instance('i-0web0000000000002', 'web-2', { zone: second }),
    ),
  );

const NEEDS = ['ec2:DescribeSubnets', 'ec2:DescribeInstances', 'rds:DescribeDBInstances', 'lambda:ListFunctions'];

export const rule = defineRule({
  id: 'zone-loss-cuts-flows',
  problem: 3,
  severity: 'high',
  title: 'Losing one zone cuts connections that must work',
  why: 'A zone fails now and then: power, cooling, a network change. Whatever stands in it alone is gone until AWS repairs it, however many other things were made redundant.',
  fix: 'Let every part of the path stand in two zones: Multi-AZ database, cache with failover, tasks and NAT in each zone.',
  fixedBy: ['database-two-zones', 'replicas-over-zones', 'cache-failover', 'fargate', 'private-network'],
  subject: 'zone',
  needs: NEEDS,
  messages: {
    thinner:
      'without {zone}, {lost} of {n} connections are lost, all of them reads that another replica serves too: they fail until the clients ask that one',
    cut: 'without {zone}, {lost} of {n} connections that must work are lost, and {failover} come back after a failover',
  },
  check(zone, estate) {
    const must = meantFlows(estate);
    const flows = (byZone(estate).get(zone.id)?.flows ?? []).filter(({ flow }) => must.has(flow));
    if (flows.length === 0) {
      const blind = missingIn(estate, NEEDS, { account: zone.account, region: zone.region });
      if (blind.length === 0) return { state: 'notApplicable' };
      return {
        state: 'unknown',
        missing: blind.map((operation) => ({
          operation,
          reason: 'what stands in the zone was not read',
          resource: zone.id,
        })),
      };
    }
    const outcomes = new Map(flows.map(({ flow, outcome }) => [flow, outcome]));
    const lost = flows.filter(({ outcome }) => outcome === 'lost');
    const spared = sparedReads(estate, outcomes);
    const cut = lost.filter(({ flow }) => !spared.surely.has(flow) && !spared.perhaps.has(flow));
    if (cut.length > 0 || (lost.length > 0 && lost.every(({ flow }) => spared.surely.has(flow)))) {
      const shown = cut.length > 0 ? cut : lost;
      const hops = new Map<string, Hop>(
        shown.flatMap(({ because }) => because.map((hop) => [`${hop.resource} ${hop.code}`, hop] as const)),
      );
      return {
        state: 'fail',
        message: cut.length > 0 ? 'cut' : 'thinner',
        data: {
          zone: zone.id,
          lost: shown.length,
          n: flows.length,
          failover: flows.filter(({ outcome }) => outcome === 'survivesAfterFailover').length,
        },
        severity: cut.length > 0 ? 'high' : 'low',
        proof: [...hops.values()],
      };
    }
    // of reads of a lost copy that another one may serve, what is open is whether that one is left
    const missing = flows.flatMap((flow) => (flow.outcome === 'unknown' ? flow.missing : []));
    return missing.length > 0 ? { state: 'unknown', missing: missing.slice(0, 10) } : { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html'],
  examples: { bad: shop('eu-west-1a'), good: shop('eu-west-1b') },
});
