/**
 * What a change of permissions takes away: who can still administer, and who loses something that is used. The planner
 * asks before every step that touches identities.
 */
import type { Estate } from '../../estate/estate.ts';
import { find, makeEstate, memoised } from '../../estate/estate.ts';
import type { Role, User } from '../../estate/kinds/people.ts';
import { recalled } from '../../estate/memory.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Hop, Verdict } from '../verdict.ts';
import { workloads } from '../workloads/workloads.ts';
import { type Administrator, administrators } from './administrators/administrators.ts';
import { goodness } from './administrators/combine.ts';
import type { AccessAnswer } from './answer.ts';
import type { ContextInput } from './context.ts';
import { evaluate } from './evaluate.ts';
import { arnOf, principals } from './identity.ts';
import { needsOf } from './services/needs.ts';
import { isTrustKnown } from './trust.ts';
import { actionsUsedByKeys } from './used-by-keys.ts';

/** Something that worked before, is seen to be used, and does not surely work after. */
export interface Loss {
  /** Id of the user or role. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Why we say that it is used. */
  readonly because: string;
  /** False: the evidence shows that something of the kind is used, not that it is this very action. */
  readonly certain: boolean;
  readonly before: AccessAnswer;
  readonly after: AccessAnswer;
}

export interface Lockout {
  /** Whether somebody can surely still administer; the root user does not count, it is for emergencies. */
  readonly somebody: Verdict;
  readonly before: readonly Administrator[];
  readonly after: readonly Administrator[];
  /** Ids of administrators who are none any more: mostly the aim of the change. */
  readonly noLonger: readonly string[];
  readonly losses: readonly Loss[];
  /** People who can not come in any more: they have no device, and may not register one without it. */
  readonly shutOut: readonly ShutOut[];
}

export interface ShutOut {
  readonly user: User;
  readonly because: string;
  readonly answer: AccessAnswer;
}

const sure = (list: readonly Administrator[]): readonly Administrator[] =>
  list.filter((entry) => entry.verdict === 'yes');

export function lockout(before: Estate, after: Estate): Lockout {
  const then = sure(administrators(before));
  const now = sure(administrators(after));
  const still = new Set(now.map((entry) => entry.principal.id));
  return {
    somebody: somebody(after),
    before: then,
    after: now,
    noLonger: then.map((entry) => entry.principal.id).filter((id) => !still.has(id)),
    losses: losses(before, after),
    shutOut: shutOut(before, after),
  };
}

/** A role that nobody can take, or a way with a condition that nobody is known to fulfil, saves no one. */
function somebody(after: Estate): Verdict {
  const list = administrators(after);
  const users = list.filter(
    (entry) => entry.verdict === 'yes' && entry.principal.kind === 'user' && canComeIn(entry.principal),
  );
  const plain = users.find((entry) => entry.conditions.length === 0);
  const withDevice = users.find(
    (entry) => entry.principal.kind === 'user' && entry.principal.mfa === true && onlyAboutDevice(entry),
  );
  const found = plain ?? withDevice;
  if (found) return { answer: 'yes', proof: proofOf(found), assumptions: found.assumptions };
  const perhaps = list.filter((entry) => entry.verdict !== 'no' && mayBeSomebody(entry.principal));
  if (perhaps.length === 0) {
    const blocker: Hop = {
      resource: 'account',
      by: '',
      code: 'no-administrator',
      detail: 'nobody but the root user can administer the account any more',
    };
    return { answer: 'no', blockers: [blocker], assumptions: [] };
  }
  const missing = perhaps.flatMap((entry) => entry.missing);
  const told = perhaps.map((entry) => ({
    operation: entry.principal.kind === 'user' ? 'iam:ListMFADevices' : 'sts:AssumeRole',
    reason: `${entry.principal.name} is an administrator only under conditions, or by a way in that the input does not show`,
    resource: entry.principal.id,
  }));
  return { answer: 'unknown', missing: missing.length > 0 ? missing : told, assumptions: [] };
}

/** A user without a password and without a key is an administrator on paper. */
const canComeIn = (user: User): boolean => user.consoleAccess !== false || (user.accessKeys?.length ?? 1) > 0;

/** A role that lets in services alone is no way in for a person. */
const mayBeSomebody = (principal: User | Role): boolean =>
  principal.kind === 'user'
    ? canComeIn(principal)
    : !isTrustKnown(principal) || /"(AWS|Federated)"|"Principal"\s*:\s*"\*"/.test(principal.trust ?? '');

const onlyAboutDevice = (entry: Administrator): boolean =>
  entry.conditions.every((condition) =>
    condition.tests.every((test) => /^aws:MultiFactorAuth(Present|Age)$/i.test(test.key)),
  );

const proofOf = (entry: Administrator): readonly Hop[] => [
  {
    resource: entry.principal.id,
    by: '',
    code: 'administrator',
    detail: `${entry.principal.name} is an administrator`,
    provenance: entry.principal.source,
  },
  ...entry.chain.flatMap((link) => link.answer.chain),
];

interface Use {
  readonly principal: User | Role;
  readonly action: string;
  readonly resource: string;
  readonly because: string;
  readonly certain: boolean;
}

/** What services need, as far as the evidence shows it. */
const usedByServices = memoised((estate): readonly Use[] => {
  const byId = new Map<string, User | Role>(principals(estate).map((principal) => [principal.id, principal]));
  return workloads(estate).flatMap((workload) => {
    const principal = workload.role === null ? undefined : byId.get(workload.role);
    if (!principal) return [];
    return needsOf(estate, workload).flatMap((need) =>
      need.actions.flatMap((action) =>
        need.resources.map((text) => ({
          principal,
          action,
          resource: text === '*' ? '*' : text.replaceAll('*', 'underpin-probe'),
          because: `${workload.name}: ${need.because}`,
          certain: need.sure,
        })),
      ),
    );
  });
});

/** What keys were last used for: AWS tells the service only, so it is certain when nothing of it is left. */
function usedByKeys(before: Estate, after: Estate): readonly Use[] {
  const kept = new Set(
    actionsUsedByKeys(after)
      .filter((use) => ask(after, use).verdict === 'yes')
      .map((use) => use.because),
  );
  return actionsUsedByKeys(before).map((use) => ({ ...use, certain: !kept.has(use.because) }));
}

/** Programs carry no second factor. */
const DEVICELESS: ContextInput = { 'aws:MultiFactorAuthPresent': null };

const asked = recalled((estate: Estate, request: string): AccessAnswer => {
  const [principal = '', action = '', resource = ''] = JSON.parse(request) as readonly string[];
  return evaluate(estate, { principal, action, resource, context: DEVICELESS });
});

/** Remembered: what comes after one step is what comes before the next. */
const ask = (estate: Estate, { principal, action, resource }: Omit<Use, 'because' | 'certain'>): AccessAnswer =>
  asked(estate, JSON.stringify([arnOf(principal), action, resource]));

function losses(before: Estate, after: Estate): readonly Loss[] {
  return [...usedByServices(before), ...usedByKeys(before, after)].flatMap((use): readonly Loss[] => {
    const was = ask(before, use);
    if (was.verdict === 'no') return [];
    const is = ask(after, use);
    if (goodness(is) >= goodness(was)) return [];
    const { principal, ...rest } = use;
    return [{ ...rest, principal: principal.id, before: was, after: is }];
  });
}

/**
 * People who sign in, have no device, and after the change may do nothing without one, not even register it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
function shutOut(before: Estate, after: Estate): readonly ShutOut[] {
  const context: ContextInput = { 'aws:MultiFactorAuthPresent': 'false' };
  return principals(after).flatMap((user): readonly ShutOut[] => {
    if (user.kind !== 'user' || user.consoleAccess === false || user.mfa === true) return [];
    const device = `arn:aws:iam::${user.account}:mfa/${user.name}`;
    const needed = [
      { action: 'iam:CreateVirtualMFADevice', resource: device },
      { action: 'iam:EnableMFADevice', resource: arnOf(user) },
    ];
    const lost = needed.find(
      ({ action, resource }) =>
        evaluate(before, { principal: arnOf(user), action, resource, context }).verdict !== 'no' &&
        evaluate(after, { principal: arnOf(user), action, resource, context }).verdict !== 'yes',
    );
    if (!lost) return [];
    const answer = evaluate(after, { principal: arnOf(user), ...lost, context });
    return [{ user, answer, because: `${user.name} has no device and may not do ${lost.action} without one` }];
  });
}

/** One policy taken from one holder: a managed policy by its ARN, an inline one by its name. */
export interface Removal {
  readonly holder: string;
  readonly policy: string;
}

/** The estate with policies taken away, for asking before doing. */
export function withoutPolicies(estate: Estate, removals: readonly Removal[]): Estate {
  const gone = new Map<string, Set<string>>();
  for (const { holder, policy } of removals) gone.set(holder, (gone.get(holder) ?? new Set()).add(policy));
  const resources = estate.resources.map((resource): Resource => {
    const policies = gone.get(resource.id);
    if (!policies || (resource.kind !== 'user' && resource.kind !== 'group' && resource.kind !== 'role'))
      return resource;
    return {
      ...resource,
      attachedPolicies: resource.attachedPolicies?.filter((ref) => !policies.has(find(estate, ref)?.arn ?? ref.id)),
      inlinePolicies: resource.inlinePolicies?.filter((policy) => !policies.has(policy.name)),
    };
  });
  return makeEstate({ ...estate, resources });
}
