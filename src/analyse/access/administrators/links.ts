/** Single steps of a chain: how one principal comes by the power of another, each proven with its statements. */
import type { Estate } from '../../../estate/estate.ts';
import { memoised } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { AccessAnswer, Condition } from '../answer.ts';
import { evaluateCondition } from '../conditions/evaluate.ts';
import { all, isUnknown } from '../conditions/test.ts';
import { type ContextInput, makeContext } from '../context.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf } from '../identity.ts';
import { isServiceLinked } from '../layers.ts';
import type { Supposition } from '../request.ts';
import { isTrustKnown } from '../trust.ts';
import { type Carrier, carriersOf, leversOf } from './carriers.ts';
import { ALWAYS, goodness, merge } from './combine.ts';
import { type Escalation, type Promotion, RUN_BY, type Takeover } from './escalation.ts';
import { PROMOTIONS, TAKEOVERS } from './escalations.ts';
import { lifting } from './lifting.ts';
import { mayAttempt, mayBeAble, meetsNeeds } from './needs.ts';
import { power } from './power.ts';

export interface Link {
  /** Ids of the principals. */
  readonly from: string;
  readonly to: string;
  /** Id of the escalation. */
  readonly by: string;
  /** "write its own code into a function that has the role". */
  readonly says: string;
  /** What was touched: the ARN of the function, policy, group … or of the target. */
  readonly through: string;
  /** The permissions that make it possible, together. */
  readonly answer: AccessAnswer;
}

const REGION = 'us-east-1';
const regionOf = (arn: string): string => arn.split(':')[3] || REGION;

/** What a principal can attempt, judged by the actions it has anything to say about. */
export interface Attempts {
  readonly takeovers: readonly Takeover[];
  readonly promotions: readonly Promotion[];
}

export const attemptsOf = (estate: Estate, principal: User | Role): Attempts => ({
  takeovers: TAKEOVERS.filter(
    (escalation) => escalation.id === 'assume-role' || mayAttempt(estate, principal, escalation),
  ),
  promotions: PROMOTIONS.filter((escalation) => mayAttempt(estate, principal, escalation)),
});

const bestLink = (links: Iterable<Link>): Link | undefined => {
  let found: Link | undefined;
  for (const link of links) {
    if (goodness(link.answer) > (found ? goodness(found.answer) : 0)) found = link;
    if (found && goodness(found.answer) === 3) break;
  }
  return found;
};

/** The best way for a principal to get the credentials of another; undefined when there is none. */
export const takeover = (
  estate: Estate,
  principal: User | Role,
  target: User | Role,
  attempts: Attempts,
): Link | undefined => bestLink(takeovers(estate, principal, target, attempts));

function* takeovers(estate: Estate, principal: User | Role, target: User | Role, attempts: Attempts): Generator<Link> {
  if (target.id === principal.id || (target.kind === 'role' && isServiceLinked(target))) return;
  let passes: boolean | undefined;
  for (const escalation of attempts.takeovers) {
    if (escalation.target !== target.kind) continue;
    if (escalation.passedTo !== undefined) {
      passes ??= mayBeAble(estate, principal, 'iam:PassRole', arnOf(target));
      if (!passes) continue;
    }
    if (escalation.id !== 'assume-role' && principal.account !== target.account) continue;
    if (escalation.id === 'assume-role' && !mayAssume(estate, principal, target)) continue;
    if (target.kind === 'user' && escalation.console !== undefined && target.consoleAccess === !escalation.console)
      continue;
    const trusted = trustOf(estate, escalation, target);
    if (trusted.verdict === 'no') continue;
    for (const carrier of carriersOf(estate, escalation, target)) {
      const answer = merge([trusted, withMissing(meets(estate, principal, escalation, target, carrier), carrier)]);
      if (answer.verdict !== 'no') yield link(principal, target, escalation, carrier, answer);
    }
  }
}

/** Whether the trust may let the principal in without a policy of its own: by its ARN, or by letting in anybody. */
const trustNames = (role: Role, principal: User | Role): boolean =>
  mayTrustAnybody(role) || role.trust?.includes(arnOf(principal)) === true;

const mayTrustAnybody = (role: Role): boolean =>
  !isTrustKnown(role) || role.trust?.includes('"*"') === true || role.trust?.includes('NotPrincipal') === true;

/** Most principals have nothing to say about most roles, nor those about them: no need to ask exactly. */
const mayAssume = (estate: Estate, principal: User | Role, target: User | Role): boolean =>
  target.kind === 'role' &&
  (trustNames(target, principal) ||
    (target.trust?.includes(principal.account) === true &&
      mayBeAble(estate, principal, 'sts:AssumeRole', arnOf(target))));

const PERSON = /:(?:user|role)\//;

/**
 * Whether a principal can come by another only where that one's trust lets it in by its own ARN or lets in anybody. So
 * it is with most; asking them for every role would be quadratic.
 */
export const hasOnlyTrusts = (estate: Estate, principal: User | Role, { takeovers }: Attempts): boolean =>
  takeovers.every((escalation) => escalation.id === 'assume-role') &&
  PERSON.test(arnOf(principal)) &&
  !mayBeAble(estate, principal, 'sts:AssumeRole');

/** Whether the trust may let in such a principal; most roles are for a service. */
export const trustsSomebody = (target: User | Role): boolean =>
  target.kind === 'role' && (mayTrustAnybody(target) || PERSON.test(target.trust ?? ''));

/** Whether the service that the role is passed to, or that runs what carries it, may take it at all. */
function trustOf(estate: Estate, escalation: Takeover, target: User | Role): AccessAnswer {
  const service = escalation.passedTo ?? (escalation.carrier && RUN_BY[escalation.carrier]);
  if (service === undefined) return ALWAYS;
  const kept = trusts(estate);
  const key = `${service} ${target.id}`;
  let answer = kept.get(key);
  if (!answer) {
    answer = evaluate(estate, {
      principal: service,
      action: 'sts:AssumeRole',
      resource: arnOf(target),
      // The caller of the service is this very account.
      context: { 'aws:SourceAccount': target.account },
    });
    kept.set(key, answer);
  }
  return answer;
}

/** Asked for every pair of principals, answered once for each role. */
const trusts = memoised(() => new Map<string, AccessAnswer>());

const meets = (
  estate: Estate,
  principal: User | Role,
  escalation: Escalation,
  target: User | Role,
  carrier: Carrier,
  supposing?: Supposition,
): AccessAnswer =>
  meetsNeeds(estate, principal, escalation, {
    target: arnOf(target),
    carrier: carrier.arn,
    region: regionOf(carrier.arn),
    names: target.kind === 'role' && trustNames(target, principal),
    ...(supposing ? { supposing } : {}),
    ...('rewritesTrust' in escalation ? { supposing: { resourcePolicy: trusting(principal) } } : {}),
  });

/** The trust that a principal would write to be let in. */
export const trusting = (principal: User | Role): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: arnOf(principal) }, Action: 'sts:AssumeRole' }],
  });

const withMissing = (answer: AccessAnswer, carrier: Pick<Carrier, 'missing'>): AccessAnswer =>
  answer.verdict === 'no' || carrier.missing.length === 0
    ? answer
    : { ...answer, verdict: 'unknown', because: 'missing', missing: [...answer.missing, ...carrier.missing] };

function link(
  principal: User | Role,
  target: User | Role,
  escalation: Escalation,
  carrier: Carrier,
  answer: AccessAnswer,
): Link {
  const assumed = escalation.assumes ? { ...answer, assumptions: [...answer.assumptions, escalation.assumes] } : answer;
  return {
    from: principal.id,
    to: target.id,
    by: escalation.id,
    says: escalation.says,
    through: carrier.arn,
    answer: assumed,
  };
}

const ALL = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

/**
 * The best way for a principal to give a target (itself, mostly) every permission, with the target's boundary and
 * explicit denies still in force: when those stop it, the policies that hold them have to be taken off first.
 */
export function promotion(
  estate: Estate,
  principal: User | Role,
  target: User | Role,
  attempts: Attempts,
): Link | undefined {
  if (principal.account !== target.account) return undefined;
  if (target.kind === 'role' && isServiceLinked(target)) return undefined;
  const risen = (supposing: Supposition): AccessAnswer =>
    openOnly(power(estate, target, {}, { ...supposing, added: [ALL] }));
  const found = bestLink(promotions(estate, principal, target, attempts, {}));
  if (found) {
    const now = risen({});
    if (now.verdict !== 'no') return { ...found, answer: merge([found.answer, now]) };
    const lifted = lifting(estate, principal, target, { added: [ALL] }, risen);
    return (
      lifted && {
        ...found,
        says: `${found.says}, after taking off ${lifted.what}`,
        answer: merge([found.answer, lifted.answer]),
      }
    );
  }
  const lifted = lifting(estate, principal, target, {}, (supposing) => {
    const own = power(estate, target, {}, supposing);
    if (own.verdict !== 'no') return own;
    const later = bestLink(promotions(estate, principal, target, attempts, supposing));
    return later ? merge([later.answer, risen(supposing)]) : own;
  });
  return (
    lifted && {
      from: principal.id,
      to: target.id,
      by: 'take-off-limits',
      says: `take off what limits it (${lifted.what}) and so have every permission as`,
      through: arnOf(target),
      answer: lifted.answer,
    }
  );
}

/** Of the power after the fact only what stays open belongs to the proof, not the policy that does not exist yet. */
const openOnly = (answer: AccessAnswer): AccessAnswer => ({
  ...answer,
  statements: answer.statements.filter((statement) => !statement.policy.startsWith('added policy')),
  chain: answer.chain.filter((hop) => !hop.by.startsWith('added policy')),
});

function* promotions(
  estate: Estate,
  principal: User | Role,
  target: User | Role,
  attempts: Attempts,
  supposing: Supposition,
): Generator<Link> {
  // What is taken off the target is taken off the principal only where they are one.
  const own = principal.id === target.id ? supposing : {};
  for (const escalation of attempts.promotions) {
    if (escalation.target !== target.kind) continue;
    for (const lever of leversOf(estate, escalation, target)) {
      const { unproven } = escalation;
      const missing = unproven ? [{ ...unproven, resource: lever.arn }] : [];
      const answer = withMissing(meets(estate, principal, escalation, target, lever, own), { missing });
      if (answer.verdict !== 'no') yield link(principal, target, escalation, lever, answer);
    }
  }
}

/**
 * What an administrator's power is worth to somebody who took its credentials this way: a stolen key carries no second
 * factor, so a way that needs one is closed.
 */
export function worthTaken(
  estate: Estate,
  target: User | Role,
  by: string,
  way: AccessAnswer,
  direct: boolean,
): AccessAnswer {
  const signedWith = TAKEOVERS.find((entry) => entry.id === by)?.signedWith;
  if (!signedWith) return way;
  return direct ? power(estate, target, signedWith) : under(way, signedWith);
}

/** Settles the conditions of an answer that the context decides. */
function under(answer: AccessAnswer, given: ContextInput): AccessAnswer {
  const context = makeContext(given);
  const open: Condition[] = [];
  for (const condition of answer.conditions) {
    const tri = all(condition.tests.map((test) => evaluateCondition(test, context, true)));
    if (isUnknown(tri)) open.push(condition);
    else if (tri !== condition.holds) return { ...answer, verdict: 'no', conditions: [] };
  }
  return { ...answer, conditions: open };
}
