/** What a program takes or signs in to by the role it works with now: a role of its own has to be let in there too. */
import { describe, expect, it } from 'vitest';
import type { Edit } from '../edit.ts';
import { type Proven, proveStep } from '../prove.ts';
import { after } from '../state.ts';
import type { Step } from '../step.ts';
import { refusalsOf } from '../testing/databases.ts';
import { shopChanged } from '../testing/examples.ts';
import { contextOf, objections, walk } from '../testing/shop.ts';
import type { Today } from '../today.ts';
import { move as adopt } from './adopt.ts';
import { move } from './service-roles.ts';

const DEV = 'development';
const PARTNER = 'arn:aws:iam::444455556666:role/partner-drop';
const OLD = 'arn:aws:iam::111122223333:role/legacy-dev-task';

const adopted = (today: Today) => walk(today, [[adopt, null]]).state;
const proposed = (today: Today) => move.propose(contextOf(adopted(today), DEV));

function stepsOf(today: Today): readonly Step[] {
  const proposal = proposed(today);
  return proposal.state === 'ready' ? proposal.steps : [];
}

function proven(today: Today, steps: readonly Step[]): readonly Proven[] {
  let state = adopted(today);
  return steps.map((step) => {
    const one = proveStep(state, step);
    state = one.after ?? after(state, { ...step, edits: [] });
    return one;
  });
}

const policyOf = (steps: readonly Step[], name: string): string => {
  const found = steps.flatMap(({ edits }) => edits).find((edit) => edit.name === name);
  return found && 'properties' in found ? String(found.properties.policy) : '';
};

/** The steps with the statements that speak of something taken out of every policy. */
const without = (steps: readonly Step[], action: string): readonly Step[] =>
  steps.map((step) => ({
    ...step,
    edits: step.edits.map((edit): Edit => {
      if (edit.op !== 'create' || typeof edit.properties.policy !== 'string') return edit;
      const document = JSON.parse(edit.properties.policy);
      const Statement = document.Statement.filter(
        ({ Action }: { Action: unknown }) => ![Action].flat().includes(action),
      );
      return { ...edit, properties: { ...edit.properties, policy: JSON.stringify({ ...document, Statement }) } };
    }),
  }));

describe('a role of another account that a setting names', () => {
  const today = shopChanged((responses) => {
    for (const { output } of responses['ecs:DescribeTaskDefinition'] ?? []) {
      const { family, containerDefinitions } = Object(output?.taskDefinition);
      if (family === 'legacy-dev-web')
        containerDefinitions[0].environment.push({ name: 'PARTNER_ROLE_ARN', value: PARTNER });
    }
  });
  const steps = stepsOf(today);

  it('may be taken by the new role, and its owner is asked before', () => {
    expect(policyOf(steps, 'legacy-dev-web-task-policy')).toContain(PARTNER);
    const gates = steps.find(({ id }) => id === 'legacy-dev-web-task-taken-up')?.gate.map(({ check }) => check);
    expect(gates?.[0]).toMatch(/owner of .*partner-drop has written .*role\/legacy-dev-web-task in/);
    expect(proven(today, steps).flatMap(objections)).toEqual([]);
  });

  it('is not proven to let it in when nobody was asked', () => {
    const unasked = steps.map((step) => ({ ...step, gate: [] }));
    expect(proven(today, unasked).flatMap(objections)).toContainEqual(
      expect.stringMatching(/web-task-taken-up: access\?: .*needs sts:AssumeRole on .*partner-drop/),
    );
  });

  it('is not proven to be taken by a role that may not, whoever was asked', () => {
    expect(proven(today, without(steps, 'sts:AssumeRole')).flatMap(objections)).toContainEqual(
      expect.stringMatching(/web-task-taken-up: access\?: .*needs sts:AssumeRole on .*partner-drop/),
    );
  });
});

it('a role of the account that lets the old one in by its name is told of, and the old one stays', () => {
  const today = shopChanged((responses) => {
    const [{ output } = {}] = responses['iam:GetAccountAuthorizationDetails'] ?? [];
    const { RoleDetailList } = Object(output);
    const like = RoleDetailList.find(({ RoleName }: { RoleName: string }) => RoleName === 'legacy-dev-task');
    const trust = { Effect: 'Allow', Principal: { AWS: OLD }, Action: 'sts:AssumeRole' };
    RoleDetailList.push({
      ...like,
      RoleName: 'archive',
      RoleId: 'AROAEXAMPLEARCHIVE001',
      Arn: 'arn:aws:iam::111122223333:role/archive',
      AttachedManagedPolicies: [],
      RolePolicyList: [],
      AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [trust] })),
    });
  });
  const proposal = proposed(today);
  expect(refusalsOf(proposal)).toContainEqual(
    expect.stringMatching(/^archive lets service web in by the name of its present role, legacy-dev-task.*:root/),
  );
  const deleted = stepsOf(today).flatMap(({ edits }) => edits.filter(({ op }) => op === 'delete'));
  expect(deleted.map(({ name }) => name)).not.toContain('legacy-dev-task');
});

describe('a database that takes tokens of IAM', () => {
  const today = shopChanged((responses) => {
    for (const { output } of responses['rds:DescribeDBInstances'] ?? [])
      for (const one of Object(output).DBInstances)
        if (one.DBInstanceIdentifier === 'legacy-dev-mysql') one.IAMDatabaseAuthenticationEnabled = true;
  });
  const steps = stepsOf(today);

  it('lets the new role of each program that reaches it in, to be confirmed', () => {
    expect(policyOf(steps, 'legacy-dev-web-task-policy')).toContain('rds-db:connect');
    expect(proven(today, steps).flatMap(objections)).toEqual([]);
  });

  it('and a new role that it does not let in is not proven', () => {
    expect(proven(today, without(steps, 'rds-db:connect')).flatMap(objections)).toContainEqual(
      expect.stringMatching(/web-task-taken-up: access\?: .*needs rds-db:connect/),
    );
  });
});
