/**
 * Settings that no condition looks at, and of which it is known in which direction nobody is cut off: what is only added, a
 * longer time, more memory. The other direction is not judged.
 */
import { all, type Estate, find } from '../../estate/estate.ts';
import type { EnvironmentFact } from '../../estate/kinds/compute.ts';
import type { Resource } from '../../estate/resource.ts';
import { same } from '../merge.ts';
import { asNumber, asSet, type Judge, type Judged } from './judge.ts';

const UNJUDGED: Judged = { unjudged: 'switches' };

/** Nobody knows what a change of it does to those who use it. */
export const unjudged: Judge<Judged> = () => UNJUDGED;

/** Neither here nor there when it becomes one of these. */
export const fineAs =
  (...values: readonly unknown[]): Judge<Judged> =>
  (_before, after) =>
    values.includes(after) ? 'neutral' : UNJUDGED;

/** What comes where nothing was touches nobody; what is changed or goes was there for somebody. */
export const fineFromNothing: Judge<Judged> = (before) => (before === null ? 'neutral' : UNJUDGED);

/** The permissions are asked of the other one; of none nobody knows what the program works with instead. */
export const switchingUnlessGone: Judge<Judged> = (_before, after) => (isNamed(after) ? 'switches' : UNJUDGED);

const isNamed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && value.id !== '';

/** Another one is judged by the permissions. */
export const fineUnlessGone: Judge<Judged> = (_before, after) => (after === null ? UNJUDGED : 'neutral');

export const fineUpwards: Judge<Judged> = (before, after) =>
  typeof before === 'number' && typeof after === 'number' && after >= before ? 'neutral' : UNJUDGED;

/** Where the set shrinks, nothing shows who counts on what goes. */
export const onlyMore: Judge<Judged> = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  return direction === 'adds' ? 'adds' : { unjudged: direction };
};

/** No condition measures load: fewer are judged only where none is left, which the flows see. */
export const asCount: Judge<Judged> = (before, after, change, then, now) => {
  const direction = asNumber(before, after, change, then, now);
  return direction === 'adds' || after === 0 ? direction : { unjudged: direction };
};

/** Attributes of a balancer that no request meets. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const QUIET_ATTRIBUTE = /^(access_logs|connection_logs|health_check_logs)\.|^deletion_protection\.enabled$/;

export const asAttributes: Judge<Judged> = (before, after) => {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return UNJUDGED;
  const [was, is] = [new Map<string, unknown>(Object.entries(before)), new Map<string, unknown>(Object.entries(after))];
  const longer = (key: string): boolean =>
    key === 'idle_timeout.timeout_seconds' && Number(is.get(key)) >= Number(was.get(key));
  // what is not written is left as it is
  return [...was.keys()].every(
    (key) => QUIET_ATTRIBUTE.test(key) || !is.has(key) || is.get(key) === was.get(key) || longer(key),
  ) && [...is.keys()].every((key) => was.has(key) || QUIET_ATTRIBUTE.test(key))
    ? 'neutral'
    : UNJUDGED;
};

/** Machines that a group starts later have no way out without their own address, unless another way is known. */
export const asPublicPlaces: Judge<Judged> = (_before, after, change, then) => {
  if (after !== false) return 'neutral';
  const id = change.after?.id;
  const starts = all(then, 'autoScalingGroup').some(
    (group) =>
      group.max !== 0 &&
      (group.subnets === undefined || group.subnets.some((subnet) => subnet.id === id)) &&
      find(then, group.launchTemplate)?.associatePublicAddress === undefined,
  );
  return starts ? UNJUDGED : 'neutral';
};

/** A provider that goes while a service works by it leaves the service without machines to start on. */
export const asProviders: Judge<Judged> = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  if (direction === 'adds' || !Array.isArray(after)) return direction === 'adds' ? direction : UNJUDGED;
  const left = new Set<unknown>(after);
  const used = all(now, 'ecsService').some(
    (service) =>
      service.cluster?.id === change.after?.id &&
      service.desired !== 0 &&
      (service.capacityProviders === undefined || service.capacityProviders.some((one) => !left.has(one))),
  );
  return used ? { unjudged: direction } : direction;
};

/**
 * Settings of a program. One that is only added is read by nobody yet; a name that goes, or a password in clear text that nothing
 * takes the place of, is missed. What names another host or ARN than before is judged by the flows and the permissions.
 */
export function settingsKept(
  before: readonly EnvironmentFact[] | undefined,
  after: readonly EnvironmentFact[] | undefined,
): boolean {
  if (before === undefined || after === undefined) return false;
  const [was, is] = [before, after].map((list) => new Map(list.map((fact) => [fact.name, fact])));
  const comes = after.some(
    (fact) => fact.credential === 'reference' && was?.get(fact.name)?.credential !== 'reference',
  );
  return before.every((fact) => {
    const now = is?.get(fact.name);
    if (now === undefined) return fact.credential === 'literal' && (comes || IS_KEY.test(fact.name));
    if (same(now, fact)) return true;
    if (fact.credential === 'literal') return now.credential === 'reference';
    if (fact.credential === 'reference') return false;
    return now.credential === 'none';
  });
}

/** The keys of a user: without them a program works with its role, whose permissions are judged. */
const IS_KEY = /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/;

export const asSettings: Judge<Judged> = (before, after) =>
  settingsKept(factsIn(before), factsIn(after)) ? 'neutral' : UNJUDGED;

const factsIn = (value: unknown): readonly EnvironmentFact[] | undefined =>
  Array.isArray(value) ? (value as readonly EnvironmentFact[]) : undefined;

/** What comes and thereby takes something: no condition sees it. */
export function comesUnseen(one: Resource, then: Estate, now: Estate): boolean {
  switch (one.kind) {
    case 'elasticIp': {
      // the address that a machine had goes with the new one
      const machine = find(then, one.instance ?? undefined);
      return machine !== undefined && machine.publicAddress !== null;
    }
    case 'scalableTarget': {
      // of readers only those go that it has made itself: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
      if (one.dimension === 'rds:cluster:ReadReplicaCount') return false;
      if (one.dimension !== 'ecs:service:DesiredCount') return true;
      const [, cluster, name] = (one.resourceId ?? '').split('/');
      const service = all(now, 'ecsService').find(
        (each) => each.name === name && each.cluster?.id.endsWith(`/${cluster}`) === true,
      );
      // it takes away what is above its greatest number
      return !(service?.desired !== undefined && one.max !== undefined && one.max >= service.desired);
    }
    case 'eventSource':
      // of a queue each message goes to one of those who ask for it
      return (
        one.eventSourceArn === undefined ||
        (/^arn:[\w-]+:sqs:/.test(one.eventSourceArn) &&
          all(then, 'eventSource').some(
            (other) => other.eventSourceArn === one.eventSourceArn && other.enabled !== false,
          ))
      );
    default:
      return false;
  }
}
