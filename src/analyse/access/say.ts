/** Deciding statements as data: for the answer's statements, conditions and chain. */
import type { Hop } from '../verdict.ts';
import type { Condition, DecidingStatement } from './answer.ts';
import type { PolicyType } from './attached.ts';
import { sayTest } from './conditions/test.ts';
import type { Meeting } from './grant.ts';
import { lastName } from './policy/arn.ts';

const key = ({ policy, statement }: Meeting): string =>
  `${policy.type} ${policy.holder} ${policy.policy} ${statement.index}`;

const unique = (meetings: readonly Meeting[]): readonly Meeting[] => [
  ...new Map(meetings.map((meeting) => [key(meeting), meeting])).values(),
];

export const decidingOf = (meetings: readonly Meeting[]): readonly DecidingStatement[] =>
  unique(meetings).map(({ policy, statement }) => ({
    effect: statement.effect,
    policy: policy.policy,
    type: policy.type,
    holder: policy.holder,
    sid: statement.sid,
    index: statement.index,
    notAction: statement.actions.not,
    source: policy.source,
  }));

/** What must hold for the Allow statements, and must not hold for the Deny statements. */
export const conditionsOf = (allows: readonly Meeting[], denies: readonly Meeting[]): readonly Condition[] => [
  ...unique(allows).flatMap((meeting) => condition(meeting, true)),
  ...unique(denies).flatMap((meeting) => condition(meeting, false)),
];

function condition({ policy, statement, tests }: Meeting, holds: boolean): readonly Condition[] {
  if (tests.length === 0) return [];
  const said = tests.map(sayTest).join(' and ');
  return [{ holds, tests, policy: policy.policy, statement: statement.index, says: holds ? said : `not (${said})` }];
}

const WORDS: Readonly<Record<PolicyType, string>> = {
  inline: 'inline policy',
  managed: 'policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource policy',
  trust: 'trust policy',
  serviceControl: 'service control policy',
  resourceControl: 'resource control policy',
};

export const chainOf = (meetings: readonly Meeting[]): readonly Hop[] =>
  unique(meetings).map(({ policy, statement }) => {
    const name = statement.sid ?? `statement ${statement.index + 1}`;
    const what = `${name} of the ${WORDS[policy.type]} ${lastName(policy.policy)} of ${lastName(policy.holder)}`;
    return {
      resource: policy.holder,
      by: `${policy.policy}#${statement.sid ?? statement.index}`,
      code: `access-${policy.type}`,
      detail: statement.effect === 'Allow' ? `${what} allows it` : `${what} denies it`,
      ...(policy.source ? { provenance: policy.source } : {}),
    };
  });
