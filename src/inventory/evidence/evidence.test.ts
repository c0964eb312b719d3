import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Estate } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import { arn, estateOf, ref, some } from '../flows/testing.ts';
import { withEvidence } from './index.ts';
import { readEvidence } from './read.ts';
import { LIMITS } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'underpin-evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const START = Date.parse('2026-11-01T00:00:00Z') / 1000;
const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

/** Both directions of a connection, as one interface logs it. */
const both = (eni: string, from: string, to: string, port: number, { packets = 20, at = START } = {}): string =>
  [
    `2 111122223333 ${eni} ${from} ${to} 40001 ${port} 6 ${packets} 4000 ${at} ${at + 60} ACCEPT OK`,
    `2 111122223333 ${eni} ${to} ${from} ${port} 40001 6 ${packets} 9000 ${at} ${at + 60} ACCEPT OK`,
  ].join('\n');

const machine = arn('ec2', 'instance/i-1');
const database = arn('rds', 'db:shop');

const face = (id: string, address: string, owner: string, publicAddress: string | null = null) =>
  some('networkInterface', id, {
    vpc: ref<'vpc'>('vpc-1'),
    addresses: [{ private: address, public: publicAddress }],
    ipv6: [],
    hasPublicAddress: publicAddress !== null,
    owner: ref(owner),
  });

const flow = (from: Flow['from'], to: string, port: number): Flow => ({
  id: `flow to ${to} ${port}`,
  from,
  to: { type: 'resource', id: to as never },
  protocol: 'tcp',
  ports: { from: port, to: port },
  purpose: 'x',
  evidence: [{ type: 'open', detail: 'it is open', source: { operation: 'x', file: 'x', path: '' } }],
});

const shop = (...flows: readonly Flow[]): Estate => ({
  ...estateOf(
    some('vpc', 'vpc-1'),
    some('instance', machine, { vpc: ref<'vpc'>('vpc-1') }),
    some('database', database, { engine: 'mysql', endpoint: { host: 'shop.example.com', port: 3306 } }),
    face('eni-a', '10.0.0.4', machine, '203.0.113.11'),
    face('eni-b', '10.0.0.31', database, '203.0.113.31'),
  ),
  flows,
});

const bucketLine = (requester: string, status = 200, at = '06/Nov/2026:00:00:38'): string =>
  `79a59df900b949e5 media-example [${at} +0000] 192.0.2.3 ${requester} 3E57427F3EXAMPLE REST.GET.OBJECT photos/cat.jpg "GET /photos/cat.jpg?X-Amz-Signature=SIGNATURE HTTP/1.1" ${status} - 113 113 7 5 "https://blog.example.com/post?id=VISITOR" "Mozilla AGENT" - hostid= - - - media-example.s3.eu-west-1.amazonaws.com TLSV1.2 - -`;

describe('flows', () => {
  it('are confirmed where they are known, also where only the open way told of them', async () => {
    const known = flow({ type: 'people' }, database, 3306);
    const path = written('known.log', `${HEADER}\n${both('eni-b', '198.51.100.77', '10.0.0.31', 3306)}\n`);
    const { estate, observed } = await withEvidence(shop(known), [path]);
    expect(estate.flows.map(({ id, evidence }) => [id, evidence.map(({ type }) => type)])).toEqual([
      [known.id, ['open', 'observed']],
    ]);
    expect(observed.map(({ because, confirms }) => [because, confirms])).toEqual([['known', [known.id]]]);
  });

  it('that nobody declared become flows of their own, in the direction in which they were opened', async () => {
    const text = [
      HEADER,
      both('eni-a', '10.0.0.4', '10.0.0.31', 3306),
      both('eni-b', '10.0.0.4', '10.0.0.31', 3306),
      both('eni-b', '198.51.100.77', '10.0.0.31', 3306),
    ].join('\n');
    const { estate } = await withEvidence(shop(), [written('new.log', text)]);
    expect(estate.flows.map(({ id }) => id)).toEqual([
      'instance/i-1 -> database/shop tcp/3306',
      'people(198.51.100.0/24) -> database/shop tcp/3306',
    ]);
  });

  it('are none where nothing was accepted, nobody answered, or somebody only knocked', async () => {
    const rejected = both('eni-b', '198.51.100.7', '10.0.0.31', 22).replaceAll('ACCEPT', 'REJECT');
    const [silent = ''] = both('eni-b', '192.0.2.7', '10.0.0.31', 3306).split('\n');
    const knock = both('eni-b', '203.0.113.200', '10.0.0.31', 3306, { packets: 3 });
    const text = [HEADER, rejected, silent, knock].join('\n');
    const { estate, observed } = await withEvidence(shop(), [written('none.log', text)]);
    expect(estate.flows).toEqual([]);
    expect(observed.map(({ because }) => because).sort()).toEqual(['knock', 'notAccepted', 'notAnswered']);
  });

  it('of a machine are those of the services that run there', async () => {
    const service = some('ecsService', arn('ecs', 'service/shop/web'), { name: 'web' });
    const host = some('containerInstance', 'ci-1', { instance: ref(machine) });
    const task = some('ecsTask', 't-1', { service: ref(service.id), containerInstance: ref('ci-1') });
    const base = shop();
    const estate = { ...base, ...estateOf(...base.resources, service, host, task) };
    const path = written('host.log', `${HEADER}\n${both('eni-a', '10.0.0.4', '10.0.0.31', 3306)}`);
    const seen = await withEvidence(estate, [path]);
    expect(seen.estate.flows.map(({ id }) => id)).toEqual(['service/shop/web -> database/shop tcp/3306']);
  });

  it('are the same in whatever order the lines come', async () => {
    const text = [both('eni-a', '10.0.0.4', '10.0.0.31', 3306), both('eni-b', '198.51.100.7', '10.0.0.31', 3306)]
      .join('\n')
      .split('\n');
    const [a, b] = await Promise.all(
      [text, [...text].reverse()].map((all) =>
        readEvidence([written('order.log', `${HEADER}\n${all.join('\n')}`)], shop()),
      ),
    );
    expect(a).toEqual(b);
  });
});

describe('files', () => {
  it('are read packed and by folder, and what is no log is counted', async () => {
    const inner = join(folder, 'logs', 'deep');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, 'a.gz'), gzipSync(`${HEADER}\n${both('eni-a', '10.0.0.4', '10.0.0.31', 3306)}\n`));
    // what was packed in two parts is one file
    writeFileSync(
      join(inner, 'b'),
      Buffer.concat([gzipSync(bucketLine('-')), gzipSync(`\n${bucketLine('-', 403)}\n`)]),
    );
    writeFileSync(join(inner, 'notes.txt'), 'these are my notes\n'.repeat(100_000));
    writeFileSync(join(inner, 'picture'), Buffer.alloc(300_000, 200));
    const { inputs, buckets } = await readEvidence([join(folder, 'logs')], shop());
    expect(inputs).toEqual([
      {
        path: join(folder, 'logs'),
        files: 4,
        records: { flowLog: 2, bucketLog: 2 },
        malformed: 0,
        truncated: 0,
        unrecognised: 2,
      },
    ]);
    expect(buckets).toMatchObject([{ bucket: 'media-example', direct: { count: 1 }, refused: { count: 1 } }]);
  });

  it('that were cut count up to there, and nothing is known to be absent after that', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) =>
      both('eni-a', '10.0.0.4', '10.0.0.31', 3306, { at: START + n }).replaceAll('4000', String((n * 7919) % 100_003)),
    );
    const packed = gzipSync(`${HEADER}\n${lines.join('\n')}\n`);
    const path = written('cut.gz', packed.subarray(0, packed.length >> 1));
    const { estate, evidence } = await withEvidence(shop(), [path]);
    expect(evidence.inputs[0]?.truncated).toBe(1);
    expect(evidence.inputs[0]?.records.flowLog).toBeGreaterThan(1000);
    expect(evidence.leftOut.flowLog).toBeGreaterThan(0);
    expect(estate.notices.map(({ code }) => code)).toContain('truncated');
  });

  it('of Parquet are refused with what to do', async () => {
    const path = written('a.parquet', 'PAR1xxxxPAR1');
    await expect(readEvidence([path], shop())).rejects.toThrow('Parquet');
  });

  it('that are no log, or are not there, are an error that names them', async () => {
    await expect(readEvidence([written('no.txt', 'hello world\n')], shop())).rejects.toThrow('no log');
    await expect(readEvidence([join(folder, 'nowhere')], shop())).rejects.toThrow('no such file');
  });

  it('with lines that are not as AWS writes them are told, and the others count', async () => {
    const text = `${HEADER}\n${both('eni-a', '10.0.0.4', '10.0.0.31', 3306)}\n2 x eni-\u0007 \u001b[31m\n`;
    const { evidence, estate } = await withEvidence(shop(), [written('odd.log', text)]);
    expect(evidence.inputs[0]).toMatchObject({ malformed: 1, records: { flowLog: 2 } });
    expect(estate.notices.map(({ code }) => code)).toContain('wrongType');
  });
});

describe('what is kept', () => {
  it('holds no address of a visitor, no user agent and no query string', async () => {
    const balancer = `http 2026-11-06T22:23:00.186641Z app/web/50dc6c495c0c9188 192.0.2.131:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/?token=QUERY HTTP/1.1" "AGENT" - - arn "x" "-" "-" 0 t "forward" "-" "-" "-" "-" "-" "-"`;
    const paths = [
      written('s3', bucketLine('-')),
      written('alb', balancer),
      written('flow', `${HEADER}\n${both('eni-b', '198.51.100.77', '10.0.0.31', 3306)}`),
    ];
    const seen = await withEvidence(shop(), paths);
    const text = JSON.stringify([seen.evidence, seen.observed, seen.estate.flows]);
    for (const secret of ['198.51.100.77', '192.0.2.3', '192.0.2.131', 'SIGNATURE', 'VISITOR', 'AGENT', 'QUERY'])
      expect(text).not.toContain(secret);
    expect(text).toContain('blog.example.com');
  });

  it('tells direct reads of a bucket from those of CloudFront and of who signed', async () => {
    const lines = [
      bucketLine('-'),
      bucketLine('svc:cloudfront.amazonaws.com'),
      bucketLine('"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"')
        .replaceAll('"arn', 'arn')
        .replace('E1"', 'E1'),
      bucketLine('arn:aws:iam::111122223333:user/alice'),
      bucketLine('-', 403),
    ];
    const { buckets } = await readEvidence([written('mix', lines.join('\n'))], shop());
    expect(buckets).toMatchObject([
      { direct: { count: 1 }, throughCloudFront: { count: 1 }, signed: { count: 1 }, refused: { count: 1 } },
    ]);
  });

  it('is bounded: what has no room is counted, so that nothing counts as absent', async () => {
    const lines = Array.from({ length: 300 }, (_, n) => both('eni-b', `10.9.${n % 250}.${n >> 3}`, '10.0.0.31', 3306));
    const path = written('many.log', `${HEADER}\n${lines.join('\n')}`);
    const { connections, leftOut } = await readEvidence([path], shop(), { ...LIMITS, connections: 50 });
    expect(connections).toHaveLength(50);
    expect(leftOut.flowLog).toBeGreaterThan(0);
  });
});
