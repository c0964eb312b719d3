/**
 * Is a second factor *enforced*? Having a device is one thing; a policy that stops everything without it is another.
 * Signed in without a device, a request says so (`false`); signed with an access key it says nothing at all, so a rule
 * that asks `Bool … false` stops the console and lets keys through, and one with `BoolIfExists` stops both.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
import { statusOf } from '../../../estate/coverage.ts';
import type { Estate } from '../../../estate/estate.ts';
import { all, memoised } from '../../../estate/estate.ts';
import type { User } from '../../../estate/kinds/people.ts';
import type { Hop, Missing, Verdict } from '../../verdict.ts';
import type { AccessAnswer } from '../answer.ts';
import type { AttachedPolicy } from '../attached.ts';
import type { ContextInput } from '../context.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf, identityOf } from '../identity.ts';
import { isServiceLinked } from '../layers.ts';
import { parseArn } from '../policy/arn.ts';
import { instance, type Pattern } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import { isTrustKnown } from '../trust.ts';

export interface Enforcement {
  /** For whoever signs in to the console with a password alone. */
  readonly console: Verdict;
  /** For whoever signs with a long-term access key. */
  readonly keys: Verdict;
}

/** What a user may need before there is a device: allowing it without one is no hole. */
const SELF_SERVICE = new Set(
  [
    'iam:CreateVirtualMFADevice',
    'iam:DeleteVirtualMFADevice',
    'iam:EnableMFADevice',
    'iam:ResyncMFADevice',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    'iam:GetMFADevice',
    'iam:GetUser',
    'iam:ListUsers',
    'iam:GetLoginProfile',
    'iam:ChangePassword',
    'iam:GetAccountPasswordPolicy',
    'iam:GetAccountSummary',
    'iam:ListAccountAliases',
    'sts:GetSessionToken',
    'sts:GetCallerIdentity',
  ].map((action) => action.toLowerCase()),
);

const PROBE = 'underpin-probe';
const kept = memoised(() => new Map<string, Enforcement>());

export function mfaEnforcement(estate: Estate, user: User): Enforcement {
  const known = kept(estate).get(user.id);
  if (known) return known;
  const enforcement = {
    console: enforced(estate, user, { 'aws:MultiFactorAuthPresent': 'false' }),
    keys: enforced(estate, user, { 'aws:MultiFactorAuthPresent': null }),
  };
  kept(estate).set(user.id, enforcement);
  return enforcement;
}

/** One request for each thing that the user's policies allow: enforced when none of them works without a device. */
function enforced(estate: Estate, user: User, context: ContextInput): Verdict {
  const { policies } = identityOf(estate, user);
  const spared = sparedBy(policies.policies, user);
  const samples = unlike([
    ...policies.policies.flatMap((policy) => samplesOf(policy, user, spared)),
    ...trustedBy(estate, user),
  ]);
  const proof = new Map<string, Hop>();
  const allowing = policies.mayOnlyAllow.map((item) => item.missing);
  const spoken = allowing.length > 0 && deniedAnyway(estate, user, spared, context);
  const missing: Missing[] = [...policies.missing, ...(spoken ? [] : allowing), ...rolesUnread(estate, user, context)];
  for (const sample of samples) {
    const answer = evaluate(estate, { principal: arnOf(user), ...sample, context: { ...OPEN, ...context } });
    if (answer.verdict === 'yes')
      return { answer: 'no', blockers: open(user, sample.action, answer), assumptions: answer.assumptions };
    if (answer.verdict === 'unknown') missing.push(...answer.missing);
    else for (const hop of answer.chain) proof.set(`${hop.resource} ${hop.by}`, hop);
  }
  if (missing.length > 0) return { answer: 'unknown', missing: unique(missing), assumptions: [] };
  const none: Hop = {
    resource: user.id,
    by: '',
    code: 'mfa-nothing-without',
    detail: `nothing that the policies of ${user.name} allow works without a device`,
    provenance: user.source,
  };
  return { answer: 'yes', proof: [none, ...proof.values()], assumptions: [] };
}

/** Whatever the texts allow of which only the bounds are known: a Deny takes everything but what a device needs. */
function deniedAnyway(estate: Estate, user: User, spared: ReturnType<typeof sparedBy>, context: ContextInput): boolean {
  const tried = [...new Set([`${PROBE}:anything`, ...spared.actions])].filter((action) => !SELF_SERVICE.has(action));
  const places = [...new Set([inAccount(`arn:aws:${PROBE}:::anything`, user), ...spared.resources])];
  return tried.every((action) =>
    places.every(
      (place) =>
        evaluate(estate, { principal: arnOf(user), action, resource: place, context: { ...OPEN, ...context } })
          .because === 'explicitDeny',
    ),
  );
}

const OPEN: ContextInput = { 'aws:RequestedRegion': { anyOf: [] } };

const unique = (missing: readonly Missing[]): readonly Missing[] => [
  ...new Map(missing.map((item) => [`${item.operation} ${item.resource ?? ''} ${item.reason}`, item])).values(),
];

const ASSUME = 'sts:AssumeRole';

/** A trust that names the user lets it in by itself, so no policy of the user's need speak of it. */
const trustedBy = (estate: Estate, user: User): readonly Sample[] => {
  const { naming, anybody } = trusts(estate);
  return [...(naming.get(arnOf(user)) ?? []), ...anybody].map((resource) => ({ action: ASSUME, resource }));
};

/** ARNs of roles, by the users that their trusts name; and of those that may let in anybody. */
const trusts = memoised((estate) => {
  const naming = new Map<string, string[]>();
  const anybody: string[] = [];
  for (const role of all(estate, 'role')) {
    if (isServiceLinked(role)) continue;
    const text = role.trust ?? '';
    if (!isTrustKnown(role) || text.includes('"*"') || text.includes('NotPrincipal')) anybody.push(arnOf(role));
    else
      for (const user of new Set(text.match(/arn:[^:"]+:iam::\d+:user\/[^"]+/g)))
        naming.set(user, [...(naming.get(user) ?? []), arnOf(role)]);
  }
  return { naming, anybody };
});

const ROLES = ['iam:GetAccountAuthorizationDetails', 'iam:ListRoles'] as const;

/** Roles that were not listed may name the user in their trusts; whom a Deny keeps from assuming any, they do not matter to. */
function rolesUnread(estate: Estate, user: User, context: ContextInput): readonly Missing[] {
  const { account } = user;
  if (ROLES.some((operation) => statusOf(estate.coverage, operation, { account }) === 'read')) return [];
  const resource = `arn:aws:iam::${account}:role/${PROBE}`;
  const answer = evaluate(estate, {
    principal: arnOf(user),
    action: ASSUME,
    resource,
    context: { ...OPEN, ...context },
  });
  if (answer.because === 'explicitDeny') return [];
  return [
    {
      operation: ROLES[0],
      reason: `the roles that may let ${user.name} in without a device were not listed`,
      resource: user.id,
    },
  ];
}

const unlike = (samples: readonly Sample[]): readonly Sample[] => [
  ...new Map(samples.map((sample) => [`${sample.action} ${sample.resource}`, sample])).values(),
];

const open = (user: User, action: string, answer: AccessAnswer): readonly Hop[] =>
  answer.chain.length > 0
    ? answer.chain.map((hop) => ({
        ...hop,
        code: 'mfa-not-asked',
        detail: `${hop.detail} without a device (tried: ${action})`,
      }))
    : [{ resource: user.id, by: '', code: 'mfa-not-asked', detail: `${action} works without a device` }];

interface Sample {
  readonly action: string;
  readonly resource: string;
}

/** What the Deny statements leave out by NotAction and NotResource: the likeliest holes. */
function sparedBy(
  policies: readonly AttachedPolicy[],
  user: User,
): { readonly actions: readonly string[]; readonly resources: readonly string[] } {
  const denies = policies.flatMap((policy) =>
    policy.document.statements.filter((statement) => statement.effect === 'Deny'),
  );
  const left = <T extends 'actions' | 'resources'>(element: T): readonly Pattern[] =>
    denies.flatMap((statement) => (statement[element]?.not ? statement[element].items : []));
  return {
    actions: left('actions').map((pattern) => instance(pattern, PROBE)),
    resources: left('resources').map((pattern) => inAccount(concrete(pattern, user), user)),
  };
}

function samplesOf(policy: AttachedPolicy, user: User, spared: ReturnType<typeof sparedBy>): readonly Sample[] {
  return policy.document.statements.flatMap((statement) => {
    if (statement.effect === 'Deny') return [];
    const tried = [...new Set([...actions(statement), ...spared.actions])].filter(
      (action) => !SELF_SERVICE.has(action),
    );
    const places = [...new Set([...resourcesOf(statement, user), ...spared.resources])];
    return tried.flatMap((action) => places.map((place) => ({ action, resource: place })));
  });
}

const actions = ({ actions: { not, items } }: Statement): readonly string[] =>
  not
    ? [`${PROBE}:anything`]
    : items.map((pattern) => (pattern.text === '*' ? `${PROBE}:anything` : instance(pattern, PROBE)));

/** Some resource for each pattern of the statement, in the user's own account: a Deny may be about one of them only. */
function resourcesOf({ resources }: Statement, user: User): readonly string[] {
  const named = resources && !resources.not ? resources.items.map((pattern) => concrete(pattern, user)) : [];
  return (named.length > 0 ? named : [`arn:aws:${PROBE}:::anything`]).map((text) => inAccount(text, user));
}

function inAccount(text: string, user: User): string {
  const arn = parseArn(text);
  if (!arn) return text;
  const account = arn.account === PROBE ? user.account : arn.account;
  return `arn:${arn.partition === PROBE ? 'aws' : arn.partition}:${arn.service}:${arn.region}:${account}:${arn.resource}`;
}

const concrete = (pattern: Pattern, user: User): string =>
  pattern.tokens
    .map((token) =>
      token.is === 'variable' && token.key.toLowerCase() === 'aws:username'
        ? user.name
        : instance({ ...pattern, tokens: [token] }, PROBE),
    )
    .join('');
