/** The same input in another order, where order means nothing. */
import { isMembers, type Json, type Members } from './whole.ts';

/** Lists in AWS's answers to whose order nothing is tied: neither priority nor number nor "the first". */
const SETS = new Set([
  ...['Tags', 'TagList', 'TagSet', 'tags', 'SecurityGroups', 'Groups', 'VpcSecurityGroups', 'SecurityGroupIds'],
  ...['IpPermissions', 'IpPermissionsEgress', 'IpRanges', 'Ipv6Ranges', 'UserIdGroupPairs', 'PrefixListIds'],
  ...['Routes', 'Associations', 'Entries', 'Subnets', 'SubnetIds', 'AvailabilityZones', 'NetworkInterfaces'],
  ...['ReadReplicaDBInstanceIdentifiers', 'Statement', 'AttachedManagedPolicies', 'RolePolicyList', 'UserPolicyList'],
  ...['GroupList', 'InstanceProfileList', 'TargetHealthDescriptions', 'Instances', 'Reservations', 'EnabledMetrics'],
  ...['AlternateDomainNames', 'SubjectAlternativeNames', 'TargetGroupARNs', 'capacityProviders'],
]);

export type Shuffle = <T>(list: readonly T[]) => T[];

/** Deterministic: the same seed gives the same order. */
export function shuffler(seed: number): Shuffle {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return (list) =>
    list
      .map((one) => [next(), one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
}

/** The members of every object in another order, and the lists of which `isSet` says so. */
export function reordered(value: Json, shuffle: Shuffle, isSet: (name: string, depth: number) => boolean): Json {
  const inside = (one: Json, name: string, depth: number): Json => {
    if (Array.isArray(one)) {
      const list = one.map((each: Json) => inside(each, '', depth + 1));
      return isSet(name, depth) ? shuffle(list) : list;
    }
    if (!isMembers(one)) return one;
    return Object.fromEntries(shuffle(Object.entries(one)).map(([key, each]) => [key, inside(each, key, depth + 1)]));
  };
  return inside(value, '', 0);
}

/** An inventory whose operations, requests, listings and sets are in another order. */
export const shuffledInventory = (content: Members, shuffle: Shuffle): Members => ({
  ...content,
  responses: Object.fromEntries(
    shuffle(Object.entries(isMembers(content.responses) ? content.responses : {})).map(([operation, requests]) => [
      operation,
      Array.isArray(requests) ? shuffle(requests.map((request: Json) => shuffledRequest(request, shuffle))) : requests,
    ]),
  ),
});

// what an answer lists at its top are resources
const shuffledRequest = (request: Json, shuffle: Shuffle): Json =>
  isMembers(request) && request.output !== undefined
    ? { ...request, output: reordered(request.output, shuffle, (name, depth) => depth === 1 || SETS.has(name)) }
    : request;

/** Without the places in a file, which do move. */
export const placeless = (text: string): string =>
  text.replace(/\/responses\/[^"' &<,)\\]*/g, '').replace(/"line": ?\d+|:\d+:\d+/g, '');
