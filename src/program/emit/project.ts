/** What makes a folder a Pulumi project: names, versions, settings. */
import { stringify } from 'yaml';
import type { Scope } from '../../plan/move.ts';
import type { Journey } from './journey.ts';

export interface Project {
  /** As Pulumi takes it: letters, digits, `-`, `_`, `.`. */
  readonly name: string;
  readonly stack: string;
  /** The version of Underpin that the project asks for. */
  readonly version: string;
}

/** Begins `Pulumi.yaml`: how a folder of ours is known again. */
export const OURS = '# Written by underpin program';

export const STACK = 'live';

/** What the names of the environments have in common: `shop-dev` and `shop-prod` are `shop`. */
export function projectName(scopes: readonly Pick<Scope, 'stem'>[], account: string): string {
  const [first = [], ...rest] = [...new Set(scopes.map(({ stem }) => stem))]
    .filter(Boolean)
    .map((stem) => stem.split('-'));
  const shared = first.filter((word, n) =>
    rest.every((words) => words[n] === word && words.slice(0, n).join() === first.slice(0, n).join()),
  );
  const name = shared.join('-').replace(/[^\w.-]/g, '');
  return name || `account-${account || 'live'}`;
}

export function projectFiles(project: Project, { today, names }: Journey): readonly (readonly [string, string])[] {
  const { name, stack, version } = project;
  const manifest = {
    name,
    private: true,
    type: 'module',
    main: 'index.ts',
    scripts: { types: 'tsc', preview: 'pulumi preview', up: 'pulumi up' },
    dependencies: {
      '@pulumi/aws': '^7.48.0',
      '@pulumi/pulumi': '^3.248.0',
      underpin: `^${version}`,
    },
    devDependencies: {
      '@types/node': '^20.19.43',
      pulumi: '^3.265.0',
      'ts-node': '^10.9.2',
      typescript: '~6.0',
    },
  };
  const compiler = {
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      types: ['node'],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
    files: ['index.ts'],
  };
  const settings = {
    config: {
      'aws:region': today.place.region,
      ...(today.place.account === '' ? {} : { 'aws:allowedAccountIds': [today.place.account] }),
      [`${name}:step`]: names[0] ?? '',
    },
  };
  return [
    [
      'Pulumi.yaml',
      `${OURS}\n${stringify({ name, description: 'What was built by hand, and its way to a sound structure', runtime: 'nodejs' })}`,
    ],
    [`Pulumi.${stack}.yaml`, stringify(settings, { defaultStringType: 'PLAIN' })],
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['tsconfig.json', `${JSON.stringify(compiler, null, 2).replace(/\[\s+("[^"]*")\s+\]/g, '[$1]')}\n`],
    ['.gitignore', 'node_modules/\n'],
  ];
}
