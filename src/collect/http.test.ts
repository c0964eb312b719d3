import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { statusOf } from '../estate/coverage.ts';
import { readInputs } from '../inventory/load.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { collect } from './collect.ts';
import { openSession } from './sessions.ts';
import { type Answering, type FakeAws, fakeAws, throttled } from './testing/fake-aws.ts';
import { fastClock, optionsFor } from './testing/replay.ts';
import { ACCOUNT, smallAccount } from './testing/small-account.ts';

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
} as const;
const before = { ...process.env };
let server: FakeAws | undefined;

beforeAll(() => {
  Object.assign(process.env, ENVIRONMENT);
  // the SDK complains aloud that an account's own host is no host on a machine that has only a number
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => server?.close());
afterAll(() => {
  for (const name of [...Object.keys(ENVIRONMENT), 'AWS_ENDPOINT_URL'])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
});

async function serve(answering: Answering): Promise<FakeAws> {
  server = await fakeAws(answering);
  process.env.AWS_ENDPOINT_URL = server.url;
  return server;
}

const outputFile = (): string => join(mkdtempSync(join(tmpdir(), 'underpin-collect-')), 'inventory.json');

interface Written {
  readonly account: string;
  readonly responses: Readonly<
    Record<
      string,
      readonly {
        readonly region?: string;
        readonly input?: object;
        readonly output?: object;
        readonly error?: { readonly name: string };
      }[]
    >
  >;
}

async function collected(answering: Answering, { timeout = 5_000, regions = ['eu-west-1'] } = {}) {
  const aws = await serve(answering);
  const output = outputFile();
  const session = await openSession({ roles: [] }, timeout, Date.now);
  const summary = await collect(optionsFor(output, [session], { regions, clock: fastClock() }));
  session.sdk.close();
  const written: Written = JSON.parse(readFileSync(output, 'utf8'));
  return { aws, summary, written, output };
}

/** The account as it is, collected once. */
let plain: ReturnType<typeof collected> | undefined;
function collectedPlain() {
  plain ??= collected(smallAccount);
  return plain;
}

it('reads query, EC2, JSON and REST-XML answers, and joins their pages', async () => {
  const { written, output } = await collectedPlain();
  expect(written.account).toBe(ACCOUNT);
  expect(written.responses['ec2:DescribeSubnets']).toMatchObject([
    { output: { Subnets: [{ SubnetId: 'subnet-0000000a' }, { SubnetId: 'subnet-0000000b' }] } },
  ]);
  expect(written.responses['ec2:DescribeSubnets']?.[0]?.output).not.toHaveProperty('NextToken');
  expect(written.responses['dynamodb:ListTables']).toMatchObject([{ output: { TableNames: ['first', 'second'] } }]);
  expect(written.responses['ec2:DescribeInternetGateways']).toMatchObject([{ output: { InternetGateways: [] } }]);
  expect(written.responses['sqs:GetQueueAttributes']).toMatchObject([
    { input: { QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`, AttributeNames: ['All'] } },
  ]);
  expect(written.responses['s3:GetBucketPolicy']).toMatchObject([
    { input: { Bucket: 'shop-media' }, error: { name: 'NoSuchBucketPolicy' } },
  ]);
  expect(existsSync(`${output}.journal`)).toBe(false);
});

it('keeps what was refused, and names the IAM action to allow', async () => {
  const { written, summary } = await collectedPlain();
  expect(written.responses['ec2:DescribeInstances']).toMatchObject([{ error: { name: 'AccessDenied' } }]);
  const denied = summary.unanswered.find(({ operation }) => operation === 's3:GetBucketEncryption');
  expect(denied).toMatchObject({ status: 'denied', actions: ['s3:GetEncryptionConfiguration'] });
  const report = summary.unanswered.find(({ operation }) => operation === 'iam:GetCredentialReport');
  expect(report?.actions).toEqual(['iam:GenerateCredentialReport', 'iam:GetCredentialReport']);
});

it('asks a throttled question again, more slowly, until it is answered', async () => {
  let no = 3;
  const { aws, written } = await collected((asked) =>
    asked.name === 'ec2:DescribeVpcs' && no-- > 0 ? throttled('ec2') : smallAccount(asked),
  );
  expect(aws.asked.filter(({ name }) => name === 'ec2:DescribeVpcs')).toHaveLength(4);
  expect(written.responses['ec2:DescribeVpcs']).toMatchObject([{ output: { Vpcs: [{ VpcId: 'vpc-0a1b2c3d' }] } }]);
});

it('tells a listing whose later page was refused as not read, with what there was', async () => {
  const { written } = await collected((asked) =>
    asked.parameters.NextToken === 'second' ? undefined : smallAccount(asked),
  );
  expect(written.responses['ec2:DescribeSubnets']).toMatchObject([
    { error: { name: 'AccessDenied' } },
    { output: { Subnets: [{ SubnetId: 'subnet-0000000a' }], NextToken: 'second' } },
  ]);
});

it('takes a page of HTML for no answer of AWS', async () => {
  const { written } = await collected((asked) =>
    asked.name === 'ec2:DescribeVpcs'
      ? { status: 404, body: '<!doctype html><p>not here', headers: { 'content-type': 'text/html' } }
      : smallAccount(asked),
  );
  expect(written.responses['ec2:DescribeVpcs']).toMatchObject([{ error: { name: 'UnreadableAnswer' } }]);
});

it('tells of a service that throttles for ever as throttled, and reads the others', async () => {
  const { summary, written, output } = await collected((asked) =>
    asked.name.startsWith('ec2:') ? throttled('ec2') : smallAccount(asked),
  );
  const vpcs = summary.unanswered.find(({ operation }) => operation === 'ec2:DescribeVpcs');
  expect(vpcs).toMatchObject({ status: 'throttled', requests: 1, actions: [] });
  const { coverage } = readInputs([output]);
  expect(statusOf(coverage, 'ec2:DescribeVpcs', { account: ACCOUNT, region: 'eu-west-1' })).toBe('throttled');
  expect(written.responses['dynamodb:ListTables']).toMatchObject([{ output: { TableNames: ['first', 'second'] } }]);
});

it('reads an account that refuses everything: every refusal names its IAM actions, and no rule passes or fails', async () => {
  const { summary, output } = await collected((asked) =>
    asked.name === 'sts:GetCallerIdentity' ? smallAccount(asked) : undefined,
  );
  expect(summary.unanswered.length).toBeGreaterThan(50);
  // asked by HTTP/2, and at a host that is named after the account: this server knows neither
  const known = summary.unanswered.filter(({ operation }) => !/^(?:kinesis|s3control):/.test(operation));
  const others = known.filter(({ status, actions }) => status !== 'denied' || actions.length === 0);
  expect(others).toEqual([]);
  const states = audit(readInputs([output]), rules).map(({ state }) => state);
  expect([...new Set(states)]).toEqual(['unknown']);
});

it('ends although a region never answers, and loses nothing of the other one', async () => {
  const regions = ['eu-west-1', 'eu-west-3'];
  const hanging = await collected((asked) => (asked.region === 'eu-west-3' ? null : smallAccount(asked)), {
    timeout: 1_000,
    regions,
  });
  expect(hanging.aws.asked.filter(({ region }) => region === 'eu-west-3').length).toBeLessThan(30);
  const of = ({ responses }: Written, region: string) =>
    Object.values(responses).flatMap((all) => all.filter((one) => one.region === region));
  const lost = of(hanging.written, 'eu-west-3');
  expect(lost.length).toBeGreaterThan(50);
  expect([...new Set(lost.map(({ error }) => error?.name))]).toEqual(['TimeoutError']);
  expect(of(hanging.written, 'eu-west-1')).toEqual(of((await collectedPlain()).written, 'eu-west-1'));
});

it('writes the same bytes for the same account', async () => {
  const [one, two] = [await collectedPlain(), await collected(smallAccount)];
  expect(readFileSync(one.output, 'utf8')).toBe(readFileSync(two.output, 'utf8'));
});

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('exit', (code) => resolve(code)));

/** The answers in a journal to requests without parameters but for the page: those are known by their name. */
const answeredIn = (journal: string): ReadonlySet<string> =>
  new Set(
    whole(journal).flatMap(({ operation, input = {}, output }) =>
      output !== undefined && Object.keys(input).every((key) => key === 'NextToken' || key === 'MaxResults')
        ? [`${operation} ${input.NextToken ?? ''}`]
        : [],
    ),
  );

interface Line {
  readonly operation: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
}

/** A journal's lines that were written to their end; the first is its header. */
const whole = (journal: string): readonly Line[] =>
  existsSync(journal)
    ? readFileSync(journal, 'utf8')
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line))
    : [];

it('loses nothing that was read when it is killed at any moment: no answer that it has is asked for again', async () => {
  const aws = await serve(smallAccount);
  const output = outputFile();
  const command = [join(import.meta.dirname, '../../bin/underpin.js'), 'collect', '-o', output];
  const run = (): ChildProcess =>
    spawn(process.execPath, [...command, '--region', 'eu-west-1', '--rate', '60'], {
      stdio: 'ignore',
      env: process.env,
    });
  let kept = 0;
  for (const enough of [70, Number.POSITIVE_INFINITY]) {
    const before = answeredIn(`${output}.journal`);
    const asked = aws.asked.length;
    const child = run();
    const exit = ended(child);
    if (enough < Number.POSITIVE_INFINITY) {
      await until(() => aws.asked.length >= enough);
      child.kill('SIGKILL');
      expect(existsSync(output)).toBe(false);
    }
    expect(await exit).toBe(enough < Number.POSITIVE_INFINITY ? null : 3);
    // who it is is asked at every beginning
    const [, ...questions] = aws.asked.slice(asked);
    const again = questions.map(({ name, parameters }) => `${name} ${parameters.NextToken ?? ''}`);
    expect(again.filter((one) => before.has(one))).toEqual([]);
    kept = Math.max(kept, before.size);
  }
  expect(kept).toBeGreaterThan(2);
  const written: Written = JSON.parse(readFileSync(output, 'utf8'));
  expect(written.responses['ec2:DescribeSubnets']?.[0]?.output).toMatchObject({ Subnets: [{}, {}] });
  expect(existsSync(`${output}.journal`)).toBe(false);
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('ends soon and in words when the credentials end in the middle', async () => {
  let good = 25;
  await serve((asked) =>
    good-- > 0
      ? smallAccount(asked)
      : {
          status: 400,
          body: '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>ended</Message></Error></ErrorResponse>',
        },
  );
  const output = outputFile();
  const command = [
    join(import.meta.dirname, '../../bin/underpin.js'),
    'collect',
    '-o',
    output,
    '--region',
    'eu-west-1',
  ];
  const child = spawn(process.execPath, [...command, '--rate', '40'], {
    env: process.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString('utf8');
  });
  expect(await ended(child)).toBe(2);
  expect(told).toMatch(/sign in again and run the same command/);
  expect(told).not.toMatch(/bug of underpin|Unhandled/);
  expect(existsSync(`${output}.journal`)).toBe(true);
});
