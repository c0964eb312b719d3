import { describe, expect, it } from 'vitest';
import { id } from '../../estate/ids.ts';
import { end, estate, flow, made, network, ref } from '../resilience/testing/build.ts';
import { environmentOf, environmentsOf } from './environments.ts';
import { environmentsIn, isEnvironmentTag } from './words.ts';

const named = (text: string): readonly string[] => environmentsIn(text, 'name').map((found) => found.environment);

describe('words', () => {
  it.each([
    ['legacy-prod-db', ['production']],
    ['shop_production', ['production']],
    ['web-stg', ['staging']],
    ['PRD', ['production']],
    ['ShopProdVpc', ['production']],
    ['orders.dev2.worker', ['development']],
    ['pre-prod-api', ['staging']],
    ['non_prod', ['non-production']],
    ['product-catalogue', []],
    ['device-registry', []],
    ['example.dev', []],
    ['api.dev.example.com', ['development']],
    ['live-chat', []],
    ['prod-to-staging-sync', ['production', 'staging']],
  ])('%s', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it('knows tags that ask for an environment', () => {
    expect(['Environment', 'env', 'app:Stage', 'team/env-name'].map(isEnvironmentTag)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['Name', 'Team', 'envoy'].map(isEnvironmentTag)).toEqual([false, false, false]);
    expect(environmentsIn('live', 'tag')[0]?.environment).toBe('production');
  });
});

describe('environmentOf', () => {
  it('prefers the tag to the name, and the name to what holds it', () => {
    const answer = environmentOf(
      estate([
        made('vpc', 'vpc-prod', { tags: { Name: 'x' } }),
        made('securityGroup', 'sg-plain', { vpc: ref('vpc-prod') }),
        made('securityGroup', 'dev-group', { vpc: ref('vpc-prod') }),
        made('securityGroup', 'dev-other', { vpc: ref('vpc-prod'), tags: { Env: 'stg' } }),
      ]),
    );
    expect(answer.get(id('sg-plain'))).toMatchObject({
      environment: 'production',
      because: { code: 'environment-of-container', by: 'vpc-prod' },
    });
    expect(answer.get(id('dev-group'))).toMatchObject({
      environment: 'development',
      because: { code: 'environment-name' },
      contrary: [{ environment: 'production' }],
    });
    expect(answer.get(id('dev-other'))?.environment).toBe('staging');
  });

  it('follows cluster, service and task', () => {
    const answer = environmentOf(
      estate([
        made('ecsCluster', 'shop-prd'),
        made('ecsService', 'web', { cluster: ref('shop-prd') }),
        made('ecsTask', 'task-1', { service: ref('web') }),
      ]),
    );
    expect(answer.get(id('task-1'))?.environment).toBe('production');
  });

  it('leaves unknown what nothing marks', () => {
    expect(environmentOf(estate([...network('a'), made('queue', 'orders')])).size).toBe(0);
  });

  it('takes the one environment of all peers, but does not choose between two', () => {
    const resources = [
      made('function', 'mailer-prod'),
      made('function', 'mailer-dev'),
      made('queue', 'orders'),
      made('queue', 'shared'),
    ];
    const answer = environmentOf(
      estate(resources, [
        flow(end('mailer-prod'), end('orders')),
        flow(end('mailer-prod'), end('shared')),
        flow(end('mailer-dev'), end('shared')),
      ]),
    );
    expect(answer.get(id('orders'))).toMatchObject({
      environment: 'production',
      because: { code: 'environment-of-peers' },
    });
    expect(answer.has(id('shared'))).toBe(false);
  });

  it('lists what contradicts itself and decides nothing', () => {
    const answer = environmentsOf(estate([made('bucket', 'assets', { tags: { Environment: 'prod', Stage: 'dev' } })]));
    expect(answer.of.size).toBe(0);
    expect(answer.conflicts).toHaveLength(1);
    expect(answer.conflicts[0]?.evidence.map((one) => one.environment).sort()).toEqual(['development', 'production']);
  });

  it('takes no word of the language it is written in for an environment', () => {
    const named = ['constructor', 'toString', '__proto__'].map((name) =>
      made('queue', name, { tags: { Environment: name } }),
    );
    expect(environmentOf(estate(named)).size).toBe(0);
  });

  it('ends on a cycle of containers', () => {
    const answer = environmentOf(
      estate([made('database', 'one', { replicaOf: ref('two') }), made('database', 'two', { replicaOf: ref('one') })]),
    );
    expect(answer.size).toBe(0);
  });
});
