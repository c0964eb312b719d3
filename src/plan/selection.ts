/** Which moves are worth making: those that mend what was found, those that the team wishes, and what these stand on. */
import type { Finding } from '../rules/finding.ts';
import type { Move } from './move.ts';
import type { Preferences } from './preferences.ts';

/** The ground that every other move stands on: what is not under the program's care cannot be changed by it. */
const GROUND = ['adopt'];

export function worthDoing(
  moves: readonly Move[],
  findings: readonly Finding[],
  preferences: Preferences,
): readonly Move[] {
  const named = new Set(findings.flatMap((finding) => (finding.state === 'fail' ? finding.fixedBy : [])));
  const wished = new Set(preferences.want ?? []);
  const skipped = new Set(preferences.skip ?? []);
  const chosen = moves.filter(
    ({ name, optional }) => !skipped.has(name) && (wished.has(name) || (named.has(name) && optional !== true)),
  );
  if (chosen.length === 0) return [];
  const names = new Set(chosen.map(({ name }) => name));
  for (let grown = true; grown; ) {
    grown = false;
    for (const { name, enables } of moves)
      if (!names.has(name) && !skipped.has(name) && enables?.some((one) => names.has(one))) {
        names.add(name);
        grown = true;
      }
  }
  return moves.filter(({ name }) => names.has(name) || (GROUND.includes(name) && !skipped.has(name)));
}
