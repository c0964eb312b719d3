/** User data without the secrets in it, as base64: what a program may hold of a start script. */
import { isLiteralSecret } from '../credentials.ts';
import { hiddenCommands, withSettings } from '../settings.ts';
import { decodedUserData, factsOfUserData } from '../user-data.ts';
import { withoutSecret } from './without-secrets.ts';

export interface SafeUserData {
  /** Base64. */
  readonly text: string;
  /** Whether a secret was left out. */
  readonly changed: boolean;
}

/** Undefined where the script would then not tell the same, or has a secret that can not be told from the rest. */
export function withoutSecretsIn(base64: string): SafeUserData | undefined {
  const facts = factsOfUserData(base64);
  const secrets = facts.filter(({ credential }) => credential === 'literal').length;
  const given = decodedUserData(base64);
  const found: string[] = [];
  const settled = withSettings(given, (name, value) => {
    if (!isLiteralSecret(name, value)) return undefined;
    const safe = withoutSecret({ name, value }, true);
    if (safe === value) return undefined;
    found.push(value);
    return safe;
  });
  // passwords that no fact tells of: `mysql -p…`, what is commented out
  const script = settled.split('\n').map(hiddenCommands).join('\n');
  if (script === given) return secrets === 0 ? { text: base64, changed: false } : undefined;
  const text = Buffer.from(script).toString('base64');
  const whole = found.length >= secrets && !found.some((value) => script.includes(value));
  return whole && JSON.stringify(factsOfUserData(text)) === JSON.stringify(facts) ? { text, changed: true } : undefined;
}
