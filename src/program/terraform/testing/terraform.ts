/**
 * For tests: Terraform itself, where it and its provider for AWS are on this machine. Nothing is fetched: the provider comes from a
 * folder of plugins (`UNDERPIN_TERRAFORM_PLUGINS`, or one of those in which Terraform and people keep them), and no step of a test
 * reaches further than 127.0.0.1.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDER_VERSION } from '../../../inventory/terraform/table.ts';
import type { Json } from '../values.ts';

export interface Workshop {
  readonly folder: string;
  readonly run: (args: readonly string[]) => Run;
  /** Ends the provider and takes the folder away. */
  readonly close: () => void;
}

export interface Run {
  readonly ok: boolean;
  readonly stdout: string;
  /** What it complains of. */
  readonly problems: string;
}

const within = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

const PLUGIN = join('registry.terraform.io/hashicorp/aws', PROVIDER_VERSION);

/** https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
const pluginFolder = (): string | undefined =>
  [
    process.env.UNDERPIN_TERRAFORM_PLUGINS,
    process.env.TF_PLUGIN_CACHE_DIR,
    join(homedir(), '.terraform.d/plugins'),
    join(homedir(), '.terraform.d/plugin-cache'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...within('/opt'),
  ].find((folder) => folder && existsSync(join(folder, PLUGIN)));

const plugins = spawnSync('terraform', ['version']).status === 0 ? pluginFolder() : undefined;

/** Whether the tests that run Terraform can; the reason why not is told once. */
export const isHere = plugins !== undefined;
if (!isHere)
  console.warn(
    `terraform with hashicorp/aws ${PROVIDER_VERSION} is not here (UNDERPIN_TERRAFORM_PLUGINS names a folder of plugins): the tests that run it are left out`,
  );

/** A folder that is initialised, and one provider for all commands, which is what takes Terraform its time. `endpoint` stands for AWS. */
export async function workshop(endpoint = 'http://127.0.0.1:9'): Promise<Workshop> {
  if (plugins === undefined) throw new Error('there is no terraform here');
  const folder = mkdtempSync(join(tmpdir(), 'underpin-terraform-'));
  const settings = join(folder, 'terraform.rc');
  writeFileSync(settings, '');
  const environment = { ...environmentFor(endpoint), HOME: folder, TF_CLI_CONFIG_FILE: settings };
  const required = { required_providers: { aws: { source: 'hashicorp/aws', version: PROVIDER_VERSION } } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: required }));
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Run => {
    const done = spawnSync('terraform', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      env: { ...environment, ...more },
    });
    return { ok: done.status === 0, stdout: done.stdout, problems: done.stderr };
  };
  const { ok, problems } = run(['init', '-input=false', '-no-color', `-plugin-dir=${plugins}`]);
  if (!ok) throw new Error(`terraform init: ${problems}`);
  const provider = await started(join(plugins, PLUGIN), environment);
  return {
    folder,
    run: (args) => run(args, { TF_REATTACH_PROVIDERS: provider.address }),
    close: () => {
      provider.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-development-overrides */
function started(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ address: string; end: () => void }> {
  const [binary = ''] = within(folder)
    .flatMap(within)
    .filter((file) => /terraform-provider-aws/.test(file));
  const child = spawn(binary, ['-debug'], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  // whoever ends the tests halfway ends the provider too
  process.once('exit', () => child.kill());
  let said = '';
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`the provider ended: ${said}`)));
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      const address = /TF_REATTACH_PROVIDERS='([^']+)'/.exec(said)?.[1];
      if (address) resolve({ address, end: () => void child.kill() });
    });
  });
}

/** No way out: no metadata service, no credentials but made-up ones, no network. */
const environmentFor = (endpoint: string): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '',
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_ENDPOINT_URL: endpoint,
  AWS_MAX_ATTEMPTS: '1',
  CHECKPOINT_DISABLE: '1',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
  TF_IN_AUTOMATION: '1',
});

export type Main = Readonly<Record<string, Json>>;

/** Values that AWS has learnt since this version of the provider, which refuses what it does not know. */
const LATER: readonly (readonly [string, string])[] = [['"nodejs24.x"', '"nodejs22.x"']];

/** An export for the workshop: the provider of the table's version, without an account to ask for. */
export function prepared(text: string, { imports = true, guards = true } = {}): Main {
  const main = JSON.parse(LATER.reduce((so, [later, now]) => so.replaceAll(later, now), text));
  for (const provider of main.provider.aws) {
    delete provider.allowed_account_ids;
    delete provider.profile;
    Object.assign(provider, {
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      s3_use_path_style: true,
    });
  }
  main.terraform.required_providers.aws.version = PROVIDER_VERSION;
  if (!imports) delete main.import;
  if (!guards)
    for (const body of Object.values<Record<string, Record<string, unknown>>>(main.resource ?? {}).flatMap((all) =>
      Object.values(all),
    ))
      if (body.lifecycle) body.lifecycle = { ...body.lifecycle, prevent_destroy: false };
  return main;
}

export function write({ folder }: Workshop, main: Main): void {
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(main, null, 1));
  const variables = Object.keys((main.variable ?? {}) as object);
  writeFileSync(
    join(folder, 'terraform.tfvars.json'),
    JSON.stringify(Object.fromEntries(variables.map((name) => [name, `value of ${name}`]))),
  );
}

/** What Terraform finds wrong, one message a line; empty when nothing. */
export function complaints(shop: Workshop, main: Main): readonly string[] {
  write(shop, main);
  const { stdout, problems } = shop.run(['validate', '-json']);
  const result: { diagnostics?: readonly { summary: string; detail?: string; address?: string; severity: string }[] } =
    JSON.parse(stdout || JSON.stringify({ diagnostics: [{ summary: problems, severity: 'error' }] }));
  return (result.diagnostics ?? []).map(({ severity, summary, detail, address }) =>
    [severity, address, summary, detail].filter(Boolean).join(': '),
  );
}
