/** A distribution that changes goes on answering for its names, asking whom it asked, and adding what is asked for. */
import { rulesOf } from '../../analyse/internet/web.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { Distribution, DnsRecord } from '../../estate/kinds/edge.ts';
import { normal, resolveHost } from '../../inventory/flows/resolve.ts';
import { same } from '../merge.ts';
import type { State } from '../state.ts';
import { covers } from '../structure/domains.ts';
import { standFor } from './flows.ts';
import { askedBy } from './fronts.ts';
import { counterexample, type Findings } from './proof.ts';
import { LEADS } from './resolving.ts';
import { behindBalancer } from './served.ts';

export function distributionKeeps(
  was: Distribution,
  is: Distribution,
  then: Estate,
  now: Estate,
  after: State,
  found: Findings,
): void {
  if (after.successions.some(({ from, to }) => from === is.id && to.length === 0)) return;
  names(was, is, now, found);
  headers(was, is, now, found);
  origins(was, is, then, now, after, found);
}

/** CloudFront answers 403 to a name that is not among its aliases, as long as somebody is led there. */
function names(was: Distribution, is: Distribution, now: Estate, found: Findings): void {
  if (was.aliases === undefined || same(was.aliases, is.aliases)) return;
  for (const alias of was.aliases) {
    if (is.aliases !== undefined && covers(is.aliases, alias)) continue;
    const records = all(now, 'dnsRecord').filter((record) => LEADS.has(record.type) && covers([alias], record.host));
    const led = records.find((record) => leadsTo(record, is.id, now));
    if (led)
      found.violations.push(
        counterexample(is.id, `${led.host} still leads to ${is.name}, which would answer 403 to that name`),
      );
    else if (records.length === 0)
      found.unknowns.push(
        counterexample(
          is.id,
          `where ${alias} leads is not read here, so whether ${is.name} may give it up is not known`,
        ),
      );
  }
}

const leadsTo = ({ host, account, region }: DnsRecord, id: string, now: Estate): boolean =>
  resolveHost(now, normal(host), { account, region, vpc: undefined }).some(
    ({ end }) => end.type === 'resource' && end.id === id,
  );

const headersOf = ({ origins }: Distribution): ReadonlySet<string> =>
  new Set((origins ?? []).flatMap(({ customHeaders }) => (customHeaders ?? []).map((name) => name.toLowerCase())));

/** A rule that asks for the header takes no request without it, and the default action tells them off. */
function headers(was: Distribution, is: Distribution, now: Estate, found: Findings): void {
  const left = headersOf(is);
  const gone = new Set([...headersOf(was)].filter((name) => !left.has(name)));
  if (gone.size === 0) return;
  const behind = new Set(
    now.flows.flatMap(({ from, to }) =>
      from.type === 'resource' && from.id === is.id && to.type === 'resource' ? [to.id as string] : [],
    ),
  );
  for (const listener of all(now, 'listener')) {
    if (!behind.has(listener.loadBalancer?.id ?? '')) continue;
    const asked = rulesOf(now, listener)
      .flatMap(({ conditions }) => conditions ?? [])
      .find(({ field, headerName }) => field === 'http-header' && gone.has(headerName?.toLowerCase() ?? ''));
    if (asked)
      found.violations.push(
        counterexample(
          is.id,
          `${is.name} would no longer add the header ${asked.headerName ?? ''}, for which a rule of ${listener.name} asks`,
        ),
      );
  }
}

/** Another origin serves something else, unless it took over from the one that was asked. */
function origins(was: Distribution, is: Distribution, then: Estate, now: Estate, after: State, found: Findings): void {
  if (same(was.asks, is.asks) && same(was.origins, is.origins)) return;
  const [before, since] = [askedBy(then, was), askedBy(now, is)];
  if (before === undefined || since === undefined) {
    if (same(was.asks, is.asks)) return;
    found.unknowns.push(counterexample(is.id, `which origins ${is.name} asks is not told`));
    return;
  }
  since.forEach((ends, n) => {
    // with a behaviour more or less, what is asked for which path is another matter: anything asked before may be meant
    const old = before.length === since.length ? (before[n] ?? []) : before.flat();
    const heirs = new Set([
      ...old,
      ...old.flatMap((id) => standFor(endFor(id, then), now, after, { type: 'internet' })),
    ]);
    const stranger = ends.find((end) => !heirs.has(end) && !servesTheSame(end, old, then, now, after));
    if (stranger === undefined) return;
    const name = byId(now, stranger)?.name ?? stranger;
    found.unknowns.push(
      counterexample(is.id, `${is.name} would ask ${name}, and nothing says that it serves what is asked for there`),
    );
  });
}

/** Another load balancer before the same tasks. */
function servesTheSame(end: string, old: readonly string[], then: Estate, now: Estate, after: State): boolean {
  const known = new Set(
    old.flatMap((id) => behindBalancer(then, id)).flatMap((id) => standFor(endFor(id, then), now, after)),
  );
  const serving = behindBalancer(now, end);
  return serving.length > 0 && serving.every((id) => known.has(id));
}

const endFor = (id: string, then: Estate): Parameters<typeof standFor>[0] => {
  const found = byId(then, id);
  return found ? { type: 'resource', id: found.id } : { type: 'host', host: id };
};
