/** A plan that no program can express: what stands in the way, for people. */
export class EmitError extends Error {
  override readonly name = 'EmitError';
}
