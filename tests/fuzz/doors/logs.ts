/** Logs as evidence, as text and packed. */
import { join } from 'node:path';
import type { Estate } from '../../../src/estate/estate.ts';
import { withEvidence } from '../../../src/inventory/evidence/index.ts';
import { loadInputs } from '../../../src/inventory/load.ts';
import { evidenceResult } from '../../../src/report/evidence.ts';
import type { Door } from '../door.ts';
import { mutantOf } from '../mutants.ts';
import { packedMutantOf, textMutantOf } from '../texts.ts';

const times = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const two = (n: number): string => String(n).padStart(2, '0');

const FLOW_LOG = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags vpc-id',
  ...times(12, (n) => {
    const [from, to] = n % 2 === 0 ? ['10.0.0.10', `10.0.10.${n}`] : [`10.0.10.${n - 1}`, '10.0.0.10'];
    const ports = n % 2 === 0 ? '40001 3306' : '3306 40001';
    const at = 1_793_000_000 + n * 60;
    return `2 111122223333 eni-0web ${from} ${to} ${ports} 6 20 4000 ${at} ${at + 60} ACCEPT OK ${n % 2 === 0 ? 2 : 18} vpc-0shop`;
  }),
  '2 111122223333 eni-0web - - - - - - - 1793001000 1793001060 - NODATA - -',
  '2 111122223333 eni-0web - - - - - - - 1793001060 1793001120 - SKIPDATA - -',
  '2 111122223333 eni-0web 2001:db8::1 2001:db8:1::2 40000 443 6 30 180 1793001120 1793001180 REJECT OK 2 vpc-0shop',
].join('\n');

const BALANCER_LOG = [
  ...times(
    4,
    (n) =>
      `https 2026-10-26T22:23:${two(n)}.186641Z app/web/50dc6c495c0c9188 192.0.2.131:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET https://www.example.com:443/?x HTTP/1.1" "curl/7.46.0" ECDHE-RSA TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/t/73e2d6bc24d8a067 "Root=1-58337262-36d2" "www.example.com" "-" 0 2026-10-26T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"`,
  ),
  'tls 2.0 2026-10-26T22:23:00 net/nlb/c6e77e28c25b2234 g3d4b5e8bb8464cd [2001:db8::9]:51341 10.0.0.1:443 5 2 98 246 - arn - ECDHE tlsv12 - nlb.example.com - - - 2026-10-01T08:51:20',
  '2026-10-26T22:23:00.945958Z my-classic [2001:db8::9]:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -',
].join('\n');

const BUCKET_LOG = times(
  4,
  (n) =>
    `79a59df900b949e5 shop-media [26/Oct/2026:00:00:${two(n)} +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT photos/cat.jpg?versionId=1 "GET /photos/cat.jpg?a=b HTTP/1.1" 200 - 113 113 7 5 "https://blog.example.com/post?id=1" "curl "odd" x" - hostid= SigV4 ECDHE-RSA AuthHeader shop-media.s3.eu-west-1.amazonaws.com TLSV1.2 arn:aws:s3:eu-west-1:111122223333:accesspoint/example Yes`,
).join('\n');

const DISTRIBUTION_LOG = [
  '#Version: 1.0',
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status',
  ...times(
    3,
    (n) => `2026-10-26\t21:02:${two(n)}\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t503`,
  ),
].join('\n');

const TRAIL = {
  Records: times(3, (n) => ({
    eventTime: `2026-10-26T21:02:0${n}Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/web/session',
      accountId: '111122223333',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/web' } },
    },
    ...(n === 1 ? { errorCode: 'AccessDenied' } : {}),
  })),
};

const LOOKED_UP = {
  Events: TRAIL.Records.map((record) => ({ EventId: 'x', CloudTrailEvent: JSON.stringify(record) })),
};

const FILTERED = {
  events: FLOW_LOG.split('\n')
    .slice(1, 6)
    .map((message, n) => ({ logStreamName: 'eni-0web-all', timestamp: 1_793_000_000_000 + n, message })),
  searchedLogStreams: [],
};

let estate: Estate | undefined;

/** Whose an address is tells an account. */
async function seen(folder: string): Promise<void> {
  estate ??= loadInputs(['scenarios/doors/inventory.json']).estate;
  JSON.stringify(evidenceResult(await withEvidence(estate, [join(folder, 'logs')])));
}

const door = (name: string, mutant: (seed: number) => string | Uint8Array): Door => ({
  name,
  tries: 150,
  mutant: (seed) => ({ 'logs/one.log': mutant(seed) }),
  enter: seen,
});

const TEXTS = { FLOW_LOG, BALANCER_LOG, BUCKET_LOG, DISTRIBUTION_LOG, TRAIL: JSON.stringify(TRAIL) };

const packed: Door = {
  name: 'packed-logs',
  tries: 100,
  mutant(seed) {
    const texts = Object.values(TEXTS);
    const of = (n: number): string => texts[n % texts.length] ?? '';
    return { 'logs/a.log.gz': packedMutantOf(of(seed), seed), 'logs/b.log': of(seed + 1) };
  },
  enter: seen,
};

export const logDoors = (): readonly Door[] => [
  door('flow-log', (seed) => textMutantOf(FLOW_LOG, seed)),
  door('balancer-log', (seed) => textMutantOf(BALANCER_LOG, seed)),
  door('bucket-log', (seed) => textMutantOf(BUCKET_LOG, seed)),
  door('distribution-log', (seed) => textMutantOf(DISTRIBUTION_LOG, seed)),
  door('trail', (seed) =>
    seed % 2 === 0 ? mutantOf(TRAIL, seed) : textMutantOf(JSON.stringify(TRAIL, null, 1), seed),
  ),
  door('looked-up-events', (seed) => mutantOf(seed % 2 === 0 ? LOOKED_UP : FILTERED, seed)),
  packed,
];
