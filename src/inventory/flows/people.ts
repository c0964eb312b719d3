/**
 * The people's way in, as far as it can be guessed: what is open now, and of a kind that people use. Nobody said that
 * it is used, so the evidence is weak and says so.
 */
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Protocol } from '../../estate/flow.ts';
import type { Instance } from '../../estate/kinds/compute.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Source } from '../../estate/source.ts';
import { type Draft, draft, evidence, type Ports, port, toResource } from './make.ts';
import { type Opening, openPorts } from './open-ports.ts';
import { portsOfResource } from './ports.ts';

/** A group that opens every port makes no Windows server: remote desktop needs a rule of its own to count. */
const WAYS = [
  { number: 22, name: 'SSH', narrowOnly: false },
  { number: 3389, name: 'remote desktop', narrowOnly: true },
] as const;

const WEAK = 'it is open now; that somebody uses it is a guess';

export const fromPeople = (estate: Estate): readonly Draft[] => [
  ...all(estate, 'instance').flatMap((instance) => [...bySsh(estate, instance), ...bySessionManager(instance)]),
  ...all(estate, 'database').flatMap((database) => byClient(estate, database)),
  ...all(estate, 'ecsService').flatMap((service) =>
    service.executeCommand === true
      ? [way(service, undefined, 'any', null, 'ECS Exec', `ECS Exec is on for ${service.name}`, service.source)]
      : [],
  ),
];

function bySsh(estate: Estate, instance: Instance): readonly Draft[] {
  if (instance.state === 'terminated' || !hasPublicAddress(estate, instance)) return [];
  return WAYS.flatMap(({ number, name, narrowOnly }) =>
    openings(estate, instance, number, name, (opening) => !narrowOnly || opening.isNarrow),
  );
}

const hasPublicAddress = (estate: Estate, instance: Instance): boolean =>
  typeof instance.publicAddress === 'string' ||
  (instance.networkInterfaces ?? []).some((ref) => find(estate, ref)?.hasPublicAddress === true);

function bySessionManager(instance: Instance): readonly Draft[] {
  if (instance.managedBySsm !== true) return [];
  const detail = `Systems Manager manages ${instance.name}, so that Session Manager may open a shell`;
  return [way(instance, undefined, 'any', null, 'Session Manager', detail, instance.source)];
}

function byClient(estate: Estate, database: Database): readonly Draft[] {
  if (database.publiclyAccessible !== true) return [];
  return portsOfResource(estate, database).flatMap((number) => openings(estate, database, number, 'a database client'));
}

function openings(
  estate: Estate,
  resource: Instance | Database,
  number: number,
  name: string,
  counts: (opening: Opening) => boolean = () => true,
): readonly Draft[] {
  const open = (openPorts(estate, resource.securityGroups, number) ?? []).filter(counts);
  // One flow for all rules: where one of them lets everybody in, the blocks of the others say nothing more.
  const everybody = open.some((opening) => opening.cidrs === undefined);
  const cidrs = everybody ? undefined : [...new Set(open.flatMap((opening) => opening.cidrs ?? []))].sort();
  return open.map((opening) =>
    way(resource, cidrs, 'tcp', port(number), name, detailOf(opening, number), opening.source),
  );
}

const detailOf = (opening: Opening, number: number): string =>
  `security group ${opening.group} admits ${opening.written} to port ${number}`;

const way = (
  to: Resource,
  cidrs: readonly string[] | undefined,
  protocol: Protocol,
  ports: Ports,
  name: string,
  detail: string,
  source: Source,
): Draft =>
  draft(
    cidrs === undefined ? { type: 'people' } : { type: 'people', cidrs },
    toResource(to),
    protocol,
    ports,
    `people may come in by ${name}`,
    evidence('open', `${detail}; ${WEAK}`, source),
  );
