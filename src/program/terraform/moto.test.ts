/** An export applied to moto, an emulator of AWS written by others, and taken over again by its imports. Left out where either is missing. */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edit } from '../../plan/edit.ts';
import type { Journey } from '../emit/journey.ts';
import { type Given, journeyWith } from '../testing/journeys.ts';
import { exported } from './export.ts';
import { groundOf } from './ground.ts';
import { type Action, actionsOf } from './testing/offline.ts';
import { isHere, prepared, type Workshop, workshop, write } from './testing/terraform.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

const emulated = isHere && spawnSync('python3', ['-c', 'import moto.server, flask']).status === 0;
if (isHere && !emulated)
  console.warn('moto is not installed (pip install "moto[server]"): the test against it is left out');

/** What moto carries, made by an export, as if by hand; with ids that nobody chose. */
const MADE: readonly Edit[] = (
  [
    [
      'aws:ec2/vpc:Vpc',
      'shop',
      { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true, tags: { Name: 'shop', cost: '\x24{5}' } },
    ],
    [
      'aws:ec2/subnet:Subnet',
      'shop-a',
      { vpcId: '\x24{aws:ec2/vpc:Vpc::shop#id}', cidrBlock: '10.0.0.0/24', mapPublicIpOnLaunch: true },
    ],
    [
      'aws:ec2/securityGroup:SecurityGroup',
      'shared',
      { name: 'shared', description: 'all', vpcId: '\x24{aws:ec2/vpc:Vpc::shop#id}' },
    ],
    ['aws:sns/topic:Topic', 'news', { name: 'news' }],
    ['aws:s3/bucket:Bucket', 'media', { bucket: 'media-of-the-shop', forceDestroy: false }],
    [
      'aws:dynamodb/table:Table',
      'sessions',
      { name: 'sessions', billingMode: 'PAY_PER_REQUEST', hashKey: 'id', attributes: [{ name: 'id', type: 'S' }] },
    ],
    ['aws:iam/user:User', 'alice', { name: 'alice', path: '/' }],
    ['aws:cloudwatch/logGroup:LogGroup', 'web', { name: '/ecs/web', retentionInDays: 30, skipDestroy: false }],
    [
      'aws:iam/role:Role',
      'web',
      {
        name: 'web',
        assumeRolePolicy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      },
    ],
  ] as const
).map(([type, name, properties]) => ({ op: 'create', type, name, properties }));

// a minute of two processors: for a night
describe.skipIf(!emulated || process.env.UNDERPIN_EVERY_STEP === undefined)(
  'Terraform against an emulated account',
  () => {
    let endpoint = '';
    let shop: Workshop;
    let stop: () => void = () => {};
    beforeAll(async () => {
      const port = await freePort();
      endpoint = `http://127.0.0.1:${port}`;
      const moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      process.once('exit', () => moto.kill('SIGKILL'));
      stop = () => void moto.kill('SIGKILL');
      while (!(await answers(endpoint))) await new Promise((resolve) => setTimeout(resolve, 100));
      shop = await workshop(endpoint);
    }, 0);
    afterAll(() => {
      shop?.close();
      stop();
    });

    /** Plans what the folder holds; with `apply`, does it. */
    const go = (apply: boolean): readonly Action[] => {
      const made = shop.run(['plan', '-input=false', '-no-color', '-out=step.tfplan']);
      if (!made.ok) throw new Error(made.problems);
      const actions = actionsOf(JSON.parse(shop.run(['show', '-json', 'step.tfplan']).stdout));
      if (apply) {
        const done = shop.run(['apply', '-no-color', 'step.tfplan']);
        if (!done.ok) throw new Error(done.problems);
      }
      return actions;
    };

    it('imports what is there without a change, then goes a step, and is at rest', async () => {
      write(shop, prepared(textAt(journeyWith([], { made: MADE }), 1)));
      expect(go(true).map(({ op }) => op)).toEqual(MADE.map(() => 'create'));
      const given = foundIn(shop);
      rmSync(join(shop.folder, 'terraform.tfstate'));
      const journey = journeyWith(given, {
        step: [
          { op: 'update', type: 'aws:cloudwatch/logGroup:LogGroup', name: 'web', properties: { retentionInDays: 90 } },
          {
            op: 'create',
            type: 'aws:sns/topic:Topic',
            name: 'late',
            properties: { name: 'late-\x24{aws:sns/topic:Topic::news#name}' },
          },
        ],
      });
      write(shop, prepared(textAt(journey, 0)));
      expect(said(go(true))).toEqual(addressesAt(journey, 0).map((address) => `import ${address}`));
      expect(go(false)).toEqual([]);
      write(shop, prepared(textAt(journey, 1)));
      expect(said(go(true))).toEqual(['create aws_sns_topic.late', 'update aws_cloudwatch_log_group.web']);
      expect(go(false)).toEqual([]);
    }, 0);

    const said = (actions: readonly Action[]): readonly string[] =>
      actions
        .map(({ op, address, attributes }) => [op, address, ...(op === 'import' ? attributes : [])].join(' '))
        .sort();

    const addressesAt = (journey: Journey, step: number): readonly string[] =>
      [...exported(groundOf(journey), step).addresses.values()].sort();

    const textAt = (journey: Journey, step: number): string =>
      exported(groundOf(journey), step).files.get('main.tf.json') ?? '';

    /** What was made by hand, as an inventory would have it: with the ids that it got. */
    function foundIn(hand: Workshop): readonly Given[] {
      const { values } = JSON.parse(hand.run(['show', '-json']).stdout);
      const ids = new Map<string, string>(
        values.root_module.resources.map((one: { address: string; values: { id: string } }) => [
          one.address,
          one.values.id,
        ]),
      );
      const ground = groundOf(journeyWith([], { made: MADE }));
      const { addresses } = exported(ground, 1);
      const idOf = new Map([...addresses].map(([thing, address]) => [thing.address, ids.get(address) ?? '']));
      return MADE.flatMap((edit): readonly Given[] => {
        if (edit.op !== 'create') return [];
        const { type, name, properties } = edit;
        const text = JSON.stringify(properties).replace(
          /\$\{([^}#]+)#id\}/g,
          (_, address: string) => idOf.get(address) ?? '',
        );
        return [{ type, name, id: idOf.get(`${type}::${name}`) ?? '', inputs: JSON.parse(text) }];
      });
    }
  },
);
