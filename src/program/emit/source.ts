/** A file of resources: its first lines, its imports, its statements. */
import { ACCOUNT } from './environments.ts';
import type { Thing } from './journey.ts';
import type { Module } from './modules.ts';
import { type Doc, hardline, print } from './print.ts';
import type { Statement } from './resource.ts';
import { aboutOf } from './subjects.ts';

/** A resource of a file, as it is written. */
export interface Written extends Statement {
  readonly thing: Thing;
  readonly variable: string;
}

export interface Exports {
  /** Things that something uses: they get a variable. */
  readonly used: ReadonlySet<Thing>;
  /** Those that another file uses. */
  readonly shared: ReadonlySet<Thing>;
  readonly moduleOf: ReadonlyMap<Thing, Module>;
}

export function sourceOf(
  module: Module,
  written: readonly Written[],
  variables: ReadonlyMap<Thing, string>,
  exports: Exports,
): string {
  const body: Doc[] = written.map((one) => [
    one.comments.map((comment): Doc => [`// ${comment}`, hardline]),
    exports.used.has(one.thing) ? `${exports.shared.has(one.thing) ? 'export ' : ''}const ${one.variable} = ` : '',
    one.code.doc,
    ';',
    hardline,
  ]);
  const text = body.map((doc) => print(doc));
  return [`${titleOf(module)}\n${importsOf(module, written, variables, exports)}`, ...text].join('\n');
}

function titleOf({ adopted, environment, subject, part }: Module): string {
  const of = environment === undefined || environment === ACCOUNT ? '' : `${environment}: `;
  const what = `${of}${aboutOf(subject)}`;
  const kind = adopted ? 'What was built by hand' : 'What the journey makes';
  const more = part === 1 ? '' : '; the part that uses what stands in between';
  return `/** ${kind}: ${what}${more}. */`;
}

function importsOf(
  { path }: Module,
  written: readonly Written[],
  variables: ReadonlyMap<Thing, string>,
  { moduleOf }: Exports,
): string {
  const lines: string[] = [];
  if (written.some(({ thing }) => !isComponent(thing))) lines.push("import * as aws from '@pulumi/aws';");
  if (written.some(({ uses }) => uses.pulumi)) lines.push("import * as pulumi from '@pulumi/pulumi';");
  const blueprint = [...new Set(written.flatMap(({ uses }) => [...uses.blueprint]))].sort(natural);
  if (blueprint.length > 0) lines.push(`import { ${blueprint.join(', ')} } from 'underpin/blueprint';`);
  const local = new Map<string, Set<string>>();
  const put = (file: string, name: string): void => {
    const names = local.get(file) ?? new Set();
    local.set(file, names.add(name));
  };
  for (const { uses, adopts, provider } of written) {
    if (adopts) put(relative(path, 'guard'), 'adopted');
    if (provider !== undefined) put(relative(path, 'providers'), provider);
    if (uses.config) put(relative(path, 'settings'), 'config');
    if (uses.steps) put(relative(path, 'steps'), 'steps');
    for (const thing of uses.things) {
      const from = moduleOf.get(thing)?.path;
      if (from !== undefined && from !== path) put(relative(path, from), variables.get(thing) ?? '');
    }
  }
  for (const [file, names] of [...local].sort(([a], [b]) => byDistance(a, b)))
    lines.push(importLine([...names].sort(natural), file));
  return `${lines.join('\n')}\n`;
}

const isComponent = ({ type }: Thing): boolean => type.startsWith('underpin:');

function importLine(names: readonly string[], file: string): string {
  const flat = `import { ${names.join(', ')} } from '${file}.js';`;
  if (flat.length <= 120) return flat;
  return `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${file}.js';`;
}

/** `adopted/prod/data`, `adopted/account/roles` -> `../account/roles`. */
function relative(from: string, to: string): string {
  const [folders, way] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < folders.length && folders[same] === way[same]) same++;
  const up = '../'.repeat(folders.length - same);
  return `${up === '' ? './' : up}${way.slice(same).join('/')}`;
}

/** Far before near, and then by name. */
const byDistance = (a: string, b: string): number => depth(b) - depth(a) || natural(a, b);

const depth = (path: string): number => path.split('../').length;

/** As people count: 2 before 10. */
const natural = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : 1);
const collator = new Intl.Collator('en', { numeric: true });
