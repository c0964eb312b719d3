/**
 * IAM's users, groups and roles with all that hangs on them, and for each whether it can be adopted. A holder is adopted
 * whole or not at all: declared without a policy that was not read, it would look as if it had none.
 */
import type { Group, Role, User } from '../../estate/kinds/people.ts';
import type { Answers } from '../answers.ts';
import { type Form, firstOf, type Seen, seen } from '../iam.ts';
import type { Item } from '../item.ts';
import { isPolicyText } from '../policy-text.ts';
import { reader as groupReader } from '../readers/groups.ts';
import { reader as roleReader } from '../readers/roles.ts';
import { reader as userReader } from '../readers/users.ts';
import type { Whole } from './adopter.ts';
import { keptBy, type Tagged, tagged } from './tags.ts';

export interface Holder<R extends User | Group | Role = User | Group | Role> {
  readonly form: Form;
  readonly name: string;
  readonly item: Item;
  readonly seen: Seen;
  readonly path: string;
  readonly tags: Tagged;
  readonly is: R;
  readonly of: Whole;
  /** Why it cannot be adopted; undefined when it can. */
  readonly because: string | undefined;
}

export interface Holders {
  readonly users: readonly Holder<User>[];
  readonly groups: readonly Holder<Group>[];
  readonly roles: readonly Holder<Role>[];
  /** Users of whom only the credential report tells. */
  readonly reported: readonly Whole[];
}

const known = new WeakMap<Answers, Holders>();

export function holders(answers: Answers): Holders {
  const before = known.get(answers);
  if (before) return before;
  const told = ofKind(userReader.read(answers), 'user');
  const users = held(answers, 'User', told, userGap);
  const met = new Set(users.map(({ of }) => of.id));
  const reported = told.filter(({ id }) => !met.has(id)).map(({ kind, id }): Whole => ({ kind, id }));
  const adopted = new Set(users.filter(({ because }) => because === undefined).map(({ of }) => of.id));
  const groups = held(answers, 'Group', ofKind(groupReader.read(answers), 'group'), (group) =>
    groupGap(group, adopted),
  );
  const roles = held(answers, 'Role', ofKind(roleReader.read(answers), 'role'), roleGap);
  const all = { users, groups, roles, reported };
  known.set(answers, all);
  return all;
}

type Kinds = User | Group | Role;

const ofKind = <K extends Kinds['kind']>(resources: readonly { readonly kind: string }[], kind: K) =>
  resources.filter((one): one is Extract<Kinds, { kind: K }> => one.kind === kind);

function held<R extends Kinds>(
  answers: Answers,
  form: Form,
  resources: readonly R[],
  gap: (resource: R, path: string) => string | undefined,
): readonly Holder<R>[] {
  const byArn = new Map(seen(answers, form).map((one) => [one.arn, one]));
  return resources.flatMap((is) => {
    const one = byArn.get(is.id);
    if (!one) return [];
    const path = firstOf(one.items, (item) => item.string('Path') || undefined);
    const tags = tagged(answers, is.id, is.tags);
    const because =
      keptBy(tags.tags) ??
      (path === undefined ? notRead('its path', `iam:Get${form}`) : gap(is, path)) ??
      policyGap(form, is);
    const holder = { form, name: one.name, item: one.items[0], seen: one, path: path ?? '/', tags, is };
    return [{ ...holder, of: { kind: is.kind, id: is.id }, because }];
  });
}

const notRead = (what: string, operation: string): string =>
  `${what} was not read (iam:GetAccountAuthorizationDetails or ${operation})`;

function policyGap(form: Form, { attachedPolicies, inlinePolicies }: Kinds): string | undefined {
  if (attachedPolicies === undefined)
    return notRead('which managed policies are attached to it', `iam:ListAttached${form}Policies`);
  if (inlinePolicies === undefined) return notRead('which inline policies it has', `iam:List${form}Policies`);
  const unread = inlinePolicies.find(({ document }) => document === undefined || !isPolicyText(document));
  return unread && notRead(`the text of its inline policy ${unread.name}`, `iam:Get${form}Policy`);
}

const boundaryGap = (form: Form, { boundary }: User | Role): string | undefined =>
  boundary === undefined ? notRead('whether it has a permissions boundary', `iam:Get${form}`) : undefined;

const userGap = (user: User): string | undefined =>
  boundaryGap('User', user) ??
  (user.groups === undefined ? notRead('which groups the user is in', 'iam:ListGroupsForUser') : undefined);

/** A group whose members are not all declared would look smaller than it is. */
function groupGap({ members }: Group, adopted: ReadonlySet<string>): string | undefined {
  if (members === undefined) return notRead('who its members are', 'iam:GetGroup');
  const other = members.find(({ id }) => !adopted.has(id));
  return other && `its member ${other.id} is not adopted`;
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function roleGap(role: Role, path: string): string | undefined {
  if (path.startsWith('/aws-service-role/')) return 'a service of AWS made this service-linked role and keeps it';
  if (path.startsWith('/aws-reserved/')) return 'IAM Identity Center makes this role and keeps it';
  if (role.trust === undefined || !isPolicyText(role.trust)) return notRead('its trust policy', 'iam:GetRole');
  return boundaryGap('Role', role);
}
