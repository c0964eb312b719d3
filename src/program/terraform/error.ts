/** What the plan says and Terraform cannot: what it is and where, for people. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}
