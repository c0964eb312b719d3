/** The public names of the account: which zone a name stands in, which records lead to a host, and what proves a name to ACM. */
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { DnsRecord, HostedZone } from '../../estate/kinds/edge.ts';

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');

/** The public zone that answers for a name: the longest that ends it. A zone of which it is not known whether it is private is none. */
export function zoneOf(estate: Estate, host: string): HostedZone | undefined {
  const name = bare(host).replace(/^\*\./, '');
  const fits = all(estate, 'hostedZone').filter(({ domain, private: inside }) => {
    const zone = domain === undefined ? undefined : bare(domain);
    return inside === false && zone !== undefined && (name === zone || name.endsWith(`.${zone}`));
  });
  return [...fits].sort((a, b) => (b.domain?.length ?? 0) - (a.domain?.length ?? 0) || (a.id < b.id ? -1 : 1))[0];
}

export interface Leading {
  /** Records that name one of the hosts themselves: these are switched. */
  readonly records: readonly DnsRecord[];
  /** Every public name that ends at the hosts, by records of records too. */
  readonly names: readonly string[];
}

const LEADS: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME']);

const targetsOf = (record: DnsRecord): readonly string[] =>
  LEADS.has(record.type) ? [...(record.alias === undefined ? [] : [record.alias]), ...record.values].map(bare) : [];

/** Who asks for one of the hosts by a name of our own, in public zones. */
export function leadingTo(estate: Estate, hosts: readonly string[]): Leading {
  const open = all(estate, 'dnsRecord').filter((record) => {
    const zone = record.hostedZone && byId(estate, record.hostedZone.id);
    return zone?.kind === 'hostedZone' && zone.private === false;
  });
  const wanted = new Set(hosts.map(bare));
  const records = open.filter((record) => targetsOf(record).some((target) => wanted.has(target)));
  const names = new Set(records.map(({ host }) => bare(host)));
  for (let grown = true; grown; ) {
    grown = false;
    for (const record of open)
      if (!names.has(bare(record.host)) && targetsOf(record).some((target) => names.has(target))) {
        names.add(bare(record.host));
        grown = true;
      }
  }
  return { records, names: [...names].sort() };
}

/** Whether a certificate's names answer for a name; a star stands for one label. */
export const covers = (domains: readonly string[], name: string): boolean =>
  domains.some((domain) => bare(domain) === bare(name) || bare(domain) === bare(name).replace(/^[^.]+/, '*'));

/**
 * Whether the record that proves a name to ACM is there: it is the same for every certificate of an account, in every region.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export const isProven = (estate: Estate, name: string): boolean =>
  all(estate, 'dnsRecord').some(
    ({ host, type, values }) =>
      type === 'CNAME' &&
      /^_[0-9a-z]+\./i.test(host) &&
      bare(host).replace(/^[^.]+\./, '') === bare(name).replace(/^\*\./, '') &&
      values.some((value) => bare(value).endsWith('.acm-validations.aws')),
  );
