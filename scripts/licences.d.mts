export interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}
export const ALLOWED: ReadonlySet<string>;
export function isAllowed(expression: string): boolean;
export function runtimePackages(lock: unknown): readonly Package[];
