/** The resources of a stack, as Pulumi shows them to a policy, as a recording: told by the provider, or planned by it. */
import type { PolicyResource } from '@pulumi/policy';
import { stateOf } from '../inventory/pulumi/made/index.ts';
import {
  type Properties,
  plain,
  type RecordedResource,
  type Recording,
  type Value,
} from '../inventory/pulumi/recorded.ts';
import { homeOf, type Placed, placesOf } from '../inventory/pulumi/stack/places.ts';
import { ownerOf } from '../inventory/pulumi/stack/state.ts';
import { propertiesOf } from './values.ts';

/** What of a resource is read here: all of it by name, for nothing else of it is known to be safe to read. */
export type Seen = Pick<PolicyResource, 'type' | 'name' | 'urn' | 'props' | 'opts' | 'provider' | 'parent'>;

/** Used where nothing tells; in AWS's documentation this account is nobody's. */
const ANY = { account: '111122223333', region: 'us-east-1' } as const;

interface Read extends Placed {
  readonly seen: Seen;
  /** Made up where the resource is not there yet. */
  readonly isNew: boolean;
}

const isAws = ({ type }: { readonly type: string }): boolean => type.startsWith('aws:');

function read(seen: Seen): Read {
  const properties = propertiesOf(seen.props);
  const id = properties.id;
  return {
    seen,
    type: seen.type,
    id: typeof id === 'string' ? id : '',
    isNew: typeof id !== 'string' || id === '',
    provider: seen.provider?.urn,
    properties,
  };
}

export function recordingOf(resources: readonly Seen[], scope: 'account' | 'stack'): Recording {
  const all = resources.map(read);
  const providers = new Map<string, Properties>();
  for (const { provider } of resources) if (provider) providers.set(provider.urn, propertiesOf(provider.props));
  const told = placesOf(all.filter(isAws), providers);
  const home = homeOf(all.filter(isAws).map(told));
  const or = (one: string, other: string, any: string): string =>
    [one, other, any].find((each) => each !== 'unknown') ?? any;
  const addresses = new Set<string>();
  const recorded = all.map((one): RecordedResource => {
    const place = told(one);
    const account = or(place.account, home.account, ANY.account);
    const region = or(place.region, home.region, ANY.region);
    return resource(one, { account, region }, addresses);
  });
  const { project, stack } = ownerOf(resources[0]?.urn);
  return {
    folder: project,
    keptBy: `the Pulumi stack ${project}/${stack}`,
    project,
    stack,
    place: {
      account: or(home.account, ANY.account, ANY.account),
      region: or(home.region, ANY.region, ANY.region),
      assumed: [],
    },
    ...(scope === 'stack'
      ? { partial: 'a stack tells of itself and of nothing else in the account', others: true }
      : {}),
    resources: recorded,
    invokes: [],
    outputs: {},
    problems: [],
  };
}

function resource(
  { seen, id, isNew, properties }: Read,
  place: RecordedResource['place'],
  addresses: Set<string>,
): RecordedResource {
  const custom = isAws(seen) || seen.provider !== undefined;
  const made = isNew && custom ? madeOf(seen, properties, place, addresses) : undefined;
  return {
    urn: seen.urn,
    type: seen.type,
    name: seen.name,
    kind: 'declared',
    parent: seen.parent?.urn,
    custom,
    remote: false,
    id: custom ? (made?.id ?? id) : '',
    inputs: properties,
    outputs: { ...made?.outputs, ...(made === undefined ? properties : known(properties)) },
    dependencies: [],
    propertyDependencies: {},
    options: {
      ...(seen.opts.protect ? { protect: true } : {}),
      // what stands already is not new: AWS's defaults of today do not hold for it
      ...(custom && !isNew ? { importId: id } : {}),
    },
    position: undefined,
    told: 'whole',
    place,
  };
}

/** The id of what is not there yet, in AWS's form: nothing refers to it, and findings can name it. */
function madeOf(seen: Seen, properties: Properties, place: RecordedResource['place'], addresses: Set<string>) {
  const inputs = known(properties);
  const partition = place.region.startsWith('cn-')
    ? 'aws-cn'
    : place.region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return stateOf({ ...seen, ...place, partition, inputs, defaultTags: {}, importId: undefined, addresses });
}

/** Without what is not known, at the top: an unknown must not hide what is made up for it. */
const known = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([, value]: readonly [string, Value]) => plain(value) !== undefined),
  );
