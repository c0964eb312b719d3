/** Address sets as text: the fewest CIDR blocks, or ranges. */
import { formatIpv4, formatIpv6 } from './address.ts';
import { type AddressSet, IPV4_END, IPV6_END } from './addresses.ts';
import { type Bounds, intersectionOf, intervals, meet, same } from './bounds.ts';
import { INTERNET } from './internet.ts';

/** The fewest CIDR blocks that make up exactly the set, IPv4 first, ascending. */
export function formatCidrs(set: AddressSet): readonly string[] {
  const result: string[] = [];
  for (const [from, to] of intervals(set.v4)) {
    for (let at = from; at < to; ) {
      let prefix = 32;
      while (prefix > 0 && at % 2 ** (33 - prefix) === 0 && at + 2 ** (33 - prefix) <= to) prefix--;
      result.push(`${formatIpv4(at)}/${prefix}`);
      at += 2 ** (32 - prefix);
    }
  }
  for (const [from, to] of intervals(set.v6)) {
    for (let at = from; at < to; ) {
      let prefix = 128;
      while (prefix > 0 && at % (1n << BigInt(129 - prefix)) === 0n && at + (1n << BigInt(129 - prefix)) <= to)
        prefix--;
      result.push(`${formatIpv6(at)}/${prefix}`);
      at += 1n << BigInt(128 - prefix);
    }
  }
  return result;
}

/** The set as ranges `first-last`, a single address as itself. */
export function formatRanges(set: AddressSet): readonly string[] {
  const v4 = intervals(set.v4).map(([from, to]) =>
    to === from + 1 ? formatIpv4(from) : `${formatIpv4(from)}-${formatIpv4(to - 1)}`,
  );
  const v6 = intervals(set.v6).map(([from, to]) =>
    to === from + 1n ? formatIpv6(from) : `${formatIpv6(from)}-${formatIpv6(to - 1n)}`,
  );
  return [...v4, ...v6];
}

/**
 * A set of internet addresses as people write it: blocks may include addresses that are not on the internet anyway, so
 * "everybody" is `0.0.0.0/0` and not twenty blocks around the private ones.
 */
export function formatInternet(set: AddressSet): readonly string[] {
  const result: string[] = [];
  collect(
    set.v4,
    INTERNET.v4,
    0,
    IPV4_END,
    (from, to) => from + Math.floor((to - from) / 2),
    (from, to) => result.push(`${formatIpv4(from)}/${32 - Math.log2(to - from)}`),
  );
  collect(
    set.v6,
    INTERNET.v6,
    0n,
    IPV6_END,
    (from, to) => from + (to - from) / 2n,
    (from, to) => result.push(`${formatIpv6(from)}/${129 - (to - from).toString(2).length}`),
  );
  return result.map((block) => (block === '2000::/3' ? '::/0' : block));
}

/** Walks the tree of blocks and tells those whose internet part is wholly in the set. */
function collect<P extends number | bigint>(
  set: Bounds<P>,
  internet: Bounds<P>,
  from: P,
  to: P,
  middle: (from: P, to: P) => P,
  tell: (from: P, to: P) => void,
): void {
  const cared = intersectionOf(internet, [from, to]);
  const had = intersectionOf(set, cared);
  if (had.length === 0) return;
  const half = middle(from, to);
  const whole = same(had, cared);
  // A block with one half off the internet is better written as its other half (11.0.0.0/8, not 10.0.0.0/7).
  if (whole && (half === from || (meet(cared, [from, half]) && meet(cared, [half, to])))) {
    tell(from, to);
    return;
  }
  collect(set, internet, from, half, middle, tell);
  collect(set, internet, half, to, middle, tell);
}
