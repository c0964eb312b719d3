/**
 * Making somebody new: whoever may make a role or a user, give it every permission and take its credentials has them,
 * whoever is there today. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
import type { Estate } from '../../../estate/estate.ts';
import { all, find } from '../../../estate/estate.ts';
import { id } from '../../../estate/ids.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import type { AccessAnswer } from '../answer.ts';
import type { ContextInput } from '../context.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf } from '../identity.ts';
import { best, both, merge, NEVER } from './combine.ts';
import { ADMIN } from './escalation.ts';
import { groupAdministers } from './groups.ts';
import { type Link, trusting } from './links.ts';
import { mayBeAble, someOf } from './needs.ts';
import { powerOf } from './power.ts';

const UNBOUND: ContextInput = { 'iam:PermissionsBoundary': ADMIN };

/** A boundary that has to be set would limit what is made, unless it can be taken off again. */
const FREE: ContextInput = { 'iam:PermissionsBoundary': null };

interface Step {
  readonly action: string;
  readonly context?: ContextInput;
  /** On what, where it is not what is made. */
  readonly on?: (estate: Estate, account: string) => readonly string[];
}

interface Making {
  readonly id: string;
  readonly says: string;
  readonly form: string;
  /** All are needed, of each any. */
  readonly steps: readonly (readonly Step[])[];
  readonly unproven?: Missing;
}

const ASSUME = 'sts:AssumeRole';

const groups = (estate: Estate, account: string): readonly string[] =>
  all(estate, 'group')
    .filter((group) => group.account === account && groupAdministers(estate, group))
    .map(arnOf);

const FORMS = { Role: 'arn:aws:iam::{account}:role/*', User: 'arn:aws:iam::{account}:user/*' } as const;
const SAYS = {
  Role: 'make a role that has every permission and lets in',
  User: 'make a user that has every permission and take its credentials, as',
} as const;

/** Everything done without a boundary, or with one that goes away at the end. */
const makingOf = (word: 'Role' | 'User', bounded: boolean): Making => {
  const context = bounded ? {} : FREE;
  return {
    id: `make-${word.toLowerCase()}`,
    says: SAYS[word],
    form: FORMS[word],
    steps: [
      [{ action: `iam:Create${word}`, context }],
      [
        { action: `iam:Attach${word}Policy`, context: { ...context, 'iam:PolicyARN': ADMIN } },
        { action: `iam:Put${word}Policy`, context },
        ...(word === 'User' ? [{ action: 'iam:AddUserToGroup', on: groups }] : []),
      ],
      word === 'Role'
        ? [{ action: ASSUME }]
        : [{ action: 'iam:CreateAccessKey' }, { action: 'iam:CreateLoginProfile' }],
      ...(bounded
        ? [
            [
              { action: `iam:Delete${word}PermissionsBoundary` },
              { action: `iam:Put${word}PermissionsBoundary`, context: UNBOUND },
            ],
          ]
        : []),
    ],
  };
};

const MAKINGS: readonly Making[] = [
  makingOf('Role', false),
  makingOf('User', false),
  makingOf('Role', true),
  makingOf('User', true),
  {
    id: 'write-permission-set',
    says: 'write a permission set of IAM Identity Center and have it in the account, as',
    form: '*',
    steps: [
      [
        { action: 'sso:AttachManagedPolicyToPermissionSet' },
        { action: 'sso:PutInlinePolicyToPermissionSet' },
        { action: 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet' },
      ],
      [{ action: 'sso:ProvisionPermissionSet' }, { action: 'sso:CreateAccountAssignment' }],
    ],
    unproven: {
      operation: 'sso-admin:ListInstances',
      reason:
        'whether IAM Identity Center, the permission sets of which it may write, is run from this account was not read',
    },
  },
];

export function* makings(estate: Estate, principal: User | Role): Generator<Link> {
  for (const making of MAKINGS) {
    const { steps, form, unproven } = making;
    if (unproven && find(estate, id<'account'>(principal.account))?.organization === null) continue;
    const possible = steps.every((step) =>
      step.some(({ action }) => action === ASSUME || mayBeAble(estate, principal, action)),
    );
    if (!possible) continue;
    const actions = steps.flat().filter(({ on }) => on === undefined);
    const places = new Set(actions.flatMap(({ action }) => someOf(estate, principal, action, form, '')));
    const made = best(places, (place) =>
      both(steps, (step) => best(step, (one) => meets(estate, principal, one, place)) ?? NEVER),
    );
    // Policies of the organization bind whoever is made as they bind the account's root.
    const power =
      made && made.verdict !== 'no'
        ? powerOf(estate, `arn:aws:iam::${principal.account}:root`, principal.account)
        : NEVER;
    if (!made || made.verdict === 'no' || power.verdict === 'no') continue;
    const answer = merge([made, power]);
    yield {
      from: principal.id,
      to: principal.id,
      by: making.id,
      says: making.says,
      through: arnOf(principal),
      answer: unproven
        ? { ...answer, verdict: 'unknown', because: 'missing', missing: [...answer.missing, unproven] }
        : answer,
    };
  }
}

function meets(
  estate: Estate,
  principal: User | Role,
  { action, context = {}, on }: Step,
  place: string,
): AccessAnswer {
  if (action !== ASSUME && !mayBeAble(estate, principal, action)) return NEVER;
  const supposing = action === ASSUME ? { resourcePolicy: trusting(principal) } : {};
  const ask = (resource: string): AccessAnswer =>
    withChosen(evaluate(estate, { principal: arnOf(principal), action, resource, context, supposing }));
  return best(on ? on(estate, principal.account) : [place], ask) ?? NEVER;
}

/** Whoever makes it chooses the boundary that a condition asks for. */
const withChosen = (answer: AccessAnswer): AccessAnswer => ({
  ...answer,
  conditions: answer.conditions.filter(
    ({ tests }) => !tests.every(({ key }) => key.toLowerCase() === 'iam:permissionsboundary'),
  ),
});
