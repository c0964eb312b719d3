/**
 * Who uses a thing by its name or ARN alone. No packet tells of a table, a bucket or a queue: a program has its name in a
 * setting, a role names it in a policy, an alarm has its ARN. What is deleted while one of them stays is missed by it.
 */
import { grantsOf } from '../analyse/access/services/grants.ts';
import { needsOf } from '../analyse/access/services/needs.ts';
import { workloads } from '../analyse/workloads/workloads.ts';
import { byId, type Estate, memoised } from '../estate/estate.ts';
import { grouped } from '../estate/grouped.ts';
import type { Kind, Resource } from '../estate/resource.ts';
import { arnParts } from '../inventory/ids.ts';
import { isProperties, type Value } from '../inventory/pulumi/recorded.ts';
import { estateAt, type State } from './state.ts';
import { adoptable, type DeclaredResource } from './world.ts';

export interface NamedUse {
  /** Id of who names it. */
  readonly user: string;
  /** `SESSIONS_TABLE of service web names it` */
  readonly says: string;
}

const KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'bucket',
  'cache',
  'database',
  'databaseCluster',
  'key',
  'logGroup',
  'queue',
  'role',
  'secret',
  'table',
  'topic',
]);

export const isNamedByPrograms = ({ kind }: Resource): boolean => KINDS.has(kind);

/** What stays at this point and names the thing; `leaving`: ids of those that go with it. */
export function namedUse(state: State, thing: Resource, leaving: ReadonlySet<string>): NamedUse | undefined {
  if (!isNamedByPrograms(thing)) return undefined;
  const index = mentionsAt(state);
  for (const key of keysOf(thing))
    for (const one of index.get(key) ?? []) if (!leaving.has(one.user) && one.user !== thing.id) return one;
  return undefined;
}

/** A word anywhere in a setting; for these only all of the setting, since their names are words of many other things. */
const ONLY_WHOLE: ReadonlySet<Kind> = new Set<Kind>(['role', 'logGroup', 'key']);

const keyOf = (...parts: readonly string[]): string => parts.join(' ');

function keysOf(thing: Resource): readonly string[] {
  const names = [thing.name, ...(thing.kind === 'key' ? thing.aliases : [])];
  const arn = thing.kind === 'bucket' ? `arn:aws:s3:::${thing.name}` : (thing.arn ?? thing.id);
  const tail = /[^/:]+$/.exec(arn)?.[0];
  return [
    ...names.map((name) => keyOf(ONLY_WHOLE.has(thing.kind) ? 'whole' : 'word', name)),
    ...(thing.kind === 'key' && tail !== undefined ? [keyOf('whole', tail)] : []),
    ...(thing.kind === 'bucket' ? [keyOf('bucket', thing.name)] : []),
    arnKey(arn),
  ];
}

/** The service and the thing, without what is inside of it; a policy may leave the account and the region open. */
function arnKey(arn: string): string {
  const parts = arnParts(arn);
  if (!parts) return keyOf('arn', arn);
  const { service, resource } = parts;
  switch (service) {
    case 's3':
      return keyOf('arn', 's3', resource.replace(/\/.*$/, ''));
    case 'dynamodb':
      return keyOf('arn', 'dynamodb', resource.split('/').slice(0, 2).join('/'));
    case 'secretsmanager':
      // with the field, the stage and the version behind it, and with or without AWS's random tail
      return keyOf(
        'arn',
        service,
        resource
          .split(':')
          .slice(0, 2)
          .join(':')
          .replace(/-(?:[A-Za-z0-9]{6}|\?{6}|\*)$/, ''),
      );
    case 'logs':
      return keyOf('arn', service, resource.split(':').slice(0, 2).join(':'));
    default:
      return keyOf('arn', service, resource);
  }
}

interface Index {
  readonly world: State['world'];
  readonly mentions: ReadonlyMap<string, readonly NamedUse[]>;
}

const known = new WeakMap<Estate, Index>();

function mentionsAt(state: State): Index['mentions'] {
  const estate = estateAt(state);
  const last = known.get(estate);
  if (last?.world === state.world) return last.mentions;
  // the settings first: who reads of one looks for it there
  const mentions = new Map<string, NamedUse[]>();
  for (const [key, use] of inSettings(state, estate)) put(mentions, key, use);
  for (const [key, uses] of mentionsInEstate(estate)) for (const use of uses) put(mentions, key, use);
  known.set(estate, { world: state.world, mentions });
  return mentions;
}

function put(index: Map<string, NamedUse[]>, key: string, use: NamedUse): void {
  const list = index.get(key);
  if (list) list.push(use);
  else index.set(key, [use]);
}

/** What the estate itself tells: the needs of programs, their roles' policies, and ARNs in the fields of what stands. */
const mentionsInEstate = memoised((estate): Index['mentions'] => {
  const index = new Map<string, NamedUse[]>();
  for (const workload of workloads(estate)) {
    for (const { resources, because } of needsOf(estate, workload))
      for (const arn of resources)
        if (isOne(arn)) put(index, arnKey(arn), { user: workload.id, says: `${workload.says} uses it: ${because}` });
    const role = workload.role === null ? undefined : byId(estate, workload.role);
    if (role?.kind === 'role')
      for (const { resources } of grantsOf(estate, role).grants)
        for (const arn of resources)
          if (isOne(arn))
            put(index, arnKey(arn), {
              user: workload.id,
              says: `the role ${role.name}, which ${workload.says} works with, names it in a policy`,
            });
  }
  for (const one of estate.resources) {
    if (one.derived !== undefined) continue;
    for (const [field, value] of Object.entries(one)) {
      if (APART.has(field)) continue;
      for (const text of textsIn(value)) {
        const use = { user: one.id, says: `${one.name} names it (${field})` };
        if (text.startsWith('arn:')) put(index, arnKey(text), use);
        else if (field === 'bucket' || field === 'logging') put(index, keyOf('bucket', text), use);
      }
    }
  }
  return index;
});

/** Fields that say what a thing is itself, and policies, which name whom they let in. */
const APART: ReadonlySet<string> = new Set([
  ...['id', 'name', 'arn', 'source', 'tags', 'kind', 'account', 'region', 'identifier'],
  ...['policy', 'trust', 'document', 'inlinePolicies', 'environment', 'containers', 'userData'],
]);

/** References are told of by `proofs/references.ts`. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null || ('id' in value && 'field' in value)) return [];
  return Object.values(value).flatMap(textsIn);
}

/** An ARN that names one thing, whatever it allows inside of it. */
const isOne = (arn: string): boolean => {
  const resource = arnParts(arn)?.resource ?? '';
  return resource !== '' && !/[*?]/.test(resource.replace(/(?:\/index)?[/:]\*$|(?:-\?{6}|-\*)$/, ''));
};

const DEFINITION = 'aws:ecs/taskDefinition:TaskDefinition';
const SETTINGS_OF: Readonly<Record<string, readonly string[]>> = {
  [DEFINITION]: ['containerDefinitions'],
  'aws:lambda/function:Function': ['environment'],
  'aws:ec2/instance:Instance': ['userData', 'userDataBase64'],
  'aws:ec2/launchTemplate:LaunchTemplate': ['userData'],
  'aws:ec2/launchConfiguration:LaunchConfiguration': ['userData', 'userDataBase64'],
};

/** What the programs' settings say, as they are declared: the estate keeps no values of settings. */
function* inSettings(state: State, estate: Estate): Generator<readonly [key: string, use: NamedUse]> {
  const { today, declared, deleted } = state.world;
  const waiting = [...adoptable(today)].flatMap(([address, one]) =>
    declared.has(address) || deleted.has(address) ? [] : [{ ...one, adopted: one, properties: one.inputs }],
  );
  const running = byDefinition(estate);
  for (const one of [...declared.values(), ...waiting]) {
    const fields = SETTINGS_OF[one.type];
    if (!fields) continue;
    const ids = [one.adopted?.of.id, one.id, String(one.outputs.arn ?? '')];
    const id = ids.find((each) => each !== undefined && byId(estate, each) !== undefined);
    if (id === undefined) continue;
    const users =
      one.type === DEFINITION ? (running.get(id) ?? []) : [{ id, says: byId(estate, id)?.name ?? one.name }];
    if (users.length === 0) continue;
    for (const field of fields)
      for (const { name, text } of settingsIn(field, clear(field, writtenIn(one, field))))
        for (const key of keysIn(text))
          for (const user of users) yield [key, { user: user.id, says: `${name} of ${user.says} names it` }];
  }
}

/** With what is known of its references; as it is written where one of them is not. */
const writtenIn = ({ inputs, properties }: Pick<DeclaredResource, 'inputs' | 'properties'>, field: string): Value =>
  isProperties(inputs[field]) && '$unknown' in inputs[field] ? (properties[field] ?? null) : (inputs[field] ?? null);

const byDefinition = memoised((estate) => grouped(workloads(estate), ({ definition }) => [definition?.id]));

/** JSON and base64 as what they hold. */
function clear(field: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (field === 'containerDefinitions')
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  return /^[A-Za-z0-9+/\s]+={0,2}$/.test(value) && value.length % 4 === 0
    ? Buffer.from(value, 'base64').toString('utf8')
    : value;
}

/** Where a thing is said, and what: an image or a tag that is called like a queue is none. */
const SAYS_OTHER = new Set(['image', 'dockerLabels', 'tags', 'family', 'cpu', 'memory', 'portMappings', 'mountPoints']);

function* settingsIn(name: string, value: unknown): Generator<{ readonly name: string; readonly text: string }> {
  if (typeof value === 'string') yield { name, text: value };
  else if (Array.isArray(value)) for (const one of value) yield* settingsIn(name, one);
  else if (typeof value === 'object' && value !== null) {
    const pair = new Map<string, unknown>(Object.entries(value));
    const [key, told] = [pair.get('name'), pair.get('value') ?? pair.get('valueFrom')];
    if (typeof key === 'string' && typeof told === 'string') yield { name: key, text: told };
    else
      for (const [field, inner] of pair)
        if (!SAYS_OTHER.has(field) && field !== 'name') yield* settingsIn(field, inner);
  }
}

const ARN = /arn:aws[a-z-]*:[a-z0-9-]+:[^\s"',;]*/g;

function keysIn(text: string): ReadonlySet<string> {
  const all = text.trim();
  const words = [/[\s"'`,;=|()[\]{}<>@?&]+/, /[\s"'`,;=|()[\]{}<>@?&/:]+/].flatMap((between) => all.split(between));
  const hosts = words.flatMap((word) => /^(.+)\.s3[.-][\w.-]*amazonaws\.com/.exec(word)?.[1] ?? []);
  return new Set([
    keyOf('whole', all),
    ...[all, ...words, ...hosts].filter((word) => word !== '').map((word) => keyOf('word', word)),
    ...(all.match(ARN) ?? []).map(arnKey),
  ]);
}
