/**
 * What Pulumi's engine would do from one step of a program to the next, told from the two recordings alone; and what of it
 * must not be done.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RecordedResource } from '../inventory/pulumi/recorded.ts';
import { replaces, STATEFUL } from '../plan/replacement.ts';

export interface Operation {
  readonly op: 'create' | 'import' | 'update' | 'replace' | 'delete';
  readonly type: string;
  readonly name: string;
  /** Arguments that change. */
  readonly properties: readonly string[];
  /** Why it is a replacement. */
  readonly because?: string;
}

/** What answers requests or carries them: replacing it cuts somebody off for as long as it takes. */
const SERVING: ReadonlySet<string> = new Set([
  'aws:lb/loadBalancer:LoadBalancer',
  'aws:lb/listener:Listener',
  'aws:lb/targetGroup:TargetGroup',
  'aws:ecs/service:Service',
  'aws:ecs/cluster:Cluster',
  'aws:lambda/function:Function',
  'aws:cloudfront/distribution:Distribution',
  'aws:route53/record:Record',
  'aws:route53/zone:Zone',
  'aws:autoscaling/group:Group',
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/subnet:Subnet',
  'aws:ec2/vpc:Vpc',
  'aws:ec2/route:Route',
  'aws:ec2/securityGroup:SecurityGroup',
  'aws:iam/role:Role',
]);

export const isServing = (type: string): boolean => SERVING.has(type);
export const isStateful = (type: string): boolean => STATEFUL.has(type);

/** Types each change of which is a new revision beside the old one, which goes on serving. */
const REVISED = 'aws:ecs/taskDefinition:TaskDefinition';

/** Whether a change makes a new revision: a replacement by its name, and none by what it does. */
export const revises = (type: string, property: string): boolean =>
  type === REVISED && !['tags', 'tagsAll', 'skipDestroy', 'trackLatest'].includes(property);

const keyOf = ({ type, name }: RecordedResource): string => `${type}::${name}`;

/** In the order of the resources of the later recording; deletions last. */
export function operations(
  before: readonly RecordedResource[],
  after: readonly RecordedResource[],
): readonly Operation[] {
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const still = new Set(after.map(keyOf));
  return [
    ...after.flatMap((one) => operationOn(known.get(keyOf(one)), one)),
    ...before
      .filter((one) => !still.has(keyOf(one)))
      .map(({ type, name }): Operation => ({ op: 'delete', type, name, properties: [] })),
  ];
}

function operationOn(before: RecordedResource | undefined, after: RecordedResource): readonly Operation[] {
  const { type, name, options } = after;
  if (before === undefined)
    return [{ op: options.importId === undefined ? 'create' : 'import', type, name, properties: [] }];
  const ignored = new Set(options.ignoreChanges ?? []);
  const properties = [...new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])]
    .filter((key) => !ignored.has(key) && !isDeepStrictEqual(before.inputs[key], after.inputs[key]))
    .sort();
  if (properties.length === 0) return [];
  const forced = properties.find((property) => revises(type, property) || replaces(type, property) !== undefined);
  if (forced === undefined) return [{ op: 'update', type, name, properties }];
  const because = revises(type, forced) ? 'every change is a new revision' : (replaces(type, forced) ?? '');
  return [{ op: 'replace', type, name, properties, because: `${forced}: ${because}` }];
}
