/** A stack's state -> a recording of what stands: ids, ARNs and hosts are AWS's own, and outputs win over arguments. */
import { posix } from 'node:path';
import type { Properties, RecordedResource, Recording, Value } from '../recorded.ts';
import { homeOf, type Placed, placesOf } from './places.ts';
import { nameOf, ownerOf, type State, type Stored } from './state.ts';
import { decodedObject } from './stored.ts';

/**
 * What the provider told, over what the program asked for: a stack may have drifted before it was refreshed, and AWS's
 * word counts. Where the provider says nothing (null), the program's argument stands.
 */
function properties(inputs: Properties, outputs: Properties): Properties {
  const told = Object.entries(outputs).filter(([key, value]) => value !== null || inputs[key] === undefined);
  return { ...inputs, ...Object.fromEntries(told) };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

interface Read extends Placed {
  readonly stored: Stored;
  readonly outputs: Properties;
}

function read(stored: Stored): Read {
  const { members, type } = stored;
  const outputs = decodedObject(members.outputs);
  return {
    stored,
    type,
    id: text(members.id) ?? '',
    provider: text(members.provider),
    properties: properties(decodedObject(members.inputs), outputs),
    outputs,
  };
}

/** `file` as the user named it; `lines` tells where in it each URN stands. */
export function recordingOf(file: string, state: State, lines: ReadonlyMap<string, number>): Recording {
  const all = state.resources.map(read);
  const providers = new Map<string, Properties>();
  for (const { stored, id, properties: settings } of all)
    if (stored.type.startsWith('pulumi:providers:'))
      for (const key of [stored.urn, `${stored.urn}::${id}`]) providers.set(key, parsed(settings));
  const ours = all.filter(({ stored }) => !stored.type.startsWith('pulumi:'));
  const placeOf = placesOf(
    ours.filter(({ type }) => type.startsWith('aws:')),
    providers,
  );
  const placed = ours.map((one) => ({ one, place: placeOf(one) }));
  const home = homeOf(placed.flatMap(({ one, place }) => (one.stored.members.custom === false ? [] : [place])));
  const { stack, project } = ownerOf(state.resources[0]?.urn);
  return {
    folder: posix.dirname(file),
    file,
    project,
    stack,
    place: { ...home, assumed: [] },
    partial: `the stack ${project}/${stack} tells of itself and of nothing else in the account`,
    others: true,
    keptBy: `the Pulumi stack ${project}/${stack}`,
    resources: placed
      .map(({ one, place }) => resource(one, one.stored.members.custom === false ? home : place, file, lines))
      .sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    invokes: [],
    outputs: {},
    problems: state.pending.map((what) => ({
      kind: 'pending',
      message: `a deployment was cut off while ${what}: what came of it is not in the stack (pulumi refresh tells)`,
      position: undefined,
    })),
  };
}

function resource(
  { stored, id, outputs, properties: inputs }: Read,
  place: RecordedResource['place'],
  file: string,
  lines: ReadonlyMap<string, number>,
): RecordedResource {
  const { members, urn, type } = stored;
  const custom = members.custom !== false;
  const line = lines.get(urn);
  const provider = text(members.provider)?.replace(/::[^:]*$/, '');
  return {
    urn,
    type,
    name: nameOf(urn),
    // what the program only looks up has an owner elsewhere
    kind: members.external === true ? 'read' : 'declared',
    parent: text(members.parent),
    custom,
    remote: false,
    id: custom ? id : '',
    inputs,
    // some types have an ARN for an id, and no output of that name before version 7 of the provider
    outputs: { ...(id.startsWith('arn:') ? { arn: id } : {}), ...inputs, ...outputs },
    dependencies: [...texts(members.dependencies)].sort(),
    propertyDependencies: {},
    options: {
      ...(members.protect === true ? { protect: true } : {}),
      ...(members.retainOnDelete === true ? { retainOnDelete: true } : {}),
      // it stands already: what AWS gives to new resources does not hold for it
      ...(custom && id !== '' ? { importId: id } : {}),
      ...(provider === undefined ? {} : { provider }),
    },
    position: line === undefined ? undefined : { file: posix.basename(file), line, column: 1 },
    told: 'partly',
    place,
  };
}

/** A provider's lists and objects stand in its settings as JSON text. */
function parsed(settings: Properties): Properties {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, fromText(value)]));
}

function fromText(value: Value): Value {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
