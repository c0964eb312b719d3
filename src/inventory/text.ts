/** Text files as they come: PowerShell writes UTF-16 or a byte order mark, which no JSON parser takes. */
import { readFileSync } from 'node:fs';

export function readText(file: string): string {
  const bytes = readFileSync(file);
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
  return text.replace(/^\ufeff/, '');
}
