/**
 * Where the program writes down a host's name: task definitions, settings of functions, DNS records. Whoever takes over
 * from the host is written there instead, one resource at a time.
 */
import { byId, type Estate } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { Action } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { slug } from './names.ts';

const TASK = 'aws:ecs/taskDefinition:TaskDefinition';
const FUNCTION = 'aws:lambda/function:Function';
const RECORD = 'aws:route53/record:Record';

/** The property of each type in which a host's name means a connection. */
const HOLDS: Readonly<Record<string, string>> = {
  [TASK]: 'containerDefinitions',
  [FUNCTION]: 'environment',
  [RECORD]: 'records',
};

/** A host name and what is written in its place. */
export type Renamed = ReadonlyMap<string, string>;

export interface Naming {
  readonly declared: DeclaredResource;
  readonly edit: Update;
  /** The host names that are replaced. */
  readonly hosts: readonly string[];
}

/** Everything that names one of the hosts, with the edit that names the other: one edit a resource. */
export function namings(state: State, renamed: Renamed): readonly Naming[] {
  const found: Naming[] = [];
  for (const declared of state.world.declared.values()) {
    const property = HOLDS[declared.type];
    const value = property === undefined ? undefined : declared.properties[property];
    if (property === undefined || value === undefined) continue;
    const text = JSON.stringify(value);
    const hosts = [...renamed.keys()].filter((host) => whole(host).test(text));
    if (hosts.length === 0) continue;
    const properties: Properties = { [property]: replaced(value, renamed) };
    found.push({ declared, hosts, edit: { op: 'update', type: declared.type, name: declared.name, properties } });
  }
  return found;
}

/** Ends a step's id. Names are unique within a type only: a task definition and a function may both be `web`. */
export const callerKey = ({ declared }: Naming): string =>
  `${slug(declared.type.replace(/^.*:/, ''))}-${slug(declared.name, 128)}`;

/** `db.example.com`, and not the end of `old-db.example.com`. */
const whole = (host: string): RegExp =>
  new RegExp(`(?<![\\w.-])${host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g');

function replaced(value: Value, renamed: Renamed): Value {
  if (typeof value === 'string')
    return [...renamed].reduce<string>((text, [host, instead]) => text.replace(whole(host), () => instead), value);
  if (Array.isArray(value)) return value.map((one: Value) => replaced(one, renamed));
  if (!isProperties(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, renamed)]));
}

/** What the estate may know it by: what the journey made has its ARN among its outputs. */
function idsOf({ id, adopted, outputs }: DeclaredResource): readonly string[] {
  if (adopted) return [adopted.of.id];
  return typeof outputs.arn === 'string' ? [id, outputs.arn] : [id];
}

/** What a person types after the program has changed: nothing for a record, a deployment for what reads it at its start. */
export function rollout({ declared }: Naming, estate: Estate): readonly Action[] {
  if (declared.type === FUNCTION)
    return [
      {
        operation: 'lambda:UpdateFunctionConfiguration',
        parameters: { FunctionName: declared.id },
        command: `Write the new address into the settings of ${declared.id} the way you deploy it today: values that are secret are not in the program, so it leaves these settings alone.`,
      },
    ];
  if (declared.type !== TASK) return [];
  const ids = idsOf(declared);
  return estate.resources.flatMap((one) => {
    if (one.kind !== 'ecsService' || !one.taskDefinition || !ids.includes(one.taskDefinition.id)) return [];
    const cluster = one.cluster && byId(estate, one.cluster.id);
    return [
      {
        operation: 'ecs:UpdateService',
        parameters: { cluster: cluster?.name, service: one.name, taskDefinition: declared.name },
        command: `aws ecs update-service --cluster ${cluster?.name ?? 'CLUSTER'} --service ${one.name} --task-definition ${declared.name}`,
      },
    ];
  });
}

/** Callers whose settings the program does not hold: a person has to change these. */
export function unwritten(estate: Estate, target: Resource, found: readonly Naming[]): readonly Resource[] {
  const held = new Set(found.flatMap(({ declared }) => idsOf(declared)));
  const callers = new Map<string, Resource>();
  for (const flow of estate.flows) {
    if (flow.to.type !== 'resource' || flow.to.id !== target.id || flow.from.type !== 'resource' || !isSet(flow))
      continue;
    const caller = byId(estate, flow.from.id);
    if (caller === undefined || held.has(caller.id)) continue;
    if (caller.kind === 'ecsService' && caller.taskDefinition && held.has(caller.taskDefinition.id)) continue;
    // by a name in DNS that the program holds: the record changes, and nothing else
    if (flow.evidence.every(({ records }) => records?.some((record) => held.has(record)))) continue;
    callers.set(caller.id, caller);
  }
  return [...callers.values()];
}

/** Somebody wrote it down; what is merely open names nobody. */
const isSet = (flow: Flow): boolean => flow.evidence.some(({ type }) => type === 'environment');
