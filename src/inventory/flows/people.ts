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
import { openness, type Question } from './open-ports.ts';
import { portsOfResource } from './ports.ts';

/** A group that opens every port makes no Windows server: remote desktop needs a rule of its own to count. */
const WAYS = [
  { port: 22, name: 'SSH', narrowOnly: false },
  { port: 3389, name: 'remote desktop', narrowOnly: true },
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
  return WAYS.flatMap(({ name, ...question }) => throughGroups(estate, instance, question, name));
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
  return portsOfResource(estate, database).flatMap((number) =>
    throughGroups(estate, database, { port: number }, 'a database client'),
  );
}

function throughGroups(
  estate: Estate,
  resource: Instance | Database,
  question: Question,
  name: string,
): readonly Draft[] {
  const open = openness(estate, resource.securityGroups, question);
  return (open?.by ?? []).map(({ group, written, source }) => {
    const detail = `security group ${group} admits ${written} to port ${question.port}`;
    return way(resource, open?.cidrs, 'tcp', port(question.port), name, detail, source);
  });
}

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
