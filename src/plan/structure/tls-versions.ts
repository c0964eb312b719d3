/** Which clients end where a load balancer stops to answer by TLS itself: the distributions here take TLS 1.2 or newer. */
import type { Listener } from '../../estate/kinds/balance.ts';

/**
 * Versions before TLS 1.2 that a security policy takes; undefined for one that is not known here.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function oldVersions({ sslPolicy }: Pick<Listener, 'sslPolicy'>): readonly string[] | undefined {
  if (sslPolicy === null) return [];
  const [, name] = /^ELBSecurityPolicy-(.+)$/.exec(sslPolicy ?? '') ?? [];
  if (name === undefined) return undefined;
  if (/^(2016-08|2015-05|FS-2018-06)$/.test(name)) return ['TLS 1.0', 'TLS 1.1'];
  const [, minor] = /^(?:TLS|FS|TLS13)-1-([0-3])-/.exec(name) ?? [];
  return minor === undefined ? undefined : minor === '0' ? ['TLS 1.0', 'TLS 1.1'] : minor === '1' ? ['TLS 1.1'] : [];
}
