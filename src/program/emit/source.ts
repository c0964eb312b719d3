/** A file of resources: its first lines, its imports, its statements. */
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

function titleOf({ adopted, subject, part }: Module): string {
  const what = `${aboutOf(subject)}`;
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
  const lines = ["import * as aws from '@pulumi/aws';"];
  if (written.some(({ uses }) => uses.pulumi)) lines.push("import * as pulumi from '@pulumi/pulumi';");
  const local = new Map<string, Set<string>>();
  const put = (file: string, name: string): void => {
    const names = local.get(file) ?? new Set();
    local.set(file, names.add(name));
  };
  for (const { uses, adopts, provider } of written) {
    if (adopts) put('../guard', 'adopted');
    if (provider !== undefined) put('../providers', provider);
    if (uses.config) put('../settings', 'config');
    if (uses.steps) put('../steps', 'steps');
    for (const thing of uses.things) {
      const from = moduleOf.get(thing)?.path;
      if (from !== undefined && from !== path) put(relative(path, from), variables.get(thing) ?? '');
    }
  }
  for (const [file, names] of [...local].sort(([a], [b]) => byDistance(a, b)))
    lines.push(importLine([...names].sort(natural), file));
  return `${lines.join('\n')}\n`;
}

function importLine(names: readonly string[], file: string): string {
  const flat = `import { ${names.join(', ')} } from '${file}.js';`;
  if (flat.length <= 120) return flat;
  return `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${file}.js';`;
}

const relative = (from: string, to: string): string => {
  const [folder] = from.split('/');
  return to.startsWith(`${folder}/`) ? `./${to.slice((folder ?? '').length + 1)}` : `../${to}`;
};

/** Far before near, and then by name. */
const byDistance = (a: string, b: string): number =>
  Number(a.startsWith('./')) - Number(b.startsWith('./')) || natural(a, b);

/** As people count: 2 before 10. */
const natural = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : 1);
const collator = new Intl.Collator('en', { numeric: true });
