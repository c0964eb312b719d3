/**
 * What a workload's own role has to allow: what the evidence shows, and what its settings name by a bare name, which the
 * estate does not keep and the program does.
 */
import { needsOf, type ServiceNeed } from '../../analyse/access/services/needs.ts';
import { FUNCTION_IN_VPC, SKELETONS } from '../../analyse/access/services/skeletons.ts';
import { type Workload, workloads } from '../../analyse/workloads/workloads.ts';
import { all, type Estate, memoised } from '../../estate/estate.ts';
import { outsideFunctions } from './outside-functions.ts';

const NAMED = ['bucket', 'table', 'queue', 'topic'] as const;
const SERVICE = { bucket: 's3', table: 'dynamodb', queue: 'sqs', topic: 'sns' } as const;

/** ARNs by name, as far as a name is of one thing only. */
const byName = memoised((estate) => {
  const found = new Map<string, { readonly service: string; readonly arn: string } | null>();
  for (const kind of NAMED)
    for (const one of all(estate, kind)) {
      const arn = kind === 'bucket' ? `arn:aws:s3:::${one.name}` : (one.arn ?? one.id);
      found.set(one.name, found.has(one.name) ? null : { service: SERVICE[kind], arn });
    }
  return found;
});

export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** `SESSIONS_TABLE=sessions`: a value that is the name of a table, a bucket, a queue or a topic of the account. */
export const namedNeeds = (estate: Estate, settings: readonly Setting[]): readonly ServiceNeed[] =>
  settings.flatMap(({ name, value }) => {
    const thing = byName(estate).get(value);
    return thing
      ? (SKELETONS[thing.service] ?? []).map(({ actions, on, doubt }) => ({
          actions,
          resources: on.map((suffix) => thing.arn + suffix),
          sure: false,
          because: `${name} is ${value}; ${doubt}`,
        }))
      : [];
  });

/** By what runs and for what; a service has two. */
export const workloadOf = (estate: Estate, id: string, use: Workload['use']): Workload | undefined =>
  workloads(estate).find((workload) => workload.id === id && workload.use === use);

/** A function that uses what stands in a VPC will have to stand there too, and needs interfaces then. */
const inVpcSoon = (estate: Estate, id: string): readonly ServiceNeed[] =>
  outsideFunctions(estate, (one) => one.id === id).found.length === 0
    ? []
    : [{ actions: FUNCTION_IN_VPC, resources: ['*'], sure: true, because: 'it uses what stands in a VPC' }];

export function needsOfRole(estate: Estate, workload: Workload, settings: readonly Setting[]): readonly ServiceNeed[] {
  const needs = [
    ...needsOf(estate, workload),
    ...namedNeeds(estate, settings),
    ...(workload.use === 'function' ? inVpcSoon(estate, workload.id) : []),
  ];
  return [...new Map(needs.map((need) => [`${need.actions.join()} ${need.resources.join()}`, need])).values()];
}
