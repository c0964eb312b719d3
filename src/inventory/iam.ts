/**
 * Users, groups and roles as the answers of IAM show them. The same user stands in several answers, each with other
 * fields: GetAccountAuthorizationDetails has the policies, GetUser the last sign-in, a listing only the name.
 */

import type { PolicyText } from '../estate/kinds/network.ts';
import type { InlinePolicy } from '../estate/kinds/people.ts';
import type { Ref } from '../estate/source.ts';
import { agreed } from './agreed.ts';
import type { Answers } from './answers.ts';
import { arnParts, groupArn, nameOfArn, roleArn, userArn } from './ids.ts';
import type { Item } from './item.ts';
import { allItems, isWhole, joined, listing, pagesOf, refsFrom } from './listing.ts';
import { policyIn, policyMeaning } from './policy-text.ts';

/** One user, group or role, with every item about it, the fullest first. */
export interface Seen {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  /** From GetAccountAuthorizationDetails, when it is there. */
  readonly details: Item | undefined;
  /** From GetUser, GetGroup or GetRole, when it is there. */
  readonly single: Item | undefined;
  readonly items: readonly [Item, ...Item[]];
}

export type Form = 'User' | 'Group' | 'Role';

export const DETAILS = 'iam:GetAccountAuthorizationDetails';

const ARN = { User: userArn, Group: groupArn, Role: roleArn } as const;

/** Operations that only a form has, apart from the common ones that follow its name. */
const ALSO: Readonly<Record<Form, readonly (readonly [operation: string, field: string])[]>> = {
  User: [['iam:GetGroup', 'Users']],
  Group: [['iam:ListGroupsForUser', 'Groups']],
  Role: [],
};

/** Every operation that `seen` and the functions below read for a form. */
export const operationsOf = (form: Form): readonly string[] => [
  DETAILS,
  `iam:List${form}s`,
  `iam:Get${form}`,
  ...ALSO[form].map(([operation]) => operation),
  `iam:ListAttached${form}Policies`,
  `iam:List${form}Policies`,
  `iam:Get${form}Policy`,
];

/** Every user, group or role that an answer shows. */
export function seen(answers: Answers, form: Form): readonly Seen[] {
  const byName = new Map<string, { account: string; name: string; found: [operation: string, item: Item][] }>();
  const add = (operation: string, items: readonly Item[]): void => {
    for (const item of items) {
      const arn = item.string('Arn');
      const name = item.string(`${form}Name`) ?? (arn === undefined ? undefined : nameOfArn(arn));
      if (name === undefined) {
        item.notice('missingField', `${operation}: a ${form.toLowerCase()} has neither ${form}Name nor Arn; left out`);
        continue;
      }
      const key = `${item.context.account} ${name}`;
      const known = byName.get(key) ?? { account: item.context.account, name, found: [] };
      known.found.push([operation, item]);
      byName.set(key, known);
    }
  };
  const single = `iam:Get${form}`;
  add(DETAILS, answers.items(DETAILS, `${form}DetailList`));
  add(
    single,
    answers.bodies(single).flatMap(({ item }) => item.item(form) ?? []),
  );
  add(`iam:List${form}s`, answers.items(`iam:List${form}s`, `${form}s`));
  for (const [operation, field] of ALSO[form]) add(operation, answers.items(operation, field));
  return [...byName.values()].flatMap(({ account, name, found }) => {
    const [first, ...rest] = found.map(([, item]) => item);
    if (!first) return [];
    const items: [Item, ...Item[]] = [first, ...rest];
    return [
      {
        name,
        account,
        items,
        arn: firstOf(items, (item) => item.string('Arn')) ?? ARN[form](account, name),
        details: found.find(([operation]) => operation === DETAILS)?.[1],
        single: found.find(([operation]) => operation === single)?.[1],
      },
    ];
  });
}

/** What the first item that knows it says. */
export function firstOf<T>(items: readonly Item[], read: (item: Item) => T | undefined): T | undefined {
  for (const item of items) {
    const value = read(item);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The trust policy of a role. */
export const trustOf = (one: Seen): PolicyText | undefined =>
  agreed(
    one.items[0],
    `the trust policy of ${one.name}`,
    one.items.map((item) => policyIn(item, 'AssumeRolePolicyDocument')),
    policyMeaning,
  );

/** References in the order of their ids: AWS's own order says nothing. */
export const byId = <R extends { readonly id: string }>(refs: readonly R[] | undefined): readonly R[] | undefined =>
  refs?.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Managed policies attached to a user, group or role, in the order of their ARNs. */
export const attachedPolicies = (answers: Answers, form: Form, one: Seen): readonly Ref<'policy'>[] | undefined =>
  agreed(
    one.items[0],
    `the policies attached to ${one.name}`,
    attachedAsTold(answers, form, one).map((refs) => byId(refs)),
    (refs) => JSON.stringify(refs.map(({ id }) => id)),
  );

/** The same in each answer that may tell them. */
export function attachedAsTold(
  answers: Answers,
  form: Form,
  one: Seen,
): readonly (readonly Ref<'policy'>[] | undefined)[] {
  const target = [`${form}Name`, one.name] as const;
  const listed = listing(answers, `iam:ListAttached${form}Policies`, 'AttachedPolicies', one.account, target);
  return [one.details && allItems(one.details, 'AttachedManagedPolicies'), listed].map((items) =>
    refsFrom<'policy'>(items, 'PolicyArn'),
  );
}

/** Policies that stand in a user, group or role itself, in the order of their names. */
export function inlinePolicies(answers: Answers, form: Form, one: Seen): readonly InlinePolicy[] | undefined {
  const tellings = [inlineInDetails(form, one), inlineListed(answers, form, one)].map((policies) =>
    policies?.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  );
  const [item] = one.items;
  const told = agreed(item, `the inline policies of ${one.name}`, tellings, (policies) =>
    JSON.stringify(policies.map(({ name }) => name)),
  );
  return told?.map(({ name }, n) => ({
    name,
    document: agreed(
      item,
      `the inline policy ${name} of ${one.name}`,
      tellings.map((policies) => policies?.[n]?.document),
      policyMeaning,
    ),
  }));
}

function inlineInDetails(form: Form, one: Seen): readonly InlinePolicy[] | undefined {
  return (one.details && allItems(one.details, `${form}PolicyList`))?.map((item) => ({
    name: item.string('PolicyName') ?? '',
    document: policyIn(item, 'PolicyDocument'),
  }));
}

function inlineListed(answers: Answers, form: Form, one: Seen): readonly InlinePolicy[] | undefined {
  const target = [`${form}Name`, one.name] as const;
  const pages = pagesOf(answers, `iam:List${form}Policies`, one.account, target);
  const names = isWhole(pages) ? joined(pages.map(({ item }) => item.strings('PolicyNames'))) : undefined;
  return names?.map((name) => {
    const body = pagesOf(answers, `iam:Get${form}Policy`, one.account, target).find(
      ({ item, entry }) => (item.string('PolicyName') ?? entry.input.PolicyName) === name,
    );
    return { name, document: body && policyIn(body.item, 'PolicyDocument') };
  });
}

/**
 * The permissions boundary. GetUser, GetRole and GetAccountAuthorizationDetails tell one when there is one; the
 * listings never do (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html).
 */
export const boundary = (one: Seen): Ref<'policy'> | null | undefined =>
  agreed(one.items[0], `the permissions boundary of ${one.name}`, boundariesAsTold(one), (ref) => ref?.id ?? '');

/** The same in each answer that may tell it. */
export const boundariesAsTold = (one: Seen): readonly (Ref<'policy'> | null | undefined)[] =>
  one.items.map((item) => {
    if (item.has('PermissionsBoundary'))
      return item.item('PermissionsBoundary')?.ref<'policy'>('PermissionsBoundaryArn');
    return item === one.details || item === one.single ? null : undefined;
  });

/** Names of a user's groups from his details; undefined when one of them cannot be read. */
export function groupNames(one: Seen): readonly string[] | undefined {
  const names = one.details?.strings('GroupList');
  const given = one.details?.value.GroupList;
  return Array.isArray(given) && given.length === names?.length ? names : undefined;
}

/** Groups are named, not given by ARN, in a user's details; the ARN holds a path, so it is looked up. */
export function idsByName(people: readonly Seen[]): (account: string, name: string) => string | undefined {
  const ids = new Map(people.map((one) => [`${one.account} ${one.name}`, one.arn]));
  return (account, name) => ids.get(`${account} ${name}`);
}

/** The partition a person's ARN stands in. */
export const partitionOfArn = (arn: string): string => arnParts(arn)?.partition ?? 'aws';

/** Whether the details of the account show every member of a form (`--filter` may have left some out). */
export function detailsAreWhole(answers: Answers, account: string, form: Form): boolean {
  const pages = pagesOf(answers, DETAILS, account).filter(({ entry }) => {
    const filter = entry.input.Filter;
    return !Array.isArray(filter) || filter.includes(form);
  });
  return isWhole(pages) && pages.every(({ item }) => allItems(item, `${form}DetailList`) !== undefined);
}
