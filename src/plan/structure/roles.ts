/** A role of one workload: who may take it, and what it may do, statement by statement. */

import type { ServiceNeed } from '../../analyse/access/services/needs.ts';
import { ROLE, ROLE_POLICY, serviceRole } from '../../blueprint/declared/service-role.ts';
import { all } from '../../estate/estate.ts';
import { type Create, ref } from '../edit.ts';
import { estateAt, type State } from '../state.ts';
import { adoptable } from '../world.ts';
import { creates } from './creates.ts';
import { slug } from './names.ts';

export { ROLE, ROLE_POLICY };

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export const documentOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** `Seen1` is what the evidence shows; `Confirm2` what it makes likely, for the team to keep or to strike out. */
export const statementsOf = (needs: readonly ServiceNeed[]): readonly Statement[] =>
  needs.map(({ actions, resources, sure }, n) => ({
    Sid: `${sure ? 'Seen' : 'Confirm'}${n + 1}`,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  }));

/** The role, and what it may do as an inline policy: both are there or none. A role without statements may do nothing. */
export function newRole(
  name: string,
  service: 'ecs-tasks.amazonaws.com' | 'lambda.amazonaws.com',
  description: string,
  statements: readonly Statement[],
): readonly Create[] {
  const may = statements.length === 0 ? undefined : statements.map((one) => ({ ...one }));
  return creates(serviceRole(name, { service, description, may }));
}

export const roleArn = (name: string): string => ref({ type: ROLE, name }, 'arn');

/** Begins the names of what belongs to a workload: with the environment's stem, once. */
export const baseName = (stem: string, name: string): string => {
  const own = slug(name);
  return own === stem || own.startsWith(`${stem}-`) ? own : `${stem}-${own}`;
};

/** `name`, or with a number where something of the type has it already, in the program or in the account. */
export function freeName(state: State, types: readonly string[], name: string): string {
  const kinds = new Set(types);
  const taken = new Set(
    [...adoptable(state.world.today).values(), ...state.world.declared.values()].flatMap((one) =>
      kinds.has(one.type) ? [one.name, one.inputs.name, one.inputs.family] : [],
    ),
  );
  const estate = estateAt(state);
  if (kinds.has(ROLE)) for (const role of all(estate, 'role')) taken.add(role.name);
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
