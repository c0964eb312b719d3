import { people } from '../../examples/people.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'user-without-mfa',
  problem: 6,
  severity: 'high',
  title: 'A person signs in to the console with a password alone',
  why: 'Passwords leak: by phishing, by reuse, by a stolen laptop. Without a second factor one leaked password is the whole account, from anywhere in the world.',
  fix: 'Every person enrols an MFA device, then a policy on the group of people denies everything without it; administrators are tested first so that nobody is locked out.',
  fixedBy: ['people'],
  subject: 'user',
  needs: ['iam:GetAccountAuthorizationDetails'],
  messages: { none: '{name} has a console password and no MFA device' },
  check(user) {
    if (user.consoleAccess === undefined)
      return unknown(user, 'iam:GetLoginProfile', 'whether a user has a console password');
    if (!user.consoleAccess) return { state: 'notApplicable' };
    if (user.mfa === undefined) return unknown(user, 'iam:ListMFADevices', 'whether a user has an MFA device');
    if (user.mfa) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'none',
      data: { name: user.name },
      proof: [fact(user, '', `${user.name} can sign in to the console, and no MFA device is registered`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html'],
  examples: {
    bad: people([{ name: 'ada', console: true }]),
    good: people([{ name: 'ada', console: true, mfa: true }]),
  },
});
