/** The schema library, loaded when the first schema is needed: what is well-formed is read without, and its many files take a while. */
import { createRequire } from 'node:module';

type Zod = typeof import('zod').z;

/** A schema, made when it is first asked for. */
export function lazySchema<T>(make: (z: Zod) => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make(createRequire(import.meta.url)('zod').z);
    return made;
  };
}
