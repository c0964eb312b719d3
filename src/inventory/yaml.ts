/**
 * YAML as people write it beside an input: bounded, because a small text can stand for a great deal. The parser is loaded
 * when the first YAML is read: most inputs are JSON, and its many files take a while.
 */
import { createRequire } from 'node:module';
import type { CST, Document } from 'yaml';
import { UserError } from './user-error.ts';

export const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

export const MAX_DEPTH = 100;
/** Wishes, prices and settings: a few pages. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
/** The parser goes through every anchor again for each of them. */
const MAX_ALIASES = 1_000;
/** Values that they stand for, all in all. */
const MAX_ALIASED = 200_000;

export interface YamlFile {
  readonly document: Document.Parsed;
  readonly value: unknown;
  /** `line:column` of an offset. */
  readonly placeAt: (offset: number) => string;
}

/** What the user is told of a file that is not as it should be. */
interface Wanted {
  readonly expected: string;
  readonly fix?: string;
}

/** Throws `UserError` for what is no YAML, or is more than a person writes. */
export function readYaml(text: string, file: string, wanted: Wanted): YamlFile {
  const { Composer, LineCounter, Parser } = yaml();
  const lines = new LineCounter();
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const refused = (message: string, offset?: number): UserError =>
    new UserError(message, { file, ...(offset === undefined ? {} : { path: placeAt(offset) }), ...wanted });
  if (text.length > MAX_CHARACTERS) throw refused(`this file is larger than ${MAX_CHARACTERS / 1024 / 1024} MB`);
  const composer = new Composer({ prettyErrors: false, logLevel: 'silent' });
  const tokens = shallow(new Parser(lines.addNewLine).parse(text), (offset) => refused(TOO_DEEP, offset));
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined || second !== undefined)
    throw refused('this file holds more than one document', second?.range[0]);
  const [problem] = document.errors;
  if (problem) throw refused(`this is not YAML: ${problem.message}`, problem.pos[0]);
  return { document: document as Document.Parsed, value: writtenOut(document as Document.Parsed, refused), placeAt };
}

function writtenOut(document: Document.Parsed, refused: (message: string) => UserError): unknown {
  let aliases = 0;
  yaml().visit(document, {
    Alias: () => {
      aliases += 1;
    },
  });
  if (aliases > MAX_ALIASES) throw refused(`it has more than ${MAX_ALIASES} aliases`);
  try {
    // the parser's own count of what they stand for goes through the whole file for each of them
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    const fault = faultOf(value);
    if (fault !== undefined) throw refused(fault);
    return value;
  } catch (error) {
    // an alias of nothing
    if (error instanceof ReferenceError) throw refused(`its aliases cannot be written out: ${error.message}`);
    throw error;
  }
}

const TOO_DEEP = `values stand more than ${MAX_DEPTH} deep in one another`;

/** An alias is the very object that it names: it may stand in itself, add its depth to where it stands, or multiply. */
function faultOf(root: unknown): string | undefined {
  const [seen, open] = [new Set<object>(), new Set<object>()];
  let aliased = 0;
  const faultIn = (value: unknown, again: boolean): string | undefined => {
    if (again) aliased += 1;
    if (aliased > MAX_ALIASED) return `its aliases stand for more than ${MAX_ALIASED} values`;
    if (typeof value !== 'object' || value === null) return undefined;
    if (open.has(value)) return 'an alias stands inside of what it names';
    if (open.size > MAX_DEPTH) return TOO_DEEP;
    const known = again || seen.has(value);
    seen.add(value);
    open.add(value);
    for (const inner of Object.values(value)) {
      const fault = faultIn(inner, known);
      if (fault !== undefined) return fault;
    }
    open.delete(value);
    return undefined;
  };
  return faultIn(root, false);
}

/** Tokens that stand not too deep in one another: what composes them goes down by calling itself. */
export function* shallow(tokens: Iterable<CST.Token>, tooDeep: (offset: number) => Error): Iterable<CST.Token> {
  for (const token of tokens) {
    const open: [token: CST.Token, depth: number][] = [[token, 0]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [one, depth] = next;
      if (depth > MAX_DEPTH + 1) throw tooDeep(one.offset);
      if ('items' in one)
        for (const { key, value } of one.items)
          for (const inner of [key, value]) if (inner) open.push([inner, depth + 1]);
      if (one.type === 'document' && one.value) open.push([one.value, depth]);
    }
    yield token;
  }
}
