/**
 * Small inputs that stand for a great deal, and deep ones: bounded work, and an error that says what is wrong. The limits
 * are listed in `src/inventory/README.md`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readPlan } from '../src/cli/plan-file.ts';
import { withEvidence } from '../src/inventory/evidence/index.ts';
import { loadInputs } from '../src/inventory/load.ts';
import { UserError } from '../src/inventory/user-error.ts';
import { readYaml } from '../src/inventory/yaml.ts';
import { readPreview } from '../src/program/guard/preview.ts';
import { readProject } from '../src/program/record/project.ts';
import { audited } from './fuzz/door.ts';

const folder = mkdtempSync(join(tmpdir(), 'underpin-bombs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.place.file).toBeDefined();
    return error.message;
  }
  return 'it was taken';
}

const list = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const object = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const DEEP = 20_000;

/** Nine times as much with every line: eleven lines are thirty thousand million. */
const laughs = (lines: number): string =>
  Array.from({ length: lines }, (_, n) => `a${n}: &a${n} [${Array(9).fill(n === 0 ? 'ha' : `*a${n - 1}`)}]\n`).join('');

const inventory = (operation: string, output: string): string =>
  `{"format":"underpin.inventory/1","account":"111122223333","region":"eu-west-1","responses":{"${operation}":[{"output":${output}}]}}`;

describe('what stands deep in itself', () => {
  const policy = (text: string): string =>
    inventory(
      'iam:GetAccountAuthorizationDetails',
      `{"RoleDetailList":[{"RoleName":"x","Arn":"arn:aws:iam::111122223333:role/x","AssumeRolePolicyDocument":${JSON.stringify(text)}}]}`,
    );
  it.each([
    ['answers', inventory('ec2:DescribeVpcs', `{"Vpcs":${list(DEEP)}}`)],
    ['values', inventory('ec2:DescribeVpcs', `{"Vpcs":[{"VpcId":"vpc-1","Tags":${object(DEEP)}}]}`)],
    ['policies', policy(`{"Statement":[{"Effect":"Allow","Action":${list(DEEP)},"Resource":${object(DEEP)}}]}`)],
    [
      'modules of Terraform',
      `{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":${'{"child_modules":['.repeat(DEEP)}{}${']}'.repeat(DEEP)}}}`,
    ],
    [
      'values of a stack',
      `{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:p::s::aws:ec2/vpc:Vpc::x","type":"aws:ec2/vpc:Vpc","custom":true,"id":"vpc-1","inputs":{"a":${list(DEEP)}},"outputs":{"tags":${object(DEEP)}}}]}}`,
    ],
  ])('is judged as far as it can be known: %s', (_, text) => {
    expect(() => audited(written('deep.json', text))).not.toThrow();
  });

  it('is refused in a template, a plan, a preview and in YAML', async () => {
    const template = `{"Resources":{"A":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":${list(DEEP)}}}}}`;
    const step = `{"id":"x","edits":[{"op":"create","type":"aws:ec2/vpc:Vpc","name":"x","properties":{"a":${list(DEEP)}}}]}`;
    const plan = `{"format":"underpin-plan/1","input":[],"preferences":{},"steps":[${step}]}`;
    const preview = `{"steps":[{"op":"same","urn":"u","newState":{"inputs":{"a":${list(DEEP)}}}}]}`;
    const yaml = (text: string) => () => readYaml(text, 'prices.yaml', { expected: 'prices' });
    expect(await refusal(() => audited(written('deep.json', template)))).toMatch(/deep/);
    expect(await refusal(() => readPlan(written('plan.json', plan)))).toMatch(/deep/);
    expect(await refusal(() => readPreview(preview))).toMatch(/deep/);
    expect(await refusal(yaml(`prices: ${list(DEEP)}`))).toMatch(/deep/);
    expect(await refusal(yaml(`prices:\n${'- '.repeat(DEEP)}`))).toMatch(/deep/);
  });
});

describe('aliases that stand for far more than is written', () => {
  it('are refused in a template', async () => {
    const text = `${laughs(12)}Resources: {A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: *a11}}}\n`;
    expect(await refusal(() => audited(written('laughs.yaml', text)))).toMatch(/aliases/);
  });

  it('are refused in the files beside an input and in those of a Pulumi project', async () => {
    const beside = { expected: 'add, correct or remove' };
    expect(await refusal(() => readYaml(`${laughs(12)}add: *a11\n`, 'flows.yaml', beside))).toMatch(/aliases/);
    written('index.ts', '');
    written('Pulumi.yaml', `name: x\nruntime: nodejs\n${laughs(12)}`);
    expect(await refusal(() => readProject(folder))).toMatch(/aliases/);
    rmSync(join(folder, 'Pulumi.yaml'));
  });

  it('are refused inside of what they name', async () => {
    expect(await refusal(() => readYaml('a: &a [*a]\n', 'x.yaml', { expected: 'x' }))).toMatch(
      /inside of what it names/,
    );
  });

  it('are counted, and not only what they stand for', async () => {
    const many = `a: &a 1\nb: &b [${Array(1001).fill('*a')}]\nc: *b\n`;
    expect(await refusal(() => readYaml(many, 'x.yaml', { expected: 'x' }))).toMatch(/more than 1000 aliases/);
    const cost = `a: &a 1\nb: [${Array(20_000).fill(1)}]\nc: &c [${Array(999).fill('*a')}]\nd: *c\n`;
    expect(readYaml(cost, 'x.yaml', { expected: 'x' }).value).toMatchObject({ d: Array(999).fill(1) });
  });

  it('are refused where one after another makes the value deeper', async () => {
    const deeper = Array.from(
      { length: 50 },
      (_, n) => `a${n}: &a${n} ${'['.repeat(90)}${n === 0 ? '' : `*a${n - 1}`}${']'.repeat(90)}\n`,
    );
    expect(await refusal(() => readYaml(deeper.join(''), 'x.yaml', { expected: 'x' }))).toMatch(/deep in one another/);
  });

  it('may be used as people use them', () => {
    const text = 'office: &office 203.0.113.0/24\nfrom: [*office, *office]\n';
    expect(readYaml(text, 'x.yaml', { expected: 'x' }).value).toEqual({
      office: '203.0.113.0/24',
      from: ['203.0.113.0/24', '203.0.113.0/24'],
    });
  });
});

it('a manifest beside a Pulumi program that is no JSON is refused', async () => {
  written('Pulumi.yaml', 'name: x\nruntime: nodejs\n');
  written('package.json', '{ "main": ');
  expect(await refusal(() => readProject(folder))).toMatch(/not JSON/);
  rmSync(join(folder, 'Pulumi.yaml'));
  rmSync(join(folder, 'package.json'));
});

describe('templates that grow', () => {
  const take = (text: string): Promise<string> => refusal(() => audited(written('grow.yaml', text)));
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

  it('by texts that double: they are unknown from some length on', async () => {
    const parameter = (n: number): string =>
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own form
      `  P${n}: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: x, Name: ${n === 0 ? 'xxxxxxxx' : "!Sub '${A}${A}'".replaceAll('A', `P${n - 1}`)}}}\n`;
    expect(await take(`Resources:\n${numbers(40).map(parameter).join('')}`)).toBe('it was taken');
  });

  it('by loops in loops: only CloudFormation writes them out', async () => {
    const names = numbers(1000).map((n) => `a${n}`);
    const inner = { 'Fn::ForEach::B': ['Y', names, { 'T${X}${Y}': { Type: 'AWS::SNS::Topic' } }] };
    const text = { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::A': ['X', names, inner] } };
    expect(await take(JSON.stringify(text))).toBe('it was taken');
  });

  it('by stacks that nest each other, or fan out', async () => {
    const nest = (name: string, count: number): string =>
      `Resources:\n${numbers(count)
        .map((n) => `  N${n}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./${name}}}\n`)
        .join('')}`;
    written('b.yaml', nest('a.yaml', 1));
    expect(await refusal(() => audited(written('a.yaml', nest('b.yaml', 1))))).toMatch(/deep in one another/);
    expect(await refusal(() => audited(written('fan.yaml', nest('fan.yaml', 30))))).toMatch(/deep in one another/);
  });

  it('by their size', async () => {
    expect(await take(`Resources: {}\n#${'x'.repeat(9 * 1024 * 1024)}`)).toMatch(/too large/);
  });
});

describe('logs', () => {
  const { estate } = loadInputs(['scenarios/inventory/empty-account.json']);
  const seen = (content: Uint8Array) => withEvidence(estate, [written('bomb.log', content)]);
  const line = '2 111122223333 eni-1a 10.0.0.1 10.0.0.2 1 2 6 20 4249 1418530010 1418530070 ACCEPT OK\n';
  const MEGABYTES = 1 << 20;

  it('that unpack to far more than logs do are refused', async () => {
    const best = gzipSync(Buffer.alloc(4 * MEGABYTES, 'a'));
    const bomb = Buffer.concat([gzipSync(Buffer.from(line)), ...Array.from({ length: 70 }, () => best)]);
    expect(await refusal(() => seen(bomb))).toMatch(/unpacks to far more/);
  });

  it('that are none are not read to their end', async () => {
    const zeros = gzipSync(Buffer.alloc(8 * MEGABYTES), { level: 1 });
    expect(await refusal(() => seen(zeros))).toMatch(/no log that is known/);
    expect(await refusal(() => seen(Buffer.alloc(8 * MEGABYTES, 'x')))).toMatch(/no log that is known/);
  });

  it('of deep JSON, and of lines without an end, are counted as not understood', async () => {
    const deep = `{"Records":[{"eventTime":"2026-01-01T00:00:00Z","a":${list(DEEP)}}]}`;
    const [{ malformed } = { malformed: 0 }] = (await seen(Buffer.from(deep))).evidence.inputs;
    const endless = Buffer.concat([Buffer.from(line), Buffer.alloc(3 * MEGABYTES, 'a')]);
    expect(malformed).toBe(1);
    expect((await seen(endless)).evidence.inputs[0]).toMatchObject({ records: { flowLog: 1 }, malformed: 1 });
  });
});

it('thousands of address blocks in one group are judged', () => {
  const blocks = Array.from({ length: 20_000 }, (_, n) => ({ CidrIp: `${n >> 8}.${n & 255}.${(n * 7) % 256}.1/32` }));
  const group = {
    ...{ GroupId: 'sg-1', VpcId: 'vpc-1', GroupName: 'x', IpPermissionsEgress: [] },
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: blocks }],
  };
  const text = inventory('ec2:DescribeSecurityGroups', JSON.stringify({ SecurityGroups: [group] }));
  expect(() => audited(written('blocks.json', text))).not.toThrow();
});
