/** Measures of growing accounts as a table of text. */
import type { Measured } from './measure.ts';

/** One line a measure, the slowest first where only the `first` so many are asked for. */
export function table(title: string, measured: readonly Measured[], first?: number): string {
  const last = measured.at(-1);
  if (!last) return '';
  const names = Object.keys(last.times);
  if (first !== undefined) names.sort((a, b) => (last.times[b] ?? 0) - (last.times[a] ?? 0)).splice(first);
  const times = (list: readonly Measured[], name: string) => list.map((one) => one.times[name] ?? 0);
  const rows = names.map((name) => [
    name,
    ...times(measured, name).map((time) => `${time < 100 ? time.toFixed(1) : Math.round(time)} ms`),
    growth(measured, times(measured, name)),
  ]);
  const line = (name: string, value: (one: Measured) => number, unit = ''): readonly string[] => [
    name,
    ...measured.map((one) => `${Math.round(value(one))}${unit}`),
    growth(measured, measured.map(value)),
  ];
  const about = [line('resources', (one) => one.resources), line('flows', (one) => one.flows)];
  if (last.findings > 0) about.push(line(title === 'journey' ? 'steps' : 'findings', (one) => one.findings));
  const all = [
    [title, ...measured.map(() => ''), 'growth'],
    ...about,
    ...rows,
    line('peak memory', (one) => one.peak, ' MB'),
  ];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  return all
    .map((row) =>
      row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
    )
    .join('\n');
}

/** The exponent of growth over the last two sizes: 1 is linear, 2 quadratic. */
function growth(measured: readonly Measured[], values: readonly number[]): string {
  const [before, after] = values.slice(-2);
  const [small, large] = measured.slice(-2);
  if (!before || !after || !small || !large) return '';
  return (Math.log(after / before) / Math.log(large.resources / small.resources)).toFixed(2);
}
