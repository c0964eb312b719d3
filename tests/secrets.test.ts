/**
 * What is promised of secrets (SECURITY.md): whatever the input, none of them is in anything that Underpin writes or says.
 * A canary stands in every field where people put secrets; nothing may sing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planInputs } from '../src/cli/plan-run.ts';
import { redacted } from '../src/inventory/redact.ts';
import { moves } from '../src/plan/moves/index.ts';
import { emit } from '../src/program/emit/emit.ts';
import { journeyOf } from '../src/program/emit/journey.ts';
import { Canaries, planted, type Responses } from './canaries.ts';
import { stackExport, template, terraformPlan, terraformState } from './canary-inputs.ts';
import { emptyFolder, shop } from './cli.ts';
import { filesIn, heardBy } from './said.ts';

/** Nothing but taking everything into the program: what the other moves write is made of what this one took. */
const ADOPT_ONLY = JSON.stringify({
  want: ['adopt'],
  skip: moves.map(({ name }) => name).filter((name) => name !== 'adopt'),
});

interface Outputs {
  readonly texts: ReadonlyMap<string, string>;
  readonly steps: number;
}

/** Everything that the commands say and write of an input. */
async function outputs(input: string, more: Readonly<Record<string, unknown>> = {}): Promise<Outputs> {
  const config = join(emptyFolder(), 'config.json');
  writeFileSync(config, ADOPT_ONLY);
  const out = emptyFolder();
  const texts = new Map<string, string>();
  const tell = async (name: string, words: readonly string[], options: Readonly<Record<string, unknown>> = {}) =>
    texts.set(name, await heardBy(words, { configFile: config, failOn: 'none', ...more, ...options }));
  for (const command of ['audit', 'exposure', 'survive', 'cost', 'plan']) {
    await tell(`${command} --json`, [command, input], { json: true });
    await tell(command, [command, input], { details: true, format: 'text' });
  }
  await tell('access', ['access', input], { administrators: true, json: true });
  await tell('audit --format sarif', ['audit', input], { format: 'sarif' });
  await tell('plan --format markdown', ['plan', input], { format: 'markdown' });
  await tell('plan --explain', ['plan', input], { explain: 'adopt' });
  await tell('draw', ['draw', input], { format: 'svg' });
  await tell('draw --format mermaid', ['draw', input], { format: 'mermaid' });
  await tell('report', ['report', input], { output: join(out, 'report.html') });
  await tell('program --as terraform', ['program', input], { as: 'terraform', output: join(out, 'terraform') });
  for (const [file, text] of filesIn(out)) texts.set(file, text);
  const { plan } = await planInputs([input], config, more);
  if (plan.steps.length > 0) {
    const { files } = emit(journeyOf(plan), { name: 'shop', stack: 'main', version: '1.0.0' });
    for (const [file, text] of files) texts.set(`program ${file}`, text);
  }
  return { texts, steps: plan.steps.length };
}

const heard = (canaries: Canaries, texts: ReadonlyMap<string, string>): readonly string[] =>
  [...texts].flatMap(([name, text]) => canaries.heardIn(text).map((place) => `${name}: ${place}`));

function written(name: string, content: unknown): string {
  const file = join(emptyFolder(), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return file;
}

describe('no secret of an inventory', () => {
  const canaries = new Canaries();
  const content: { readonly responses: Responses } = JSON.parse(readFileSync(shop, 'utf8'));
  planted(content.responses, canaries);

  it('is in what any command says or writes', async () => {
    const { texts, steps } = await outputs(written('inventory.json', content));
    expect(heard(canaries, texts)).toEqual([]);
    // they do speak, and of what the secrets were put into
    expect(steps).toBe(1);
    expect(texts.get('report.html')?.length).toBeGreaterThan(100_000);
    expect(texts.get('terraform/main.tf.json')).toContain('aws_ecs_task_definition');
    expect([...texts].filter(([, text]) => /this is a bug/.test(text)).map(([name]) => name)).toEqual([]);
  });

  it('is in the inventory that `collect` would have written of the same answers', () => {
    const texts = Object.entries(content.responses).map(([operation, exchanges]) => [
      operation,
      JSON.stringify(exchanges.map(({ output }) => redacted(operation, output))),
    ]);
    expect(heard(canaries, new Map(texts.map(([name = '', text = '']) => [name, text])))).toEqual([]);
    expect(JSON.stringify(texts)).toContain('DB_PASSWORD');
  });
});

describe.each([
  ['a CloudFormation template', 'template.json', template],
  ['a Terraform state', 'terraform.tfstate', terraformState],
  ['a Terraform plan', 'plan.json', terraformPlan],
  ['a Pulumi stack', 'stack.json', stackExport],
])('no secret of %s', (_name, file, make) => {
  it('is in what any command says or writes', async () => {
    const canaries = new Canaries();
    const content = make(canaries);
    const parameter = [`Given=${canaries.in('--parameter')}`];
    const { texts } = await outputs(written(file, content), file === 'template.json' ? { parameter } : {});
    expect(heard(canaries, texts)).toEqual([]);
    expect(texts.get('audit --json')).toContain('"findings"');
  });
});

describe('no secret is in the message about a file', () => {
  it.each([
    ['inventory.json', (secret: string) => `{"format": ${secret}, "password": "${secret}"`],
    ['inventory.json', (secret: string) => `{"format": "underpin.inventory/1", "responses": "${secret}"} ${secret}`],
    ['template.yaml', (secret: string) => `Resources:\n  A: {Type: AWS::EC2::VPC, Password: ${secret}\n B: [${secret}`],
    ['template.json', (secret: string) => `{"Resources": {"A": {"Type": "AWS::EC2::VPC", "P": ${secret}}}}`],
    ['terraform.tfstate', (secret: string) => `{"terraform_version": "1.9.0", "values": "${secret}" "${secret}"}`],
    ['main.tf', (secret: string) => `variable "password" { default = "${secret}" }`],
  ])('%s that is broken (%#)', async (name, make) => {
    const canaries = new Canaries();
    const file = written(name, make(canaries.in(name)));
    const text = await heardBy(['audit', file], { json: true });
    expect(text).toContain(name);
    expect(canaries.heardIn(text)).toEqual([]);
  });

  it.each([
    ['plan', 'configFile', 'config.json'],
    ['audit', 'ignore', 'ignore.yaml'],
  ])('%s with a broken file of its own', async (command, option, name) => {
    const canaries = new Canaries();
    const secret = canaries.in(name);
    const file = written(name, `{"wayIn": ${secret}, "password": "${secret}", : }`);
    const text = await heardBy([command, shop], { [option]: file, json: true });
    expect(text).toContain(name);
    expect(canaries.heardIn(text)).toEqual([]);
  });

  it('of an answer in a folder', async () => {
    const canaries = new Canaries();
    const folder = emptyFolder();
    const secret = canaries.in('answer');
    writeFileSync(join(folder, 'ec2-describe-vpcs.json'), '{"Vpcs": []}');
    writeFileSync(join(folder, 'lambda-list-functions.json'), `{"Functions": [${secret}], "Secret": "${secret}"}`);
    const text = await heardBy(['audit', folder], { json: true });
    expect(text).toContain('not JSON');
    expect(canaries.heardIn(text)).toEqual([]);
  });
});
