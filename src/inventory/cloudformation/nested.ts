/** Where the template of a nested stack is: the only file of this folder that opens files. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { readText } from '../text.ts';
import { UserError } from '../user-error.ts';
import { MAX_CHARACTERS, readSource } from './document.ts';
import type { Run } from './run.ts';
import { type DeclaredResource, type Template, templateOf } from './template.ts';

export interface NestedTemplates {
  readonly find: Run['nested'];
  /** Of the files that the user gave, the names of the stacks that nobody asked for. */
  readonly unused: () => readonly string[];
}

/** What the user gives counts first, then what the CDK says, then a `TemplateURL` that is a path. */
export function nestedTemplates(given: ReadonlyMap<string, string>): NestedTemplates {
  const known = new Map<string, Template>();
  const asked = new Set<string>();
  const load = (file: string): Template => {
    const template = known.get(file) ?? templateOf(readSource(file, textOf(file)));
    known.set(file, template);
    return template;
  };
  return {
    find: (stack, path, url, parent) => {
      asked.add(path);
      const said = given.get(path);
      if (said !== undefined) return load(said);
      const folder = dirname(parent.source.file);
      const files = [assetOf(stack), localOf(url)].flatMap((name) => (name === undefined ? [] : [join(folder, name)]));
      const file = files.find((one) => existsSync(one));
      return file === undefined ? undefined : load(file);
    },
    unused: () => [...given.keys()].filter((path) => !asked.has(path)),
  };
}

/** A template may name any path: what is no ordinary file is not opened. */
function textOf(file: string): string {
  const expected = 'the template of a nested stack';
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile())
    throw new UserError('there is no such file', { file, expected, fix: 'check the path' });
  if (found.size > MAX_CHARACTERS) throw new UserError('this file is too large for a template', { file, expected });
  try {
    return readText(file);
  } catch (error) {
    throw new UserError(`it cannot be read (${error instanceof Error ? error.message : String(error)})`, { file });
  }
}

/** The CDK says where it wrote the template of a nested stack. */
const assetOf = (stack: DeclaredResource): string | undefined => {
  const path = stack.metadata['aws:asset:path'];
  return typeof path === 'string' && /\.(json|ya?ml|template)$/i.test(path) && !posix.isAbsolute(path)
    ? path
    : undefined;
};

const localOf = (url: string | undefined): string | undefined =>
  url !== undefined && url !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(url) && !posix.isAbsolute(url) ? url : undefined;
