/** What the rules about people say in the cases that their two examples do not show. */
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf, join } from '../../example.ts';
import { type Person, people } from '../../examples/people.ts';
import { callerAnswer } from '../../examples/records.ts';
import { policy, roleAnswer, roleArn } from '../../examples/roles.ts';
import type { Example, Rule } from '../../rule.ts';
import { runRule } from '../../run.ts';
import { rule as literal } from '../services/literal-credentials.ts';
import { rule as machine } from '../services/machine-as-user.ts';
import { rule as mfa } from './mfa-not-enforced.ts';
import { rule as administrator } from './person-is-administrator.ts';
import { rule as unused } from './user-unused.ts';

function told(rule: Rule, example: Example): readonly (readonly [state: string, severity: string, claim: string])[] {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return runRule(rule, assemble(entries, notices, collectedAt)).map(({ state, severity, claim }) => [
    state,
    severity,
    claim,
  ]);
}
const [seen, everything] = ['2026-01-30T08:00:00Z', { Effect: 'Allow', Action: '*', Resource: '*' }];
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const ada = (more: Partial<Person>): Person => ({
  name: 'ada',
  console: true,
  mfa: true,
  passwordLastUsed: seen,
  ...more,
});
const key = { id: 'AKIAIOSFODNN7EXAMPLE', created: '2025-12-01T00:00:00Z', lastUsed: seen };

const power = (condition: object, allowed: object): Example =>
  join(
    people([ada({ inline: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn('power'), ...allowed }] })]),
    roleAnswer({
      Path: '/',
      RoleName: 'power',
      Arn: roleArn('power'),
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
        ...condition,
      }),
      RolePolicyList: [{ PolicyName: 'all', PolicyDocument: policy(everything) }],
      AttachedManagedPolicies: [],
      Tags: [],
    }),
  );

describe('person-is-administrator', () => {
  it('is milder when a second factor is asked for', () => {
    expect(told(administrator, people([ada({ inline: [everything] })]))).toEqual([
      ['fail', 'high', 'ada is an administrator by the policy “own”'],
    ]);
    expect(told(administrator, people([ada({ inline: [{ ...everything, ...withMfa }] })]))).toEqual([
      ['fail', 'medium', 'ada is an administrator by the policy “own”, once signed in with a second factor'],
    ]);
  });
  it('passes a role that is taken with a second factor, and fails one that is taken without', () => {
    expect(told(administrator, power(withMfa, {})).map(([state]) => state)).toEqual(['pass']);
    expect(told(administrator, power({}, withMfa)).map(([state]) => state)).toEqual(['pass']);
    expect(told(administrator, power({}, {}))).toEqual([
      ['fail', 'high', 'ada is an administrator in effect: it can assume the role “power”'],
    ]);
  });
  it('leaves programs to machine-as-user, which is graver when they are administrators', () => {
    const bot = people([{ name: 'bot', keys: [key], inline: [everything] }]);
    expect(told(administrator, bot).map(([state]) => state)).toEqual(['notApplicable']);
    expect(told(machine, bot)).toEqual([
      [
        'fail',
        'high',
        'bot is a program, not a person, and an administrator by the policy “own”: it never signs in and has an active key',
      ],
    ]);
    expect(told(machine, people([{ name: 'bot', keys: [key] }])).map(([, severity]) => severity)).toEqual(['medium']);
  });
  it('is low for somebody who has nothing to come in with', () => {
    expect(
      told(administrator, people([{ name: 'gone', inline: [everything] }])).map(([, severity]) => severity),
    ).toEqual(['low']);
  });
});

describe('mfa-not-enforced', () => {
  const deny = (operator: string) => ({
    Effect: 'Deny',
    NotAction: ['iam:EnableMFADevice', 'iam:CreateVirtualMFADevice'],
    Resource: '*',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  });
  const account = (more: Partial<Person>) => join(callerAnswer(), people([ada({ inline: [everything], ...more })]));
  it('tells keys from passwords: Bool lets a key through, and that matters only to who has one', () => {
    const bool = [everything, deny('Bool')];
    expect(told(mfa, account({ inline: bool })).map(([state]) => state)).toEqual(['pass']);
    expect(told(mfa, account({ inline: bool, keys: [key] }))).toEqual([
      ['fail', 'medium', 'the policy that asks ada for a second factor lets access keys work without it'],
    ]);
    const both = [everything, deny('BoolIfExists')];
    expect(told(mfa, account({ inline: both, keys: [key] })).map(([state]) => state)).toEqual(['pass']);
  });
});

describe('user-unused', () => {
  it('does not call somebody unused while the last use of a key is not known', () => {
    const { 'iam:GetAccessKeyLastUsed': _, ...rest } = people([
      ada({ passwordLastUsed: '2023-01-01T00:00:00Z', keys: [key] }),
    ]);
    expect(told(unused, rest).map(([state]) => state)).toEqual(['unknown']);
  });
  it('passes who uses a key, however old the last sign-in', () => {
    const used = people([ada({ passwordLastUsed: '2023-01-01T00:00:00Z', keys: [key] })]);
    expect(told(unused, used).map(([state]) => state)).toEqual(['pass']);
  });
});

it('no value of a credential is in what literal-credentials says', () => {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(literal.examples.bad));
  const text = JSON.stringify(runRule(literal, assemble(entries, notices, collectedAt)));
  expect(text).toContain('DB_PASSWORD');
  expect(text).not.toContain('plaintext-password');
});
