/** Text files as they come: PowerShell writes UTF-16 or a byte order mark, which no JSON parser takes. */
import { readFileSync } from 'node:fs';

export function readText(file: string): string {
  const bytes = readFileSync(file);
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
  return text.replace(/^\ufeff/, '');
}

/** Why a text is not JSON. Engines quote the place, and there may be a secret in it. */
export const whyNotJson = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/, (?:\.\.\.)?"[\s\S]*" is not valid JSON$/, '')
    .split('\n')[0] ?? '';
