/**
 * Names that answer otherwise though no record of theirs changes: a private zone hides every public name under its domain
 * from its VPCs, and a record that leads nowhere (NS, MX, TXT …) says things that no flow knows.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 */
import { all, type Estate, find } from '../../estate/estate.ts';
import type { DnsRecord, HostedZone } from '../../estate/kinds/edge.ts';
import { normal } from '../../inventory/flows/resolve.ts';
import { type Counterexample, counterexample } from './proof.ts';

/** Records by which a name leads somewhere. */
export const LEADS: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME']);

/** What a delegation, a mail exchange or a proof for others changes is nothing that we look at. */
export const otherRecord = ({ id, type, host }: DnsRecord): Counterexample =>
  counterexample(
    id,
    `what the ${type} record of ${host} says to others (mail, delegation, proofs of ownership) is not looked at here, so whether it may come, change or go is not known`,
  );

/** Domains under which AWS names what it makes: endpoints, distributions, registries. */
const OF_AWS = ['amazonaws.com', 'amazonaws.com.cn', 'cloudfront.net', 'api.aws', 'on.aws', 'awsglobalaccelerator.com'];

const isOfAws = (name: string): boolean => OF_AWS.some((each) => isUnder(name, each));

/** A record of a private zone over an endpoint: everybody in its VPCs would be led elsewhere, whoever has the endpoint. */
export function overAws({ id, host, hostedZone }: DnsRecord, now: Estate): readonly Counterexample[] {
  if (!isOfAws(normal(host)) || find(now, hostedZone)?.private === false) return [];
  return [counterexample(id, `who asks for ${host}, a name of AWS, in the VPCs of the private zone is not known`)];
}

/** Domains that nobody can have on the internet, so that no public name is hidden. https://www.rfc-editor.org/rfc/rfc6761 */
const NOBODYS = /(^|\.)(internal|local|localhost|test|invalid|home\.arpa)$/;

const isUnder = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);

/** What a zone that comes may hide: what is asked for in its VPCs under its domain has to have its record in it. */
export function hiddenBy(zone: HostedZone, then: Estate, now: Estate): readonly Counterexample[] {
  const text = zone.private === false ? undefined : hidden(zone, then, now);
  return text === undefined ? [] : [counterexample(zone.id, text)];
}

function hidden(zone: HostedZone, then: Estate, now: Estate): string | undefined {
  const domain = zone.domain === undefined ? undefined : normal(zone.domain);
  if (domain === undefined) return `which names ${zone.name} hides from its VPCs is not known`;
  const aws = OF_AWS.find((each) => isUnder(domain, each) || isUnder(each, domain));
  if (aws !== undefined)
    return `the private zone ${domain} would hide names of AWS (${aws}) from its VPCs; give the zone a domain of your own`;
  const own = hostsIn(now, zone);
  const lacking = usedUnder(then, domain).find((host) => !own.has(host));
  if (lacking !== undefined)
    return `the private zone ${domain} would hide ${lacking} from its VPCs, and has no record for it`;
  // of a domain that is the account's own all names are known
  return NOBODYS.test(domain) || isOwn(then, domain)
    ? undefined
    : `whether a program in its VPCs asks for a public name under ${domain}, which the private zone would hide, is not known; a domain that ends in .internal hides nothing`;
}

const isOwn = (estate: Estate, domain: string): boolean =>
  all(estate, 'hostedZone').some(
    (one) => one.private === false && one.domain !== undefined && isUnder(domain, normal(one.domain)),
  );

const hostsIn = (estate: Estate, zone: HostedZone): ReadonlySet<string> =>
  new Set(
    all(estate, 'dnsRecord').flatMap(({ hostedZone, type, host }) =>
      hostedZone?.id === zone.id && LEADS.has(type) ? [normal(host)] : [],
    ),
  );

/** Names under a domain that are known to be in use: those of records, and those that settings name. */
const usedUnder = (estate: Estate, domain: string): readonly string[] =>
  [
    ...all(estate, 'dnsRecord').flatMap(({ type, host }) => (LEADS.has(type) ? [normal(host)] : [])),
    ...estate.flows.flatMap(({ from, to }) =>
      [from, to].flatMap((end) => (end.type === 'host' ? [normal(end.host)] : [])),
    ),
  ]
    .filter((host) => isUnder(host, domain))
    .sort();
