/** The candidate that was probably meant: the fewest changed letters, if these are few enough; the first of equals. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = letters(text);
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, letters(candidate));
    if (distance <= candidate.length / 3 && (best === undefined || distance < best.distance))
      best = { candidate, distance };
  }
  return best?.candidate;
}

/** Upper case, blanks, underscores and dashes are how names are mistyped most: they do not count. */
const letters = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, '');

/** How many letters must be added, removed or changed. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row[to.length] ?? from.length;
}
