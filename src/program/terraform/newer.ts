/**
 * What Pulumi's provider can say and the provider of the table cannot, because a later version brought it. It may be left out only where
 * it says what holds anyway; anything else is refused.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Value } from '../../inventory/pulumi/recorded.ts';

interface Newer {
  readonly type: string;
  /** As Pulumi names it. */
  readonly path: string;
  /** What AWS has where nothing is said. */
  readonly usual: Value;
}

const NEWER: readonly Newer[] = [
  // https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateOptions.html
  { type: 'aws:acm/certificate:Certificate', path: 'options.export', usual: 'DISABLED' },
];

export const isNewer = (type: string, path: string, value: Value): boolean =>
  NEWER.some((one) => one.type === type && one.path === path && isDeepStrictEqual(one.usual, value));
