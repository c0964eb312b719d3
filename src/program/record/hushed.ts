/** What a program said, as it may be passed on: without credentials, and without the settings that it was given. */
import { withoutSecrets } from '../../inventory/credentials.ts';
import { REDACTED } from '../../inventory/redacted.ts';

/** Shorter ones are words that a message needs, and no passwords worth the name. */
const SHORTEST = 8;

/**
 * `settings`: as Pulumi keeps them, by their keys. Any may be a secret: whether it is one, only the program knows.
 * Those of a provider (`aws:region`) are places and switches.
 */
export function hushed(message: string, settings: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(settings)
    .filter(([key]) => !key.startsWith('aws:'))
    .flatMap(([, value]) => textsIn(value))
    .filter((text) => text.length >= SHORTEST)
    // of two, one may be a part of the other
    .sort((a, b) => b.length - a.length);
  return withoutSecrets(hidden.reduce((rest, text) => rest.replaceAll(text, REDACTED), message));
}

/** The setting itself, and what stands inside of one with a structure, which Pulumi keeps as JSON. */
function textsIn(setting: string): readonly string[] {
  const found: string[] = [setting];
  if (/^\s*[[{]/.test(setting))
    try {
      JSON.parse(setting, (_, value: unknown) => {
        if (typeof value === 'string') found.push(value);
        return value;
      });
    } catch {
      // then it is a text that begins like JSON
    }
  return found;
}
