/** Times and money in words. */
import type { Seconds } from '../../plan/step.ts';
import type { Say } from './messages.ts';

const UNITS = [
  { seconds: 86_400, from: 86_400, key: 'time.days' },
  { seconds: 3600, from: 7200, key: 'time.hours' },
  { seconds: 60, from: 181, key: 'time.minutes' },
  { seconds: 1, from: 0, key: 'time.seconds' },
] as const;

export function time(say: Say, { from, to }: Seconds): string {
  if (to === 0) return say('time.none');
  const unit = UNITS.find((one) => to >= one.from) ?? UNITS[3];
  const number = (value: number): string => `${Math.round((value / unit.seconds) * 10) / 10}`;
  const [low, high] = [number(from), number(to)];
  return say(unit.key, { range: low === high ? high : say('time.range', { from: low, to: high }) });
}

export const money = (usd: number): string =>
  `${usd < 0 ? '−' : ''}$${Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const change = (usd: number): string => (usd > 0.004 ? `+${money(usd)}` : money(usd));

export const names = (list: readonly string[], most = 8): string =>
  list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')} +${list.length - most}`;
