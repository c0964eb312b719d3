/** Who names a bucket's own host in its settings, and how the settings read with another host. */
import { bucketOfHost } from '../../analyse/buckets/links.ts';
import { byId, type Estate } from '../../estate/estate.ts';
import type { EnvironmentFact } from '../../estate/kinds/compute.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { Resource } from '../../estate/resource.ts';
import { runners } from '../../inventory/flows/runners.ts';
import { isProperties } from '../../inventory/pulumi/recorded.ts';
import type { Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { Effect } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { declaredOf } from './declared.ts';

/** The new host by the bucket's name in lower case: as text, and as the program writes it. */
export type NewHosts = ReadonlyMap<string, { readonly host: string; readonly written: string }>;

export interface Linking {
  readonly resource: Resource;
  /** `MEDIA_BASE_URL`. */
  readonly variables: readonly { readonly name: string; readonly bucket: string }[];
  /** What holds the settings: the definition of a service, a function, an instance or its template. */
  readonly holder: Resource;
}

/** What runs the team's code and is set to a host of one of the buckets. */
export function linking(estate: Estate, buckets: readonly Bucket[]): readonly Linking[] {
  const names = new Set(buckets.map(({ name }) => name.toLowerCase()));
  return runners(estate).flatMap((runner): readonly Linking[] => {
    const variables = runner.settings.flatMap(({ fact }) =>
      bucketsIn(fact)
        .filter((bucket) => names.has(bucket))
        .map((bucket) => ({ name: fact.name, bucket })),
    );
    if (variables.length === 0) return [];
    const holder = runner.taskDefinition ?? holderOf(estate, runner.resource);
    return [{ resource: runner.resource, variables, holder }];
  });
}

function holderOf(estate: Estate, resource: Resource): Resource {
  if (resource.kind !== 'instance' || resource.userData !== undefined) return resource;
  const group = resource.autoScalingGroup && byId(estate, resource.autoScalingGroup.id);
  const template = group?.kind === 'autoScalingGroup' && group.launchTemplate && byId(estate, group.launchTemplate.id);
  return template || resource;
}

const bucketsIn = (fact: EnvironmentFact): readonly string[] =>
  fact.hosts.flatMap(({ host }) => bucketOfHost(host) ?? []);

const facts = (list: readonly EnvironmentFact[] | undefined, hosts: NewHosts): readonly EnvironmentFact[] | undefined =>
  list?.map((fact) => ({
    ...fact,
    hosts: fact.hosts.map((one) => {
      const instead = hosts.get(bucketOfHost(one.host) ?? '');
      return instead ? { host: instead.host, port: undefined, scheme: 'https' } : one;
    }),
  }));

/** What somebody's change of the settings makes of what holds them, in the estate's own terms. */
export function effectOf({ holder }: Linking, hosts: NewHosts): Effect | undefined {
  const { kind, id } = holder;
  switch (holder.kind) {
    case 'taskDefinition':
      return {
        op: 'set',
        kind,
        id,
        fields: {
          containers: holder.containers?.map((one) => ({ ...one, environment: facts(one.environment, hosts) })),
        },
      };
    case 'function':
      return { op: 'set', kind, id, fields: { environment: facts(holder.environment, hosts) } };
    case 'instance':
    case 'launchTemplate':
      return { op: 'set', kind, id, fields: { userData: facts(holder.userData, hosts) } };
    default:
      return undefined;
  }
}

const S3_HOST = /(https?:\/\/)?([a-z0-9][a-z0-9.-]*\.s3(?:-website)?(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?)/gi;

const withHosts = (text: string, hosts: NewHosts): string =>
  text.replace(S3_HOST, (found, scheme: string | undefined, host: string) => {
    const instead = hosts.get(bucketOfHost(host) ?? '');
    return instead ? `${scheme === undefined ? '' : 'https://'}${instead.written}` : found;
  });

export interface Change {
  readonly edit: Update;
  /** Whether the program leaves the settings alone (they hold secrets, or a pipeline deploys), so that a person sets them. */
  readonly byHand: boolean;
}

/**
 * The change of what is declared; undefined where the program does not have it. It is made also where a person sets the
 * value: whatever is made from these settings later has the new address then.
 */
export function changeOf(state: State, { resource, holder }: Linking, hosts: NewHosts): Change | undefined {
  const declared = declaredOf(state, holder);
  if (!declared) return undefined;
  if (holder.kind === 'taskDefinition') {
    const service = declaredOf(state, resource);
    const text = declared.properties.containerDefinitions;
    if (typeof text !== 'string') return undefined;
    return {
      edit: update(declared, { containerDefinitions: withHosts(text, hosts) }),
      byHand: !service || isLeft(service, 'taskDefinition') || isLeft(declared, 'containerDefinitions'),
    };
  }
  if (holder.kind !== 'function') return undefined;
  const { environment } = declared.properties;
  const variables = isProperties(environment) ? environment.variables : undefined;
  if (!isProperties(variables)) return undefined;
  const entries = Object.entries(variables).map(([name, value]) => [
    name,
    typeof value === 'string' ? withHosts(value, hosts) : value,
  ]);
  return {
    edit: update(declared, { environment: { variables: Object.fromEntries(entries) } }),
    byHand: isLeft(declared, 'environment'),
  };
}

const isLeft = ({ adopted }: DeclaredResource, property: string): boolean =>
  adopted?.options.ignoreChanges?.includes(property) === true;

const update = ({ type, name }: DeclaredResource, properties: Update['properties']): Update => ({
  op: 'update',
  type,
  name,
  properties,
});
