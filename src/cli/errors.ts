/** Errors as a user reads them: what, where, what was expected, what to do. Never a stack trace. */
import { UserError } from '../inventory/user-error.ts';
import { harmless } from '../report/text/layout.ts';

/** `say`: English to the user's language. */
export function errorText(error: unknown, say: (english: string) => string = (english) => english): string {
  if (error instanceof UserError) {
    const { file, path, expected, fix } = error.place;
    const place = [file, path].filter((part) => part !== undefined && part !== '').join(' at ');
    return [
      `underpin: ${place === '' ? '' : `${place}: `}${say(error.message)}`,
      ...(expected === undefined ? [] : [`  ${say('expected:')} ${say(expected)}`]),
      ...(fix === undefined ? [] : [`  ${say('to do:   ')} ${say(fix)}`]),
      '',
    ]
      .map(harmless)
      .join('\n');
  }
  const message = error instanceof Error ? error.message : String(error);
  const told = say(`this is a bug of underpin, please report it: ${message}`);
  return `${harmless(`underpin: ${told}`)}\n  ${say('(UNDERPIN_DEBUG=1 shows where)')}\n`;
}
