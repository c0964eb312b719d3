import { describe, expect, it } from 'vitest';
import { makeEstate } from '../../estate/estate.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { shopToday } from '../testing/shop.ts';
import { directionOf, type Told } from './direction.ts';

const today = shopToday().estate;

/** A resource of the shop, with fields as they were and as they are. */
function told(kind: Kind, was: object, is: object): Told {
  const one = today.resources.find((each) => each.kind === kind);
  if (!one) throw new Error(`the shop has no ${kind}`);
  const [before, after] = [was, is].map((fields) => ({ ...one, ...fields }) as Resource);
  const fields = Object.keys({ ...was, ...is });
  return directionOf({ key: one.id, before, after, fields }, today, today);
}
const way = (kind: Kind, field: string, was: unknown, is: unknown): string =>
  told(kind, { [field]: was }, { [field]: is }).direction;
const ref = (id: string) => ({ id, field: 'x' });
const policy = (...statements: readonly object[]): string => JSON.stringify({ Statement: statements });
const allow = { Effect: 'Allow', Action: 'a:*', Resource: '*' };
const deny = { Effect: 'Deny', Action: 'b:*', Resource: '*' };

describe('a change of one field', () => {
  it('of a set: more adds, fewer removes, others switch; the order means nothing', () => {
    const of = (was: readonly string[], is: readonly string[]) =>
      way('database', 'securityGroups', was.map(ref), is.map(ref));
    expect([of(['a'], ['a', 'b']), of(['a', 'b'], ['b']), of(['a'], ['b']), of(['a', 'b'], ['b', 'a'])]).toEqual([
      'adds',
      'removes',
      'switches',
      'adds',
    ]);
  });
  it('of a switch between yes and no; what was not known switches', () => {
    expect(way('database', 'multiAz', false, true)).toBe('adds');
    expect(way('database', 'multiAz', true, false)).toBe('removes');
    expect(way('database', 'multiAz', undefined, true)).toBe('switches');
  });
  it('of a number', () => {
    expect(way('ecsService', 'desired', 1, 2)).toBe('adds');
    expect(way('ecsService', 'desired', 2, 0)).toBe('removes');
    expect(way('ecsService', 'desired', undefined, 0)).toBe('switches');
  });
  it('of rules: what they admit counts, not what they are called', () => {
    const rule = (id: string, port: number) => ({
      id,
      description: id,
      protocol: 'tcp',
      ports: { from: port, to: port },
    });
    const of = (was: readonly object[], is: readonly object[]) => way('securityGroup', 'ingress', was, is);
    expect(of([rule('a', 80)], [rule('b', 80)])).toBe('neutral');
    expect(of([rule('a', 80)], [rule('a', 80), rule('b', 443)])).toBe('adds');
    expect(of([rule('a', 80), rule('b', 443)], [rule('b', 443)])).toBe('removes');
    expect(of([rule('a', 80)], [rule('a', 443)])).toBe('switches');
  });
  it('of a policy: what allows adds, what denies removes, and both switch', () => {
    const of = (was: unknown, is: unknown) => way('queue', 'policy', was, is);
    expect(of(null, policy(allow))).toBe('adds');
    expect(of(policy(allow), policy(allow, deny))).toBe('removes');
    expect(of(policy(allow, deny), policy(allow))).toBe('adds');
    expect(of(policy(allow), policy(deny))).toBe('removes');
    expect(of(policy(deny), policy(allow, { ...deny, Action: 'c:*' }))).toBe('switches');
    expect(of('no JSON', policy(allow))).toBe('switches');
    expect(of(undefined, policy(allow))).toBe('switches');
  });
  it('of the block on public access: closing removes', () => {
    const of = (was: unknown, is: unknown) => way('bucket', 'publicAccessBlock', was, is);
    expect(of(null, { blockPublicAcls: true })).toBe('removes');
    expect(of({ blockPublicAcls: true }, null)).toBe('adds');
    expect(of({ blockPublicAcls: true }, { restrictPublicBuckets: true })).toBe('switches');
  });
  it('of attached policies and of groups: by what they say; one whose text is not known switches', () => {
    const [managed, group] = ['policy', 'group'].map((kind) => today.resources.find((one) => one.kind === kind));
    const policies = { allows: policy(allow), denies: policy(deny), both: policy(allow, deny), unread: undefined };
    const made = Object.entries(policies).flatMap(([id, document]): object[] => [
      { ...managed, id, document },
      { ...group, id: `of ${id}`, attachedPolicies: [ref(id)], inlinePolicies: [] },
      { ...group, id: `inline ${id}`, attachedPolicies: [], inlinePolicies: [{ name: id, document }] },
    ]) as Resource[];
    const more: object[] = [
      { ...group, id: 'empty', attachedPolicies: [], inlinePolicies: [] },
      { ...group, id: 'not read', attachedPolicies: undefined, inlinePolicies: [] },
    ];
    const estate = makeEstate({ ...today, resources: [...today.resources, ...made, ...(more as Resource[])] });
    const user = today.resources.find(({ kind }) => kind === 'user');
    const gets = (field: string, id: string, back = false) => {
      const [before, after] = [[], [ref(id)]].map((list) => ({ ...user, [field]: list }) as Resource);
      const change = back ? { before: after, after: before } : { before, after };
      return directionOf({ key: 'user', ...change, fields: [field] }, estate, estate).direction;
    };
    for (const [field, prefix] of [
      ['attachedPolicies', ''],
      ['groups', 'of '],
      ['groups', 'inline '],
    ] as const) {
      const of = (back: boolean) => Object.keys(policies).map((id) => gets(field, `${prefix}${id}`, back));
      expect(of(false)).toEqual(['adds', 'removes', 'switches', 'switches']);
      expect(of(true)).toEqual(['removes', 'adds', 'switches', 'switches']);
    }
    expect(gets('groups', 'empty')).toBe('adds');
    expect(gets('groups', 'elsewhere')).toBe('switches');
    expect(gets('groups', 'not read')).toBe('switches');
    expect(gets('attachedPolicies', 'arn:aws:iam::aws:policy/AdministratorAccess')).toBe('adds');
    expect(gets('attachedPolicies', 'arn:aws:iam::aws:policy/ReadOnlyAccess')).toBe('adds');
    expect(gets('attachedPolicies', 'arn:aws:iam::aws:policy/AWSDenyAll')).not.toBe('adds');
  });
  it('of weights: a group that comes with none gets no request', () => {
    const to = (...groups: readonly (readonly [string, number])[]) => [
      { type: 'forward', targetGroups: groups.map(([id, weight]) => ({ ref: ref(id), weight })) },
    ];
    const of = (was: unknown, is: unknown) => way('listener', 'actions', was, is);
    expect(of(to(['a', 1]), to(['a', 100], ['b', 0]))).toBe('adds');
    expect(of(to(['a', 100], ['b', 0]), to(['a', 1]))).toBe('removes');
    expect(of(to(['a', 100], ['b', 0]), to(['a', 90], ['b', 10]))).toBe('switches');
    expect(of(to(['a', 1]), [{ type: 'fixed-response', targetGroups: [] }])).toBe('switches');
  });
  it('of the conditions of a rule: one more keeps out', () => {
    const condition = (value: string) => ({ field: 'host-header', values: [value], headerName: undefined });
    expect(way('listenerRule', 'conditions', [condition('a')], [condition('a'), condition('b')])).toBe('removes');
  });
  it('of which nobody knows what it does: it is said', () => {
    expect(told('database', { storageType: 'gp2' }, { storageType: 'gp3' })).toMatchObject({
      direction: 'switches',
      unjudged: ['storageType'],
    });
    expect(told('function', { policy: policy(allow) }, { policy: policy() }).unjudged).toEqual(['policy']);
    expect(told('function', { policy: policy() }, { policy: policy(allow) }).unjudged).toEqual([]);
  });
});

describe('a whole resource', () => {
  const whole = (kind: Kind, comes: boolean, fields: object = {}): Told => {
    const one = {
      ...today.resources.find((each) => each.kind === kind),
      kind,
      id: 'new',
      name: 'new',
      ...fields,
    } as Resource;
    return directionOf(
      { key: 'new', before: comes ? undefined : one, after: comes ? one : undefined, fields: [] },
      today,
      makeEstate({ ...today, resources: [...today.resources, one] }),
    );
  };
  it('adds when it comes and removes when it goes', () => {
    expect(whole('securityGroup', true).direction).toBe('adds');
    expect(whole('securityGroup', false).direction).toBe('removes');
  });
  it('a route table that comes over subnets in use switches all of them', () => {
    const used = today.resources.find((one) => one.kind === 'networkInterface' && one.subnet !== undefined);
    const subnet = used?.kind === 'networkInterface' ? used.subnet?.id : undefined;
    expect(whole('routeTable', true, { subnets: [ref(subnet ?? '')] }).direction).toBe('switches');
    expect(whole('routeTable', true, { subnets: [] }).direction).toBe('adds');
  });
  it('of a kind that nothing is read of is not judged', () => {
    expect(whole('other', true).unjudged).toEqual(['']);
    expect(whole('organizationPolicy', true).unjudged).toEqual(['']);
  });
});

describe('a change of what something runs on', () => {
  const unjudged = (kind: Kind, field: string, was: unknown, is: unknown) =>
    told(kind, { [field]: was }, { [field]: is }).unjudged;
  it('is judged for a larger class and for the equivalent of another generation, and for no other', () => {
    const of = (was: string, is: string) => unjudged('database', 'instanceClass', was, is);
    expect(of('db.t3.medium', 'db.t3.large')).toEqual([]);
    expect(of('db.r5.xlarge', 'db.r5.16xlarge')).toEqual([]);
    expect(of('db.t2.medium', 'db.t3.medium')).toEqual([]);
    expect(of('db.t3.large', 'db.t3.medium')).toEqual(['instanceClass']);
    expect(of('db.r5.2xlarge', 'db.r5.xlarge')).toEqual(['instanceClass']);
    expect(of('db.r5.large', 'db.t3.large')).toEqual(['instanceClass']);
    expect(of('db.t3.medium', 'db.x9.gigantic')).toEqual(['instanceClass']);
    expect(unjudged('cache', 'nodeType', 'cache.t3.small', 'cache.t3.micro')).toEqual(['nodeType']);
  });
  it('is judged for an upgrade that RDS makes, and not for a version that nobody knows', () => {
    const of = (engineVersion: string, next: string) =>
      told('database', { engine: 'mysql', engineVersion }, { engine: 'mysql', engineVersion: next }).unjudged;
    expect(of('5.7.44', '8.0')).not.toContain('engineVersion');
    expect(of('5.7.44', '8.7')).toContain('engineVersion');
    expect(of('8.0.36', '5.7')).toContain('engineVersion');
  });
  it('is judged for the same images with no less to run in', () => {
    const container = { name: 'web', image: 'web:1', cpu: 256, memory: 512, environment: [] };
    const of = (is: object) => unjudged('taskDefinition', 'containers', [container], [{ ...container, ...is }]);
    expect(of({ environment: [{ name: 'A', value: 'b' }] })).toEqual([]);
    expect(of({ memory: 1024 })).toEqual([]);
    expect(of({ memory: 256 })).toEqual(['containers']);
    expect(of({ image: 'web:2' })).toEqual(['containers']);
    expect(of({ name: 'other' })).toEqual(['containers']);
    expect(unjudged('taskDefinition', 'containers', [{ ...container, image: undefined }], [])).toEqual(['containers']);
  });
  it('is judged for another definition of the same programs with no less for all together', () => {
    const one = today.resources.find(({ kind }) => kind === 'taskDefinition');
    const containers = [{ name: 'web', image: 'web:1', environment: [] }];
    const of = (was: object, is: object): readonly string[] => {
      const sized = [was, is].map((more, n): object => ({ ...one, id: `web:${n}`, containers, ...more })) as Resource[];
      const estate = makeEstate({ ...today, resources: [...today.resources, ...sized] });
      const [before, after] = ['web:0', 'web:1'].map((id) => {
        const service = today.resources.find(({ kind }) => kind === 'ecsService');
        return { ...service, taskDefinition: ref(id) } as Resource;
      });
      return directionOf({ key: 'web', before, after, fields: ['taskDefinition'] }, estate, estate).unjudged;
    };
    const size = { cpu: 1024, memory: 2048 };
    expect(of(size, size)).toEqual([]);
    expect(of(size, { cpu: 2048, memory: 4096 })).toEqual([]);
    expect(of({ cpu: undefined, memory: undefined }, size)).toEqual([]);
    expect(of(size, { cpu: 256, memory: 2048 })).toEqual(['taskDefinition']);
    expect(of(size, { cpu: 1024, memory: undefined })).toEqual(['taskDefinition']);
    const unknown = { containers: [{ name: 'web', image: undefined, environment: [] }] };
    expect(of({ ...size, ...unknown }, { ...size, ...unknown })).toEqual(['taskDefinition']);
  });
});
