/**
 * TypeScript to something that Node runs: the program's own files become one module, with source maps, so that places
 * stay places of the user's files. Packages stay outside and are looked up from the program, then from Underpin.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Loader, type OnResolveArgs, type OnResolveResult, type Plugin, transform } from 'esbuild';
import { UserError } from '../../inventory/user-error.ts';
import { manifestIn } from './project.ts';

/** Writes the program as `<folder>/program.mjs` (or `.cjs`) and answers with the path. */
export async function bundleProgram(entry: string, root: string, folder: string): Promise<string> {
  const esm = isModule(entry);
  const outfile = join(folder, esm ? 'program.mjs' : 'program.cjs');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: esm ? 'esm' : 'cjs',
      sourcemap: 'inline',
      sourcesContent: false,
      keepNames: true,
      logLevel: 'silent',
      // what a program in CommonJS says in a module of ours
      ...(esm
        ? {
            banner: {
              js: `import { createRequire as $cr } from 'node:module'; const require = $cr(${JSON.stringify(pathToFileURL(entry).href)});`,
            },
          }
        : {}),
      plugins: [packagesOutside(esm), ownPlaces],
    });
  } catch (error) {
    throw notBundled(error, root, entry);
  }
  return outfile;
}

/** Whether Node would take the file as an ES module. */
function isModule(entry: string): boolean {
  if (/\.m[tj]s$/.test(entry)) return true;
  if (/\.c[tj]s$/.test(entry)) return false;
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return manifestIn(manifest).type === 'module';
    if (folder === dirname(folder)) return false;
  }
}

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
};

const PLACE = /__dirname|__filename|import\.meta/;

/** Each file keeps its own `__dirname` and `import.meta.url`: programs read files that stand beside them. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup: (to) =>
    to.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!PLACE.test(text)) return undefined;
      try {
        const result = await transform(text, {
          loader: LOADERS[extname(path)] ?? 'ts',
          sourcefile: path,
          sourcemap: 'inline',
          target: 'node20',
          define: {
            __dirname: JSON.stringify(dirname(path)),
            __filename: JSON.stringify(path),
            'import.meta.url': JSON.stringify(pathToFileURL(path).href),
            'import.meta.dirname': JSON.stringify(dirname(path)),
            'import.meta.filename': JSON.stringify(path),
          },
        });
        return { contents: result.code, loader: 'js', resolveDir: dirname(path) };
      } catch (error) {
        return { errors: messagesOf(error) };
      }
    }),
};

/** Our own package: the folder above `dist/` or `src/`. */
export const packageRoot = ((): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder))
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
})();

const SELF = /^underpin(\/|$)/;
const AGAIN = 'underpin-resolves';

const packagesOutside = (esm: boolean): Plugin => ({
  name: 'packages-outside',
  setup: (to) => {
    const outside = async ({ path, kind, resolveDir }: OnResolveArgs): Promise<OnResolveResult | undefined> => {
      const own = SELF.test(path) ? join(packageRoot, 'src', path.replace(SELF, ''), 'index.ts') : undefined;
      for (const from of [resolveDir, packageRoot]) {
        // in this repository the sources are newer than what was last built of them
        if (from === packageRoot && own !== undefined && existsSync(own)) return { path: own };
        const found = await to.resolve(path, { kind, resolveDir: from, pluginData: AGAIN });
        if (found.errors.length > 0) continue;
        if (found.external) return { path, external: true };
        // a path of tsconfig.json, or a workspace, leads to the program's own files
        if (from === resolveDir && !/[\\/]node_modules[\\/]/.test(found.path) && !SELF.test(path))
          return { path: found.path };
        return { path: esm ? pathToFileURL(found.path).href : found.path, external: true };
      }
      return undefined;
    };
    // files of one folder find the same under a name: esbuild is asked once
    const known = new Map<string, Promise<OnResolveResult | undefined>>();
    to.onResolve({ filter: /^[^./]/ }, (asked) => {
      const { path, kind, resolveDir, pluginData } = asked;
      if (pluginData === AGAIN || kind === 'entry-point' || isAbsolute(path) || path.startsWith('node:'))
        return undefined;
      const key = JSON.stringify([path, kind, resolveDir]);
      const answer = known.get(key) ?? outside(asked);
      known.set(key, answer);
      return answer;
    });
  },
});

interface Message {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

const messagesOf = (error: unknown): Message[] =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [];

function notBundled(error: unknown, root: string, entry: string): Error {
  const [first] = messagesOf(error);
  if (first === undefined) return error instanceof Error ? error : new Error(String(error));
  const missing = /^Could not resolve "([^"]+)"/.exec(first.text)?.[1];
  return new UserError(missing === undefined ? first.text : `it imports ${missing}, which is not installed`, {
    file: first.location ? resolve(root, first.location.file) : entry,
    ...(first.location ? { path: `${first.location.line}:${first.location.column + 1}` } : {}),
    ...(missing === undefined || /^[./]/.test(missing)
      ? {}
      : { fix: 'run npm install in the project, or check the name' }),
  });
}
