import { people as peopleOf } from '../../../analyse/access/people/people.ts';
import type { Hop, Missing } from '../../../analyse/verdict.ts';
import { statusOf } from '../../../estate/coverage.ts';
import type { Resource } from '../../../estate/resource.ts';
import { join } from '../../example.ts';
import { people } from '../../examples/people.ts';
import { callerAnswer } from '../../examples/records.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** All but enrolling a device is denied to who comes without one, as AWS's own example has it. */
const enforced = {
  Effect: 'Deny',
  NotAction: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'sts:GetSessionToken'],
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
};
const ada = { name: 'ada', console: true, mfa: true, passwordLastUsed: '2026-01-30T08:00:00Z' };

const USERS = 'iam:GetAccountAuthorizationDetails';

export const rule = defineRule({
  id: 'mfa-not-enforced',
  problem: 6,
  severity: 'medium',
  title: 'No policy asks people for a second factor',
  why: 'A device that is registered is a habit, not a wall: whoever uses the access keys or loses the device goes on without it, and the next colleague never enrols one. Only a policy that denies what comes without MFA makes the second factor real.',
  fix: 'When everybody has a device, a policy on the group of people denies everything but enrolling to requests without MFA. First one volunteer, then the group; programs leave the group before, since the policy stops every long-lived key.',
  fixedBy: ['people'],
  subject: 'account',
  needs: [USERS],
  messages: {
    nothing: 'no policy asks {who} for a second factor: a password alone is enough to work, device or not',
    keys: 'the policy that asks {who} for a second factor lets access keys work without it',
  },
  check(account, estate) {
    const open: string[] = [];
    const byKeys: string[] = [];
    const proof: Hop[] = [];
    const related: Resource[] = [];
    const missing: Missing[] = [];
    let people = 0;
    for (const { user, nature, enforcement, activeKeys, missing: unread } of peopleOf(estate)) {
      if (user.account !== account.account || nature === 'machine' || user.consoleAccess === false) continue;
      people += 1;
      if (user.consoleAccess === undefined) {
        missing.push(...unread.filter(({ operation }) => operation === 'iam:GetLoginProfile'));
        continue;
      }
      const { console: byPassword, keys } = enforcement;
      if (byPassword.answer === 'unknown') missing.push(...byPassword.missing);
      else if (byPassword.answer === 'no') {
        open.push(user.name);
        proof.push(...byPassword.blockers.slice(0, 1));
        related.push(user);
      } else if (activeKeys !== 0 && keys.answer === 'no') {
        if (activeKeys === undefined) missing.push(...unread);
        else {
          byKeys.push(user.name);
          proof.push(...keys.blockers.slice(0, 1));
          related.push(user);
        }
      } else if (activeKeys !== 0 && keys.answer === 'unknown') missing.push(...keys.missing);
    }
    if (related.length > 0)
      return {
        state: 'fail',
        message: open.length > 0 ? 'nothing' : 'keys',
        data: { who: listed(open.length > 0 ? open : byKeys) },
        proof,
        related,
      };
    if (missing.length > 0) return { state: 'unknown', missing };
    if (people === 0 && statusOf(estate.coverage, USERS, { account: account.account }) !== 'read')
      return unknown(account, USERS, 'who is a user of the account');
    return people === 0 ? { state: 'notApplicable' } : { state: 'pass' };
  },
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html',
  ],
  examples: {
    bad: join(callerAnswer(), people([{ ...ada, inline: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }])),
    good: join(
      callerAnswer(),
      people([{ ...ada, inline: [enforced, { Effect: 'Allow', Action: 's3:*', Resource: '*' }] }]),
    ),
  },
});

const SHOWN = 5;
const listed = (names: readonly string[]): string =>
  names.length === 1
    ? `${names[0]}`
    : names.length > SHOWN
      ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
