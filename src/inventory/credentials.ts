/** Does a value hold a credential in clear text? Judged by its variable's name and by forms that only credentials have. */
import { REDACTED } from './redacted.ts';

/** A word of the name that means a secret; the plain ones also run together with what they are for (`PGPASSWORD`). */
const SECRET =
  /(?:^|_)(?:[a-z0-9]*(?:password|passwd|passphrase|passcode|secret|token|apikey|authkey|secretkey|accesskey|privatekey|credential|pwd)s?|(?:db|pg|my|mysql|redis|root|admin|user|ftp|smtp|mail|auth|rabbitmq|mongo)?pass|passw|pw|creds|salt|pepper|(?:api|access|secret|private|encryption|encrypt|crypto|signing|sign|master|auth|hmac|jwt|session|app|client|license|storage|account|deploy|ssh|host|webhook|cookie)_keys?)(?=_|$)/g;

/** What may follow such a word and make the variable speak *about* a credential: PASSWORD_FILE, TOKEN_TTL, SECRET_ARN. */
const ABOUT =
  /^(?:_\w*)?_(?:file|path|dir|arn|name|names|id|ids|url|uri|endpoint|host|header|headers|ttl|expiry|expires|expire|exp|expiration|timeout|age|length|len|min|max|size|count|enabled|disabled|required|policy|algorithm|alg|type|prefix|suffix|field|param|parameter|rotation|days|hours|minutes|seconds|ms|reset|issuer|audience|region|store|manager|provider|version|format|limit|bucket|table|cookie|scope|location|username|user|attempts|retries|rounds|interval|duration|lifetime|in)$/;

const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();

const judged = new Map<string, boolean>();
const MOST_NAMES = 1000;
const LONGEST_NAME = 64;

/** Whether a variable's name says that its value is a secret. Kept, for thousands of resources have the same few tags. */
export function namesSecret(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const secret = saysSecret(name);
  if (judged.size < MOST_NAMES && name.length <= LONGEST_NAME) judged.set(name, secret);
  return secret;
}

function saysSecret(name: string): boolean {
  // the shell's own variables: the working directory
  if (/^(?:OLD)?PWD$/.test(name)) return false;
  const plain = snake(name);
  for (const match of plain.matchAll(SECRET)) {
    const rest = plain.slice(match.index + match[0].length);
    if (rest === '' || !ABOUT.test(rest)) return true;
  }
  return false;
}

/** A value that stands for another one that is filled in elsewhere: a shell variable, a template, an empty text. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || /^(?:null|nil|none|undefined)$/i.test(text)) return true;
  // a value that a tool has blacked out was a real one
  if (/redact|mask|hidden|removed|\*{3}/i.test(text)) return false;
  return /^(?:\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|\{\{[^{}]*\}\}|%\w+%|@@?\w+@@?|<[^<>]*>|`[^`]*`)$/.test(text);
}

/** Values that no password has: switches and paths of files. */
const isHarmless = (value: string): boolean =>
  /^(?:true|false|yes|no|on|off|enabled|disabled)$/i.test(value.trim()) ||
  /^(?:\.{0,2}\/|~\/)[\w./-]+\.(?:pem|key|crt|cert|json|ya?ml|txt|jks|p12|pfx|env|conf|cnf)$/i.test(value.trim());

/** Forms of keys and tokens, each published by who gives them out. */
const FORMS: readonly RegExp[] = [
  /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/,
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  /(?<!\w)gh[pousr]_[A-Za-z0-9]{20,}/,
  /(?<!\w)github_pat_\w{20,}/,
  /(?<!\w)glpat-[\w-]{16,}/,
  /(?<!\w)xox[abeoprs]-[\w-]{10,}/,
  /hooks\.slack\.com\/services\/\w+\/\w+\/\w+/,
  /(?<!\w)(?:sk|rk)_(?:live|test)_\w{10,}/,
  /(?<!\w)SG\.[\w-]{16,}\.[\w-]{16,}/,
  /(?<!\w)AIza[\w-]{35}/,
  /(?<!\w)npm_[A-Za-z0-9]{30,}/,
  /^\s*(?:Bearer|Basic)\s+[\w+/=.-]{8,}\s*$/i,
];

/** Passwords inside a longer value: a URL's, a connection string's, a JSON field's. The group is the password. */
const INSIDE: readonly RegExp[] = [
  /:\/\/[^\s/?#@:]*:([^\s@]+)@/,
  /^[^\s:@/]+:([^\s@]+)@(?:tcp|udp|unix)6?\(/,
  /(?:^|[?&;,\s{"'])(?:password|passwd|pwd|secret|token|api_?key|access_?token|auth_?token|secret_?key|client_?secret|account_?key|shared_?access_?key|secret_?access_?key)\s*=\s*"?([^\s"'&;,]+)/i,
  /["'](?:\w*[_-])?(?:password|passwd|secret|token|api_?key|private_?key|secret_?key|client_?secret|secret_?access_?key)["']\s*:\s*["']([^"']+)["']/i,
];

/** The id of an access key in a value. */
export const accessKeyIn = (value: string): string | undefined =>
  /(?<![A-Z0-9])((?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Z0-9])/.exec(value)?.[1];

/** Whether a value has the length and letters of AWS's secret access keys; tells something only beside a key id. */
export const hasSecretKeyShape = (value: string): boolean => /^[A-Za-z0-9/+]{40}$/.test(value.trim());

/** What is shorter is of none of the forms (`Basic` and eight letters); inside of a value there are `:` or `=` before a password. */
const SHORTEST_FORM = 14;

/** Whether a credential stands in the value in clear text, whatever the variable is called. */
export const holdsSecret = (value: string): boolean =>
  (value.length >= SHORTEST_FORM && FORMS.some((form) => form.test(value))) ||
  (/[:=]/.test(value) &&
    INSIDE.some((form) => {
      const password = form.exec(value)?.[1];
      return password !== undefined && !isPlaceholder(password);
    }));

/** Whether a variable with this name and value is a credential written out. */
export const isLiteralSecret = (name: string, value: string): boolean =>
  holdsSecret(value) || (namesSecret(name) && !isPlaceholder(value) && !isHarmless(value));

/**
 * The value of a tag as it may be shown. Tags are no place for secrets, and people put them there all the same: everybody who
 * may describe a resource reads them. What says where a secret is kept (an ARN) is none.
 */
export const safeTag = (name: string, value: string): string =>
  namesSecret(name) && !isPlaceholder(value) && !isHarmless(value) && !value.startsWith('arn:')
    ? REDACTED
    : withoutSecrets(value);

/** Tags as they may be shown, the name first and the others by theirs: AWS lists them in no order. */
export const safeTags = (tags: readonly (readonly [name: string, value: string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries([...tags].sort(([a], [b]) => byTag(a, b)).map(([name, value]) => [name, safeTag(name, value)]));

export const byTag = (a: string, b: string): number =>
  a === b ? 0 : a === 'Name' ? -1 : b === 'Name' ? 1 : a < b ? -1 : 1;

/** Whether a value can be shown whatever its variable is called: a switch, a path, or the bare name of another variable. */
export const isSafe = (value: string): boolean =>
  /^(?:|null|nil|none|undefined|\$\{\w+\}|\$\w+|%\w+%)$/i.test(value.trim()) || isHarmless(value);

/** The text with every credential that it holds taken out; the id of an access key is none. */
export function withoutSecrets(text: string): string {
  if (!holdsSecret(text)) return text;
  const [, ...forms] = FORMS;
  const plain = [PEM, ...forms].reduce((rest, form) => rest.replace(everywhere(form), REDACTED), text);
  return INSIDE.reduce(
    (rest, form) =>
      rest.replace(everywhere(form), (whole: string, password: string) => {
        if (isPlaceholder(password)) return whole;
        const at = whole.lastIndexOf(password);
        return `${whole.slice(0, at)}${REDACTED}${whole.slice(at + password.length)}`;
      }),
    plain,
  );
}

/** A private key from its first line to its last, or as far as it goes. */
const PEM = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/;

const everywhere = (form: RegExp): RegExp => new RegExp(form.source, `${form.flags}g`);
