/** Small estates for tests: what is not given is unknown, as in a real input. */
import type { CoverageEntry } from '../../../estate/coverage.ts';
import { type Estate, makeEstate } from '../../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../../estate/flow.ts';
import { accountId, id, regionName } from '../../../estate/ids.ts';
import type { Kind, Resource, ResourceOf } from '../../../estate/resource.ts';
import type { Ref, Source } from '../../../estate/source.ts';

const source: Source = { operation: 'test:Build', file: 'test.json', path: '' };

/** A reference to an id. */
export const ref = <K extends Kind>(target: string): Ref<K> => ({ id: id<K>(target), field: 'test' });
export const refs = <K extends Kind>(...targets: readonly string[]): readonly Ref<K>[] => targets.map((t) => ref<K>(t));

/** A resource of a kind; its name is its id. Account 111122223333, region us-east-1. */
export function made<K extends Kind>(
  kind: K,
  name: string,
  fields: Partial<Omit<ResourceOf<K>, 'kind' | 'id'>> = {},
): ResourceOf<K> {
  const base = {
    kind,
    id: id<K>(name),
    name,
    account: accountId('111122223333'),
    region: regionName('us-east-1'),
    tags: {},
    identifier: name,
    networkInterfaces: [],
    source,
    ...fields,
  };
  return base as Resource as ResourceOf<K>;
}

/** Zones a, b, …; a VPC `vpc` with one subnet in each (`subnet-a`), all on one main table `rtb` to an internet gateway `igw`. */
export function network(...letters: readonly string[]): readonly Resource[] {
  return [
    made('vpc', 'vpc'),
    made('internetGateway', 'igw', { vpcs: refs('vpc') }),
    made('routeTable', 'rtb', {
      vpc: ref('vpc'),
      subnets: [],
      gateways: [],
      main: true,
      routes: [route('0.0.0.0/0', { type: 'internetGateway', ref: ref('igw') })],
    }),
    ...letters.flatMap((letter) => [
      made('zone', letter),
      made('subnet', `subnet-${letter}`, { vpc: ref('vpc'), zone: ref(letter) }),
    ]),
  ];
}

type Route = NonNullable<ResourceOf<'routeTable'>['routes']>[number];
export const route = (cidr: string, target: Route['target']): Route => ({
  destination: { type: 'cidr', cidr },
  target,
  state: 'active',
  propagated: false,
  source,
});

export const end = (target: string): FlowEnd => ({ type: 'resource', id: id(target) });
export const INTERNET: FlowEnd = { type: 'internet' };

export function flow(from: FlowEnd, to: FlowEnd, port = 443): Flow {
  const name = (side: FlowEnd): string =>
    side.type === 'resource'
      ? side.id
      : side.type === 'host'
        ? side.host
        : side.type === 'service'
          ? side.service
          : side.type;
  return {
    id: `${name(from)} -> ${name(to)} tcp/${port}`,
    from,
    to,
    protocol: 'tcp',
    ports: { from: port, to: port },
    purpose: 'test',
    evidence: [],
  };
}

export function estate(
  resources: readonly Resource[],
  flows: readonly Flow[] = [],
  entries: readonly CoverageEntry[] = [],
): Estate {
  return makeEstate({
    resources,
    flows,
    coverage: { entries },
    notices: [],
    collectedAt: '2026-01-01T00:00:00.000Z',
  });
}

/** Coverage of operations that were fully read. */
export const read = (...operations: readonly string[]): readonly CoverageEntry[] =>
  operations.map((operation) => ({
    operation,
    account: '111122223333',
    region: 'us-east-1',
    target: '',
    status: 'read',
    file: 'test.json',
  }));
