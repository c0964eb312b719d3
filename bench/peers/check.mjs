/**
 * What another tool says of a CloudFormation template: `node check.mjs cdk|cdk-nag|cfn-guard TEMPLATE`, a rule a line with what it is said of.
 * cdk is the check that the CDK makes by itself; cdk-nag is its pack "AwsSolutions"; cfn-guard the rules of AWS Control Tower.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

/** By the name of the tool: its own name in the report, and what adds it. */
const TOOLS = {
  cdk: ['CloudFormation Validate', undefined],
  'cdk-nag': ['AwsSolutions', async (app) => new (await import('cdk-nag')).AwsSolutionsChecks(app)],
  'cfn-guard': [
    'cdk-validator-cfnguard',
    async () => new (await import('@cdklabs/cdk-validator-cfnguard')).CfnGuardValidator(),
  ],
};

const [tool, template] = process.argv.slice(2);
if (!TOOLS[tool] || !template) {
  console.error('node check.mjs cdk|cdk-nag|cfn-guard TEMPLATE');
  process.exit(2);
}
const [title, plugin] = TOOLS[tool];
const outdir = mkdtempSync(join(tmpdir(), 'peer-'));
try {
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  new CfnInclude(stack, 'Template', { templateFile: resolve(template) });
  if (plugin) Validations.of(app).addPlugins(await plugin(app));
  try {
    app.synth();
  } catch {
    // it has found something; what, is in its report
  }
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  const said = new Map();
  for (const { ruleName, violatingConstructs, description } of pluginReports.find(
    ({ pluginName }) => pluginName === title,
  )?.violations ?? []) {
    const names = violatingConstructs.map(({ constructPath = '' }) => constructPath.split('/').at(-1));
    const one = said.get(ruleName) ?? { of: new Set(), description: description.split('\n')[0] };
    for (const name of names) one.of.add(name);
    said.set(ruleName, one);
  }
  for (const [rule, { of, description }] of said)
    console.log(`${rule}\t${[...of].join(' ')}\t${description.slice(0, 120)}`);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
