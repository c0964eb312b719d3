/** Durations and counts for people. */
import type { Seconds } from '../../plan/step.ts';

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

function one(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 'second'];
  const n = seconds / size;
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** `5 to 30 minutes`. */
export function span({ from, to }: Seconds): string {
  if (from === to) return one(from);
  const [a, b] = [one(from), one(to)];
  const [, unit = ''] = b.split(' ');
  return a.split(' ')[1]?.replace(/s$/, '') === unit.replace(/s$/, '') || from === 0
    ? `${a.split(' ')[0]} to ${b}`
    : `${a} to ${b}`;
}

export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** The same where nobody needs it exactly: in the largest unit that is there at all, and rather too wide than too narrow. */
export function rough({ from, to }: Seconds): string {
  const size = UNITS.find(([seconds]) => to >= seconds)?.[0] ?? 1;
  const [least, most] = [Math.floor(from / size) * size, Math.ceil(to / size) * size];
  return least === 0 && most > 0 ? `up to ${span({ from: most, to: most })}` : span({ from: least, to: most });
}
