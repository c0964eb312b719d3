/**
 * Answers without their secrets, for inventories that are kept and sent around. What a value points at stays: hosts,
 * ARNs, ports, the id of an access key, and that a credential stands there. What can not be told without the secret
 * is left out, and is unknown then.
 */
import { isDeepStrictEqual } from 'node:util';
import type { EnvironmentFact } from '../estate/kinds/compute.ts';
import { isSafe, namesSecret, safeTag, withoutSecrets } from './credentials.ts';
import { factsOfAll, type Variable } from './environment.ts';
import { REDACTED } from './fields.ts';
import { commandWithoutSecrets, definitionWithoutSecrets } from './settings.ts';
import { factsOfUserData, REST } from './user-data.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields whose text is a secret or stands for one: what CloudFront tells an origin to prove itself, a signed link to code. */
const SECRET_FIELDS = new Set([
  ...['HeaderValue', 'AuthToken', 'MasterUserPassword', 'Password', 'ClientSecret', 'SharedSecret', 'PreSharedKey'],
  ...['CustomerGatewayConfiguration', 'PrivateKey', 'KeyMaterial', 'SecretString', 'SecretBinary', 'SecretAccessKey'],
  ...['AdminUserPassword', 'MasterPassword', 'SessionToken', 'PasswordData'],
]);
/** Fields with a document that readers need as it is, and that holds policies, not values. */
const KEPT = /^(?:Content|Policy|PolicyDocument|AssumeRolePolicyDocument|Document|ResourcePolicy)$/;

/** What asks for the next page: it only looks like a key. */
const TOKEN = /^(?:next|pagination|continuation|lastevaluated)\w*$|marker$|^position$/i;

/** An answer as it may be written. The same answer without secrets gives the same estate. */
export const redacted = (operation: string, output: unknown): unknown =>
  operation === 'iam:GetCredentialReport' ? output : walk(output);

function walk(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(walk);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const told = field(key, inner, value);
      return told === undefined ? [] : [[key, told]];
    }),
  );
}

function field(key: string, value: unknown, holder: Json): unknown {
  if (KEPT.test(key) || TOKEN.test(key)) return value;
  if (SECRET_FIELDS.has(key) && typeof value === 'string') return value === '' ? value : REDACTED;
  if (typeof value === 'string') {
    const tag = tagOf(key, holder);
    if (tag !== undefined) return safeTag(tag, value);
  }
  switch (key) {
    case 'command':
    case 'Command':
    case 'entryPoint':
    case 'EntryPoint':
      return Array.isArray(value) && value.every((word) => typeof word === 'string')
        ? commandWithoutSecrets(value)
        : walk(value);
    case 'logConfiguration':
    case 'firelensConfiguration':
    case 'dockerLabels':
    case 'driverOpts':
      return definitionWithoutSecrets(value, key);
    case 'Tags':
    case 'tags':
      return isObject(value) ? tagsByKey(value) : walk(value);
    case 'UserData':
      return userData(value);
    case 'Variables':
      return isObject(value) ? namedValues(value) : walk(value);
    case 'environment':
      return Array.isArray(value) ? pairs(value) : walk(value);
    case 'ParameterValue':
    case 'OutputValue':
      return typeof value === 'string' ? parameter(holder, value) : walk(value);
    case 'HttpHeaderConfig':
    case 'QueryStringConfig':
      return isObject(value) ? proving(value) : walk(value);
    case 'Location':
      return 'RepositoryType' in holder ? undefined : walk(value);
    default:
      return walk(value);
  }
}

/** The tag whose value this is, in AWS's several ways to list tags. */
function tagOf(key: string, holder: Json): string | undefined {
  const name =
    key === 'Value' ? holder.Key : key === 'value' ? holder.key : key === 'TagValue' ? holder.TagKey : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Lambda's and SQS's tags; CloudFront's are a list inside. */
const tagsByKey = (tags: Json): Json =>
  Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? safeTag(key, value) : walk(value)]),
  );

/** What a load balancer's rule asks of a request: by such a value, a request proves that it came through the CDN. */
function proving(asked: Json): Json {
  const hidden = (value: unknown): unknown =>
    typeof value === 'string' && !/^[*?]*$/.test(value)
      ? REDACTED
      : isObject(value) && 'Value' in value
        ? { ...value, Value: hidden(value.Value) }
        : value;
  return Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [key, Array.isArray(value) ? value.map(hidden) : value]),
  );
}

/** Lambda's `Environment.Variables`. */
function namedValues(variables: Json): Json {
  const texts = Object.entries(variables).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  );
  return Object.fromEntries(redactedVariables(texts).map(({ name, value }) => [name, value ?? null]));
}

/** ECS's `environment: [{ name, value }]`. */
function pairs(list: readonly unknown[]): readonly unknown[] {
  const texts = list.flatMap((one) =>
    isObject(one) && typeof one.name === 'string' && typeof one.value === 'string'
      ? [{ name: one.name, value: one.value }]
      : [],
  );
  const told = redactedVariables(texts);
  let next = 0;
  return list.map((one) => {
    if (!isObject(one) || typeof one.name !== 'string' || typeof one.value !== 'string') return walk(one);
    const value = told[next++]?.value;
    const { value: _, ...others } = one;
    return value === undefined ? others : { ...others, value };
  });
}

function parameter(holder: Json, value: string): string | undefined {
  const name = holder.ParameterKey ?? holder.OutputKey;
  return redactedVariables([{ name: typeof name === 'string' ? name : '', value }])[0]?.value;
}

interface Told {
  readonly name: string;
  /** Undefined where nothing can stand for it. */
  readonly value: string | undefined;
}

/** Variables that tell the same facts as the ones given, without their values. */
export function redactedVariables(variables: readonly Variable[]): readonly Told[] {
  const facts = factsOfAll(variables);
  const told = variables.map(({ name, value }, n) => ({ name, value: standIn(name, value, facts[n]) }));
  const after = factsOfAll(told);
  return told.map(({ name, value }, n) => ({
    name,
    value: isDeepStrictEqual(after[n], facts[n]) ? value : undefined,
  }));
}

const isPort = (name: string, value: string): boolean => /port$/i.test(name) && /^\s*\d{1,5}\s*$/.test(value);

/** A value under a secret's name that is none itself: something fills it in elsewhere. */
const PLACEHOLDER = '$REDACTED';

function standIn(name: string, value: string, fact: EnvironmentFact | undefined): string {
  if (!fact || fact.credential === 'reference' || isPort(name, value) || isSafe(value)) return value;
  const literal = fact.credential === 'literal';
  // what a bucket or a table is called is no more than its ARN says
  const [thing] = fact.names ?? [];
  if (thing && !literal) return thing.name;
  const [host] = fact.hosts;
  const only = fact.hosts.length === 1 && fact.arns.length === 0 && fact.accessKeyId === undefined;
  if (only && host && !literal) return addressOf(host);
  const parts = [
    ...hostsText(fact.hosts, literal),
    ...fact.arns,
    ...(fact.accessKeyId === undefined ? [] : [fact.accessKeyId]),
  ];
  if (parts.length === 0 && !literal && namesSecret(name)) return PLACEHOLDER;
  if (parts.length === 0) return literal ? `password=${REDACTED}` : REDACTED;
  return literal && fact.accessKeyId === undefined ? [...parts, `password=${REDACTED}`].join(' ') : parts.join(' ');
}

type Host = EnvironmentFact['hosts'][number];

const hostText = ({ host, port }: Host): string =>
  `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;

const addressOf = (host: Host): string =>
  host.scheme === undefined ? hostText(host) : `${host.scheme}://${hostText(host)}`;

/** Beside a password, an address without a scheme is only seen in a connection string. */
function hostsText(hosts: readonly Host[], literal: boolean): readonly string[] {
  const alone = hosts.every(({ scheme }) => scheme === undefined);
  if (!literal && alone && hosts.length > 0) return [hosts.map(hostText).join(',')];
  return hosts.map((host) =>
    host.scheme !== undefined ? addressOf(host) : literal ? `x:${REDACTED}@tcp(${hostText(host)})` : hostText(host),
  );
}

/** User data as a script that sets the same variables and names the same hosts; in base64 like the one it stands for. */
function userData(value: unknown): unknown {
  if (isObject(value)) {
    if (typeof value.Value !== 'string') return value;
    const told = redactedUserData(value.Value);
    return told === undefined ? undefined : { ...value, Value: told };
  }
  return typeof value === 'string' ? redactedUserData(value) : value;
}

export function redactedUserData(base64: string): string | undefined {
  const facts = factsOfUserData(base64);
  const lines = ['#!/bin/sh', ...facts.flatMap(linesOf)];
  const told = Buffer.from(`${lines.join('\n')}\n`).toString('base64');
  return isDeepStrictEqual(factsOfUserData(told), facts) ? told : undefined;
}

function linesOf(fact: EnvironmentFact): readonly string[] {
  if (fact.name !== REST) return [`export ${fact.name}="${standInOf(fact)}"`];
  return [
    ...fact.hosts.map((host) => `curl ${addressOf(host)}`),
    ...fact.arns.map((arn) => `aws ${arn}`),
    ...(fact.accessKeyId === undefined ? [] : [`aws ${fact.accessKeyId}`]),
    ...(fact.credential === 'literal' ? [`echo "user:${REDACTED}" | chpasswd`] : []),
  ];
}

/** From the fact alone: its value may be put together from several lines. */
function standInOf(fact: EnvironmentFact): string {
  if (fact.valueFrom !== undefined) return fact.valueFrom;
  return standIn(fact.name, '\u0000', fact);
}
