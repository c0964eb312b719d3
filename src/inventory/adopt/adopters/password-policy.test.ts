import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './password-policy.ts';

const POLICY = {
  MinimumPasswordLength: 14,
  RequireSymbols: false,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  ExpirePasswords: false,
};

it('writes out what the defaults would weaken', () => {
  const [one] = adopter.adopt(answersOf({ 'iam:GetAccountPasswordPolicy': { PasswordPolicy: POLICY } }));
  expect(one).toMatchObject({
    importId: 'iam-account-password-policy',
    inputs: {
      minimumPasswordLength: 14,
      requireSymbols: false,
      requireNumbers: true,
      requireUppercaseCharacters: true,
      requireLowercaseCharacters: true,
      allowUsersToChangePassword: true,
    },
  });
});

it('refuses one that is told in part', () => {
  const { RequireSymbols: _, ...part } = POLICY;
  const [one] = adopter.adopt(answersOf({ 'iam:GetAccountPasswordPolicy': { PasswordPolicy: part } }));
  expect(one).toMatchObject({ state: 'unadopted', because: expect.stringContaining('requireSymbols') });
});
