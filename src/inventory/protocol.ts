/** Protocols as EC2 writes them: names, numbers as text, `-1` for all. */
import type { Item } from './item.ts';

const NUMBERS: Readonly<Record<string, number>> = { '-1': -1, all: -1, icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/** The IANA number, -1 for all; undefined when it is not told or not understood (which a notice then says). */
export function protocolNumber(item: Item, field: string): number | undefined {
  const value = item.value[field];
  if (value === undefined || value === null) return undefined;
  const text = String(value).toLowerCase();
  const known = NUMBERS[text] ?? (/^\d{1,3}$/.test(text) && Number(text) < 256 ? Number(text) : undefined);
  if (known === undefined)
    item.notice('other', `${item.context.operation}: ${field} is no protocol that is known; taken as unknown`, field);
  return known;
}
