import type { Container, EnvironmentFact, TaskDefinition } from '../../estate/kinds/compute.ts';
import { factOfReference, factsOfAll, variable } from '../environment.ts';
import { allStrings } from '../fields.ts';
import { nameOfArn, partitionOf, roleArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, everyItem, idOf } from '../reading.ts';

/** Variables, secrets and environment files of a container; undefined when the variables were not told. */
function environmentOf(item: Item): readonly EnvironmentFact[] | undefined {
  const written = allOf(allItems(item, 'environment'), (one) => variable(one.string('name'), one.string('value')));
  if (!written) return undefined;
  // AWS leaves these two out where there are none
  const secrets = (item.items('secrets') ?? []).flatMap((one) => {
    const [name, valueFrom] = [one.string('name'), one.string('valueFrom')];
    return name === undefined ? [] : [factOfReference(name, valueFrom ?? '')];
  });
  const files = (item.items('environmentFiles') ?? []).flatMap((one): EnvironmentFact[] => {
    const file = one.string('value');
    return file === undefined ? [] : [{ ...factOfReference('environment file', file), credential: 'none' }];
  });
  return [...factsOfAll(written), ...secrets, ...files];
}

function portsOf(item: Item): Container['ports'] {
  return allOf(allItems(item, 'portMappings'), (one) => {
    const containerPort = one.number('containerPort');
    if (containerPort === undefined) return undefined;
    return { containerPort, hostPort: one.number('hostPort'), protocol: one.string('protocol') ?? 'tcp' };
  });
}

/** Only the awslogs driver writes to a group of CloudWatch Logs. */
function logGroupOf(item: Item): Pick<Container, 'logGroup'> {
  const log = item.item('logConfiguration');
  const logGroup = log?.string('logDriver') === 'awslogs' ? log.item('options')?.string('awslogs-group') : undefined;
  return logGroup === undefined ? {} : { logGroup };
}

function container(item: Item): Container {
  return {
    name: item.string('name') ?? 'unnamed',
    image: item.string('image'),
    cpu: item.number('cpu'),
    memory: item.number('memory') ?? item.number('memoryReservation'),
    essential: item.boolean('essential'),
    privileged: item.boolean('privileged') ?? (item.has('privileged') ? undefined : false),
    ports: portsOf(item),
    environment: environmentOf(item),
    logDriver: item.has('logConfiguration') ? item.item('logConfiguration')?.string('logDriver') : null,
    ...logGroupOf(item),
    links: item.has('links') ? allStrings(item, 'links') : [],
  };
}

/** Containers of a definition; undefined as a whole when one was not understood. */
function containersOf(item: Item): TaskDefinition['containers'] {
  const containers = everyItem(item, 'containerDefinitions');
  const known = containers?.filter((one) => one !== undefined);
  return known && known.length === containers?.length ? known.map(container) : undefined;
}

/** Task definitions that were described. One that a service names and nobody described stays a dangling reference. */
export const reader: Reader = {
  name: 'task-definition',
  kinds: ['taskDefinition'],
  operations: ['ecs:DescribeTaskDefinition'],
  read: (answers) =>
    answers.bodies('ecs:DescribeTaskDefinition').flatMap(({ item: body }): TaskDefinition[] => {
      const item = body.item('taskDefinition');
      if (!item) return [];
      const arn = idOf(item, 'taskDefinitionArn');
      const { account, region } = item.context;
      // AWS leaves the field out of a definition without the role; a field of the wrong type stays unknown
      const role = (field: string): TaskDefinition['taskRole'] =>
        item.ref(field, (name) => roleArn(account, name, partitionOf(region))) ??
        (item.has(field) && item.value[field] !== '' ? undefined : null);
      return [
        {
          kind: 'taskDefinition',
          ...base('taskDefinition', item, { id: arn, name: nameOfArnWithRevision(arn), arn }, body.tags('tags')),
          family: item.string('family'),
          revision: item.number('revision'),
          networkMode: item.string('networkMode'),
          compatibilities: allStrings(
            item,
            item.has('compatibilities') ? 'compatibilities' : 'requiresCompatibilities',
          ),
          cpu: item.number('cpu'),
          memory: item.number('memory'),
          taskRole: role('taskRoleArn'),
          executionRole: role('executionRoleArn'),
          architecture: item.item('runtimePlatform')?.string('cpuArchitecture'),
          containers: containersOf(item),
          hostVolumes: allItems(item, 'volumes')?.flatMap((one) => one.item('host')?.string('sourcePath') ?? []),
        },
      ];
    }),
};

/** `family:revision`, as people name it. */
const nameOfArnWithRevision = (arn: string): string => /task-definition\/([^/]+)$/.exec(arn)?.[1] ?? nameOfArn(arn);
