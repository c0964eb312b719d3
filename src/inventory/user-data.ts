/** User data as evidence: the variables that a start script sets, and the hosts that it calls. Never its text. */
import { gunzipSync } from 'node:zlib';
import type { EnvironmentFact } from '../estate/kinds/compute.ts';
import { holdsSecret, isPlaceholder, namesSecret } from './credentials.ts';
import { factsOf, factsOfAll, type Variable } from './environment.ts';
import { namesHost } from './hosts.ts';

/** The name of the fact about the lines that set no variable. */
export const REST = 'user data';

const MAX_BYTES = 1_000_000;

/** EC2 takes 16 KB of user data, plain or compressed, and shows it in base64. */
export function decodedUserData(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8');
  } catch {
    return '';
  }
}

const ASSIGNMENT =
  /(?<![\w./@%:=+-])(?<export>export\s+|-e\s+|--env\s+|--build-arg\s+|--)?(?<name>[A-Za-z_][\w-]{0,63})=(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<plain>[^\s"';|&)]*))/g;
/** `aws_secret_access_key = …`, `password: …`, `--password …`: only where the name says what it is. */
const LOOSE = /^\s*(?:-\s+)?["']?(?<name>[A-Za-z_][\w.-]{0,63})["']?\s*(?:=|:)\s+["']?(?<value>[^"'\s,]+)/;
const OPTION = /(?:^|\s)--?(?<name>[A-Za-z][\w-]{1,40})\s+["']?(?<value>[^\s"'-][^\s"']*)/g;

const isEnvironmentName = (name: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(name);

/** Variables set on a line. A name is taken as one only where it can not be a piece of a key: base64 has `=` too. */
function variablesIn(line: string): readonly Variable[] {
  const found: Variable[] = [];
  for (const { groups } of line.matchAll(ASSIGNMENT)) {
    const name = groups?.name ?? '';
    const value = groups?.double ?? groups?.single ?? groups?.plain ?? '';
    if (/^=*$/.test(value) && value !== '') continue;
    if (groups?.export !== undefined || isEnvironmentName(name) || namesSecret(name) || namesHost(name))
      found.push({ name, value });
  }
  if (found.length > 0) return found;
  const loose = LOOSE.exec(line)?.groups;
  const options = [...line.matchAll(OPTION)].map(({ groups }) => groups);
  return [loose, ...options].flatMap((groups) => {
    const { name = '', value = '' } = groups ?? {};
    return namesSecret(name) || (namesHost(name) && groups === loose) ? [{ name, value }] : [];
  });
}

/** Lines that are a key or another encoded thing: nothing in them is a name. */
const isEncoded = (line: string): boolean => /^\s*[A-Za-z0-9+/]{24,}={0,2}\s*$/.test(line);

/** Facts from user data as EC2 shows it; empty for user data that tells nothing. */
export function factsOfUserData(base64: string): readonly EnvironmentFact[] {
  const text = decodedUserData(base64).slice(0, MAX_BYTES);
  const variables: Variable[] = [];
  const rest: string[] = [];
  let inKey = false;
  for (const line of text.split(/\r?\n/)) {
    if (/-----BEGIN /.test(line)) inKey = true;
    if (!inKey && !isEncoded(line)) {
      const set = variablesIn(line);
      variables.push(...set);
      if (set.length === 0 && !/^\s*#(?!!)/.test(line)) rest.push(line);
    }
    if (/-----END /.test(line)) inKey = false;
  }
  const facts = merged(factsOfAll(variables));
  const others = restFact(text, rest, facts);
  return others ? [...facts, others] : facts;
}

/** A variable set several times is one fact. */
function merged(facts: readonly EnvironmentFact[]): readonly EnvironmentFact[] {
  const byName = new Map<string, EnvironmentFact>();
  for (const fact of facts) {
    const before = byName.get(fact.name);
    byName.set(
      fact.name,
      before
        ? {
            ...fact,
            hosts: [
              ...before.hosts,
              ...fact.hosts.filter((host) => !before.hosts.some((one) => one.host === host.host)),
            ],
            arns: [...new Set([...before.arns, ...fact.arns])],
            credential: before.credential === 'literal' ? 'literal' : fact.credential,
            accessKeyId: before.accessKeyId ?? fact.accessKeyId,
          }
        : fact,
    );
  }
  return [...byName.values()];
}

/** What the lines that set nothing tell: hosts that are called, ARNs, a key or a password in a command. */
function restFact(
  text: string,
  rest: readonly string[],
  facts: readonly EnvironmentFact[],
): EnvironmentFact | undefined {
  const perLine = rest.map((line) => factsOf(REST, line));
  const password = rest.some(
    (line) => /\bchpasswd\b/.test(line) && /:[^\s:"']+["']?\s*\|/.test(line) && !isPlaceholder(line),
  );
  const literal =
    password ||
    perLine.some((fact) => fact.credential === 'literal') ||
    (holdsSecret(text) && facts.every((fact) => fact.credential !== 'literal'));
  const known = new Set(facts.flatMap((fact) => fact.hosts.map(({ host }) => host)));
  const hosts = new Map(
    perLine
      .flatMap((fact) => fact.hosts)
      .flatMap((host) => (known.has(host.host) ? [] : [[`${host.host}:${host.port}`, host]])),
  );
  const arns = [...new Set(perLine.flatMap((fact) => fact.arns))];
  const accessKeyId = perLine.find((fact) => fact.accessKeyId !== undefined)?.accessKeyId;
  if (!literal && hosts.size === 0 && arns.length === 0) return undefined;
  return {
    name: REST,
    hosts: [...hosts.values()],
    arns,
    credential: literal ? 'literal' : 'none',
    accessKeyId,
    valueFrom: undefined,
  };
}
