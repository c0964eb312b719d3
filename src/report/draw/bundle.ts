/**
 * Which links may share a line. A line that forks says "this one source goes to each of them", a line that joins says "each of
 * them goes to this one target". So each link is in exactly one bundle, of one target and port, or of one source and port:
 * bundling by either end at once would draw connections that nobody makes.
 */
import type { Link, LinkClass } from './picture.ts';

export interface Bundle {
  readonly id: string;
  readonly class: LinkClass;
  readonly label: string;
  /** The end that all its links share. */
  readonly shared: 'to' | 'from';
  readonly links: readonly Link[];
}

const keyOf = (link: Link, shared: Bundle['shared']): string =>
  JSON.stringify([shared, link.class, link[shared], link.label]);

const group = (links: readonly Link[], shared: Bundle['shared']): Map<string, Link[]> => {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const key = keyOf(link, shared);
    const known = groups.get(key);
    if (known) known.push(link);
    else groups.set(key, [link]);
  }
  return groups;
};

/** Exposures fork from where they come in; everything else joins at its target where it can. */
export function bundlesOf(links: readonly Link[]): readonly Bundle[] {
  const sorted = [...links].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const bundles: Bundle[] = [];
  const add = (id: string, shared: Bundle['shared'], members: readonly Link[]): void => {
    const [first] = members;
    if (first) bundles.push({ id, shared, class: first.class, label: first.label, links: members });
  };
  const alone: Link[] = [];
  for (const [id, members] of group(sorted, 'to'))
    if (members.length > 1) add(id, 'to', members);
    else alone.push(...members);
  for (const [id, members] of group(alone, 'from')) add(id, 'from', members);
  return bundles;
}
