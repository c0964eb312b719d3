/** What changes without anybody changing it: counts that follow the load, states, last uses, who is primary. */
import type { Kind, Resource } from '../../estate/resource.ts';

/** Kinds that services make and throw away by themselves; their number follows the load. */
const COMES_AND_GOES: ReadonlySet<Kind> = new Set<Kind>(['ecsTask', 'containerInstance', 'networkInterface']);

/** Not the team's: tasks, their interfaces, the machines of a group. */
export const isPassing = (resource: Resource): boolean =>
  COMES_AND_GOES.has(resource.kind) ||
  (resource.kind === 'instance' && resource.autoScalingGroup !== null && resource.autoScalingGroup !== undefined);

const FIELDS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  accessKey: ['lastUsed', 'lastUsedService', 'lastUsedRegion'],
  account: ['rootLastUsed'],
  autoScalingGroup: ['desired', 'instances'],
  // after a failover: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html
  database: ['status', 'zone', 'secondaryZone', 'allocatedStorage'],
  databaseCluster: ['members'],
  cache: ['nodes'],
  ecsService: ['desired', 'running'],
  role: ['lastUsed'],
  secret: ['lastUsed'],
  table: ['sizeBytes', 'readCapacity', 'writeCapacity'],
  targetGroup: ['targets'],
  user: ['passwordLastUsed'],
};

/** Whether AWS, the load or the use of a thing changes the field, and not the team. */
export const isByAws = (kind: Kind, field: string): boolean => FIELDS[kind]?.includes(field) ?? false;
