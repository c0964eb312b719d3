import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import { estate, made, network, ref, refs } from '../resilience/testing/build.ts';
import { parseAssumptions } from './assumption-file.ts';
import { type Assumptions, NO_ASSUMPTIONS } from './assumptions.ts';
import { type Costs, costs } from './costs.ts';
import { CERTAINTIES, PriceTable, type Service } from './price.ts';
import { parsePriceFile } from './price-file.ts';
import { LISTED_PRICES, pricesWith } from './prices/index.ts';
import { upgradesOf } from './upgrade.ts';

const prices = pricesWith();
const of = (resources: readonly Resource[], assumptions: Assumptions = NO_ASSUMPTIONS): Costs =>
  costs(estate(resources), prices, assumptions);
const per = (answer: Costs, resource: string): number =>
  Math.round(answer.lines.filter((line) => line.resource === resource).reduce((sum, line) => sum + line.usd, 0) * 100) /
  100;

describe('machines', () => {
  it('an instance is paid by the hour while it runs, its volumes always', () => {
    const volume = made('volume', 'vol', { volumeType: 'gp3', size: 100, iops: 3000, throughput: 125 });
    const running = made('instance', 'i-1', { instanceType: 'm5.large', state: 'running', volumes: refs('vol') });
    const stopped = made('instance', 'i-2', { instanceType: 'm5.large', state: 'stopped', volumes: [] });
    const answer = of([running, stopped, volume]);
    expect(per(answer, 'i-1')).toBe(70.08);
    expect(per(answer, 'i-2')).toBe(0);
    expect(per(answer, 'vol')).toBe(8);
    expect(answer.unknown).toEqual([]);
    expect(answer.total.fixed).toBe(78.08);
  });

  it('what has no price is unknown and counted, never zero', () => {
    const answer = of([made('instance', 'i-1', { instanceType: 'q9.large', state: 'running', volumes: [] })]);
    expect(answer.lines).toEqual([]);
    expect(answer.unknown).toMatchObject([
      { resource: 'i-1', lacks: 'price', missing: expect.stringContaining('q9.large') },
    ]);
    expect(answer.total.unknown).toEqual({ fixed: 1, usage: 0 });
  });

  it('what the input does not tell is unknown, naming the operation', () => {
    const answer = of([made('instance', 'i-1', { state: 'running', volumes: refs('vol') })]);
    expect(answer.unknown.map((one) => one.lacks)).toEqual(['input', 'input']);
    expect(answer.unknown.map((one) => one.missing).join()).toMatch(/InstanceType.*ec2:DescribeVolumes/);
  });

  it('a Multi-AZ database is paid twice, with its storage', () => {
    const database = (multiAz: boolean | undefined) =>
      made('database', 'db', {
        publiclyAccessible: false,
        engine: 'mysql',
        engineVersion: '8.4.3',
        instanceClass: 'db.m5.large',
        cluster: null,
        storageType: 'gp3',
        allocatedStorage: 100,
        ...(multiAz === undefined ? {} : { multiAz }),
      });
    const single = per(of([database(false)]), 'db');
    expect(single).toBe(136.33);
    expect(per(of([database(true)]), 'db')).toBe(272.66);
    expect(of([database(undefined)]).unknown).toHaveLength(2);
  });

  it('a database of unknown class still has its storage, and its class is unknown', () => {
    const database = made('database', 'db', {
      publiclyAccessible: false,
      engine: 'mysql',
      engineVersion: '8.4.3',
      cluster: null,
      multiAz: false,
      storageType: 'gp3',
      allocatedStorage: 100,
    });
    const answer = of([database]);
    expect(answer.lines.map(({ what }) => what)).toEqual(['storage']);
    expect(answer.unknown).toMatchObject([{ missing: expect.stringContaining('DBInstanceClass') }]);
  });

  it('IOPS and throughput that are not told are not taken for those that are included', () => {
    const answer = of([made('volume', 'vol', { volumeType: 'gp3', size: 100 })]);
    expect(answer.unknown.map(({ what }) => what)).toEqual(['IOPS over 3,000', 'throughput over 125 MiB/s']);
  });

  it('a task of unknown launch type is not taken for one on EC2', () => {
    expect(of([made('ecsTask', 'task', { lastStatus: 'RUNNING' })]).unknown).toHaveLength(1);
    expect(of([made('ecsTask', 'task', { lastStatus: 'RUNNING', launchType: 'EC2' })]).unknown).toEqual([]);
  });

  it('an engine version that is not told may be one that costs Extended Support', () => {
    const database = made('database', 'db', {
      publiclyAccessible: false,
      engine: 'mysql',
      instanceClass: 'db.m5.large',
      cluster: null,
      multiAz: false,
      storageType: 'gp3',
      allocatedStorage: 20,
    });
    expect(of([database]).unknown).toMatchObject([{ what: 'RDS Extended Support' }]);
  });

  it('says that an old engine may cost Extended Support', () => {
    const database = made('database', 'db', {
      publiclyAccessible: false,
      engine: 'mysql',
      engineVersion: '5.7.44',
      instanceClass: 'db.m5.large',
      cluster: null,
      multiAz: false,
      storageType: 'gp3',
      allocatedStorage: 20,
    });
    expect(of([database]).unknown).toMatchObject([{ what: 'RDS Extended Support' }]);
  });

  it('a cache is paid by its nodes', () => {
    const nodes = ['a', 'b'].map((id) => ({ id, zone: undefined, role: undefined, host: undefined }));
    expect(per(of([made('cache', 'c', { engine: 'redis', nodeType: 'cache.t3.micro', nodes })]), 'c')).toBe(24.82);
    expect(of([made('cache', 'c', { engine: 'redis', nodeType: 'cache.t3.micro' })]).unknown).toHaveLength(1);
  });

  it('Fargate is paid by the vCPU and memory of its tasks; tasks on EC2 are not paid again', () => {
    const definition = made('taskDefinition', 'web:1', { cpu: 512, memory: 1024 });
    const service = (launchType: 'FARGATE' | 'EC2') =>
      made('ecsService', 'web', { launchType, network: null, desired: 2, running: 2, taskDefinition: ref('web:1') });
    expect(per(of([definition, service('FARGATE')]), 'web')).toBe(36.04);
    expect(of([definition, service('EC2')]).lines).toEqual([]);
    expect(of([service('FARGATE')]).unknown).toHaveLength(2);
  });
});

describe('network', () => {
  it('fixed and usage are apart, and usage needs an assumption', () => {
    const parts = [...network('a'), made('natGateway', 'nat', { availability: 'zonal', state: 'available' })];
    const without = of(parts);
    expect(without.total).toMatchObject({ fixed: 32.85, usage: 0, unknown: { usage: 1 } });
    const assumptions = parseAssumptions({ usage: [{ service: 'nat', sku: 'gb', perMonth: 100, because: 'October' }] });
    const answer = of(parts, assumptions);
    expect(answer.total).toMatchObject({ fixed: 32.85, usage: 4.5 });
    expect(answer.lines.find((line) => line.type === 'usage')?.because).toBe('October');
  });

  it('a public address is counted once, whoever names it', () => {
    const answer = of([
      made('elasticIp', 'eip', { publicAddress: '192.0.2.10' }),
      made('natGateway', 'nat', { availability: 'zonal', state: 'available', publicAddresses: ['192.0.2.10'] }),
      made('networkInterface', 'eni', { addresses: [{ private: '10.0.0.4', public: '192.0.2.10' }] }),
      made('networkInterface', 'eni-2', { addresses: [{ private: '10.0.0.5', public: '192.0.2.11' }] }),
    ]);
    const addresses = answer.lines.filter((line) => line.price.service === 'ipv4');
    expect(addresses.map((line) => [line.resource, line.usd])).toEqual([
      ['eip', 3.65],
      ['eni-2', 3.65],
    ]);
  });

  it('an interface whose addresses are not told may have a public one', () => {
    expect(of([made('networkInterface', 'eni', {})]).unknown).toHaveLength(1);
    expect(of([made('networkInterface', 'eni', { hasPublicAddress: false })]).unknown).toEqual([]);
  });

  it('an interface endpoint is paid in each of its zones, a gateway endpoint not at all', () => {
    const endpoint = (type: 'Interface' | 'Gateway') => made('vpcEndpoint', 'vpce', { type, subnets: refs('a', 'b') });
    expect(of([endpoint('Interface')]).total.fixed).toBe(14.6);
    expect(of([endpoint('Gateway')])).toMatchObject({ lines: [], unknown: [] });
  });
});

describe('environments', () => {
  it('sum to the total, unknown ones last', () => {
    const answer = of([
      made('secret', 'prod/db', { service: 'secretsmanager' }),
      made('secret', 'dev/db', { service: 'secretsmanager' }),
      made('secret', 'other', { service: 'secretsmanager' }),
    ]);
    expect(answer.environments.map((one) => [one.environment, one.fixed])).toEqual([
      ['development', 0.4],
      ['production', 0.4],
      [null, 0.4],
    ]);
    expect(answer.total.fixed).toBe(1.2);
  });
});

describe('assumptions', () => {
  it('the most exact entry counts', () => {
    const assumptions = parseAssumptions({
      usage: [
        { resource: '*', service: 's3', sku: 'standard', perMonth: 1 },
        { resource: 'media', service: 's3', sku: 'standard', perMonth: 100 },
      ],
    });
    const answer = of([made('bucket', 'media'), made('bucket', 'logs')], assumptions);
    expect([per(answer, 'media'), per(answer, 'logs')]).toEqual([2.3, 0.02]);
  });

  it('a wrong file is told field by field', () => {
    expect(() =>
      parseAssumptions({ usage: [{ service: 'nat', sku: 'gb', perMonth: -1 }, { service: 'nope' }] }),
    ).toThrow(/usage\.0\.perMonth.*\n.*usage\.1\.service/);
  });
});

describe('prices', () => {
  it('of the table are unique, positive, dated, checked, and name AWS’s page', () => {
    const keys = LISTED_PRICES.map((row) => `${row.region} ${row.service} ${row.sku}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const row of LISTED_PRICES) {
      expect(row.usd).toBeGreaterThan(0);
      expect(row.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(row.source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(CERTAINTIES, `${row.region} ${row.sku}`).toContain(row.checked);
    }
  });

  it('that every small estate in Seoul needs are there', () => {
    const wanted: readonly (readonly [Service, string, number])[] = [
      ['ec2', 't2.medium', 0.0576],
      ['ec2', 't3.medium', 0.052],
      ['ec2', 'm4.large', 0.123],
      ['ec2', 'm5.large', 0.118],
      ['rds', 'mysql/db.m4.large', 0.241],
      ['rds', 'mysql/db.m6g.large', 0.21],
      ['rds', 'mysql/db.t3.micro', 0.026],
      ['rds-storage', 'gp2', 0.131],
      ['ebs', 'gp2', 0.114],
      ['elb', 'alb-hour', 0.0225],
      ['nat', 'hour', 0.059],
      ['ipv4', 'public-address', 0.005],
      ['fargate', 'vcpu-hour', 0.04656],
    ];
    expect(wanted.map(([service, sku]) => prices.find('ap-northeast-2', service, sku)?.usd)).toEqual(
      wanted.map(([, , usd]) => usd),
    );
  });

  it('of one region are not taken for another, nor of one engine for another', () => {
    expect(prices.find('us-east-1', 'elasticache', 'redis/cache.t2.micro')?.usd).toBe(0.017);
    expect(prices.find('ap-northeast-2', 'elasticache', 'redis/cache.t2.micro')).toBeUndefined();
    expect(prices.find('us-east-1', 'elasticache', 'memcached/cache.t2.micro')).toBeUndefined();
    expect(prices.find('eu-west-1', 'ec2', 'm5.large')).toBeUndefined();
    // A request at a Korean edge costs more than one in the US: no price holds everywhere.
    expect(prices.find('global', 'cloudfront', 'https-10000')).toBeUndefined();
  });

  it('grow with the size within a family', () => {
    const sizes = [
      'nano',
      'micro',
      'small',
      'medium',
      'large',
      'xlarge',
      '2xlarge',
      '4xlarge',
      '8xlarge',
      '12xlarge',
      '16xlarge',
      '24xlarge',
    ];
    const families = new Map<string, { size: number; usd: number }[]>();
    for (const row of LISTED_PRICES) {
      const [, family, size] = /^(.*)\.([a-z0-9]+)$/.exec(row.sku) ?? [];
      if (family === undefined || size === undefined || !sizes.includes(size)) continue;
      const key = `${row.region} ${row.service} ${family}`;
      families.set(key, [...(families.get(key) ?? []), { size: sizes.indexOf(size), usd: row.usd }]);
    }
    for (const [family, rows] of families) {
      const sorted = rows.sort((a, b) => a.size - b.size);
      for (let n = 1; n < sorted.length; n += 1) {
        const ratio = (sorted[n]?.usd ?? 0) / (sorted[n - 1]?.usd ?? 1);
        expect(ratio, family).toBeGreaterThan(1.2);
        expect(ratio, family).toBeLessThan(8.5);
      }
    }
  });

  it('of a file add to the table and override it', () => {
    const own = parsePriceFile(
      {
        asOf: '2026-11-01',
        prices: [
          { region: 'us-east-1', service: 'ec2', sku: 'm5.large', unit: 'hour', usd: 0.05 },
          { region: 'sa-east-1', service: 'ec2', sku: 'm5.large', unit: 'hour', usd: 0.2 },
        ],
      },
      'prices.json',
    );
    const table = pricesWith(own);
    expect(table.find('us-east-1', 'ec2', 'm5.large')).toMatchObject({ usd: 0.05, asOf: '2026-11-01' });
    expect(table.find('sa-east-1', 'ec2', 'm5.large')?.usd).toBe(0.2);
    expect(table.find('us-west-2', 'ec2', 't3.medium')?.usd).toBe(0.0416);
    expect(own.every((row) => row.checked === undefined)).toBe(true);
  });

  it('of a wrong file are refused with the place of every fault', () => {
    expect(() => parsePriceFile({ asOf: 'today', prices: [{ region: 'x' }] }, 'p.json')).toThrow(
      /p\.json[\s\S]*asOf[\s\S]*prices\.0\.service/,
    );
    const twice = { region: 'x', service: 'ec2', sku: 'm5.large', unit: 'hour', usd: 1 };
    expect(() => parsePriceFile({ asOf: '2026-01-01', prices: [twice, twice] }, 'p.json')).toThrow(/second time/);
  });
});

describe('upgrades', () => {
  it('carry the price difference a month', () => {
    const [x86, graviton] = upgradesOf(prices, 'ec2', 't2.medium', 'us-east-1');
    expect(x86).toMatchObject({ to: 't3.medium', difference: -3.504 });
    expect(graviton).toMatchObject({ to: 't4g.medium', difference: -9.344 });
  });

  it('leave the difference open without a price', () => {
    expect(upgradesOf(new PriceTable([]), 'rds', 'db.m4.large', 'us-east-1', 'mysql')[0]).toMatchObject({
      to: 'db.m5.large',
      difference: undefined,
    });
    expect(upgradesOf(prices, 'ec2', 'm5.large', 'us-east-1')).toEqual([]);
  });
});
