/** The example `examples/sound-shop`, as Underpin's own proof sees it: recorded, read into an estate, judged. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { grantsOf } from '../analyse/access/services/grants.ts';
import { exposures } from '../analyse/exposure/exposure.ts';
import { endpointOf, reach } from '../analyse/reachability/index.ts';
import { all, type Estate } from '../estate/estate.ts';
import { parseTraffic } from '../estate/sets/index.ts';
import { estateOfRecording } from '../inventory/pulumi/index.ts';
import type { Recording } from '../inventory/pulumi/recorded.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { record } from './record/record.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/sound-shop', import.meta.url));
const STACKS = ['dev', 'prod'] as const;

/** What an ARN names, without the suffix that makes it unlike others. */
const named = (arn: string): string =>
  arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/-[0-9a-f]{7}(?=$|\/)/, '');

describe.each(STACKS)('the sound shop in %s', (stack) => {
  let recording: Recording;
  let estate: Estate;

  beforeAll(async () => {
    recording = await record(EXAMPLE, { stack, config: { masterPassword: 'not-a-real-one' } });
    estate = estateOfRecording(recording, '2026-01-01T00:00:00.000Z');
  });

  it('is recorded to its end, each resource at its line of the program', () => {
    expect(recording.problems).toEqual([]);
    expect(recording.invokes.filter((one) => !one.known)).toEqual([]);
    expect(recording.resources.filter((one) => one.position?.file !== 'index.ts').map((one) => one.urn)).toEqual([]);
  });

  it('is one estate: everything that serves is in it, and nothing points outside but the zone of its own domain', () => {
    const count = (kind: Parameters<typeof all>[1]): number => all(estate, kind).length;
    expect({
      subnets: count('subnet'),
      tables: count('routeTable'),
      groups: count('securityGroup'),
      services: count('ecsService'),
      databases: count('database'),
      caches: count('cache'),
      distributions: count('distribution'),
      users: count('user'),
    }).toEqual({
      subnets: 6,
      tables: 5,
      groups: stack === 'prod' ? 9 : 8,
      services: 2,
      databases: stack === 'prod' ? 3 : 1,
      caches: 1,
      distributions: 2,
      users: 4,
    });
    const dangling = estate.notices.filter((notice) => notice.code === 'danglingReference');
    expect(dangling.filter((notice) => !/refers to Z0123456789EXAMPLE/.test(notice.message))).toEqual([]);
    expect(estate.notices.filter((notice) => !['danglingReference', 'unknownOperation'].includes(notice.code))).toEqual(
      [],
    );
  });

  it('shows the internet its two distributions, and straight nothing else', () => {
    const { exposures: found, unknown } = exposures(estate);
    const straight = found.filter((one) => one.via === 'direct').map((one) => one.resource.kind);
    expect(straight).toEqual(['distribution', 'distribution']);
    expect(found.filter((one) => one.via === 'through').every((one) => one.through.length > 0)).toBe(true);
    expect(unknown).toEqual([]);
  });

  it('lets every program reach what it needs, and nobody else', () => {
    const answer = (from: string, to: string, traffic: string): string => {
      const [start, end] = [endpointOf(estate, from), endpointOf(estate, to)];
      if (start.state !== 'found' || end.state !== 'found') return `${from} ${start.state}, ${to} ${end.state}`;
      return reach(estate, start.endpoint, end.endpoint, parseTraffic(traffic)).verdict.answer;
    };
    for (const program of ['shop-web', 'shop-worker']) {
      expect(answer(program, 'shop-mysql', 'tcp/3306'), program).toBe('yes');
      expect(answer(program, 'shop-cache', 'tcp/6379'), program).toBe('yes');
      expect(answer(program, 'shop-mysql', 'tcp/22'), program).toBe('no');
    }
    for (const target of ['shop-mysql', 'shop-cache', 'shop-worker', 'shop-way-in'])
      expect(answer('internet', target, 'all'), target).toBe('no');
    expect(answer('shop-cache', 'shop-mysql', 'all')).toBe('no');
  });

  it('gives the role of every program what its flows are for, and nothing else', () => {
    const given = (role: string): readonly string[] =>
      all(estate, 'role')
        .filter((one) => one.name?.replace(/-[0-9a-f]{7}$/, '') === role)
        .flatMap((one) => {
          const { grants, missing } = grantsOf(estate, one);
          expect(missing, role).toEqual([]);
          expect(grants.map((grant) => grant.width).filter((width) => width !== 'exact')).toEqual([]);
          return grants.flatMap(({ actions, resources }) =>
            actions.map((action) => `${action} ${resources.map(named).join(' ')}`),
          );
        })
        .sort();
    const consume = ['changemessagevisibility', 'deletemessage', 'getqueueattributes', 'getqueueurl', 'receivemessage'];
    expect(given('shop-web-task')).toEqual(
      [
        ...[
          'getitem',
          'batchgetitem',
          'query',
          'scan',
          'conditioncheckitem',
          'putitem',
          'updateitem',
          'deleteitem',
          'batchwriteitem',
        ].map((action) => `dynamodb:${action} table/shop-carts table/shop-carts/index/*`),
        'sqs:getqueueurl shop-orders',
        'sqs:sendmessage shop-orders',
      ].sort(),
    );
    expect(given('shop-worker-task')).toEqual(
      [
        ...['deleteobject', 'getobject', 'putobject'].map((action) => `s3:${action} shop-media/pictures/*`),
        'sns:publish shop-sold',
        ...consume.map((action) => `sqs:${action} shop-orders`),
      ].sort(),
    );
    expect(given('shop-nightly-task')).toEqual([]);
    expect(given('shop-mailer').filter((one) => !one.startsWith('logs:'))).toEqual(
      [...consume.map((action) => `sqs:${action} shop-mails`), 'sqs:sendmessage shop-mailer-dead-letters'].sort(),
    );
    expect(given('shop-deploy')).toEqual([]);
  });

  it('has no finding of high or medium severity but what its stack gives up on purpose', () => {
    const grave = audit(estate, rules).filter(
      (one) => one.state === 'fail' && ['high', 'medium'].includes(one.severity),
    );
    const dev = [
      'cache-without-failover',
      'database-deletable',
      'database-single-zone',
      'nat-in-one-zone',
      'service-in-one-zone',
      'zone-loss-cuts-flows',
    ];
    const accepted = stack === 'prod' ? [] : dev;
    expect(grave.filter((one) => !accepted.includes(one.rule)).map((one) => `${one.rule}: ${one.claim}`)).toEqual([]);
  });
});
