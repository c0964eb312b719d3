/**
 * A plan: the estate after its apply. What stands now (`prior_state`) with every change made; what the plan does not touch, for example
 * because of `-target`, stays. https://developer.hashicorp.com/terraform/internals/json-format
 */
import type { Content, Fate, Instance } from './instance.ts';
import { at, isObject, type Json, listAt, objectAt, textAt } from './json.ts';
import { byAddress, identityOf, instancesIn } from './modules.ts';

export function plannedContent(content: Json): Content {
  // of a plan that was cut down to its planned values, what these do not tell is unknown
  const before = isObject(content.prior_state) || Array.isArray(content.resource_changes);
  const prior = instancesIn(at(before ? at(content.prior_state, 'values') : content.planned_values, 'root_module'));
  const changes = listAt(content, 'resource_changes').flatMap((change) => changeOf(change) ?? []);
  const after = new Map<string, Instance>(prior.map((one) => [one.address, one]));
  // first what goes, since another may move to its address
  for (const { identity, previous, deposed, actions } of changes) {
    if (previous !== undefined) after.delete(previous);
    // what is forgotten is managed no longer, and stays in AWS
    if (!actions.includes('forget') || actions.includes('create')) after.delete(deposed ?? identity.address);
  }
  for (const change of changes) {
    const one = afterOf(change);
    if (one !== undefined) after.set(one.address, one);
  }
  return {
    kind: 'plan',
    instances: [...after.values()].toSorted(byAddress),
    before: changes.flatMap((change) => beforeOf(change) ?? []).toSorted(byAddress),
    configuration: objectAt(content, 'configuration'),
    notes: notesOf(content, changes),
  };
}

interface Change {
  readonly identity: Omit<Instance, 'fate' | 'values' | 'unknown' | 'sensitive' | 'line'>;
  readonly previous: string | undefined;
  /** The address of the old object that waits for its end. */
  readonly deposed: string | undefined;
  readonly actions: readonly string[];
  readonly change: Json;
}

function changeOf(change: unknown): Change | undefined {
  const identity = identityOf(textAt(change, 'module_address') ?? '', change);
  if (identity === undefined) return undefined;
  const deposed = textAt(change, 'deposed');
  return {
    identity,
    previous: textAt(change, 'previous_address'),
    deposed: deposed === undefined ? undefined : `${identity.address} (deposed ${deposed})`,
    actions: listAt(at(change, 'change'), 'actions').filter((one): one is string => typeof one === 'string'),
    change: objectAt(change, 'change'),
  };
}

function fateOf({ actions, change }: Change): Fate {
  if (actions.includes('create')) return 'created';
  if (actions.includes('update') || isObject(change.importing)) return 'changes';
  return 'stays';
}

function afterOf(one: Change): Instance | undefined {
  const { identity, actions, change, deposed } = one;
  if (!isObject(change.after) || deposed !== undefined || actions.every((each) => each === 'delete')) return undefined;
  return {
    ...identity,
    fate: fateOf(one),
    values: change.after,
    unknown: change.after_unknown,
    sensitive: change.after_sensitive,
    line: undefined,
  };
}

function beforeOf({ identity, actions, change }: Change): Instance | undefined {
  if (!isObject(change.before) || actions.every((each) => each === 'no-op' || each === 'read' || each === 'forget'))
    return undefined;
  return {
    ...identity,
    fate: 'stays',
    values: change.before,
    unknown: undefined,
    sensitive: change.before_sensitive,
    line: undefined,
  };
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function notesOf(content: Json, changes: readonly Change[]): readonly string[] {
  const drift = listAt(content, 'resource_drift').flatMap((one) => textAt(one, 'address') ?? []);
  const forgotten = changes.filter(({ actions }) => actions.includes('forget'));
  const ours = changes.filter(({ identity }) => identity.mode === 'managed' && identity.type.startsWith('aws_'));
  const created = ours.filter(({ actions }) => actions.includes('create'));
  const deleted = ours.filter(
    ({ actions, deposed }) => deposed === undefined && actions.includes('delete') && !actions.includes('create'),
  );
  return [
    ...(content.errored === true ? ['the plan ended with an error; what it could not plan is not in it'] : []),
    ...(content.complete === false
      ? [
          'the plan does not cover the whole configuration (-target, or changes that wait for another plan); the rest is told as it stands now',
        ]
      : []),
    ...(isRefreshOnly(content, changes) ? ['the plan changes nothing in AWS: it is told what stands there now'] : []),
    ...(created.length > 0
      ? [
          created.length === 1
            ? '1 resource of the plan does not stand yet; its id is made up until the plan is applied'
            : `${created.length} resources of the plan do not stand yet; their ids are made up until the plan is applied`,
        ]
      : []),
    ...(deleted.length > 0
      ? [
          deleted.length === 1
            ? `1 resource will be deleted by the plan and is left out: ${listed(deleted.map(({ identity }) => identity.address))}`
            : `${deleted.length} resources will be deleted by the plan and are left out: ${listed(deleted.map(({ identity }) => identity.address))}`,
        ]
      : []),
    ...(drift.length > 0
      ? [`${some(drift.length, 'resource')} in AWS differ from what Terraform saw at its last run: ${listed(drift)}`]
      : []),
    ...(forgotten.length > 0
      ? [
          forgotten.length === 1
            ? `1 resource will be managed no longer and stays in AWS: ${listed(forgotten.map(({ identity }) => identity.address))}`
            : `${forgotten.length} resources will be managed no longer and stay in AWS: ${listed(forgotten.map(({ identity }) => identity.address))}`,
        ]
      : []),
  ];
}

const isRefreshOnly = (content: Json, changes: readonly Change[]): boolean =>
  isObject(content.prior_state) &&
  changes.every(({ actions }) => actions.every((one) => one === 'no-op' || one === 'read'));

const MOST = 10;

/** Names from the user's file, the first few of them. */
export const listed = (names: readonly string[]): string => {
  const sorted = [...new Set(names)].sort();
  const more = sorted.length - MOST;
  return `${sorted.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};
