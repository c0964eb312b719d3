import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root, run, scenario, shop, underpin } from './cli.ts';
import { corpus, hasCorpora } from './corpora.ts';

const ask = async (...args: readonly string[]) => {
  const { out, err, code } = await run([...args, '--json']);
  expect(err).toBe('');
  return { code, json: JSON.parse(out) };
};

describe('underpin reach', () => {
  it('proves that the shop’s database is reached from the internet, rule by rule', async () => {
    const { code, json } = await ask(
      'reach',
      shop,
      '--from',
      'internet',
      '--to',
      'legacy-prod-mysql',
      '--port',
      'tcp/3306',
    );
    expect(code).toBe(0);
    expect(Object.keys(json)).toEqual(
      expect.arrayContaining(['schemaVersion', 'verdict', 'from', 'to', 'sets', 'proof', 'blockers', 'assumptions']),
    );
    expect(json.verdict).toBe('yes');
    expect(json.sets).toEqual([{ addresses: ['0.0.0.0/0'], traffic: ['tcp/3306'] }]);
    expect(json.proof.map(({ code: hop }: { code: string }) => hop)).toEqual(
      expect.arrayContaining(['group-ingress', 'acl-allow', 'return-route']),
    );
    for (const hop of json.proof)
      expect(Object.keys(hop)).toEqual(expect.arrayContaining(['resource', 'by', 'code', 'detail']));
  });

  it('answers no with all blockers, and exits with 1', async () => {
    const { code, json } = await ask('reach', shop, '--from', 'internet', '--to', 'legacy-prod-redis');
    expect([code, json.verdict, json.proof]).toEqual([1, 'no', []]);
    expect(json.blockers.map(({ code: blocker }: { code: string }) => blocker)).toContain('no-public-address');
  });

  it('does not answer no where the load balancers were refused, since one may let in', async () => {
    const folder = emptyFolder();
    const refused = { error: { name: 'AccessDenied', message: 'no' } };
    const inventory = JSON.parse(readFileSync(shop, 'utf8'));
    inventory.responses['elbv2:DescribeLoadBalancers'] = [{ input: {}, ...refused }];
    const file = join(folder, 'inventory.json');
    writeFileSync(file, JSON.stringify(inventory));
    const { code, json } = await ask('reach', file, '--from', 'internet', '--to', 'legacy-prod-redis');
    expect([code, json.verdict]).toEqual([3, 'unknown']);
    expect(json.missing.map(({ operation }: { operation: string }) => operation)).toContain(
      'elbv2:DescribeLoadBalancers',
    );
  });

  it('says what a name that fits several resources may mean', async () => {
    const { code, err } = await run(['reach', shop, '--from', 'internet', '--to', 'web']);
    expect(code).toBe(2);
    expect(err).toMatch(/names 2 resources/);
    expect(err).toMatch(/service\/legacy-prod\/web/);
  });

  it('refuses traffic that it does not understand', async () => {
    expect(
      (await run(['reach', shop, '--from', 'internet', '--to', 'legacy-prod-mysql', '--port', 'mysql'])).err,
    ).toMatch(/not understood as traffic/);
  });

  it.skipIf(!hasCorpora)('does not know without route tables, names the operation, and exits with 3', async () => {
    const { code, json } = await ask(
      'reach',
      corpus('cloudmapper/demo'),
      '--from',
      'internet',
      '--to',
      'Bastion',
      '--port',
      '22',
    );
    expect([code, json.verdict]).toEqual([3, 'unknown']);
    expect(json.missing.map(({ operation }: { operation: string }) => operation)).toContain('ec2:DescribeRouteTables');
  });
});

describe('underpin exposure', () => {
  it('lists what is reached with ports, sources and a way to close it, and what is one attribute away', async () => {
    const { code, json } = await ask('exposure', shop);
    expect(code).toBe(0);
    const mysql = json.exposures.find(
      ({ resource }: { resource: { name: string } }) => resource.name === 'legacy-prod-mysql',
    );
    expect(mysql).toMatchObject({ ports: ['tcp/3306'], sources: ['0.0.0.0/0'], via: 'direct', latent: false });
    expect(mysql.cut.items.length).toBeGreaterThan(0);
    const redis = json.exposures.find(
      ({ resource }: { resource: { name: string } }) => resource.name === 'legacy-prod-redis',
    );
    expect(redis).toMatchObject({ latent: true });
  });

  it('decides nothing where everything is refused', async () => {
    expect((await ask('exposure', scenario('all-denied.json'))).json.exposures).toEqual([]);
  });
});

describe('underpin access', () => {
  it('carries the statements that decide', async () => {
    const { code, json } = await ask('access', shop, '--principal', 'deploy-bot', '--action', 'iam:CreateUser');
    expect([code, json.verdict]).toEqual([0, 'yes']);
    expect(json.statements).toHaveLength(1);
    expect(json.statements[0]).toMatchObject({
      effect: 'Allow',
      policy: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
  });

  it('reports a misspelt action instead of judging it', async () => {
    const { code, err } = await run(['access', shop, '--principal', 'bob', '--action', 's3:GetObjekt']);
    expect(code).toBe(2);
    expect(err).toMatch(/s3:GetObject/);
  });

  it('names the administrators in effect, people and services', async () => {
    const { json } = await ask('access', shop, '--administrators');
    const names = json.administrators.map(({ principal }: { principal: { name: string } }) => principal.name);
    expect(names).toEqual(expect.arrayContaining(['alice', 'bob', 'carol', 'deploy-bot', 'legacy-prod-task']));
  });

  it('proposes a policy for each service from what it is seen to use', async () => {
    const { json } = await ask('access', shop, '--services');
    const worker = json.proposals.find(({ workload }: { workload: string }) =>
      workload.endsWith(':function:legacy-prod-worker'),
    );
    expect(JSON.stringify(worker.policy)).toMatch(/sqs:ReceiveMessage/);
    expect(JSON.stringify(worker.policy)).not.toMatch(/"\*"/);
  });
});

describe('underpin survive', () => {
  it('loses the shop’s database with the zone, and keeps everything when the other zone is lost', async () => {
    const { code, json } = await ask('survive', shop, '--without', 'ap-northeast-2a');
    expect(code).toBe(1);
    const [{ zone, flows }] = json.zones;
    expect(zone).toBe('ap-northeast-2a');
    const lost = flows.filter(({ outcome }: { outcome: string }) => outcome === 'lost');
    expect(lost.some(({ flow }: { flow: string }) => flow.includes('database/legacy-prod-mysql'))).toBe(true);
    for (const { because } of lost) expect(because.length).toBeGreaterThan(0);
  });

  it('goes through every zone when none is named', async () => {
    expect((await ask('survive', shop)).json.zones.map(({ zone }: { zone: string }) => zone)).toEqual(
      expect.arrayContaining(['ap-northeast-2a', 'ap-northeast-2c']),
    );
  });

  it('loses one machine: the one that is named, or each in turn', async () => {
    const { json } = await ask('survive', shop, '--without', 'legacy-prod-redis');
    expect(json.machines).toHaveLength(1);
    const lost = json.machines[0].flows.filter(({ outcome }: { outcome: string }) => outcome === 'lost');
    expect(lost.map(({ flow }: { flow: string }) => flow)).toEqual([
      'service/legacy-prod/web -> cache/legacy-prod-redis tcp/6379',
    ]);
    expect((await ask('survive', shop, '--machines')).json.machines.length).toBeGreaterThan(8);
  });

  it('lists the zones when the name is wrong', async () => {
    expect((await run(['survive', shop, '--without', 'eu-west-9z'])).err).toMatch(/ap-northeast-2a/);
  });
});

describe('underpin cost', () => {
  it('adds what has a price, and lists and counts what has none', async () => {
    const { json } = await ask('cost', shop);
    expect(json.total.fixed).toBeGreaterThan(0);
    expect(json.unknown.length).toBe(json.total.unknown.fixed + json.total.unknown.usage);
    for (const { usd, price } of json.lines) {
      expect(usd).toBeGreaterThanOrEqual(0);
      expect(price.source).toMatch(/^https:\/\//);
    }
  });

  it('takes prices and usage from files, and tells what is wrong with them', async () => {
    const folder = emptyFolder();
    const before = (await ask('cost', shop)).json;
    const open = before.unknown.find(({ lacks }: { lacks: string }) => lacks === 'price');
    expect(open).toBeDefined();
    const [, service, sku, region] = /no price of (\S+) (\S+) in (\S+)/.exec(open.missing) ?? [];
    const prices = join(folder, 'prices.json');
    writeFileSync(
      prices,
      JSON.stringify({
        asOf: '2026-11-01',
        prices: [{ region, service, sku, unit: 'hour', usd: 1, source: 'our contract' }],
      }),
    );
    expect((await ask('cost', shop, '--prices', prices)).json.total.fixed).toBeGreaterThan(before.total.fixed);
    writeFileSync(prices, '{"asOf": "soon", "prices": []}');
    const { code, err } = await run(['cost', shop, '--prices', prices]);
    expect(code).toBe(2);
    expect(err).toMatch(/asOf/);
  });
});

describe('a Pulumi project as input', () => {
  const project = join(root, 'examples', 'sound-shop');
  const prod = ['--stack', 'prod', '--config', 'sound-shop:masterPassword=only-for-this-test'];

  it('is executed without deploying anything, and its production has no finding of high or medium severity', () => {
    const { severities, states } = JSON.parse(underpin(['audit', project, ...prod, '--json']).out).summary;
    expect([severities.high, severities.medium]).toEqual([0, 0]);
    expect(states.pass).toBeGreaterThan(30);
  });

  it('answers questions too, with proofs that point at the line of the program', async () => {
    const { json } = await ask(
      'reach',
      project,
      ...prod,
      '--from',
      'shop-web',
      '--to',
      'shop-mysql',
      '--port',
      'tcp/3306',
    );
    expect(json.verdict).toBe('yes');
    expect(
      json.proof.some(({ provenance }: { provenance?: { file: string } }) =>
        /index\.ts:\d+$/.test(provenance?.file ?? ''),
      ),
    ).toBe(true);
    expect((await ask('reach', project, ...prod, '--from', 'internet', '--to', 'shop-mysql')).json.verdict).toBe('no');
  });

  it('says what a program lacks that does not run to its end', async () => {
    const { code, err } = await run(['audit', project, '--stack', 'prod']);
    expect(code).toBe(2);
    expect(err).toMatch(/masterPassword/);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
