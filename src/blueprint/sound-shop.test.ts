/** The example `examples/sound-shop`, recorded in both stacks: what is in it, and that the stacks differ in nothing but what is listed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { differences } from '../../examples/sound-shop/differences.ts';
import { type Recorded, type Recording, record, type Value } from './testing/record.ts';

const EXAMPLE = new URL('../../examples/sound-shop/', import.meta.url);
const STACKS = ['dev', 'prod'] as const;
type Stack = (typeof STACKS)[number];

async function configuration(stack: Stack): Promise<Record<string, unknown>> {
  const file: unknown = parse(await readFile(new URL(`Pulumi.${stack}.yaml`, EXAMPLE), 'utf8'));
  if (typeof file !== 'object' || file === null || !('config' in file))
    throw new Error(`Pulumi.${stack}.yaml has no config`);
  return Object.fromEntries(Object.entries(Object(file.config)));
}

/** As the CLI hands it to the program: text, or JSON. */
async function asStrings(stack: Stack): Promise<Record<string, string>> {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const entries = Object.entries(await configuration(stack)).map(([key, value]): [string, string] => [
    key,
    text(value),
  ]);
  const secret: [string, string][] = stack === 'prod' ? [['sound-shop:masterPassword', 'not-a-real-one']] : [];
  return Object.fromEntries([...entries, ...secret]);
}

/** The example as users run it, but with this tree's blueprint instead of an installed one. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'sound-shop.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('index.ts', EXAMPLE))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'underpin/blueprint': fileURLToPath(new URL('index.ts', import.meta.url)) },
    plugins: [
      {
        name: 'one-copy-of-the-sdk',
        setup: (to) =>
          to.onResolve({ filter: /^@pulumi\// }, ({ path }) => ({ path: import.meta.resolve(path), external: true })),
      },
    ],
  });
  return pathToFileURL(outfile).href;
}

const recorded = new Map<Stack, Recording>();
let folder = '';
const of = (stack: Stack): Recording => {
  const found = recorded.get(stack);
  if (found === undefined) throw new Error(`${stack} was not recorded`);
  return found;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sound-shop-'));
  const program = await bundled(folder);
  for (const stack of STACKS) {
    recorded.set(
      stack,
      await record(() => import(/* @vite-ignore */ `${program}?stack=${stack}`), {
        project: 'sound-shop',
        stack,
        config: await asStrings(stack),
      }),
    );
  }
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

const key = (each: Recorded): string => `${each.type} ${each.name}`;

/** `type name property` of everything in which two recordings differ. */
function differing(a: Recording, b: Recording): readonly string[] {
  const properties = (each: Recorded): Map<string, Value> =>
    new Map<string, Value>([
      ...Object.entries(each.inputs),
      ['protect', each.protect],
      ['parent', each.parent],
      ['ignoreChanges', each.ignoreChanges],
    ]);
  const [left, right] = [
    new Map(a.resources.map((each) => [key(each), each])),
    new Map(b.resources.map((each) => [key(each), each])),
  ];
  const found: string[] = [];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [one, other] = [left.get(name), right.get(name)];
    if (one === undefined || other === undefined) {
      found.push(`${name} exists`);
      continue;
    }
    const [mine, theirs] = [properties(one), properties(other)];
    for (const property of new Set([...mine.keys(), ...theirs.keys()])) {
      if (JSON.stringify(mine.get(property)) !== JSON.stringify(theirs.get(property)))
        found.push(`${name} ${property}`);
    }
  }
  return found.sort();
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);

describe('the sound shop', () => {
  it('declares the same resources in a preview, where nothing that AWS answers is known yet', async () => {
    const program = await bundled(folder);
    const preview = await record(() => import(/* @vite-ignore */ `${program}?preview`), {
      project: 'sound-shop',
      stack: 'prod',
      config: await asStrings('prod'),
      preview: true,
    });
    expect(preview.list).toEqual(of('prod').list);
  });

  it('waits with the first task until it can pull its image, be routed to and be taken by the balancer', () => {
    const { dependencies } = of('prod').one('aws:ecs/service:Service', 'shop-web');
    for (const needed of [
      'shop-app-a-to-nat',
      'shop-app-b-routes',
      'shop-web-to-https',
      'shop-web-may-start',
      'shop-services',
    ]) {
      expect(dependencies).toContain(needed);
    }
  });

  it('differs between development and production in nothing but what differences.ts lists', () => {
    const found = differing(of('dev'), of('prod'));
    const touches = differences.flatMap((each) => each.touches);
    expect(found.filter((each) => !touches.some((pattern) => matches(pattern, each)))).toEqual([]);
  });

  it('has no line in differences.ts that has become untrue', () => {
    const found = differing(of('dev'), of('prod'));
    for (const { setting, touches } of differences) {
      for (const pattern of touches)
        expect(
          found.some((each) => matches(pattern, each)),
          `${setting}: ${pattern}`,
        ).toBe(true);
    }
  });

  it('names every setting that differs, and only these', async () => {
    const flat = (value: unknown, path: string): [string, string][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([name, each]) =>
            flat(each, path === '' || path.endsWith(':settings') ? name : `${path}.${name}`),
          )
        : [[path, JSON.stringify(value)]];
    const [dev, prod] = [new Map(flat(await configuration('dev'), '')), new Map(flat(await configuration('prod'), ''))];
    const different = [...new Set([...dev.keys(), ...prod.keys()])].filter((each) => dev.get(each) !== prod.get(each));
    const listed = differences.map((each) => each.setting).filter((each) => each !== 'the name of the stack');
    expect([...new Set(different.map((each) => each.replace(/^tasks\..*/, 'tasks')))].sort()).toEqual(
      [...listed].sort(),
    );
  });

  it('is one program that can be read: 90 lines of code at most, in one file', async () => {
    const text = await readFile(new URL('index.ts', EXAMPLE), 'utf8');
    const code = text.split('\n').filter((line) => !/^\s*(\/\/|\/\*|\*|$)/.test(line));
    expect(code.length).toBeLessThanOrEqual(90);
    expect([...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from)).toEqual([
      '@pulumi/pulumi',
      'underpin/blueprint',
    ]);
  });

  it('opens nothing to the world: every rule inwards names a group or the prefix list of CloudFront', () => {
    for (const stack of STACKS) {
      const rules = of(stack).all('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
      expect(rules.length).toBeGreaterThan(5);
      for (const { name, inputs } of rules) {
        expect(inputs.cidrIpv4 ?? inputs.cidrIpv6, name).toBeUndefined();
        expect(inputs.referencedSecurityGroupId ?? inputs.prefixListId, name).toBeDefined();
      }
    }
  });

  it('lets these flows through and no others', () => {
    const rules = of('prod').all('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
    expect(rules.map((each) => `${each.name} ${each.inputs.fromPort}`)).toEqual([
      'shop-cache-from-shop-nightly 6379',
      'shop-cache-from-shop-way-in 6379',
      'shop-cache-from-shop-web 6379',
      'shop-cache-from-shop-worker 6379',
      'shop-edge-lb-from-cloudfront 443',
      'shop-mysql-from-shop-nightly 3306',
      'shop-mysql-from-shop-way-in 3306',
      'shop-mysql-from-shop-web 3306',
      'shop-mysql-from-shop-worker 3306',
      'shop-mysql-readers-from-shop-nightly 3306',
      'shop-mysql-readers-from-shop-web 3306',
      'shop-mysql-readers-from-shop-worker 3306',
      'shop-web-from-shop-edge-lb 8080',
    ]);
  });

  it('gives every group one owner: no two resources share one', () => {
    const users = new Map<string, string[]>();
    for (const each of of('prod').resources) {
      const { vpcSecurityGroupIds, securityGroups, securityGroupIds, networkConfiguration } = each.inputs;
      const nested =
        typeof networkConfiguration === 'object' &&
        networkConfiguration !== null &&
        'securityGroups' in networkConfiguration
          ? networkConfiguration.securityGroups
          : undefined;
      for (const list of [vpcSecurityGroupIds, securityGroups, securityGroupIds, nested]) {
        if (!Array.isArray(list)) continue;
        for (const group of list) users.set(String(group), [...(users.get(String(group)) ?? []), each.name]);
      }
    }
    expect(users.size).toBeGreaterThan(6);
    // The replicas are copies of one database and serve one name, so they share their group.
    expect([...users].filter(([, owners]) => owners.length > 1)).toEqual([
      ['shop-mysql-readers-id', ['shop-mysql-replica-a', 'shop-mysql-replica-b']],
    ]);
  });

  it('survives a lost zone in production: everything that serves is in two', () => {
    const prod = of('prod');
    expect(prod.inputs('aws:rds/instance:Instance', 'shop-mysql').multiAz).toBe(true);
    expect(prod.inputs('aws:elasticache/replicationGroup:ReplicationGroup', 'shop-cache')).toMatchObject({
      multiAzEnabled: true,
      numCacheClusters: 2,
    });
    expect(prod.all('aws:ec2/natGateway:NatGateway')).toHaveLength(2);
    expect(prod.all('aws:rds/instance:Instance').map((each) => each.inputs.availabilityZone)).toEqual([
      undefined,
      'eu-west-1a',
      'eu-west-1b',
    ]);
    for (const { inputs } of prod.all('aws:ecs/service:Service'))
      expect(inputs).toMatchObject({
        desiredCount: 2,
        networkConfiguration: { subnets: ['shop-app-a-id', 'shop-app-b-id'] },
      });
  });
});
