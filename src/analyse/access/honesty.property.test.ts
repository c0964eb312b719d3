// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { type Estate, makeEstate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { administrators } from './administrators/administrators.ts';
import { evaluate } from './evaluate.ts';
import { mfaEnforcement } from './people/enforcement.ts';
import { ACCOUNT, account, allow, awsPolicy, deny, policyArn, roleArn, trusting, userArn } from './testing/account.ts';

const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const mfa = { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } };

const statement = fc.constantFrom<object>(
  allow('*'),
  allow('s3:*'),
  allow('iam:*'),
  allow('iam:PutUserPolicy', userArn('${aws:username}')),
  allow('iam:AttachRolePolicy'),
  allow('sts:AssumeRole', roleArn('*')),
  allow(['lambda:UpdateFunctionCode', 'iam:CreateAccessKey']),
  allow('iam:PassRole'),
  allow(['ec2:RunInstances', 'lambda:*']),
  { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
  deny('*', '*', mfa),
  deny('iam:*'),
  deny('s3:GetObject'),
);
const statements = fc.array(statement, { maxLength: 3 });
const boundary = fc.constantFrom(null, policyArn('wide'), policyArn('narrow'));
const trust = fc.constantFrom<object>(
  trusting(root),
  trusting({ AWS: userArn('alice') }),
  trusting({ Service: 'lambda.amazonaws.com' }),
  trusting({ Service: 'ec2.amazonaws.com' }),
);

const ingredients = {
  alice: statements,
  bob: statements,
  app: statements,
  power: statements,
  group: statements,
  own: statements,
  boundary,
  trust,
  powerTrust: trust,
  bucket: fc.constantFrom(null, { ...deny('s3:*'), Principal: '*' }, { ...allow('s3:*'), Principal: root }),
};
const recipes = fc.record(ingredients);
type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

const cook = (recipe: Recipe): Estate =>
  account()
    .policy(policyArn('wide'), allow('*'))
    .policy(policyArn('narrow'), allow('s3:*'))
    .policy(policyArn('own'), recipe.own)
    .group('team', { inline: { p: recipe.group } })
    .user('alice', { inline: { p: recipe.alice }, groups: ['team'], boundary: recipe.boundary })
    .user('bob', { inline: { p: recipe.bob }, attached: [policyArn('own')] })
    .role('app', recipe.trust, { inline: { p: recipe.app } })
    .role('power', recipe.powerTrust, { inline: { p: recipe.power }, attached: [awsPolicy('IAMReadOnlyAccess')] })
    .lambda('web', 'power')
    .bucket('shop', recipe.bucket)
    .build();

/** Fields that a reader may not have been told. */
const FIELDS: Readonly<Partial<Record<Resource['kind'], readonly string[]>>> = {
  user: ['groups', 'attachedPolicies', 'inlinePolicies', 'boundary', 'consoleAccess', 'mfa', 'tags'],
  group: ['attachedPolicies', 'inlinePolicies'],
  role: ['attachedPolicies', 'inlinePolicies', 'boundary', 'trust', 'tags'],
  policy: ['document'],
  bucket: ['policy'],
  account: ['organization'],
};

function forget(estate: Estate, choice: number): Estate {
  const options = estate.resources.flatMap((resource) =>
    (FIELDS[resource.kind] ?? []).map((field) => ({ resource, field })),
  );
  const chosen = options[choice % options.length];
  return makeEstate({
    ...estate,
    resources: estate.resources.map((resource) =>
      resource === chosen?.resource ? { ...resource, [chosen.field]: undefined } : resource,
    ),
  });
}

/** The listing itself and everything it listed. */
function forgetKind(estate: Estate, kind: Resource['kind'], operations: readonly string[]): Estate {
  return makeEstate({
    ...estate,
    resources: estate.resources.filter((resource) => resource.kind !== kind),
    coverage: { entries: estate.coverage.entries.filter((entry) => !operations.includes(entry.operation)) },
  });
}

const requests = fc.record({
  principal: fc.constantFrom(userArn('alice'), userArn('bob'), roleArn('app')),
  action: fc.constantFrom('s3:GetObject', 'iam:CreateUser', 'sts:AssumeRole', 'iam:PutUserPolicy'),
  resource: fc.constantFrom('arn:aws:s3:::shop/a', userArn('alice'), roleArn('power')),
});

const opposite = { yes: 'no', no: 'yes' } as const;

describe('what is taken from the input turns answers to unknown, never into their opposite', () => {
  it('an answer about access', () => {
    fc.assert(
      fc.property(recipes, fc.nat(), requests, (recipe, choice, request) => {
        const estate = cook(recipe);
        const before = evaluate(estate, request).verdict;
        const after = evaluate(forget(estate, choice), request).verdict;
        if (before !== 'unknown') expect(after).not.toBe(opposite[before]);
      }),
      { numRuns: runs(1500) },
    );
  });
  it('who is an administrator', () => {
    fc.assert(
      fc.property(recipes, fc.nat(), (recipe, choice) => {
        const estate = cook(recipe);
        const before = new Map(administrators(estate).map((entry) => [entry.principal.id as string, entry.verdict]));
        for (const entry of administrators(forget(estate, choice)))
          if (before.get(entry.principal.id) === 'yes') expect(entry.verdict, entry.principal.name).not.toBe('no');
      }),
      { numRuns: runs(800) },
    );
  });
  it('who is an administrator by way of what is not listed any more', () => {
    fc.assert(
      fc.property(
        recipes,
        fc.constantFrom<[Resource['kind'], string]>(
          ['role', 'iam:GetAccountAuthorizationDetails'],
          ['function', 'lambda:ListFunctions'],
        ),
        (recipe, [kind, operation]) => {
          const estate = cook(recipe);
          const before = new Map(administrators(estate).map((entry) => [entry.principal.id as string, entry.verdict]));
          for (const entry of administrators(forgetKind(estate, kind, [operation])))
            if (before.get(entry.principal.id) === 'yes') expect(entry.verdict, entry.principal.name).not.toBe('no');
        },
      ),
      { numRuns: runs(400) },
    );
  });
  it('whether a second factor is enforced', () => {
    fc.assert(
      fc.property(recipes, fc.nat(), (recipe, choice) => {
        const estate = cook(recipe);
        const after = forget(estate, choice);
        for (const user of estate.resources)
          if (user.kind === 'user') {
            const again = after.resources.find((resource) => resource.id === user.id);
            if (again?.kind !== 'user' || mfaEnforcement(estate, user).keys.answer !== 'no') continue;
            expect(mfaEnforcement(after, again).keys.answer).not.toBe('yes');
          }
      }),
      { numRuns: runs(500) },
    );
  });
});
