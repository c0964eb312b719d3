/**
 * The clauses of the evaluator: everything AWS checks on the way of a connection, by name. The evaluator can leave one
 * out, which nobody wants but its own tests: each clause must be missed by some test (see clauses.test.ts).
 */
export const CLAUSES = [
  'public-address',
  'internet-gateway',
  'route',
  'return-route',
  'blackhole',
  'longest-prefix',
  'explicit-association',
  'acl-ingress',
  'acl-egress',
  'acl-return',
  'acl-order',
  'group-ingress',
  'group-egress',
  'group-reference',
  'nat-session',
  'nat-protocol',
  'nat-state',
  'nat-subnet',
  'source-dest-check',
  'egress-only',
  'peering-state',
  'listening',
  'running',
  'target',
] as const;
export type Clause = (typeof CLAUSES)[number];
export const NO_CLAUSES: ReadonlySet<Clause> = new Set();
