import type { Answers } from '../../answers.ts';
import type { Variable } from '../../environment.ts';
import { variable } from '../../environment.ts';
import { allStrings, REDACTED } from '../../fields.ts';
import { partitionOf, roleArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import type { Properties, Value } from '../../pulumi/recorded.ts';
import { allOf } from '../../reading.ts';
import { definitionWithoutSecrets } from '../../settings.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { values } from '../values.ts';
import { withoutSecrets } from '../without-secrets.ts';

const TYPE = 'aws:ecs/taskDefinition:TaskDefinition';
const OPERATION = 'ecs:DescribeTaskDefinition';

interface Containers {
  readonly definitions: readonly Properties[];
  /** Whether a value of theirs was left out. */
  readonly hidden: boolean;
}

/** What AWS always tells of a container; where it is missing, the provider's default would be a guess. */
const NEEDED = ['name', 'essential', 'environment', 'portMappings', 'cpu'];

/** The containers in the form of the API, but for secrets and for lists that hold nothing; a text says why not. */
function containersOf(item: Item): Containers | string {
  const told = allItems(item, 'containerDefinitions');
  if (told === undefined) return untold(OPERATION, { containerDefinitions: undefined });
  const definitions: Properties[] = [];
  let hidden = false;
  for (const one of told) {
    const missing = NEEDED.filter((field) => !one.has(field));
    if (missing.length > 0) return `${OPERATION} did not tell ${missing.join(', ')} of a container`;
    const name = one.string('name') ?? '';
    const written = allOf(allItems(one, 'environment'), (each) => variable(each.string('name'), each.string('value')));
    if (written === undefined) return `${OPERATION} did not tell the environment of ${name}`;
    const safe = withoutSecrets(written);
    if (safe === undefined) return `the environment of ${name} can not be told without the secrets in it`;
    const { environment: _, ...others } = one.value;
    const rest = withoutSecretsOf(others);
    hidden ||= safe.changed || rest.changed;
    definitions.push({ ...filled(rest.told), ...environment(safe.variables) });
  }
  return { definitions, hidden };
}

const environment = (variables: readonly Variable[]): Properties =>
  variables.length === 0 ? {} : { environment: variables.map(({ name, value }) => ({ name, value })) };

/** Without empty lists and objects, which AWS adds to every container. */
function filled(container: Readonly<Record<string, unknown>>): Properties {
  const entries = Object.entries(container).flatMap(([key, value]): [string, Value][] => {
    const known = values(value);
    const empty = typeof known === 'object' && known !== null && Object.keys(known).length === 0;
    return known === undefined || known === null || empty ? [] : [[key, known]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)));
}

/** What people look for first; the others follow by name. */
const FIRST = [
  ...['name', 'image', 'repositoryCredentials', 'cpu', 'memory', 'memoryReservation', 'links', 'portMappings'],
  ...['essential', 'entryPoint', 'command'],
];
const rankOf = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);

interface Shown {
  readonly told: Readonly<Record<string, unknown>>;
  /** Whether a secret was left out, here or before. */
  readonly changed: boolean;
}

function withoutSecretsOf(given: Readonly<Record<string, unknown>>): Shown {
  const told = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, definitionWithoutSecrets(value, key)]),
  );
  return { told, changed: JSON.stringify(told) !== JSON.stringify(given) || JSON.stringify(told).includes(REDACTED) };
}

function volumeOf(item: Item): Properties {
  const efs = item.item('efsVolumeConfiguration');
  const docker = item.item('dockerVolumeConfiguration');
  const windows = item.item('fsxWindowsFileServerVolumeConfiguration');
  return said({
    name: item.string('name'),
    hostPath: item.item('host')?.string('sourcePath'),
    configureAtLaunch: item.boolean('configuredAtLaunch'),
    efsVolumeConfiguration: efs && values({ ...efs.value, fileSystemId: efs.string('fileSystemId') }),
    dockerVolumeConfiguration: docker && values(docker.value),
    fsxWindowsFileServerVolumeConfiguration: windows && values(windows.value),
  });
}

const role = (item: Item, field: string): string | undefined => {
  const name = item.string(field);
  const { account, region } = item.context;
  return name ? roleArn(account, name, partitionOf(region)) : undefined;
};

function definition(answers: Answers, body: Item, isUsed: (item: Item) => boolean): readonly Adoption[] {
  const item = body.item('taskDefinition');
  const arn = item?.string('taskDefinitionArn');
  if (item === undefined || arn === undefined) return [];
  const of: Whole = { kind: 'taskDefinition', id: arn };
  const tags = tagged(answers, arn, body.tags('tags'));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  if (item.string('status') === 'INACTIVE') return [refused(TYPE, of, 'it is deregistered')];
  if (!isUsed(item)) return [refused(TYPE, of, 'it is an older revision that no service uses')];
  const read = { family: item.string('family'), revision: item.number('revision'), volumes: allItems(item, 'volumes') };
  if (!isKnown(read)) return [refused(TYPE, of, untold(OPERATION, read))];
  const containers = containersOf(item);
  if (typeof containers === 'string') return [refused(TYPE, of, containers)];
  const storage = item.item('ephemeralStorage')?.number('sizeInGiB');
  const platform = item.item('runtimePlatform');
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: read.family,
      id: read.family,
      importId: arn,
      inputs: said({
        family: read.family,
        containerDefinitions: JSON.stringify(containers.definitions),
        networkMode: item.string('networkMode'),
        requiresCompatibilities: allStrings(item, 'requiresCompatibilities'),
        cpu: item.number('cpu')?.toString(),
        memory: item.number('memory')?.toString(),
        taskRoleArn: role(item, 'taskRoleArn'),
        executionRoleArn: role(item, 'executionRoleArn'),
        runtimePlatform:
          platform &&
          said({
            cpuArchitecture: platform.string('cpuArchitecture'),
            operatingSystemFamily: platform.string('operatingSystemFamily'),
          }),
        volumes: read.volumes.length === 0 ? undefined : read.volumes.map(volumeOf),
        ephemeralStorage: storage === undefined ? undefined : { sizeInGib: storage },
        ipcMode: item.string('ipcMode'),
        pidMode: item.string('pidMode'),
        placementConstraints: values(item.value.placementConstraints, { empty: false }),
        proxyConfiguration: proxyOf(item.item('proxyConfiguration')),
        enableFaultInjection: item.boolean('enableFaultInjection') || undefined,
        // the provider deregisters a definition that is replaced, and nobody could roll back to it
        skipDestroy: true,
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        arnWithoutRevision: arn.replace(/:\d+$/, ''),
        revision: read.revision,
        compatibilities: allStrings(item, 'compatibilities'),
        runtimePlatform: platform?.string('cpuArchitecture') === undefined ? { $unknown: true } : undefined,
        ...tags.outputs,
      }),
      ignoreChanges: [...tags.ignoreChanges, ...(containers.hidden ? ['containerDefinitions'] : [])],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

function proxyOf(item: Item | undefined): Properties | undefined {
  if (!item) return undefined;
  const pairs = (item.items('properties') ?? []).flatMap((one): [string, string][] => {
    const [name, value] = [one.string('name'), one.string('value')];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return said({
    type: item.string('type'),
    containerName: item.string('containerName'),
    properties: Object.fromEntries(pairs),
  });
}

/** The newest revision of each family, and those that a service runs. */
function inUse(answers: Answers): (item: Item) => boolean {
  const used = new Set(answers.items('ecs:DescribeServices', 'services').map((item) => item.string('taskDefinition')));
  const newest = new Map<string, number>();
  const place = (item: Item): string => `${item.context.account} ${item.context.region} ${item.string('family')}`;
  for (const { item: body } of answers.bodies(OPERATION)) {
    const item = body.item('taskDefinition');
    if (!item || item.string('status') === 'INACTIVE') continue;
    newest.set(place(item), Math.max(newest.get(place(item)) ?? 0, item.number('revision') ?? 0));
  }
  return (item) => {
    const names = [item.string('taskDefinitionArn'), `${item.string('family')}:${item.number('revision')}`];
    return names.some((name) => used.has(name)) || newest.get(place(item)) === item.number('revision');
  };
}

export const adopter: Adopter = {
  name: 'task-definition',
  types: [TYPE],
  operations: [OPERATION, 'ecs:DescribeServices'],
  adopt: (answers) => {
    const isUsed = inUse(answers);
    return answers.bodies(OPERATION).flatMap(({ item }) => definition(answers, item, isUsed));
  },
};
