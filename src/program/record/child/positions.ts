/** Places in the user's sources, from stack traces of the bundled program and its source map. */
import { findSourceMap } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from '../../../inventory/pulumi/recorded.ts';

/** The SDK and the classes of providers stand between a constructor's call and the place that is looked for. */
const DEPTH = 40;

interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const pathOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);

function mapped(frame: Frame): Frame {
  const entry = findSourceMap(frame.file)?.findEntry(frame.line - 1, frame.column - 1);
  if (entry === undefined || !('originalSource' in entry) || typeof entry.originalSource !== 'string') return frame;
  return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

const PLACE = /\(?((?:file:\/\/)?[^()\s][^()]*):(\d+):(\d+)\)?$/;

/** The frames of a stack as V8 writes them, for errors that were made elsewhere. */
function framesOf(stack: string): readonly Frame[] {
  return stack.split('\n').flatMap((line) => {
    const place = /^\s+at /.test(line) ? PLACE.exec(line.replace(/^\s+at (?:async )?/, '')) : null;
    const [, file, row, column] = place ?? [];
    return file === undefined
      ? []
      : [{ file: file.replace(/^.*\((?=file:|\/)/, ''), line: Number(row), column: Number(column) }];
  });
}

/** Finds the first frame that stands in the program: in the project's folder and in no package. */
export function positionsIn(folder: string, program: string): (stack: string) => Position | undefined {
  return (stack) => {
    for (const frame of framesOf(stack)) {
      const path = pathOf(frame.file);
      // frames of the bundle are looked up in its map; those that are mapped already are used as they are
      const original =
        path === program ? mapped({ ...frame, file: path === program ? frame.file : path }) : { ...frame, file: path };
      const file = relative(folder, pathOf(original.file));
      if (file.startsWith('..') || isAbsolute(file) || /(^|[\\/])node_modules[\\/]/.test(file)) continue;
      return { file, line: original.line, column: original.column };
    }
    return undefined;
  };
}

/** The stack at this place. */
export function stackHere(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const stack = new Error('here').stack ?? '';
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}
