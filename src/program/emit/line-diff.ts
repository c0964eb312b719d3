/** Two texts line by line: what goes, what comes, and a line or two around it. */
import type { CodeLine } from './changes.ts';

/** Lines shown on each side of a change. */
const AROUND = 1;
/** Beyond so many pairs of lines the old text goes and the new one comes, as a whole. */
const MOST_PAIRS = 250_000;

export function lineDiff(before: readonly string[], after: readonly string[]): readonly CodeLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const same = (lines: readonly string[]): readonly CodeLine[] => lines.map((text) => ({ sign: ' ', text }));
  return shortened([
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ]);
}

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): readonly CodeLine[] {
  const gone = (text: string): CodeLine => ({ sign: '-', text });
  const made = (text: string): CodeLine => ({ sign: '+', text });
  if (before.length * after.length > MOST_PAIRS) return [...before.map(gone), ...after.map(made)];
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const length = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
  const lines: CodeLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [was, is] = [before[i], after[j]];
    if (was !== undefined && was === is) {
      lines.push({ sign: ' ', text: was });
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || length(i + 1, j) >= length(i, j + 1))) {
      lines.push(gone(was));
      i++;
    } else if (is !== undefined) {
      lines.push(made(is));
      j++;
    }
  }
  return lines;
}

/** Leaves out what is far from every change. */
function shortened(lines: readonly CodeLine[]): readonly CodeLine[] {
  const near = lines.map(() => false);
  for (const [n, { sign }] of lines.entries())
    if (sign !== ' ') for (let k = Math.max(0, n - AROUND); k <= n + AROUND && k < lines.length; k++) near[k] = true;
  return lines.flatMap((line, n): readonly CodeLine[] => {
    if (near[n]) return [line];
    if (n > 0 && near[n - 1] === false) return [];
    return [{ sign: '=', text: line.text.replace(/\S.*$/, '…') }];
  });
}
