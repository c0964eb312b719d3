/**
 * Power that asks for a tag of the principal is had by whoever may set the tag: on oneself, or on the session when a
 * role's trust lets it be set. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
import type { Estate } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { AccessAnswer, Condition } from '../answer.ts';
import type { ContextInput } from '../context.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf, identityOf } from '../identity.ts';
import { ALWAYS, merge } from './combine.ts';
import type { Link } from './links.ts';
import { mayBeAble } from './needs.ts';
import { power } from './power.ts';

const PREFIX = 'aws:principaltag/';

const asksForTag = (estate: Estate, principal: User | Role): boolean =>
  identityOf(estate, principal).policies.policies.some((policy) =>
    policy.document.statements.some((statement) =>
      statement.conditions.some(({ key }) => key.toLowerCase().startsWith(PREFIX)),
    ),
  );

/** Any tag may be there, with any value. */
const open = ({ tags }: User | Role): ContextInput =>
  Object.fromEntries(['*', ...Object.keys(tags ?? {})].map((tag) => [`${PREFIX}${tag}`, { anyOf: [] }]));

const aboutTags = ({ tests }: Condition): boolean => tests.every(({ key }) => key.toLowerCase().startsWith(PREFIX));

const keysOf = (conditions: readonly Condition[]): readonly string[] => [
  ...new Set(
    conditions.flatMap(({ tests }) =>
      tests.flatMap(({ key }) => (key.toLowerCase().startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [])),
    ),
  ),
];

/** Whoever sets the tags chooses them. */
const chosen = (answer: AccessAnswer): AccessAnswer => ({
  ...answer,
  conditions: answer.conditions.filter((condition) => !aboutTags(condition)),
});

export function* tagging(estate: Estate, principal: User | Role): Generator<Link> {
  const action = principal.kind === 'user' ? 'iam:TagUser' : 'iam:TagRole';
  if (!mayBeAble(estate, principal, action) || !asksForTag(estate, principal)) return;
  const risen = power(estate, principal, open(principal));
  if (risen.verdict === 'no') return;
  const tags = keysOf(risen.conditions);
  const set = evaluate(estate, {
    principal: arnOf(principal),
    action,
    resource: arnOf(principal),
    context: { 'aws:TagKeys': tags },
  });
  if (set.verdict === 'no') return;
  yield {
    from: principal.id,
    to: principal.id,
    by: 'tag-itself',
    says: 'set the tag that its policies ask for on',
    through: arnOf(principal),
    answer: merge([set, chosen(risen)]),
  };
}

/** A role whose trust may let a session bring tags is as powerful as a session with the right ones: told as "yes, if". */
export function withSessionTags(estate: Estate, principal: User | Role, plain: AccessAnswer): AccessAnswer {
  if (plain.verdict !== 'no' || principal.kind !== 'role' || !asksForTag(estate, principal)) return plain;
  // A trust that was not read may let anything be brought.
  if (principal.trust !== undefined && !/TagSession|sts:\*|"\*"|NotAction/i.test(principal.trust)) return plain;
  return power(estate, principal, open(principal));
}

/** Whether a principal that assumes a role may also bring the tag that the role's power asks for. */
export function tagsOfSession(
  estate: Estate,
  principal: User | Role,
  target: User | Role,
  by: string,
  worth: AccessAnswer,
): AccessAnswer {
  if (by !== 'assume-role' || target.tags === undefined) return ALWAYS;
  const tags = keysOf(worth.conditions);
  if (tags.length === 0) return ALWAYS;
  return evaluate(estate, {
    principal: arnOf(principal),
    action: 'sts:TagSession',
    resource: arnOf(target),
    context: { 'aws:TagKeys': tags },
  });
}
