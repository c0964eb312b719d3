import type { DnsRecord } from '../../estate/kinds/edge.ts';
import type { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import { REDACTED, withoutDot } from '../fields.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'dns-record',
  kinds: ['dnsRecord'],
  operations: ['route53:ListResourceRecordSets', 'route53:ListHostedZones'],
  read: (answers) => recordSets(answers).map(({ item, zone }) => dnsRecord(item, zone)),
};

/** Every record with the id of its hosted zone, where AWS told it. */
export function recordSets(answers: Answers): readonly { readonly item: Item; readonly zone: string | undefined }[] {
  const zones = zonesByDomain(answers);
  return answers.bodies('route53:ListResourceRecordSets').flatMap(({ item: body, entry }) => {
    const items = body.items('ResourceRecordSets') ?? [];
    const zone = zoneOf(entry, items, zones);
    return items.map((item) => ({ item, zone }));
  });
}

/** The zone is in the request; where that is lost, the one zone whose domain has the answer's SOA record. */
function zoneOf(
  entry: Entry,
  items: readonly Item[],
  zones: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const asked = entry.input.HostedZoneId;
  if (typeof asked === 'string') return asked.replace(/^\/hostedzone\//, '');
  const origin = items.find((item) => item.string('Type') === 'SOA')?.string('Name');
  const found = origin === undefined ? undefined : zones.get(`${entry.account} ${origin}`);
  return found?.length === 1 ? found[0] : undefined;
}

function zonesByDomain(answers: Answers): ReadonlyMap<string, readonly string[]> {
  const zones = new Map<string, string[]>();
  for (const item of answers.items('route53:ListHostedZones', 'HostedZones')) {
    const id = item.string('Id')?.replace(/^\/hostedzone\//, '');
    if (id === undefined) continue;
    const key = `${item.context.account} ${item.string('Name') ?? ''}`;
    zones.set(key, [...(zones.get(key) ?? []), id]);
  }
  return zones;
}

/** Without the trailing dot and Route 53's escapes. */
export const hostOf = (item: Item): string => unescaped(withoutDot(idOf(item, 'Name')));

export function recordId(item: Item, zone: string | undefined): string {
  const setIdentifier = item.string('SetIdentifier');
  const parts = [zone ?? 'unknown', hostOf(item), item.string('Type') ?? 'unknown'];
  return [...parts, ...(setIdentifier === undefined ? [] : [setIdentifier])].join('/');
}

function dnsRecord(item: Item, zone: string | undefined): DnsRecord {
  const host = hostOf(item);
  const type = item.string('Type') ?? 'unknown';
  const setIdentifier = item.string('SetIdentifier');
  const alias = item.item('AliasTarget')?.string('DNSName');
  return {
    kind: 'dnsRecord',
    ...base('dnsRecord', item, { id: recordId(item, zone), name: `${host} ${type}`, region: 'global' }),
    hostedZone: zone === undefined ? undefined : item.refTo('Name', zone),
    host,
    type,
    // texts hold what proves a domain's ownership to third parties; no analysis needs them
    values: (item.items('ResourceRecords') ?? []).flatMap((record) =>
      type === 'TXT' || type === 'SPF' ? REDACTED : (record.string('Value') ?? []),
    ),
    alias: alias === undefined ? undefined : withoutDot(alias).replace(/^dualstack\./i, ''),
    // an alias lives as long as what it points at says
    ttl: alias === undefined ? item.number('TTL') : undefined,
    weight: item.number('Weight'),
    setIdentifier,
    // AWS leaves the field out where there is none
    healthCheck: item.string('HealthCheckId') ?? null,
  };
}

/**
 * Route 53 writes characters other than letters, digits, `-` and `_` as octal escapes: `*` is `\052`.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
const unescaped = (host: string): string =>
  host.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
