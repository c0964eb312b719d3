/** The files that every project has, or needs at times, beside its resources. */
import type { Place } from '../../inventory/pulumi/recorded.ts';
import type { Module } from './modules.ts';
import { call, type Member, object, plainCode, print } from './print.ts';
import { type Provider, profileSetting } from './providers.ts';
import { quoted } from './text.ts';

export function indexFile(modules: readonly Module[]): string {
  const imports = modules.map(({ path }) => `import './${path}.js';`).sort();
  return [
    "import { steps } from './steps.js';",
    ...imports,
    '',
    '/** The step that this stack has reached: `pulumi stack output step`. */',
    'export const step = steps.reached;',
    '',
  ].join('\n');
}

export const guardFile = (): string => `import type { CustomResourceOptions, ProviderResource } from '@pulumi/pulumi';
import { steps } from './steps.js';

interface Guard {
  /** Whether Pulumi refuses to delete it. What is not protected may be deleted by a step. */
  readonly protect?: boolean;
  /** What others change (deployments, scaling, AWS itself), or nobody can read: it stays as it is. */
  readonly ignoreChanges?: string[];
  readonly provider?: ProviderResource;
}

/**
 * What was built by hand is imported by its id, once, and nothing in AWS changes by it: the import fails where an argument
 * differs from what is there. Pulumi refuses to delete it, and leaves it in AWS should the program forget it. A stack that
 * is settled makes its own.
 */
export const adopted = (id: string | undefined, { protect = true, ...more }: Guard = {}): CustomResourceOptions => ({
  import: steps.settled ? undefined : id,
  protect,
  retainOnDelete: protect,
  ...more,
});
`;

export const settingsFile = (): string => `import * as pulumi from '@pulumi/pulumi';

/** The stack's own settings; secrets are set with \`pulumi config set --secret NAME\` and stand in no file in clear. */
export const config = new pulumi.Config();
`;

export function providersFile(providers: readonly Provider[], stack: Place): string {
  const elsewhere = providers.some(({ account }) => account !== stack.account);
  const statements = providers.map(({ variable, name, account, region }) => {
    const members: Member[] = [{ key: 'region', value: plainCode(quoted(region), 'text') }];
    if (account !== stack.account)
      members.push(
        { key: 'allowedAccountIds', value: plainCode(`[${quoted(account)}]`) },
        { key: 'profile', value: plainCode(`config.require(${quoted(profileSetting(account))})`) },
      );
    const made = call('new aws.Provider', [plainCode(quoted(name), 'text'), object(members)]);
    return `${print([`export const ${variable} = `, made.doc, ';'])}\n`;
  });
  return [
    `/** For what is not in ${stack.region}${elsewhere ? `, or not in the account ${stack.account}` : ''}. */`,
    "import * as aws from '@pulumi/aws';",
    ...(elsewhere ? ["import { config } from './settings.js';"] : []),
    '',
    statements.join('\n'),
  ].join('\n');
}
