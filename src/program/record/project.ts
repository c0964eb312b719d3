/** A Pulumi project's files: what to run, and the configuration of a stack. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { readText, whyNotJson } from '../../inventory/text.ts';
import { UserError } from '../../inventory/user-error.ts';
import { readYaml } from '../../inventory/yaml.ts';

export interface Project {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly stack: string;
  /** Absolute path of the program's first file. */
  readonly entry: string;
  /** As the CLI hands it to a program: text, or JSON. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

export interface ProjectOptions {
  /** @default the only `Pulumi.<stack>.yaml`, else `dev` where there is none */
  readonly stack?: string | undefined;
  /** Settings over those of the stack's file; a key without a namespace is the project's. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PROJECT_FILES = ['Pulumi.yaml', 'Pulumi.yml'];
const SCRIPT = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']);

/** Stands where a secret of the stack's file was that only Pulumi's own key can open. */
export const SEALED = 'underpin-does-not-know-this-secret';

/** Reads the project at a path: its folder, or a program's file without a project around it. */
export function readProject(path: string, options: ProjectOptions = {}): Project {
  const place = resolve(path);
  if (!existsSync(place)) throw new UserError('there is no such file or folder', { file: path, fix: 'check the path' });
  const isFile = statSync(place).isFile();
  const folder = isFile ? dirname(place) : place;
  const file = PROJECT_FILES.map((name) => join(folder, name)).find((one) => existsSync(one));
  if (file === undefined && !isFile)
    throw new UserError('this folder is no Pulumi project', {
      file: path,
      expected: 'a Pulumi.yaml in it',
      fix: "give the folder that holds Pulumi.yaml, or the program's own file",
    });
  const settings = file === undefined ? {} : yaml(file);
  refuseOtherLanguages(settings, file ?? path);
  const name = typeof settings.name === 'string' ? settings.name : basename(folder);
  const stack = options.stack ?? onlyStack(folder, path);
  return {
    folder,
    name,
    stack,
    entry: isFile ? place : entryOf(folder, settings, path),
    ...configOf(folder, name, stack, settings, options),
  };
}

function yaml(file: string): Mapping {
  const content = readYaml(readText(file), file, { expected: 'keys and values' }).value;
  if (content === null || content === undefined) return {};
  if (!isMapping(content)) throw new UserError('this YAML is not a mapping', { file, expected: 'keys and values' });
  return content;
}

/** A package.json. */
export function manifestIn(file: string): Mapping {
  let content: unknown;
  try {
    content = JSON.parse(readText(file));
  } catch (error) {
    throw new UserError(`this is not JSON (${whyNotJson(error)})`, { file, expected: 'the manifest of a package' });
  }
  return isMapping(content) ? content : {};
}

function refuseOtherLanguages(settings: Mapping, file: string): void {
  const runtime = isMapping(settings.runtime) ? settings.runtime.name : settings.runtime;
  if (runtime !== undefined && runtime !== 'nodejs' && runtime !== 'bun')
    throw new UserError(`this Pulumi program's runtime is ${String(runtime)}`, {
      file,
      path: '/runtime',
      expected: 'nodejs: a program in TypeScript or JavaScript',
      fix: 'programs in other languages cannot be run here; audit what they made by an inventory of the account',
    });
}

function onlyStack(folder: string, path: string): string {
  const stacks = stacksOf(folder);
  const [first] = stacks;
  if (stacks.length > 1)
    throw new UserError('this project has several stacks', {
      file: path,
      expected: `--stack and one of: ${stacks.join(', ')}`,
      fix: `add --stack ${first}`,
    });
  return first ?? 'dev';
}

/** Stacks that have a file, sorted. */
export const stacksOf = (folder: string): readonly string[] =>
  readdirSync(folder)
    .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
    .sort();

/** `main` of Pulumi.yaml, else of package.json, else index.*: a file, or a folder in which the same holds again. */
function entryOf(folder: string, settings: Mapping, path: string): string {
  const main = typeof settings.main === 'string' ? join(folder, settings.main) : folder;
  const found = programIn(main) ?? programIn(folder);
  if (found !== undefined) return found;
  throw new UserError('the program of this project was not found', {
    file: path,
    expected: 'main in Pulumi.yaml or package.json, or an index.ts',
  });
}

function programIn(place: string): string | undefined {
  if (existsSync(place) && statSync(place).isFile()) return SCRIPT.has(extname(place)) ? place : undefined;
  const candidates: string[] = [];
  const manifest = join(place, 'package.json');
  if (existsSync(manifest)) {
    const content = manifestIn(manifest);
    // a main that a build would write is looked for as the source beside it
    if (typeof content.main === 'string')
      candidates.push(join(place, content.main), join(place, content.main.replace(/\.([cm]?)js$/, '.$1ts')));
  }
  for (const name of ['index.ts', 'index.mts', 'index.cts', 'index.js', 'index.mjs', 'index.cjs'])
    candidates.push(join(place, name));
  return candidates.find((one) => existsSync(one) && statSync(one).isFile() && SCRIPT.has(extname(one)));
}

/** Defaults of the project, then the stack's file, then what the caller says. */
function configOf(
  folder: string,
  project: string,
  stack: string,
  settings: Mapping,
  options: ProjectOptions,
): Pick<Project, 'config' | 'secretKeys'> {
  const file = [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`]
    .map((name) => join(folder, name))
    .find((one) => existsSync(one));
  if (file === undefined && options.stack !== undefined && stacksOf(folder).length > 0)
    throw new UserError(`there is no stack ${stack}`, {
      file: folder,
      expected: `one of: ${stacksOf(folder).join(', ')}`,
    });
  const ofStack = file === undefined ? {} : yaml(file);
  const config: Record<string, string> = {};
  const secretKeys: string[] = [];
  const put = (key: string, value: unknown): void => {
    const full = key.includes(':') ? key : `${project}:${key}`;
    const sealed = isMapping(value) && Object.keys(value).length === 1 && typeof value.secure === 'string';
    if (sealed || hasSealed(value)) secretKeys.push(full);
    config[full] = textOf(sealed ? SEALED : opened(value));
  };
  for (const [key, value] of Object.entries(isMapping(settings.config) ? settings.config : {})) {
    const set = isMapping(value) ? (value.value ?? value.default) : value;
    if (set !== undefined) put(key, set);
  }
  for (const [key, value] of Object.entries(isMapping(ofStack.config) ? ofStack.config : {})) put(key, value);
  for (const [key, value] of Object.entries(options.config ?? {})) put(key, value);
  return { config, secretKeys: [...new Set(secretKeys)].sort() };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function hasSealed(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSealed);
  if (!isMapping(value)) return false;
  return typeof value.secure === 'string' || Object.values(value).some(hasSealed);
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (!isMapping(value)) return value;
  if (Object.keys(value).length === 1 && typeof value.secure === 'string') return SEALED;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
}
