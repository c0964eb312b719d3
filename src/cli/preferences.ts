/** `underpin.config.ts` or `underpin.config.json`: what the team wishes of its journey. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whyNotJson } from '../inventory/text.ts';
import { UserError } from '../inventory/user-error.ts';
import { Preferences } from '../plan/preferences.ts';

const NAMES = ['underpin.config.ts', 'underpin.config.json'];

/** The named file, else the one beside the first input; no wishes where there is none. */
export async function readPreferences(named: string | undefined, inputs: readonly string[]): Promise<Preferences> {
  const file = named ?? beside(inputs);
  if (file === undefined) return {};
  if (!existsSync(file))
    throw new UserError('there is no such file', { file, fix: 'check the path after --config-file' });
  const content = file.endsWith('.json') ? parsed(file) : await imported(file);
  const checked = Preferences.safeParse(content);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new UserError(issue?.message ?? 'not a configuration', {
    file,
    path: `/${(issue?.path ?? []).join('/')}`,
    expected: `settings among: ${Object.keys(Preferences.shape).join(', ')}`,
    fix: 'see docs/configuration.md',
  });
}

function beside(inputs: readonly string[]): string | undefined {
  const folders = inputs.map((path) => (existsSync(path) && statSync(path).isDirectory() ? path : dirname(path)));
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`this is not JSON (${whyNotJson(error)})`, { file });
  }
}

/** TypeScript becomes one module; `underpin` itself is only asked for the types. */
async function imported(file: string): Promise<unknown> {
  const { build } = await import('esbuild');
  try {
    const built = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
      plugins: [
        {
          name: 'underpin',
          setup(plugin) {
            plugin.onResolve({ filter: /^underpin$/ }, () => ({ path: 'underpin', namespace: 'types' }));
            plugin.onLoad({ filter: /.*/, namespace: 'types' }, () => ({
              contents: 'export const defineConfig = (it) => it;',
            }));
          },
        },
      ],
    });
    const text = built.outputFiles[0]?.text ?? '';
    const loaded: { readonly default?: unknown } = await import(
      `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
    );
    return loaded.default ?? {};
  } catch (error) {
    throw new UserError(`it cannot be run (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`, {
      file,
      expected: "export default defineConfig({ … }) with `import { defineConfig } from 'underpin'`",
    });
  }
}
