/** Which values a template must have been given for a text to come out of it. */
import type { Template } from './template.ts';

/** Ways that are tried: a fixed part such as ` of ` may stand in a value too. */
const MOST_WAYS = 24;
/** Where one value may end and the next begin when nothing stands between them. */
const SEAM = /[\s,;:(]/;

/** Every way to cut the text, the shortest first values first. */
export function ways({ parts }: Template, text: string): readonly (readonly string[])[] {
  const [head = '', ...rest] = parts;
  const tail = rest.at(-1);
  if (tail === undefined) return head === text ? [[]] : [];
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return [];
  const found: string[][] = [];
  const end = text.length - tail.length;
  const inner = rest.slice(0, -1);
  const go = (n: number, at: number, values: readonly string[]): void => {
    if (found.length >= MOST_WAYS) return;
    const part = inner[n];
    if (part === undefined) {
      found.push([...values, text.slice(at, end)]);
      return;
    }
    for (const cut of cuts(text, part, at, end)) go(n + 1, cut + part.length, [...values, text.slice(at, cut)]);
  };
  if (inOrder(text, inner, head.length, end)) go(0, head.length, []);
  return found;
}

function inOrder(text: string, parts: readonly string[], from: number, to: number): boolean {
  let at = from;
  for (const part of parts) {
    const next = text.indexOf(part, at);
    if (next < 0 || next + part.length > to) return false;
    at = next + part.length;
  }
  return true;
}

function cuts(text: string, part: string, from: number, to: number): readonly number[] {
  const found: number[] = [];
  if (part === '') {
    // One of two neighbours is most often empty: an addition that is not always made.
    found.push(to, from);
    for (let at = from + 1; at < to; at += 1) if (SEAM.test(text[at] ?? '')) found.push(at);
    return found;
  }
  for (let at = text.indexOf(part, from); at >= 0 && at + part.length <= to; at = text.indexOf(part, at + 1))
    found.push(at);
  return found;
}
