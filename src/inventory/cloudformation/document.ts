/**
 * The text of a template -> plain data with the line of everything. JSON is read as the YAML that it is, so there is one
 * reader. Short forms (`!Ref x`) become long ones (`{ Ref: x }`).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
import type { Document, LineCounter, Node, YAMLMap } from 'yaml';
import { UserError } from '../user-error.ts';
import { MAX_DEPTH, shallow, yaml } from '../yaml.ts';

export { MAX_DEPTH };

export type Data = string | number | boolean | null | readonly Data[] | Fields;

export interface Fields {
  readonly [key: string]: Data;
}

/** Far beyond what AWS takes (1 MB, 500 resources): https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const MAX_CHARACTERS = 8 * 1024 * 1024;
/** Values that aliases stand for, all in all. */
export const MAX_ALIASED = 200_000;

export interface Source {
  readonly file: string;
  readonly data: Data;
  /** 1-based line of an object or a list, or of a member of it by its key. */
  readonly lineOf: (of: Data, key?: string) => number;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Data | undefined): value is readonly Data[] => Array.isArray(value);

export function readSource(file: string, text: string): Source {
  if (text.length > MAX_CHARACTERS)
    throw new UserError('this template is too large to read', {
      file,
      expected: `at most ${MAX_CHARACTERS / 1024 / 1024} MB; CloudFormation itself takes 1 MB`,
      fix: 'split it into nested stacks, or collect an inventory of the account',
    });
  const counter = new (yaml().LineCounter)();
  const document = parsed(file, text, counter);
  const [error] = document.errors;
  if (error) throw syntaxError(file, error, counter);
  return walked(file, document, counter);
}

function parsed(file: string, text: string, lineCounter: LineCounter): Document.Parsed {
  const { Composer, Parser } = yaml();
  const parser = new Parser(lineCounter.addNewLine);
  // `yes` and dates stay texts: what a property makes of them is its own affair
  const composer = new Composer({ schema: 'core', uniqueKeys: true, prettyErrors: false, logLevel: 'silent' });
  const tokens = shallow(parser.parse(text), (offset) => tooDeep(file, lineCounter.linePos(offset).line));
  const [document, ...more] = composer.compose(tokens, true, text.length);
  if (document === undefined || more.length > 0)
    throw new UserError('this file holds more than one document', { file, expected: 'one template', fix: 'split it' });
  return document as Document.Parsed;
}

const tooDeep = (file: string, line?: number): UserError =>
  new UserError(`values stand more than ${MAX_DEPTH} deep in one another`, {
    file,
    ...(line === undefined ? {} : { path: `line ${line}` }),
    expected: 'a CloudFormation template',
    fix: 'check that the file is whole and is a template',
  });

function syntaxError(
  file: string,
  error: { readonly message: string; readonly code: string; readonly pos: readonly [number, number] },
  counter: LineCounter,
): UserError {
  const { line, col } = counter.linePos(error.pos[0]);
  const twice = error.code === 'DUPLICATE_KEY';
  return new UserError(
    twice
      ? 'a name stands twice in one place, and only one of the two would count'
      : `this is neither JSON nor YAML: ${error.message}`,
    {
      file,
      path: `line ${line}, column ${col}`,
      expected: twice ? 'every name once' : 'a CloudFormation template',
      fix: twice
        ? 'rename or remove one of them'
        : 'mend the text there; `aws cloudformation validate-template` says the same',
    },
  );
}

function walked(file: string, document: Document.Parsed, counter: LineCounter): Source {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  const own = new WeakMap<object, number>();
  const members = new WeakMap<object, ReadonlyMap<string, number>>();
  const open = new Set<Node>();
  /** In the order of the text, as an alias means the last of its name before it. */
  const anchors = new Map<string, Node>();
  let count = 0;
  let aliases = 0;

  const lineAt = (node: Node): number => (node.range ? counter.linePos(node.range[0]).line : 1);

  const value = (node: unknown, depth: number): Data => {
    if (!isAlias(node) && !isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    if (depth > MAX_DEPTH) throw tooDeep(file, lineAt(node));
    if (aliases > 0) count += 1;
    if (count > MAX_ALIASED)
      throw new UserError('this template grows beyond all measure when its aliases are written out', {
        file,
        path: `line ${lineAt(node)}`,
        expected: `aliases that stand for at most ${MAX_ALIASED} values`,
        fix: 'write the values out, or remove the aliases',
      });
    if (isAlias(node)) return aliased(node, anchors.get(node.source), depth);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return tagged(node, scalar(node.value, node.source));
    open.add(node);
    const made = isMap(node) ? fields(node, depth) : node.items.map((item) => value(item, depth + 1));
    open.delete(node);
    own.set(made, lineAt(node));
    return tagged(node, made);
  };

  const aliased = (alias: Node, target: Node | undefined, depth: number): Data => {
    if (target === undefined || open.has(target))
      throw new UserError(
        target === undefined ? 'this alias names nothing' : 'this alias stands inside of what it names',
        {
          file,
          path: `line ${lineAt(alias)}`,
          expected: 'an alias of something that is complete before it',
          fix: 'write the value out',
        },
      );
    aliases += 1;
    const made = value(target, depth + 1);
    aliases -= 1;
    return made;
  };

  const fields = (map: YAMLMap, depth: number): Fields => {
    const made: Record<string, Data> = {};
    const lines = new Map<string, number>();
    const merged: Data[] = [];
    for (const { key, value: inner } of map.items) {
      const name = isScalar(key) ? String(key.source ?? key.value) : String(key);
      const read = value(inner, depth + 1);
      if (name === '<<') merged.push(...(isList(read) ? read : [read]));
      else define(made, name, read);
      if (isScalar(key)) lines.set(name, lineAt(key));
    }
    for (const more of merged)
      if (isFields(more))
        for (const [name, read] of Object.entries(more)) if (!Object.hasOwn(made, name)) define(made, name, read);
    members.set(made, lines);
    return made;
  };

  const tagged = (node: Node, read: Data): Data => {
    const long = longForm(node.tag, read);
    if (long !== read && typeof long === 'object' && long !== null) own.set(long, lineAt(node));
    return long;
  };

  const data = value(document.contents, 0);
  const lineOf: Source['lineOf'] = (of, key) => {
    if (typeof of !== 'object' || of === null) return 1;
    return (key === undefined ? undefined : members.get(of)?.get(key)) ?? own.get(of) ?? 1;
  };
  return { file, data, lineOf };
}

/** A name such as `__proto__` is a name like any other. */
const define = (holder: Record<string, Data>, name: string, value: Data): void => {
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
};

/** A number whose text says more than the number (`007`, `1.10`) is a text: it may be an account or a version. */
function scalar(value: unknown, source: string | undefined): Data {
  if (typeof value === 'number') return source === undefined || String(value) === source ? value : source;
  return typeof value === 'string' || typeof value === 'boolean' ? value : value === null ? null : String(value);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
function longForm(tag: string | undefined, value: Data): Data {
  if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };
  const dot = value.indexOf('.');
  return { 'Fn::GetAtt': dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
}
