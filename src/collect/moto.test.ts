/** Against moto, an emulator of AWS written by others: `pip install moto[server]` has it run. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Estate } from '../estate/estate.ts';
import { all } from '../estate/estate.ts';
import { readInputs } from '../inventory/load.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { pick } from './pick.ts';
import { sdkFor } from './sdk.ts';

const REGION = 'ap-northeast-2';
const PASSWORD = 'hunter2Tr0ub4dor';
const present = spawnSync('python3', ['-c', 'import moto.server, flask']).status === 0;
if (!present) console.warn('moto is not installed (pip install "moto[server]"): the test against it is left out');

const environment = (port: number) => ({
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  NO_PROXY: '127.0.0.1',
});

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

/** The smallest shop with the usual mistakes. */
async function seed(): Promise<void> {
  const { send, close } = sdkFor(async () => ({ accessKeyId: 'testing', secretAccessKey: 'testing' }), 30_000);
  const make = async (operation: string, input: Readonly<Record<string, unknown>>, path = ''): Promise<string> =>
    String(pick(await send({ account: '', region: REGION, operation, input }), path)[0] ?? '');
  const VpcId = await make('ec2:CreateVpc', { CidrBlock: '10.0.0.0/16' }, 'Vpc.VpcId');
  const InternetGatewayId = await make('ec2:CreateInternetGateway', {}, 'InternetGateway.InternetGatewayId');
  await make('ec2:AttachInternetGateway', { InternetGatewayId, VpcId });
  const filter = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
  const RouteTableId = await make('ec2:DescribeRouteTables', filter, 'RouteTables[].RouteTableId');
  await make('ec2:CreateRoute', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId });
  const [a, c] = [
    await make(
      'ec2:CreateSubnet',
      { VpcId, CidrBlock: '10.0.0.0/24', AvailabilityZone: `${REGION}a` },
      'Subnet.SubnetId',
    ),
    await make(
      'ec2:CreateSubnet',
      { VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: `${REGION}c` },
      'Subnet.SubnetId',
    ),
  ];
  const GroupId = await make('ec2:CreateSecurityGroup', { GroupName: 'shared', Description: 'all', VpcId }, 'GroupId');
  const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await make('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: everything });
  await make('ec2:RunInstances', {
    ImageId: 'ami-12c6146b',
    MinCount: 1,
    MaxCount: 1,
    InstanceType: 't2.medium',
    SubnetId: a,
    SecurityGroupIds: [GroupId],
    UserData: Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${PASSWORD}\n`).toString('base64'),
  });
  const DBSubnetGroupName = 'shop';
  await make('rds:CreateDBSubnetGroup', { DBSubnetGroupName, DBSubnetGroupDescription: 'shop', SubnetIds: [a, c] });
  await make('rds:CreateDBInstance', {
    DBInstanceIdentifier: 'shop-mysql',
    DBInstanceClass: 'db.t3.medium',
    Engine: 'mysql',
    AllocatedStorage: 20,
    MasterUsername: 'root',
    MasterUserPassword: PASSWORD,
    PubliclyAccessible: true,
    DBSubnetGroupName,
    VpcSecurityGroupIds: [GroupId],
  });
  const place = { LocationConstraint: REGION };
  await make('s3:CreateBucket', { Bucket: 'shop-media', CreateBucketConfiguration: place });
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-media/*' };
  await make('s3:PutBucketPolicy', {
    Bucket: 'shop-media',
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  // more than a page holds
  for (let n = 0; n < 105; n += 1) await make('sns:CreateTopic', { Name: `topic-${n}` });
  await make('iam:CreateUser', { UserName: 'alice' });
  await make('iam:CreateAccessKey', { UserName: 'alice' });
  close();
}

interface Ran {
  readonly status: number | null;
  readonly stderr: string;
}

const underpin = (args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const command = [join(import.meta.dirname, '../../bin/underpin.js'), 'collect', ...args];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'], env: process.env });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    child.on('exit', (status) => resolve({ status, stderr }));
  });

describe.skipIf(!present)('the command against an emulated account', () => {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-moto-'));
  const output = join(folder, 'inventory.json');
  const before = { ...process.env };
  let stop: () => void = () => {};
  let ran: Ran;
  let estate: Estate;

  beforeAll(async () => {
    const port = await freePort();
    const moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    stop = () => void moto.kill('SIGKILL');
    while (!(await answers(`http://127.0.0.1:${port}`))) await new Promise((resolve) => setTimeout(resolve, 100));
    Object.assign(process.env, environment(port));
    await seed();
    ran = await underpin(['-o', output, '--rate', '500']);
    estate = readInputs([output]);
  }, 180_000);
  afterAll(() => {
    stop();
    for (const name of Object.keys(environment(0)))
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  });

  it('reads the region that is in use, and only that one in full', () => {
    expect(ran.stderr).toMatch(new RegExp(`account \\d{12}: ${REGION}\n`));
    expect(ran.stderr).toMatch(/nothing seen in .*eu-west-1/);
  });

  it('finds what is wrong with it', () => {
    const failed = new Set(
      audit(estate, rules)
        .filter(({ state }) => state === 'fail')
        .map(({ rule }) => rule),
    );
    for (const rule of [
      'database-single-zone',
      'literal-credentials',
      'previous-generation-instance',
      'root-without-mfa',
    ])
      expect([...failed]).toContain(rule);
  });

  it('has every topic, though they came in pages', () => {
    expect(all(estate, 'topic')).toHaveLength(105);
  });

  it('takes what the emulator does not know for not answered, and says so by its exit code', () => {
    expect(ran.status).toBe(3);
    expect(estate.coverage.entries.some(({ status }) => status === 'failed')).toBe(true);
    expect(estate.coverage.entries.filter(({ operation }) => operation === 'ec2:DescribeVpcs')).not.toHaveLength(0);
  });

  it('reads several accounts by roles, one of them through another', async () => {
    const both = join(folder, 'both.json');
    const role = (account: string): string => `arn:aws:iam::${account}:role/read-only`;
    const chain = `${role('111122223333')},${role('444455556666')}`;
    const roles = ['--role-arn', chain, '--role-arn', role('777788889999')];
    await underpin([...roles, '--region', REGION, '-o', both, '--rate', '500']);
    expect(all(readInputs([both]), 'account').map(({ id }) => id)).toEqual(['444455556666', '777788889999']);
  });

  it('wrote no password', () => {
    expect(readFileSync(output, 'utf8')).not.toContain(PASSWORD);
    expect(readFileSync(output, 'utf8')).not.toContain(
      Buffer.from(`export DB_PASSWORD=${PASSWORD}`).toString('base64').slice(8, 30),
    );
  });
});
