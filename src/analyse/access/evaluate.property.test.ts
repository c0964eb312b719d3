// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import type { Test } from './conditions/test.ts';
import { evaluate } from './evaluate.ts';
import { ACCOUNT, account, policyArn, roleArn, userArn } from './testing/account.ts';
import { type NaiveCase, type NaiveStatement, naive } from './testing/naive.ts';

const KEYS = ['aws:SourceIp-text', 'aws:PrincipalTag/team', 'app:flag', 'app:count'];
const VALUES = ['a', 'b', 'true', 'false', '5', '10'];
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sqs:SendMessage'];
const RESOURCES = ['arn:aws:s3:::shop/a', 'arn:aws:s3:::shop/b/c', 'arn:aws:s3:::shop'];

const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 2 });
const actions = some(fc.constantFrom(...ACTIONS, 's3:*', '*', 's3:Get*', 'S3:getobject', 's3:?utObject'));
const resources = some(
  fc.constantFrom(
    ...RESOURCES,
    '*',
    'arn:aws:s3:::shop/*',
    'arn:aws:s3:::sh?p/a',
    'arn:aws:s3:::shop/${aws:PrincipalTag/team}',
    'arn:aws:s3:::shop/${app:flag}/c',
  ),
);
const operator = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'Bool',
  'BoolIfExists',
  'Null',
  'NumericLessThan',
  'StringEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringEquals',
  'ForAnyValue:StringNotEquals',
  'ForAllValues:StringNotEquals',
);
const conditions: fc.Arbitrary<NaiveStatement['Condition']> = fc.option(
  fc.dictionary(
    operator,
    fc.dictionary(fc.constantFrom(...KEYS), some(fc.constantFrom(...VALUES, '${app:flag}')), {
      minKeys: 1,
      maxKeys: 2,
    }),
    {
      minKeys: 1,
      maxKeys: 2,
    },
  ),
  { nil: undefined },
);
const statement: fc.Arbitrary<NaiveStatement> = fc
  .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), fc.boolean(), actions, fc.boolean(), resources, conditions)
  .map(([Effect, notAction, action, notResource, resource, Condition]) => ({
    Effect,
    ...(notAction ? { NotAction: action } : { Action: action }),
    ...(notResource ? { NotResource: resource } : { Resource: resource }),
    ...(Condition ? { Condition } : {}),
  }));
const policy = fc.array(statement, { maxLength: 3 });
const principal = fc.constantFrom<NaiveStatement['Principal']>(
  '*',
  { AWS: userArn('alice') },
  { AWS: [roleArn('app'), userArn('bob')] },
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
);
const context = fc.record(
  Object.fromEntries(
    KEYS.map((key) => [
      key,
      fc.option(fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 }), { nil: null }),
    ]),
  ),
);

const cases: fc.Arbitrary<NaiveCase> = fc
  .record({
    identity: fc.array(policy, { maxLength: 2 }),
    boundary: fc.option(policy, { nil: null, freq: 3 }),
    resourcePolicy: fc.array(
      fc.tuple(statement, principal).map(([body, Principal]) => ({ ...body, Principal })),
      { maxLength: 2 },
    ),
    principalType: fc.constantFrom<'user' | 'role'>('user', 'role'),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    context,
  })
  .map((parts) => ({
    ...parts,
    account: ACCOUNT,
    principal: parts.principalType === 'user' ? userArn('alice') : roleArn('app'),
  }));

function answer(test: NaiveCase, known: readonly string[]) {
  const held = {
    inline: Object.fromEntries(test.identity.map((statements, n) => [`p${n}`, statements])),
    boundary: test.boundary ? policyArn('boundary') : null,
  };
  const builder = account().bucket('shop', test.resourcePolicy);
  if (test.boundary) builder.policy(policyArn('boundary'), test.boundary);
  if (test.principalType === 'user') builder.user('alice', held);
  else builder.role('app', [], held);
  const given: Record<string, string[] | null | { anyOf: [] }> = {};
  for (const key of KEYS) given[key] = known.includes(key) ? (test.context[key] ?? null) : { anyOf: [] };
  return evaluate(builder.build(), {
    principal: test.principal,
    action: test.action,
    resource: test.resource,
    context: given,
  });
}

/** Judges a test of a condition by the naive evaluator, through a policy that has nothing else. */
function testHolds(test: Test, of: NaiveCase): boolean {
  const body: NaiveStatement =
    test.operator === 'Resource' || test.operator === 'NotResource'
      ? { Effect: 'Allow', Action: '*', [test.operator]: [...test.values] }
      : {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { [test.operator]: { [test.key]: [...test.values] } },
        };
  return naive({ ...of, identity: [[body]], boundary: null, resourcePolicy: [] });
}

describe('the evaluator, against an independent one', () => {
  it('says the same on random policies when everything is known', () => {
    fc.assert(
      fc.property(cases, (test) => {
        const result = answer(test, KEYS);
        expect(result.conditions).toEqual([]);
        expect(result.verdict).toBe(naive(test) ? 'yes' : 'no');
      }),
      { numRuns: runs(4000) },
    );
  });

  it('is never wrong when keys are not known: a plain yes or no holds whatever they are, and a "yes, if" holds if', () => {
    fc.assert(
      fc.property(cases, fc.subarray(KEYS), (test, known) => {
        const result = answer(test, known);
        const truth = naive(test);
        if (result.verdict === 'no') expect(truth).toBe(false);
        else if (
          result.conditions.every(
            (condition) => condition.tests.every((one) => testHolds(one, test)) === condition.holds,
          )
        )
          expect(truth).toBe(true);
      }),
      { numRuns: runs(4000) },
    );
  });

  it('never turns a no into a yes when the text of a policy is taken away', () => {
    fc.assert(
      fc.property(cases, (test) => {
        const whole = account().user('alice', {
          inline: Object.fromEntries(test.identity.map((statements, n) => [`p${n}`, statements])),
        });
        const partly = account().user('alice', {
          inline: Object.fromEntries(test.identity.map((_, n) => [`p${n}`, undefined])),
        });
        const request = { principal: userArn('alice'), action: test.action, resource: test.resource };
        const before = evaluate(whole.bucket('shop', test.resourcePolicy).build(), request);
        const after = evaluate(partly.bucket('shop', test.resourcePolicy).build(), request);
        if (before.verdict === 'no') expect(after.verdict).not.toBe('yes');
      }),
    );
  });
});
