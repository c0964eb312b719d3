/**
 * A task definition as Fargate takes it, from one for instances: what changes, and what Fargate does not have.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
import { FARGATE_SIZES } from '../../blueprint/compute/fargate-size.ts';
import type { TaskDefinition } from '../../estate/kinds/compute.ts';
import { isProperties, type Properties } from '../../inventory/pulumi/recorded.ts';
import type { DeclaredResource } from '../world.ts';
import { containersOf, listIn, textIn } from './containers.ts';

export interface Size {
  readonly cpu: number;
  readonly memory: number;
}

/** The smallest pair that Fargate has and that holds what is asked for; undefined when there is none. */
export function sizeFor({ cpu, memory }: Size): Size | undefined {
  const pairs = Object.entries(FARGATE_SIZES).flatMap(([units, memories]) =>
    memories.map((mebibytes) => ({ cpu: Number(units), memory: mebibytes })),
  );
  return pairs.find((pair) => pair.cpu >= cpu && pair.memory >= memory);
}

/** What the containers ask for together; undefined where nothing tells their memory. */
export function askedFor({ cpu, memory, containers }: TaskDefinition): Size | undefined {
  const parts = containers ?? [];
  const sum = (of: (one: (typeof parts)[number]) => number | undefined): number | undefined =>
    parts.reduce<number | undefined>((total, one) => {
      const value = of(one);
      return total === undefined || value === undefined ? undefined : total + value;
    }, 0);
  const asked = memory ?? sum((one) => one.memory);
  return asked === undefined ? undefined : { cpu: cpu ?? sum((one) => one.cpu ?? 0) ?? 0, memory: asked };
}

/** Container settings that Fargate refuses, or that mean something of the machine. */
const NOT_THERE: readonly (readonly [field: string, says: string])[] = [
  ['links', 'calls other containers by link names; on Fargate they are at localhost'],
  ['extraHosts', 'has host names of its own (extraHosts)'],
  ['dnsServers', 'asks DNS servers of its own'],
  ['dnsSearchDomains', 'has DNS search domains of its own'],
  ['dockerSecurityOptions', 'has security options of the machine'],
  ['disableNetworking', 'runs without a network'],
];
const LINUX = ['devices', 'tmpfs', 'sharedMemorySize', 'maxSwap', 'swappiness'];
const LOGS = new Set(['awslogs', 'splunk', 'awsfirelens']);

const isSaid = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false;

/** Why the task cannot run on Fargate as it is; empty when it can. */
export function obstacles(definition: TaskDefinition, declared: DeclaredResource): readonly string[] {
  const written = containersOf(declared);
  if (!written) return ['its containers are not known'];
  const { properties } = declared;
  const volumes = listIn(properties, 'volumes');
  const found = [
    ...((definition.hostVolumes?.length ?? 0) > 0
      ? [`it keeps files on the machine (${definition.hostVolumes?.join(', ')})`]
      : []),
    ...(definition.hostVolumes === undefined ? ['whether it keeps files on the machine is not known'] : []),
    ...(volumes.some((one) => isSaid(one.dockerVolumeConfiguration)) ? ['it has a Docker volume of the machine'] : []),
    ...(isSaid(properties.ipcMode) || isSaid(properties.pidMode) ? ['it shares processes with the machine'] : []),
    ...(textIn(
      isProperties(properties.runtimePlatform) ? properties.runtimePlatform : {},
      'operatingSystemFamily',
    )?.startsWith('WINDOWS')
      ? ['it runs on Windows, which this plan does not move']
      : []),
  ];
  for (const container of written) found.push(...obstaclesOf(container));
  for (const { name, image, privileged, logDriver } of definition.containers ?? []) {
    if (image === undefined) found.push(`the image of ${name} is not known`);
    if (privileged === undefined) found.push(`whether ${name} is privileged is not known`);
    if (/(?:^|\/)docker(?::|$)|:dind|-dind/.test(image ?? '')) found.push(`${name} starts containers itself`);
    if (logDriver && !LOGS.has(logDriver)) found.push(`${name} logs by ${logDriver}, which Fargate does not have`);
  }
  return found;
}

function obstaclesOf(container: Properties): readonly string[] {
  const name = textIn(container, 'name') ?? 'a container';
  const linux = isProperties(container.linuxParameters) ? container.linuxParameters : {};
  return [
    ...NOT_THERE.flatMap(([field, says]) => (isSaid(container[field]) ? [`${name} ${says}`] : [])),
    ...LINUX.flatMap((field) => (isSaid(linux[field]) ? [`${name} has ${field} of the machine`] : [])),
    ...(listIn(container, 'resourceRequirements').some(({ type }) => type === 'GPU') ? [`${name} needs a GPU`] : []),
  ];
}

/** Containers that are privileged today; Fargate has none, so they run without it. */
export const privilegedIn = (definition: TaskDefinition): readonly string[] =>
  (definition.containers ?? []).flatMap(({ name, privileged }) => (privileged === true ? [name] : []));

export interface FargateTask {
  readonly family: string;
  readonly size: Size;
  readonly architecture: 'X86_64' | 'ARM64';
  readonly executionRoleArn: string;
}

/** The arguments of the new definition. What is about machines goes; ports are the containers' own. */
export function fargateTask(
  declared: DeclaredResource,
  { family, size, architecture, executionRoleArn }: FargateTask,
): Properties {
  const { placementConstraints: _constraints, ...kept } = declared.properties;
  const containers = (containersOf(declared) ?? []).map((container): Properties => {
    const { privileged: _privileged, portMappings: _ports, linuxParameters, ...rest } = container;
    const ports = listIn(container, 'portMappings').map(({ hostPort: _host, ...port }) => port);
    return {
      ...rest,
      ...(ports.length === 0 ? {} : { portMappings: ports }),
      ...(isProperties(linuxParameters) ? { linuxParameters: withoutCapabilities(linuxParameters) } : {}),
    };
  });
  return {
    ...kept,
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(size.cpu),
    memory: String(size.memory),
    runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: 'LINUX' },
    executionRoleArn,
    containerDefinitions: JSON.stringify(containers),
  };
}

/** SYS_PTRACE is the one that Fargate gives. */
function withoutCapabilities({ capabilities, ...rest }: Properties): Properties {
  if (!isProperties(capabilities)) return rest;
  const add = Array.isArray(capabilities.add) ? capabilities.add.filter((one) => one === 'SYS_PTRACE') : [];
  return { ...rest, capabilities: { ...capabilities, ...(capabilities.add === undefined ? {} : { add }) } };
}
