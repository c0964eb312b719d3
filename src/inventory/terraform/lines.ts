/** The line of each resource in a file that was written for people; `terraform show -json` itself writes one long line. */
import type { Content, Instance } from './instance.ts';

const ADDRESS = /^\s*"address": ("(?:[^"\\\n]|\\.)*"),?\r?$/gm;

export function withLines(content: Content, text: string): Content {
  const end = text.indexOf('\n');
  if (end < 0 || end === text.length - 1) return content;
  const lines = linesOf(text);
  const placed = (one: Instance): Instance => (one.line === undefined ? { ...one, line: lines.get(one.address) } : one);
  return { ...content, instances: content.instances.map(placed) };
}

/** The first line that names an address. */
function linesOf(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let line = 1;
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const at = match.index + match[0].indexOf('"');
    for (let next = text.indexOf('\n', from); next >= 0 && next < at; next = text.indexOf('\n', from)) {
      line++;
      from = next + 1;
    }
    const address: unknown = JSON.parse(match[1] ?? '""');
    if (typeof address === 'string' && !found.has(address)) found.set(address, line);
  }
  return found;
}
