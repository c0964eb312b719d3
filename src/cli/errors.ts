/** Errors as a user reads them: what, where, what was expected, what to do. Never a stack trace. */
import { UserError } from '../inventory/user-error.ts';
import { harmless } from '../report/text/layout.ts';

export function errorText(error: unknown): string {
  if (error instanceof UserError) {
    const { file, path, expected, fix } = error.place;
    const place = [file, path].filter((part) => part !== undefined && part !== '').join(' at ');
    return [
      `underpin: ${place === '' ? '' : `${place}: `}${error.message}`,
      ...(expected === undefined ? [] : [`  expected: ${expected}`]),
      ...(fix === undefined ? [] : [`  to do:    ${fix}`]),
      '',
    ]
      .map(harmless)
      .join('\n');
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${harmless(`underpin: this is a bug of underpin, please report it: ${message}`)}\n  (UNDERPIN_DEBUG=1 shows where)\n`;
}
