/** Broken texts: lines and words of logs and of YAML changed, and bytes of what is packed. The same seed, the same mutant. */
import { gzipSync } from 'node:zlib';
import { damaged, pick, type Random, randomOf } from './mutants.ts';

type Lines = readonly string[];
type Change = (random: Random, lines: Lines) => Lines;

const HOSTILE: readonly string[] = [
  '',
  '-',
  '-1',
  '1e308',
  'NaN',
  '__proto__',
  '9'.repeat(400),
  'a'.repeat(20_000),
  '\u0000\u001b[31m\u0007',
  '\u202e',
  '"',
  "'",
  '\\',
  '[[[[{{{{',
  ']]]]}}}}',
  '%',
  '%E0%A4%A',
  '&a',
  '*a',
  '<<: *a',
  '!!js/function x',
  '!Sub',
  '|',
  '>-',
  '? ',
  '- - - -',
  '\t',
  '#',
  '---',
  '999.999.999.999',
  '::ffff:1.2.3.4',
  '0.0.0.0/0',
  '<script>alert(1)</script>',
  '2026-99-99T99:99:99Z',
];

const onALine =
  (change: (random: Random, line: string, lines: Lines) => Lines): Change =>
  (random, lines) => {
    const n = Math.floor(random() * lines.length);
    return lines.toSpliced(n, 1, ...change(random, lines[n] ?? '', lines));
  };

/** One word of a line replaced; what stands between the words stays. */
const onAWord = (replace: (random: Random, word: string, lines: Lines) => string): Change =>
  onALine((random, line, lines) => {
    const parts = line.split(/([\s,:"]+)/);
    const words = parts.flatMap((part, n) => (n % 2 === 0 && part !== '' ? [n] : []));
    const n = pick(random, words);
    return [n === undefined ? line : parts.with(n, replace(random, parts[n] ?? '', lines)).join('')];
  });

const CHANGES: readonly Change[] = [
  onALine(() => []),
  onALine((_, line) => [line, line]),
  onALine((random, _line, lines) => [pick(random, lines) ?? '']),
  onALine((random, line, lines) => [line, pick(random, lines) ?? '']),
  onALine((random, line) => [line.slice(0, Math.floor(random() * line.length))]),
  onALine((random, line) => [`${' '.repeat(Math.floor(random() * 6))}${line.trimStart()}`]),
  onALine((random) => [pick(random, HOSTILE) ?? '']),
  onAWord((random) => pick(random, HOSTILE) ?? ''),
  onAWord((random) => pick(random, HOSTILE) ?? ''),
  onAWord((_, word) => `${word}${word}`),
  onAWord(() => ''),
  onAWord((random, _word, lines) => pick(random, (pick(random, lines) ?? '').split(/\s+/)) ?? ''),
  (_, lines) => lines.toReversed(),
  (_, lines) => lines.map((line) => `${line}\r`),
  (_, lines) => (lines.length > 500 ? lines : Array.from({ length: 50 }, () => lines).flat()),
];

export function textMutantOf(text: string, seed: number): string {
  const random = randomOf(seed);
  let lines: Lines = text.split('\n');
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--)
    lines = pick(random, CHANGES)?.(random, lines) ?? lines;
  return damaged(lines.join('\n'), random, 1 / 8);
}

/** Packed, and now and then damaged after it was. */
export function packedMutantOf(text: string, seed: number): Uint8Array {
  const random = randomOf(seed);
  const bytes = gzipSync(random() < 1 / 2 ? textMutantOf(text, seed) : text, { level: 1 });
  const how = random();
  if (how < 1 / 4) return bytes.subarray(0, Math.floor(random() * bytes.length));
  for (let left = how < 3 / 4 ? 1 + Math.floor(random() * 4) : 0; left > 0; left--)
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  // files that were put together are one file
  return how > 7 / 8 ? Buffer.concat([bytes, gzipSync(text, { level: 1 })]) : bytes;
}
