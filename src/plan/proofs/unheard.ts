/**
 * A flow that nobody told of is kept by no proof: where the input lacks what makes connections (load balancers and their
 * listeners, machines, functions), a step that takes a way from the network there may cut off somebody unseen.
 */
import type { Missing } from '../../analyse/verdict.ts';
import { versionsBehind } from '../../analyse/workloads/function-versions.ts';
import { missing, type Scope, statusOf } from '../../estate/coverage.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { type Direction, directionOf } from '../direction/direction.ts';
import type { State } from '../state.ts';
import { type Change, changesBetween, QUIET_FIELDS, touchesNetwork } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';
import { unseenCallers } from './unseen-callers.ts';

/** What lists those who open connections, take them, or pass them on; people come where a rule is open to them. */
const ENDS: readonly string[] = [
  'ec2:DescribeInstances',
  'ec2:DescribeSecurityGroups',
  'elasticache:DescribeCacheClusters',
  'elb:DescribeLoadBalancers',
  'elbv2:DescribeLoadBalancers',
  'lambda:ListFunctions',
  'rds:DescribeDBInstances',
];

/** What connections pass or end at. What is open to the internet by itself, and names, are of other proofs. */
const ON_THE_WAY: ReadonlySet<Kind> = new Set<Kind>([
  'autoScalingGroup',
  'cache',
  'cacheSubnetGroup',
  'database',
  'databaseCluster',
  'databaseSubnetGroup',
  'ecsService',
  'function',
  'instance',
  'internetGateway',
  'listener',
  'listenerRule',
  'loadBalancer',
  'natGateway',
  'networkAcl',
  'peering',
  'routeTable',
  'securityGroup',
  'subnet',
  'targetGroup',
  'transitGatewayAttachment',
  'vpc',
  'vpcEndpoint',
]);

export function unheard(then: Estate, now: Estate, after: State, found: Findings): void {
  const { estate: today } = after.world.today;
  const asked = new Set<string>();
  let takes = false;
  for (const change of changesBetween(then, now)) {
    const one = change.after ?? change.before;
    if (!one || !ON_THE_WAY.has(one.kind) || !touchesNetwork(change)) continue;
    if (takesNothing(change, directionOf(change, then, now).direction)) continue;
    takes = true;
    const place = `${one.account} ${one.region}`;
    if (asked.has(place)) continue;
    asked.add(place);
    const lacking = untold(today, then, one);
    if (lacking.length > 0)
      found.unknowns.push(
        counterexample(
          one.id,
          `it changes what others may use, and not everybody who does is known: ${lacking.map(({ operation }) => operation).join(', ')}`,
          [],
          lacking,
        ),
      );
  }
  if (takes) unseenCallers(then, now, found);
}

/** Fields of which more admits more, and moves nothing. */
const ADMITS: ReadonlySet<string> = new Set([
  'desired',
  'egress',
  'ingress',
  'max',
  'min',
  'securityGroups',
  'targets',
]);

/** Whether everybody who gets through before gets through after, whoever it is. */
const takesNothing = ({ before, fields }: Change, direction: Direction): boolean =>
  direction === 'neutral' ||
  (direction === 'adds' &&
    (before === undefined || fields.every((field) => ADMITS.has(field) || QUIET_FIELDS.has(field))));

/** What was not answered of the place of a resource: whole listings, and what was read by half of those that are there. */
function untold(today: Estate, then: Estate, { account, region }: Resource): readonly Missing[] {
  const scope = { account, region };
  const unread = [...missing(today.coverage, ENDS, scope), ...unreadClusters(today, scope)].map((operation) => ({
    operation,
    reason: `who opens connections in ${region} is not all known`,
  }));
  const there = today.resources.filter(
    (one) => one.account === account && one.region === region && byId(then, one.id) !== undefined,
  );
  const half = there.flatMap((one) =>
    halfRead(today, one).map((operation) => ({
      operation,
      reason: `what ${one.name} has to do with it is not known`,
      resource: one.id,
    })),
  );
  return [...unread, ...half];
}

/** Clusters are listed by either operation; the services of each are asked for by its name or its ARN. */
function unreadClusters(today: Estate, scope: Scope): readonly string[] {
  const read = (operation: string, target?: string): boolean =>
    statusOf(today.coverage, operation, target === undefined ? scope : { ...scope, target }) === 'read';
  const clusters = all(today, 'ecsCluster').filter(
    (one) => one.account === scope.account && one.region === scope.region,
  );
  if (clusters.length === 0)
    return read('ecs:ListClusters') || read('ecs:DescribeClusters') ? [] : ['ecs:ListClusters'];
  const asked = ({ id, name }: (typeof clusters)[number]): boolean =>
    [id, name].some((target) =>
      ['ecs:ListServices', 'ecs:DescribeServices'].some((one) => read(one, `cluster=${target}`)),
    );
  return clusters.every(asked) ? [] : ['ecs:ListServices'];
}

/** The operations that would tell what makes flows of it: who may come, whom it calls, and from where. */
function halfRead(today: Estate, one: Resource): readonly string[] {
  switch (one.kind) {
    case 'loadBalancer': {
      const asked = { account: one.account, region: one.region, target: `LoadBalancerArn=${one.id}` };
      // a classic one tells its listeners itself
      const told = one.type === 'classic' || statusOf(today.coverage, 'elbv2:DescribeListeners', asked) === 'read';
      return [
        ...(one.scheme === undefined ? ['elbv2:DescribeLoadBalancers'] : []),
        ...(told ? [] : ['elbv2:DescribeListeners']),
      ];
    }
    case 'listener':
      return one.port === undefined || one.loadBalancer === undefined ? ['elbv2:DescribeListeners'] : [];
    case 'ecsService': {
      if (one.network === undefined || one.taskDefinition === undefined) return ['ecs:DescribeServices'];
      const definition = find(today, one.taskDefinition);
      return definition?.containers === undefined ? ['ecs:DescribeTaskDefinition'] : [];
    }
    case 'function':
      return [
        ...(one.network === undefined || one.environment === undefined ? ['lambda:ListFunctions'] : []),
        // a published version connects from where it stood on its day
        ...(versionsBehind(today, one)?.every(({ isAlike }) => isAlike) ? [] : ['lambda:ListVersionsByFunction']),
      ];
    case 'securityGroup': {
      const { ingress } = one;
      const whole = ingress?.every(({ protocol, ports, peer }) => ![protocol, ports, peer].includes(undefined));
      return whole ? [] : ['ec2:DescribeSecurityGroups'];
    }
    case 'networkInterface': {
      const groups = one.securityGroups;
      return groups?.every((ref) => find(today, ref) !== undefined) ? [] : ['ec2:DescribeSecurityGroups'];
    }
    default:
      return [];
  }
}
