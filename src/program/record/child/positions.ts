/** Places in the user's sources, from stack traces of the bundled program and its source map. */
import { findSourceMap } from 'node:module';
import { isAbsolute, relative } from 'node:path';
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

function mapped(frame: Frame): Frame {
  const entry = findSourceMap(frame.file)?.findEntry(frame.line - 1, frame.column - 1);
  if (entry === undefined || !('originalSource' in entry) || typeof entry.originalSource !== 'string') return frame;
  return { ...frame, file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
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
  return (stack, classes = []) => {
    for (const frame of afterConstructors(framesOf(stack), classes)) {
      const path = pathOf(frame.file);
      // frames of the bundle are looked up in its map; those that are mapped already are used as they are
      const file = relative(folder, pathOf(path === program ? mapped(frame).file : path));
      if (file.startsWith('..') || isAbsolute(file) || /(^|[\\/])node_modules[\\/]/.test(file)) continue;
      const { line, column } = path === program ? mapped(frame) : frame;
      return { file, line, column };
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
