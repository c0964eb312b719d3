/** The library: read inputs, audit them. The command line is made of the same calls. */
export type { Hop, Missing, Verdict } from './analyse/verdict.ts';
export { all, byId, type Estate, find } from './estate/estate.ts';
export type { Kind, Resource, ResourceOf } from './estate/resource.ts';
export { loadInputs, readInputs } from './inventory/load.ts';
export { UserError } from './inventory/user-error.ts';
export { defineConfig, type Preferences } from './plan/preferences.ts';
export { rules } from './rules/catalog/index.ts';
export type { Finding } from './rules/finding.ts';
export type { Rule } from './rules/rule.ts';
export { audit } from './rules/run.ts';
