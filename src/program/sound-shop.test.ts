/** The example `examples/sound-shop`, as Underpin's own proof sees it: recorded, read into an estate, judged. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { grantsOf } from '../analyse/access/services/grants.ts';
import { exposures } from '../analyse/exposure/exposure.ts';
import { type Endpoint, endpointOf, INTERNET_END, reach, resourceEnd } from '../analyse/reachability/index.ts';
import { survivals } from '../analyse/resilience/survive.ts';
import { all, byId, type Estate } from '../estate/estate.ts';
import type { FlowEnd } from '../estate/flow.ts';
import { parseTraffic } from '../estate/sets/index.ts';
import { portText } from '../inventory/flows/make.ts';
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

  it('has a way for every connection that its settings, targets and names ask for', () => {
    const end = (of: FlowEnd): Endpoint | undefined => {
      const resource = of.type === 'resource' ? byId(estate, of.id) : undefined;
      return of.type === 'internet' ? INTERNET_END : resource && resourceEnd(resource);
    };
    const asked = estate.flows.flatMap((flow) => {
      const [from, to] = [end(flow.from), end(flow.to)];
      // Replication is RDS's own and needs no rule; a secret or queue is reached by AWS's API, which is a question of roles.
      const judged = ['ecsService', 'database', 'cache', 'loadBalancer', 'distribution'];
      if (from === undefined || to?.type !== 'resource' || !judged.includes(to.resource.kind)) return [];
      if (from.type === 'resource' && from.resource.kind === 'database') return [];
      const { verdict } = reach(estate, from, to, parseTraffic(portText(flow.protocol, flow.ports)));
      return [`${verdict.answer} ${flow.id}`];
    });
    expect(asked.length).toBe(stack === 'prod' ? 18 : 14);
    expect(asked.filter((one) => !one.startsWith('yes'))).toEqual([]);
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
    const writes = (log: string): readonly string[] =>
      ['createlogstream', 'putlogevents'].map((action) => `logs:${action} log-group:${log}:*`);
    expect(given('shop-mailer').map((one) => one.replace(/-[0-9a-f]{7}:/, ':'))).toEqual(
      [
        ...consume.map((action) => `sqs:${action} shop-mails`),
        'sqs:sendmessage shop-mailer-dead-letters',
        ...writes('shop-mailer'),
      ].sort(),
    );
    for (const program of ['web', 'worker', 'nightly']) {
      const starts = given(`shop-${program}-execution`).map((one) => one.replace(/-[0-9a-f]{7}:/, ':'));
      expect(starts.filter((one) => !one.startsWith('secretsmanager:'))).toEqual(writes(`shop-${program}`));
      // One secret: the database's, made by RDS or by the program.
      expect(starts.filter((one) => one.startsWith('secretsmanager:'))).toHaveLength(1);
      expect(starts.join(' ')).not.toMatch(/secret:\*| \*/);
    }
    expect(given('shop-nightly-schedule')).toEqual([
      'ecs:runtask task-definition/shop-nightly:*',
      'iam:passrole role/shop-nightly-task role/shop-nightly-execution',
      'sqs:sendmessage shop-nightly-dead-letters',
    ]);
    expect(given('shop-way-in')).toEqual([
      'ssm:updateinstanceinformation instance/*',
      'ssmmessages:createcontrolchannel ',
      'ssmmessages:createdatachannel ',
      'ssmmessages:opencontrolchannel ',
      'ssmmessages:opendatachannel ',
    ]);
    expect(given('shop-deploy')).toEqual([]);
  });

  it('has no role that was not just looked at, but those of logs and of people', () => {
    const seen = /^shop-((web|worker|nightly)-(task|execution)|nightly-schedule|mailer|way-in|deploy)$/;
    const names = all(estate, 'role').map((one) => one.name.replace(/-[0-9a-f]{7}$/, ''));
    expect(names.filter((name) => !seen.test(name)).sort()).toEqual([
      'shop-flow-logs',
      'shop-people-administrator',
      'shop-people-break-glass',
      'shop-watch-trail',
    ]);
    expect(names.filter((name) => seen.test(name))).toHaveLength(10);
  });

  it('fails no rule but what its stack gives up on purpose', () => {
    const failed = audit(estate, rules).filter((one) => one.state === 'fail');
    const purposes: Record<(typeof STACKS)[number], readonly string[]> = {
      // Aurora would scale its readers by itself; the story leaves that open.
      prod: ['low database-replicas-by-hand'],
      dev: [
        'high database-single-zone',
        'high zone-loss-cuts-flows',
        'medium cache-without-failover',
        'medium database-deletable',
        'medium nat-in-one-zone',
        'medium service-in-one-zone',
      ],
    };
    expect([...new Set(failed.map((one) => `${one.severity} ${one.rule}`))].sort()).toEqual(purposes[stack]);
  });

  it('in production loses no connection whichever zone is lost, and is sure of every one', () => {
    if (stack === 'dev') return;
    const { zones } = survivals(estate);
    expect(zones.map((one) => one.zone)).toEqual(['eu-west-1a', 'eu-west-1b']);
    for (const { zone, flows } of zones) {
      const cut = flows
        .filter(({ outcome }) => !outcome.startsWith('survives'))
        .map(({ flow, outcome }) => `${outcome} ${flow}`);
      // What a lost replica itself would copy; nobody waits for it.
      const copy = new RegExp(
        `^lost database/shop-mysql-replica-${zone.at(-1)}-\\w+ -> database/shop-mysql-\\w+ tcp/3306$`,
      );
      // The developers' way in is one machine, by choice: the service does not come by it.
      const wayIn = /^lost instance\/i-\w+ -> /;
      expect(
        cut.filter((one) => !copy.test(one) && !wayIn.test(one)),
        zone,
      ).toEqual([]);
      const reads = flows.filter(({ flow }) => /-> database\/shop-mysql-replica-/.test(flow));
      expect(reads.map(({ outcome }) => outcome)).toEqual(reads.map(() => 'survivesAfterFailover'));
      expect(reads.some(({ because }) => because.some(({ code }) => code === 'name-answers-others'))).toBe(true);
    }
  });
});
