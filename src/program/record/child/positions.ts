/** Places in the user's sources, from stack traces of the bundled program and its source map. */
import { readFileSync, realpathSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from '../../../inventory/pulumi/recorded.ts';

/** The SDK and the classes of providers stand between a constructor's call and the place that is looked for. */
const DEPTH = 40;

interface Frame {
  /** The class of a constructor's frame. */
  readonly constructs: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const pathOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);

const INLINE = '//# sourceMappingURL=data:application/json;base64,';

/** The map that stands at the end of a bundle. */
function mapIn(program: string): SourceMap | undefined {
  const text = readFileSync(program, 'utf8');
  const at = text.lastIndexOf(INLINE);
  return at < 0
    ? undefined
    : new SourceMap(JSON.parse(Buffer.from(text.slice(at + INLINE.length), 'base64').toString()));
}

function mapped(frame: Frame, program: string, map: SourceMap | undefined): Frame {
  const entry = map?.findEntry(frame.line - 1, frame.column - 1);
  if (entry === undefined || !('originalSource' in entry) || typeof entry.originalSource !== 'string') return frame;
  const file = resolve(dirname(program), pathOf(entry.originalSource));
  return { ...frame, file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** `at new Network (file:///a/b.ts:1:2)`, `at async /a/b.ts:1:2`. */
const FRAME = /^\s+at (?:async )?(?:(new )?(.*?) \()?((?:file:\/\/)?\/[^()]*|[A-Za-z]:[^()]*):(\d+):(\d+)\)?$/;

function framesOf(stack: string): readonly Frame[] {
  return stack.split('\n').flatMap((line) => {
    const [, isNew, name, file, row, column] = FRAME.exec(line) ?? [];
    if (file === undefined) return [];
    return [{ constructs: isNew === undefined ? undefined : name, file, line: Number(row), column: Number(column) }];
  });
}

/** Without the constructors of the resource itself, each once: the place that is looked for is where it is made. */
function afterConstructors(frames: readonly Frame[], classes: readonly string[]): readonly Frame[] {
  const left = new Set(classes);
  let last = 0;
  for (const [n, { constructs }] of frames.entries())
    if (constructs !== undefined && left.delete(constructs)) last = n + 1;
    else if (constructs !== undefined && last > 0) break;
  return frames.slice(last);
}

export type PositionOf = (stack: string, classes?: readonly string[]) => Position | undefined;

/** Finds the first frame that stands in the program: in the project's folder and in no package. */
export function positionsIn(folder: string, program: string): PositionOf {
  const real = realpathSync(program);
  let map: SourceMap | undefined;
  return (stack, classes = []) => {
    for (const frame of afterConstructors(framesOf(stack), classes)) {
      const path = pathOf(frame.file);
      // frames of the bundle are looked up in its map; those that Node has mapped already are used as they are
      if (path === real) map ??= mapIn(program);
      const own = path === real ? mapped(frame, program, map) : { ...frame, file: path };
      const file = relative(folder, own.file);
      if (file.startsWith('..') || isAbsolute(file) || /(^|[\\/])node_modules[\\/]/.test(file)) continue;
      return { file, line: own.line, column: own.column };
    }
    return undefined;
  };
}

/** The names of a resource's classes, its own first. */
export function classesOf(resource: object): readonly string[] {
  const names: string[] = [];
  for (
    let at: unknown = Object.getPrototypeOf(resource);
    at !== null && at !== undefined;
    at = Object.getPrototypeOf(at)
  )
    if (typeof at.constructor === 'function') names.push(at.constructor.name);
  return names;
}

/** The stack at this place. */
export function stackHere(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const stack = new Error('here').stack ?? '';
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}
