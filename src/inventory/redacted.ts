/** Stands where a value was that may be a secret or tells who somebody is. */
export const REDACTED = '<redacted>';
