/**
 * May this caller do this action on this resource? AWS's documented evaluation:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
import type { Estate } from '../../estate/estate.ts';
import type { Missing } from '../verdict.ts';
import type { AccessAnswer, Because } from './answer.ts';
import { mayAllowIt, missing, NO_POLICIES, type PolicySet } from './attached.ts';
import { type Context, makeContext } from './context.ts';
import { allOf, anyOf, type Denies, type Grant, grantOf, type Meeting, NO, YES } from './grant.ts';
import { knownContext } from './known-context.ts';
import { type Layers, layersOf, subjectOf } from './layers.ts';
import { allowsCanonical, allowsNaming, deniesMeeting, meetings, type Request } from './meet.ts';
import { organizationDenies, organizationGrants } from './organization-limits.ts';
import { accountOf, type Caller, parseCaller } from './policy/principal.ts';
import { underPublicAccessBlock } from './public-access.ts';
import type { AccessRequest } from './request.ts';
import { type Target, targetOf } from './resource-policy.ts';
import { chainOf, conditionsOf, decidingOf } from './say.ts';
import { settle } from './settle.ts';

export function evaluate(estate: Estate, request: AccessRequest): AccessAnswer {
  const caller = parseCaller(request.principal);
  if (!caller) return refused(`${request.principal} is not the ARN of a principal, a service or an account`);
  const subject = subjectOf(estate, caller);
  const target = targetOf(estate, request.action, request.resource, accountOf(subject.caller));
  const context = knownContext(
    estate,
    { target, resource: request.resource, ...subject },
    makeContext(request.context ?? {}),
  );
  const layers = layersOf(estate, subject, target, request);
  const decideIn = (worlds: Context): AccessAnswer =>
    decide(subject.caller, target, layers, {
      caller: subject.caller,
      action: request.action.toLowerCase(),
      resource: request.resource,
      context: worlds,
    });
  return underPublicAccessBlock(estate, caller, target, settle(decideIn(context), context, decideIn));
}

function decide(caller: Caller, target: Target, layers: Layers, request: Request): AccessAnswer {
  if (caller.type === 'root' && request.action === 'sts:assumerole')
    return answer('no', 'notAllowed', [], [], [], ['the root user can not assume roles']);
  const denies = deniesOf(
    mends(caller, target, request.action) ? { ...layers, resource: NO_POLICIES } : layers,
    request,
  );
  const certain = denies.meetings.filter((meeting) => meeting.tests.length === 0);
  if (certain.length > 0) return answer('no', 'explicitDeny', certain, [], [], layers.assumptions);

  const granted = grantedBy(caller, target, layers, request);
  if (granted.grant.level === 'no') return answer('no', granted.because, [], [], [], layers.assumptions);
  const whole = allOf([
    granted.grant,
    ...organizationGrants(layers.service, request, false),
    ...organizationGrants(layers.control, request, true),
  ]);
  if (whole.level === 'no') return answer('no', 'limited', granted.grant.meetings, [], [], layers.assumptions);
  const open = [...whole.missing, ...denies.missing];
  if (whole.level === 'perhaps' || denies.missing.length > 0)
    return answer('unknown', 'missing', whole.meetings, denies.meetings, open, layers.assumptions);
  return answer('yes', 'allowed', whole.meetings, denies.meetings, [], layers.assumptions);
}

/**
 * The root user of a bucket's own account can always read, write and delete the bucket's policy, whatever that policy
 * denies: it could not be mended otherwise. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
const MENDS = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

const mends = (caller: Caller, target: Target, action: string): boolean =>
  caller.type === 'root' && MENDS.has(action) && (target.account === undefined || target.account === caller.account);

function deniesOf(layers: Layers, request: Request): Denies {
  const plain = [layers.identity, layers.boundary, layers.session].flatMap((set) => set ?? []);
  const organization = [
    organizationDenies(layers.service, request, false),
    organizationDenies(layers.control, request, true),
  ];
  return {
    meetings: [
      ...plain.flatMap((set) => meetings(set, 'Deny', request)),
      ...deniesMeeting(layers.resource, request),
      ...organization.flatMap((denies) => denies.meetings),
    ],
    missing: [
      ...[...plain, layers.resource].flatMap((set) => set.missing),
      ...organization.flatMap((denies) => denies.missing),
    ],
  };
}

const allows = (set: PolicySet, request: Request): Grant =>
  grantOf(meetings(set, 'Allow', request), mayAllowIt(set, request.action));

interface Granted {
  readonly grant: Grant;
  readonly because: Because;
}

function grantedBy(caller: Caller, target: Target, layers: Layers, request: Request): Granted {
  const naming = (...namings: Parameters<typeof allowsNaming>[2]): Grant =>
    grantOf(allowsNaming(layers.resource, request, namings), layers.resource.missing);
  if (caller.type === 'service' || caller.type === 'federated' || caller.type === 'anonymous')
    return { grant: naming('self', 'anybody'), because: 'notNamed' };

  const own = caller.type === 'root' ? YES : allows(layers.identity, request);
  const boundary = layers.boundary === null ? YES : allows(layers.boundary, request);
  const session = layers.session === null ? YES : allows(layers.session, request);
  const identity = allOf([own, boundary, session]);
  const limited: Because = own.level !== 'no' && identity.level === 'no' ? 'limited' : 'notAllowed';
  const same = target.account === undefined || target.account === caller.account;
  if (!same) {
    const named = anyOf([naming('self', 'session', 'anybody', 'account'), byCanonicalId(layers.resource, request)]);
    return { grant: allOf([identity, named]), because: identity.level === 'no' ? limited : 'notNamed' };
  }
  // Within one account a policy that names the caller itself is enough. It goes past a boundary or session policy only
  // when it names the user, or the very session; one that names the role is bounded by both.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
  const past = caller.type === 'user' ? naming('self', 'session', 'anybody') : naming('session', 'anybody');
  const bounded = caller.type === 'user' ? NO : allOf([naming('self'), boundary, session]);
  const direct = anyOf([past, bounded]);
  if (target.mode === 'either') return { grant: anyOf([identity, direct]), because: limited };
  const delegated = allOf([identity, naming('account')]);
  return { grant: anyOf([direct, delegated]), because: identity.level === 'no' ? limited : 'notNamed' };
}

/** A canonical user id stands for an account, and nothing tells for which. */
function byCanonicalId(set: PolicySet, request: Request): Grant {
  const [policy] = allowsCanonical(set, request).map((meeting) => meeting.policy);
  if (!policy) return NO;
  const told = `the policy of ${policy.holder} lets in a canonical user id, of which the account is not known: name the account or role by its ARN instead`;
  return grantOf([], [missing('s3:ListBuckets', told, policy.holder)]);
}

function answer(
  verdict: AccessAnswer['verdict'],
  because: Because,
  deciding: readonly Meeting[],
  denies: readonly Meeting[],
  open: readonly Missing[],
  assumptions: readonly string[],
): AccessAnswer {
  return {
    verdict,
    conditions: verdict === 'no' ? [] : conditionsOf(deciding, denies),
    statements: decidingOf([...deciding, ...denies]),
    chain: chainOf(deciding),
    because,
    missing: open,
    assumptions,
  };
}

const refused = (reason: string): AccessAnswer => ({
  verdict: 'unknown',
  conditions: [],
  statements: [],
  chain: [],
  because: 'missing',
  missing: [{ operation: 'iam:GetAccountAuthorizationDetails', reason }],
  assumptions: [],
});
