/** Every operation that an estate is read from: what `collect` asks, and what the read-only policy allows. */
import { readers } from './readers/index.ts';
import { TAGGING } from './tagging.ts';

export const OPERATIONS: readonly string[] = [
  ...new Set([...readers.flatMap((reader) => reader.operations), TAGGING]),
].sort();
