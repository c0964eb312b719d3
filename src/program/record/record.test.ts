/** The recorder on tiny programs, each in a folder of its own and run in a real child. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plain, type RecordedResource, type Recording } from '../../inventory/pulumi/recorded.ts';
import { packageRoot } from './bundle.ts';
import { type RecordOptions, record } from './record.ts';

const root = mkdtempSync(join(tmpdir(), 'underpin-record-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;

/** A project folder with these files; `installed` gives it packages of its own, as npm would. */
function project(files: Readonly<Record<string, string>>, installed = true): string {
  count += 1;
  const folder = join(root, `p${count}`);
  mkdirSync(folder);
  const all = { 'Pulumi.yaml': 'name: tiny\nruntime: nodejs\n', 'package.json': '{ "main": "index.ts" }', ...files };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  if (installed) symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const AWS = `import * as pulumi from '@pulumi/pulumi';\nimport * as aws from '@pulumi/aws';\n`;

const run = (program: string, options: RecordOptions = {}): Promise<Recording> =>
  record(project({ 'index.ts': AWS + program }), options);

function only(recording: Recording, type: string): RecordedResource {
  const [first, ...more] = recording.resources.filter((one) => one.type === type);
  if (first === undefined || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} of ${type}`);
  return first;
}

const names = (recording: Recording): readonly string[] => recording.resources.map((one) => one.name).sort();

describe.concurrent('what is recorded', () => {
  it('is the resource with its place in the source, its parent, what it waits for and its options', async () => {
    const recording = await run(`
class Ground extends pulumi.ComponentResource {
  readonly vpc: aws.ec2.Vpc;
  constructor(name: string) {
    super('tiny:index:Ground', name);
    this.vpc = new aws.ec2.Vpc(name, { cidrBlock: '10.0.0.0/16' }, { parent: this, aliases: [{ name: 'before' }] });
  }
}
const ground = new Ground('ground');
new aws.ec2.Subnet('a', { vpcId: ground.vpc.id, cidrBlock: '10.0.0.0/24' }, {
  protect: true, import: 'subnet-0123456789abcdef0', ignoreChanges: ['tags'], replaceOnChanges: ['cidrBlock'],
  deleteBeforeReplace: false, retainOnDelete: true,
});
`);
    expect(recording.problems).toEqual([]);
    const vpc = only(recording, 'aws:ec2/vpc:Vpc');
    const subnet = only(recording, 'aws:ec2/subnet:Subnet');
    const ground = only(recording, 'tiny:index:Ground');
    expect(vpc).toMatchObject({
      urn: 'urn:pulumi:dev::tiny::tiny:index:Ground$aws:ec2/vpc:Vpc::ground',
      parent: ground.urn,
      custom: true,
      inputs: { cidrBlock: '10.0.0.0/16' },
      options: { aliases: [{ name: 'before' }] },
      position: { file: 'index.ts', line: 8, column: 16 },
    });
    expect(ground).toMatchObject({ custom: false, id: '', position: { line: 11 } });
    expect(ground.parent).toBeUndefined();
    expect(subnet).toMatchObject({
      id: 'subnet-0123456789abcdef0',
      inputs: { vpcId: vpc.id },
      dependencies: [vpc.urn],
      propertyDependencies: { vpcId: [vpc.urn] },
      options: {
        protect: true,
        importId: 'subnet-0123456789abcdef0',
        ignoreChanges: ['tags'],
        replaceOnChanges: ['cidrBlock'],
        deleteBeforeReplace: false,
        retainOnDelete: true,
      },
    });
  });

  it('has ids, ARNs and hosts in the forms of AWS, the same in every run, so that programs can work with them', async () => {
    const program = `
const bucket = new aws.s3.Bucket('media');
const database = new aws.rds.Instance('main', { engine: 'postgres', instanceClass: 'db.t4g.micro', skipFinalSnapshot: true });
const certificate = new aws.acm.Certificate('cert', { domainName: 'example.com', validationMethod: 'DNS' });
new aws.route53.Record('proof', {
  zoneId: 'Z1', ttl: 60, type: 'CNAME',
  name: certificate.domainValidationOptions[0].resourceRecordName,
  records: [certificate.domainValidationOptions.apply(([one]) => one.resourceRecordValue.replace(/\\.$/, ''))],
});
export const where = pulumi.interpolate\`\${database.endpoint} \${bucket.arn.apply((arn) => arn.split(':')[2])}\`;
`;
    const [first, again] = [await run(program), await run(program)];
    expect(first.problems).toEqual([]);
    expect(first.outputs.where).toMatch(/^main-[0-9a-f]{7}\.[0-9a-f]{12}\.us-east-1\.rds\.amazonaws\.com:5432 s3$/);
    expect(only(first, 'aws:route53/record:Record').inputs).toMatchObject({
      name: expect.stringMatching(/^_[0-9a-f]{32}\.example\.com\.$/),
      records: [expect.stringMatching(/acm-validations\.aws$/)],
    });
    expect({ ...again, folder: '' }).toEqual({ ...first, folder: '' });
  });

  it('marks secrets wherever they stand, and leaves the rest open', async () => {
    const recording = await run(
      `
const config = new pulumi.Config();
new aws.ssm.Parameter('p', { type: 'SecureString', value: config.requireSecret('password') });
new aws.ssm.Parameter('q', { type: 'String', value: pulumi.all([config.requireSecret('password'), 'x']).apply(([a, b]) => a + b) });
`,
      { config: { password: 'open sesame' } },
    );
    const [p, q] = recording.resources;
    expect(p?.inputs).toMatchObject({ type: 'SecureString', value: { $secret: 'open sesame' } });
    expect(q?.inputs.value).toEqual({ $secret: 'open sesamex' });
    expect(plain(q?.inputs)).toMatchObject({ type: 'String', value: 'open sesamex' });
  });

  it('has the calls of provider functions, and says of which the answer is assumed', async () => {
    const recording = await run(`
const document = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ['s3:GetObject'], resources: ['*'], principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] }] });
new aws.iam.Role('r', { assumeRolePolicy: document.json });
const account = await1(aws.getCallerIdentity());
function await1<T>(p: Promise<T>): pulumi.Output<T> { return pulumi.output(p); }
new aws.s3.Bucket('b', { bucket: account.apply((one) => 'logs-' + one.accountId) });
aws.getBillingServiceAccount();
`);
    expect(recording.problems).toEqual([]);
    expect(recording.invokes.map((one) => [one.token.replace(/.*:/, ''), one.known])).toEqual(
      expect.arrayContaining([
        ['getPolicyDocument', true],
        ['getCallerIdentity', true],
        ['getBillingServiceAccount', false],
      ]),
    );
    expect(JSON.parse(String(only(recording, 'aws:iam/role:Role').inputs.assumeRolePolicy))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 's3:GetObject', Resource: '*' },
      ],
    });
    expect(only(recording, 'aws:s3/bucket:Bucket').inputs.bucket).toBe('logs-111122223333');
    expect(recording.place.assumed).toEqual(['account', 'region']);
  });

  it('goes to the account and region of its provider, its own region, else of the stack', async () => {
    const recording = await run(
      `
const other = new aws.Provider('other', { region: 'us-east-1', assumeRoles: [{ roleArn: 'arn:aws:iam::444455556666:role/deploy' }] });
new aws.sqs.Queue('of-stack');
new aws.sqs.Queue('of-provider', {}, { provider: other });
new aws.sqs.Queue('of-itself', { region: 'eu-north-1' });
`,
      { config: { 'aws:region': 'eu-west-1', 'aws:allowedAccountIds': ['111122223333'] } },
    );
    const queues = recording.resources.filter((one) => one.type === 'aws:sqs/queue:Queue');
    expect(Object.fromEntries(queues.map((one) => [one.name, one.id.replace(/-[0-9a-f]{7}$/, '')]))).toEqual({
      'of-stack': 'https://sqs.eu-west-1.amazonaws.com/111122223333/of-stack',
      'of-provider': 'https://sqs.us-east-1.amazonaws.com/444455556666/of-provider',
      'of-itself': 'https://sqs.eu-north-1.amazonaws.com/111122223333/of-itself',
    });
  });

  it('has what is declared late: in nested and asynchronous callbacks, timers, and when the loop is empty', async () => {
    const recording = await run(`
const first = new aws.sqs.Queue('first');
first.arn.apply((arn) => {
  const second = new aws.sqs.Queue('nested', { tags: { arn } });
  second.arn.apply(() => new aws.sqs.Queue('nested-twice'));
});
first.url.apply(async () => {
  await new Promise((done) => setTimeout(done, 50));
  new aws.sqs.Queue('asynchronous');
});
setTimeout(() => new aws.sqs.Queue('timer'), 100);
process.once('beforeExit', () => new aws.sqs.Queue('at-the-end'));
`);
    expect(recording.problems).toEqual([]);
    expect(names(recording)).toEqual(['asynchronous', 'at-the-end', 'first', 'nested', 'nested-twice', 'timer']);
  });

  it('has what the SDK declares by itself: a function written as a closure, its role, its trigger', async () => {
    const recording = await run(`
const bucket = new aws.s3.Bucket('uploads');
bucket.onObjectCreated('resize', async () => { console.log(bucket.id.get()); });
`);
    expect(recording.problems).toEqual([]);
    expect(recording.resources.map((one) => one.type.replace(/.*:/, ''))).toEqual(
      expect.arrayContaining(['Bucket', 'BucketNotification', 'Function', 'Permission', 'Role']),
    );
  });

  it('leaves what only a deployment tells unknown in a preview', async () => {
    const recording = await run(
      `
const queue = new aws.sqs.Queue('q');
new aws.ssm.Parameter('p', { type: 'String', value: queue.arn });
`,
      { preview: true },
    );
    expect(only(recording, 'aws:ssm/parameter:Parameter')).toMatchObject({
      inputs: { type: 'String', value: { $unknown: true } },
      dependencies: [only(recording, 'aws:sqs/queue:Queue').urn],
    });
  });

  it('has outputs of other stacks by their names, and what is only looked up without what nobody told', async () => {
    const recording = await run(`
const base = new pulumi.StackReference('org/base/prod');
const old = aws.ec2.Vpc.get('old', 'vpc-0123456789abcdef0');
base.requireOutput('subnetIds').apply((ids) => ids.map((id: string, n: number) => new aws.ec2.NetworkInterface('n' + n, { subnetId: id })));
new aws.ec2.SecurityGroup('group', { vpcId: base.getOutput('vpcId') as pulumi.Output<string>, description: old.id });
`);
    expect(recording.problems).toEqual([]);
    expect(only(recording, 'aws:ec2/securityGroup:SecurityGroup').inputs).toMatchObject({
      vpcId: 'org/base/prod_vpcId',
      description: 'vpc-0123456789abcdef0',
    });
    expect(names(recording)).toEqual(['group', 'n0', 'n1', 'old', 'org/base/prod']);
    expect(only(recording, 'aws:ec2/vpc:Vpc')).toMatchObject({ kind: 'read', inputs: {} });
    expect(recording.invokes.map((one) => [one.arguments.output, one.known])).toEqual([
      ['subnetIds', false],
      ['vpcId', false],
    ]);
  });

  it('knows transforms of both kinds', async () => {
    const recording = await run(`
pulumi.runtime.registerStackTransformation(({ type, props, opts }) => type.startsWith('aws:sqs') ? { props: { ...props, tags: { old: 'yes' } }, opts } : undefined);
new aws.sqs.Queue('q', {}, { transforms: [async ({ props, opts }) => ({ props: { ...props, delaySeconds: 7 }, opts })] });
`);
    expect(recording.problems).toEqual([]);
    expect(only(recording, 'aws:sqs/queue:Queue').inputs).toMatchObject({ delaySeconds: 7, tags: { old: 'yes' } });
  });
});

describe.concurrent('a program that does not come to an end', () => {
  it('that throws: what it said, and the line in its own file', async () => {
    const recording = await record(
      project({
        'index.ts': `import './parts/broken';\n`,
        'parts/broken.ts': `${AWS}new aws.sqs.Queue('before');\nfunction fail(): never {\n  throw new Error('no such flavour');\n}\nfail();\n`,
      }),
    );
    expect(recording.problems).toEqual([
      { kind: 'threw', message: 'no such flavour', position: { file: join('parts', 'broken.ts'), line: 5, column: 9 } },
    ]);
  });

  it('that throws in a callback: once, however many wait for it', async () => {
    const recording = await run(`
const queue = new aws.sqs.Queue('q');
const broken = queue.arn.apply((): string => { throw new Error('wrong ' + 'turn'); });
for (const n of [1, 2, 3]) new aws.ssm.Parameter('p' + n, { type: 'String', value: broken });
`);
    expect(recording.problems).toMatchObject([{ kind: 'threw', message: 'wrong turn', position: { line: 5 } }]);
    expect(names(recording)).toEqual(['q']);
  });

  it('that gives two resources one name: both places', async () => {
    const recording = await run(`new aws.sqs.Queue('q');\nnew aws.sqs.Queue('q');\n`);
    expect(recording.problems[0]?.message).toMatch(/two resources have the URN .*::q: give one of them another name/);
  });

  it('that waits for itself: which resources, and that they do', async () => {
    const recording = await run(`
let b: aws.ssm.Parameter;
const a = new aws.ssm.Parameter('a', { type: 'String', value: pulumi.output(Promise.resolve()).apply(() => b.value) });
b = new aws.ssm.Parameter('b', { type: 'String', value: a.value });
new aws.sqs.Queue('beside');
`);
    expect(recording.problems).toHaveLength(1);
    expect(recording.problems[0]).toMatchObject({ kind: 'neverSettled', position: { file: 'index.ts', line: 5 } });
    expect(recording.problems[0]?.message).toContain(
      'a (aws:ssm/parameter:Parameter), b (aws:ssm/parameter:Parameter)',
    );
    expect(names(recording)).toEqual(['beside']);
  });

  it('that waits for a promise nobody keeps: which resource', async () => {
    const recording = await run(`new aws.sqs.Queue('lost', { delaySeconds: new Promise<number>(() => {}) });`);
    expect(recording.problems).toMatchObject([{ kind: 'neverSettled', position: { line: 3 } }]);
  });

  it('that keeps a timer: stopped in time, with what it had declared', async () => {
    const recording = await run(`new aws.sqs.Queue('q');\nsetInterval(() => {}, 1000);\n`, { timeout: 8000 });
    expect(recording.problems).toMatchObject([{ kind: 'timeout' }]);
    expect(names(recording)).toEqual(['q']);
  });

  it('that ends itself: the code and its last words', async () => {
    const recording = await run(`console.error('cannot go on');\nprocess.exit(3);\n`);
    expect(recording.problems).toMatchObject([{ kind: 'exited' }]);
    expect(recording.problems[0]?.message).toContain('exit code 3');
    expect(recording.problems[0]?.message).toContain('cannot go on');
  });
});

describe.concurrent('what a program sees', () => {
  it('is its configuration, its own files, and no credentials', async () => {
    const folder = project({
      'Pulumi.yaml': 'name: tiny\nruntime:\n  name: nodejs\nmain: app/\nconfig:\n  greeting:\n    default: hello\n',
      'Pulumi.prod.yaml': 'config:\n  aws:region: eu-west-1\n  tiny:sizes: [1, 2]\n  tiny:key:\n    secure: v1:abc\n',
      'package.json': '{ "type": "module" }',
      'app/index.ts': `${AWS}import { readFileSync } from 'node:fs';
import { words } from './words.js';
const config = new pulumi.Config();
const text = readFileSync(new URL('note.txt', import.meta.url), 'utf8').trim();
await Promise.resolve();
new aws.ssm.Parameter('seen', { type: 'String', value: JSON.stringify([
  config.require('greeting'), config.requireObject('sizes'), text, words, pulumi.getStack(), pulumi.getProject(),
  Object.keys(process.env).filter((key) => /AWS|TOKEN|LANGUAGE/.test(key)),
]) });
new aws.ssm.Parameter('sealed', { type: 'SecureString', value: config.requireSecret('key') });
`,
      'app/words.ts': 'export const words: string = "typed";',
      'app/note.txt': 'beside it\n',
    });
    const recording = await record(folder, {
      stack: 'prod',
      environment: { AWS_SECRET_ACCESS_KEY: 'x', GITHUB_TOKEN: 'x', LANGUAGE: 'en', PATH: '/usr/bin' },
    });
    expect(recording.problems).toEqual([]);
    const [sealed, seen] = [...recording.resources].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(JSON.parse(String(plain(seen?.inputs.value)))).toEqual([
      'hello',
      [1, 2],
      'beside it',
      'typed',
      'prod',
      'tiny',
      ['LANGUAGE'],
    ]);
    expect(seen?.position).toEqual({ file: join('app', 'index.ts'), line: 8, column: 1 });
    expect(sealed?.inputs.value).toEqual({ $secret: 'underpin-does-not-know-this-secret' });
  });

  it('is the SDK that comes with Underpin where the project has none installed', async () => {
    const recording = await record(project({ 'index.ts': `${AWS}new aws.sqs.Queue('q');` }, false));
    expect(names(recording)).toEqual(['q']);
  });
});

describe.concurrent('what cannot be run is told before anything runs', () => {
  it('another language', async () => {
    const folder = project({ 'Pulumi.yaml': 'name: tiny\nruntime: python\n' });
    await expect(record(folder)).rejects.toThrow("this Pulumi program's runtime is python");
  });

  it('several stacks and none named', async () => {
    const folder = project({ 'index.ts': '', 'Pulumi.dev.yaml': '', 'Pulumi.prod.yaml': '' });
    await expect(record(folder)).rejects.toMatchObject({ place: { expected: '--stack and one of: dev, prod' } });
    await expect(record(folder, { stack: 'live' })).rejects.toThrow('there is no stack live');
  });

  it('a folder without a program, a file with an error, a package that is not installed', async () => {
    await expect(record(root)).rejects.toThrow('no Pulumi project');
    await expect(record(project({}))).rejects.toThrow('was not found');
    await expect(record(project({ 'index.ts': 'const = 1;' }))).rejects.toMatchObject({ place: { path: '1:7' } });
    await expect(record(project({ 'index.ts': "import 'nowhere-to-be-found';" }))).rejects.toThrow('not installed');
  });
});
