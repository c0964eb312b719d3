/**
 * Environment variables as evidence: what a value points at and whether it is a credential. The value itself stays here.
 */
import type { EnvironmentFact, NamedThing } from '../estate/kinds/compute.ts';
import { accessKeyIn, hasSecretKeyShape, isLiteralSecret, namesSecret } from './credentials.ts';
import { REDACTED } from './fields.ts';
import { hostsIn, namesHost } from './hosts.ts';
import { bucketArn, queueArn } from './ids.ts';

const ARN = /arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:[A-Za-z0-9_./:*+=,@-]+/g;
const HELD_ELSEWHERE =
  /^arn:aws[a-z-]*:(?:secretsmanager:[^:]*:[^:]*:secret:|ssm:[^:]*:[^:]*:parameter\/)[\w/+=.@:-]+$/;
const RESOLVED = /^\{\{resolve:(?:secretsmanager|ssm|ssm-secure):[^{}]+\}\}$/;

function arnsIn(value: string): readonly string[] {
  // ARNs and URLs have one, and most values have none
  if (!value.includes(':')) return [];
  // a comma may be a part of a name, and may part two ARNs or an ARN and another setting
  const arns = (value.match(ARN) ?? []).flatMap((found) =>
    found
      .split(/,(?=arn:)|,\w+=.*$/)
      .filter((arn) => arn !== undefined && arn !== '')
      .map((arn) => arn.replace(/[.,:=]+$/, '')),
  );
  const queues = (value.match(/https?:\/\/[^\s"',;]*queue[^\s"',;]*|https?:\/\/sqs[^\s"',;]*/gi) ?? []).flatMap(
    (url) => queueArn(url) ?? [],
  );
  const buckets = [...value.matchAll(/(?<!\w)s3[an]?:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![@:\w])/g)].map(
    ([, bucket = '']) => bucketArn(bucket),
  );
  return [...new Set([...arns, ...queues, ...buckets])];
}

const KINDS: readonly (readonly [NamedThing['kind'], RegExp, RegExp])[] = [
  ['bucket', /(?:^|_)buckets?(?:_?names?)?$/, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/],
  ['table', /(?:^|_)tables?(?:_?names?)?$/, /^[\w.-]{3,255}$/],
  ['queue', /(?:^|_)queues?(?:_?names?)?$/, /^[\w-]{1,80}(?:\.fifo)?$/],
  ['topic', /(?:^|_)topics?(?:_?names?)?$/, /^[\w-]{1,256}(?:\.fifo)?$/],
];

/** `SESSIONS_TABLE`, `mediaBucketName`: the variable says of what its value is the name. */
function namesIn(name: string, value: string): { readonly names?: readonly NamedThing[] } {
  const words = name
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .replace(/[-.]/g, '_')
    .toLowerCase();
  const [kind] = KINDS.find(([, says, shape]) => says.test(words) && shape.test(value)) ?? [];
  return kind === undefined ? {} : { names: [{ kind, name: value }] };
}

/** What one variable tells. */
export function factsOf(name: string, value: string): EnvironmentFact {
  const trimmed = value.trim();
  const held = HELD_ELSEWHERE.test(trimmed) || RESOLVED.test(trimmed);
  if (held) return factOfReference(name, trimmed);
  const literal = isLiteralSecret(name, value);
  const secretive = literal || namesSecret(name);
  // a password may look like a host; a connection string with a password in it still names its host
  const hosts = hostsIn(name, value, secretive);
  return {
    name,
    hosts,
    arns: arnsIn(value),
    ...(secretive || hasSecretKeyShape(trimmed) ? {} : namesIn(name, trimmed)),
    credential: literal ? 'literal' : 'none',
    accessKeyId: accessKeyIn(value),
    valueFrom: undefined,
  };
}

/** A variable whose value is fetched when the program starts: ECS's `secrets`, from Secrets Manager or Parameter Store. */
export function factOfReference(name: string, valueFrom: string): EnvironmentFact {
  return {
    name,
    hosts: [],
    arns: valueFrom.startsWith('arn:') ? [valueFrom] : [],
    credential: 'reference',
    accessKeyId: undefined,
    valueFrom,
  };
}

export interface Variable {
  readonly name: string;
  readonly value: string;
}

/**
 * A variable of which some part may be missing. Tools that black out values take them away: one whose name says that
 * it is a secret had one all the same. Undefined when we cannot tell what the variable says.
 */
export function variable(name: string | undefined, value: string | undefined): Variable | undefined {
  if (name === undefined) return undefined;
  if (value !== undefined) return { name, value };
  return namesSecret(name) ? { name, value: REDACTED } : undefined;
}

/** `DB_HOST` and `DB_PORT` belong together, and so do the two halves of an access key. */
export function factsOfAll(variables: readonly Variable[]): readonly EnvironmentFact[] {
  const ports = new Map<string, number>();
  for (const { name, value } of variables)
    if (/port$/i.test(name) && /^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65535)
      ports.set(name.replace(/port$/i, '').toLowerCase(), Number(value));
  const facts = variables.map(({ name, value }) => factsOf(name, value));
  const besideKey = facts.some((fact) => fact.accessKeyId !== undefined);
  return facts.map((fact, n) => {
    const value = variables[n]?.value ?? '';
    if (besideKey && fact.credential === 'none' && hasSecretKeyShape(value))
      return { ...fact, hosts: [], credential: 'literal' };
    const port = ports.get(fact.name.replace(/(?:host|hostname|endpoint|address|addr|server|url)$/i, '').toLowerCase());
    if (port === undefined || fact.hosts.length === 0 || !namesHost(fact.name)) return fact;
    return { ...fact, hosts: fact.hosts.map((host) => (host.scheme ? host : { ...host, port: host.port ?? port })) };
  });
}
