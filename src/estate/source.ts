/**
 * Provenance: where in the input a fact was read. A proof points at these, so a reader of the proof can
 * open the file and see the very answer that AWS gave.
 */
import type { Id } from './ids.ts';
import type { Kind } from './resource.ts';

export interface Source {
  /** The AWS operation that answered, as `service:Operation` (`ec2:DescribeSubnets`). */
  readonly operation: string;
  /** The input file, as the user named it. */
  readonly file: string;
  /** JSON pointer into that file. */
  readonly path: string;
}

/** A typed reference from one resource to another, knowing the field it was read from. */
export interface Ref<K extends Kind = Kind> {
  readonly id: Id<K>;
  /** Path of the field, relative to `source` (or to the source of the resource that holds the reference). */
  readonly field: string;
  /** Set when the reference comes from another answer than the resource itself. */
  readonly source?: Source;
}

/** The exact place a reference was read from. */
export function provenance(holder: { readonly source: Source }, ref: Ref): Source {
  const base = ref.source ?? holder.source;
  return { ...base, path: `${base.path}/${ref.field.replaceAll('.', '/')}` };
}
