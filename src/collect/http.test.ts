import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
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
      readonly { readonly input?: object; readonly output?: object; readonly error?: { readonly name: string } }[]
    >
  >;
}

async function collected(answering: Answering, timeout = 5_000) {
  const aws = await serve(answering);
  const output = outputFile();
  const session = await openSession({ roles: [] }, timeout, Date.now);
  const summary = await collect(optionsFor(output, [session], { regions: ['eu-west-1'], clock: fastClock() }));
  session.sdk.close();
  const written: Written = JSON.parse(readFileSync(output, 'utf8'));
  return { aws, summary, written, output };
}

it('reads query, EC2, JSON and REST-XML answers, and joins their pages', async () => {
  const { written, output } = await collected(smallAccount);
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
  const { written, summary } = await collected(smallAccount);
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

it('ends although a region never answers', async () => {
  const { written } = await collected((asked) => (asked.name.startsWith('ec2:') ? null : smallAccount(asked)), 300);
  expect(written.responses['ec2:DescribeVpcs']).toMatchObject([{ error: { name: 'TimeoutError' } }]);
});

it('writes the same bytes for the same account', async () => {
  const [one, two] = [await collected(smallAccount), await collected(smallAccount)];
  expect(readFileSync(one.output, 'utf8')).toBe(readFileSync(two.output, 'utf8'));
});

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('exit', (code) => resolve(code)));

it('loses nothing that was read when it is killed at any moment', async () => {
  const aws = await serve(smallAccount);
  const output = outputFile();
  const run = (): ChildProcess =>
    spawn(
      process.execPath,
      [
        join(import.meta.dirname, '../../bin/underpin.js'),
        'collect',
        '-o',
        output,
        '--region',
        'eu-west-1',
        '--rate',
        '60',
      ],
      { stdio: ['ignore', 'ignore', 'ignore'], env: process.env },
    );
  for (const enough of [20, 45, 70]) {
    const child = run();
    await until(() => aws.asked.length >= enough);
    child.kill('SIGKILL');
    await ended(child);
  }
  const answeredBefore = aws.asked.filter(({ name }) => name === 'ec2:DescribeSubnets').length;
  expect(existsSync(output)).toBe(false);
  expect(await ended(run())).toBe(3);
  const written: Written = JSON.parse(readFileSync(output, 'utf8'));
  expect(written.responses['ec2:DescribeSubnets']?.[0]?.output).toMatchObject({ Subnets: [{}, {}] });
  const readTwice = ['ec2:DescribeVpcs', 'ec2:DescribeInternetGateways'].filter(
    (name) => aws.asked.filter((one) => one.name === name).length > 2,
  );
  expect(answeredBefore).toBeGreaterThan(0);
  expect(readTwice).toEqual([]);
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
