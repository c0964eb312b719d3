/**
 * Taking off what limits: a Deny, or a boundary, holds nobody who may detach, delete or rewrite the very policy that
 * holds it. What is taken off takes its own Allow statements with it, and each next step is asked without them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html
 */
import type { Estate } from '../../../estate/estate.ts';
import { byId } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import { recalled } from '../../../estate/memory.ts';
import type { AccessAnswer } from '../answer.ts';
import { type AttachedPolicy, heldAs } from '../attached.ts';
import type { ContextInput } from '../context.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf, identityOf } from '../identity.ts';
import { lastName } from '../policy/arn.ts';
import type { Supposition } from '../request.ts';
import { best, merge } from './combine.ts';
import { ADMIN } from './escalation.ts';
import { mayBeAble } from './needs.ts';

export interface Lifted {
  readonly answer: AccessAnswer;
  /** "its permissions boundary and the policy “limits”". */
  readonly what: string;
}

interface Way {
  readonly action: string;
  readonly resource: string;
  readonly context?: ContextInput;
}

/** One thing in the way, the permissions of which any removes it, and what would then be so. */
interface Limit {
  readonly what: string;
  readonly ways: readonly Way[];
  readonly lift: (supposing: Supposition) => Supposition;
}

const ACTIONS = [
  ...['User', 'Role'].flatMap((word) => [
    `iam:Delete${word}Policy`,
    `iam:Put${word}Policy`,
    `iam:Detach${word}Policy`,
    `iam:Delete${word}PermissionsBoundary`,
    `iam:Put${word}PermissionsBoundary`,
  ]),
  'iam:DeleteGroupPolicy',
  'iam:PutGroupPolicy',
  'iam:DetachGroupPolicy',
  'iam:RemoveUserFromGroup',
  'iam:CreatePolicyVersion',
];

export const mayLift = recalled((estate: Estate, principal: User | Role): boolean =>
  ACTIONS.some((action) => mayBeAble(estate, principal, action)),
);

/** @param reached The power once some limits are off; anything but a no ends the search. */
export function lifting(
  estate: Estate,
  principal: User | Role,
  target: User | Role,
  before: Supposition,
  reached: (supposing: Supposition) => AccessAnswer,
): Lifted | undefined {
  const limits = limitsOf(estate, target);
  if (limits.length === 0 || !mayLift(estate, principal)) return undefined;
  const self = principal.id === target.id;
  const answers: AccessAnswer[] = [];
  const what: string[] = [];
  let supposing = before;
  let left = limits;
  while (left.length > 0) {
    const next: Limit[] = [];
    for (const limit of left) {
      const answer = best(limit.ways, ({ action, resource, context = {} }) =>
        evaluate(estate, { principal: arnOf(principal), action, resource, context, supposing: self ? supposing : {} }),
      );
      if (!answer || answer.verdict === 'no') {
        next.push(limit);
        continue;
      }
      answers.push(withoutAdded(answer));
      what.push(limit.what);
      supposing = limit.lift(supposing);
      const power = reached(supposing);
      if (power.verdict !== 'no') return { answer: merge([...answers, power]), what: what.join(' and ') };
    }
    if (next.length === left.length) return undefined;
    left = next;
  }
  return undefined;
}

/** A policy that does not exist yet is no proof. */
const withoutAdded = (answer: AccessAnswer): AccessAnswer => ({
  ...answer,
  statements: answer.statements.filter(({ policy }) => !policy.startsWith('added policy')),
  chain: answer.chain.filter(({ by }) => !by.startsWith('added policy')),
});

/** The boundary first, then policies that only deny: taking those off costs no permission. */
function limitsOf(estate: Estate, target: User | Role): readonly Limit[] {
  const { policies } = identityOf(estate, target).policies;
  const denying = policies.filter((policy) => policy.document.statements.some(({ effect }) => effect === 'Deny'));
  const plain = denying.filter((policy) => policy.document.statements.every(({ effect }) => effect === 'Deny'));
  const mixed = denying.filter((policy) => !plain.includes(policy));
  return [...boundaryOf(target), ...[...plain, ...mixed].map((policy) => limitOf(estate, target, policy))];
}

function boundaryOf(target: User | Role): readonly Limit[] {
  if (target.boundary === null) return [];
  const Word = target.kind === 'user' ? 'User' : 'Role';
  const resource = arnOf(target);
  return [
    {
      what: 'its permissions boundary',
      ways: [
        { action: `iam:Delete${Word}PermissionsBoundary`, resource },
        { action: `iam:Put${Word}PermissionsBoundary`, resource, context: { 'iam:PermissionsBoundary': ADMIN } },
        ...(target.boundary ? rewriting(target.boundary.id) : []),
      ],
      lift: (supposing) => ({ ...supposing, unbounded: true }),
    },
  ];
}

/** AWS's own policies have no versions that an account can write. */
const rewriting = (policy: string): readonly Way[] =>
  policy.includes(':iam::aws:') ? [] : [{ action: 'iam:CreatePolicyVersion', resource: policy }];

function limitOf(estate: Estate, target: User | Role, attached: AttachedPolicy): Limit {
  const { policy, type, holder } = attached;
  const held = byId(estate, holder);
  const resource = held ? arnOf(held) : holder;
  const Word = holder !== target.id ? 'Group' : target.kind === 'user' ? 'User' : 'Role';
  return {
    what: `the policy “${lastName(policy)}”`,
    ways: [
      ...(type === 'inline'
        ? [
            { action: `iam:Delete${Word}Policy`, resource },
            { action: `iam:Put${Word}Policy`, resource },
          ]
        : [
            { action: `iam:Detach${Word}Policy`, resource, context: { 'iam:PolicyARN': policy } },
            ...rewriting(policy),
          ]),
      ...(Word === 'Group' ? [{ action: 'iam:RemoveUserFromGroup', resource }] : []),
    ],
    lift: (supposing) => ({ ...supposing, without: new Set([...(supposing.without ?? []), heldAs(attached)]) }),
  };
}
