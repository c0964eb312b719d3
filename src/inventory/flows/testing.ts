/** Small estates for the tests of this room. Not part of the product. */
import { type Estate, makeEstate } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { EcsService, EnvironmentFact, TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Kind, Resource, ResourceOf } from '../../estate/resource.ts';
import type { Ref } from '../../estate/source.ts';
import { ACCOUNT, REGION } from '../testing.ts';

/** A resource with the fields that a test is about; everything else is unknown. */
export const some = <K extends Kind>(kind: K, id: string, fields: object = {}): ResourceOf<K> =>
  ({
    kind,
    id,
    name: id,
    account: ACCOUNT,
    region: REGION,
    tags: undefined,
    source: { operation: 'test:Make', file: 'test.json', path: `/${id}` },
    ...fields,
  }) as object as ResourceOf<K>;

export const ref = <K extends Kind>(id: string): Ref<K> => ({ id: id as Id<K>, field: 'x' });

export const estateOf = (...resources: readonly Resource[]): Estate =>
  makeEstate({ resources, coverage: { entries: [] }, flows: [], notices: [], collectedAt: undefined });

export const fact = (name: string, ...hosts: readonly string[]): EnvironmentFact => ({
  name,
  hosts: hosts.map((host) => ({ host, port: undefined, scheme: undefined })),
  arns: [],
  credential: 'none',
  accessKeyId: undefined,
  valueFrom: undefined,
});

export const arn = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** A service `shop/web` with one container `web` on port 8080. */
export function webService(
  environment: readonly EnvironmentFact[],
  fields: object = {},
  definition: object = {},
): readonly [EcsService, TaskDefinition] {
  const id = arn('ecs', 'task-definition/web:1');
  return [
    some('ecsService', arn('ecs', 'service/shop/web'), {
      name: 'web',
      cluster: ref(arn('ecs', 'cluster/shop')),
      taskDefinition: ref(id),
      ...fields,
    }),
    some('taskDefinition', id, {
      networkMode: 'awsvpc',
      containers: [{ name: 'web', environment, ports: [{ containerPort: 8080, hostPort: 0, protocol: 'tcp' }] }],
      ...definition,
    }),
  ];
}
