/** IAM: what CloudFormation has inside a user, a group or a policy stands beside it in a recording. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Given } from '../given.ts';
import { type Beside, row, type TypeRow } from '../row.ts';
import { isUnknown, listOf, UNKNOWN } from '../values.ts';

type Form = 'role' | 'user' | 'group';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const token = (name: string): string => `aws:iam/${name}:${capital(name)}`;

/** What hangs on a holder that is not known may hang on any. */
const attachments = (one: Given, form: Form, holder: string): readonly Beside[] => {
  const arns = one.list('ManagedPolicyArns');
  if (arns === undefined) return [];
  const list = listOf(arns);
  if (list === undefined)
    return [{ token: token(`${form}PolicyAttachment`), part: 'managed', inputs: { [form]: UNKNOWN } }];
  return list.map((policyArn, n) => ({
    token: token(`${form}PolicyAttachment`),
    part: `managed${n + 1}`,
    inputs: isUnknown(policyArn) ? { [form]: UNKNOWN } : { [form]: holder, policyArn },
  }));
};

const inlinePolicies = (one: Given, form: Form, holder: string): readonly Beside[] =>
  (one.blocks('Policies') ?? []).map((each, n) => ({
    token: token(`${form}Policy`),
    part: `policy${n + 1}`,
    inputs: { [form]: holder, name: each.text('PolicyName'), policy: each.document('PolicyDocument') ?? UNKNOWN },
  }));

const role = row(
  'AWS::IAM::Role',
  token('role'),
  (one) => ({
    name: one.text('RoleName'),
    path: one.text('Path'),
    assumeRolePolicy: one.document('AssumeRolePolicyDocument'),
    managedPolicyArns: one.list('ManagedPolicyArns'),
    inlinePolicies: one.each('Policies', (each) => ({
      name: each.text('PolicyName'),
      policy: each.document('PolicyDocument') ?? UNKNOWN,
    })),
    permissionsBoundary: one.text('PermissionsBoundary'),
    tags: one.tags(),
  }),
  { attributes: { Arn: 'arn', RoleId: 'uniqueId' } },
);

const user = row(
  'AWS::IAM::User',
  token('user'),
  (one) => ({
    name: one.text('UserName'),
    path: one.text('Path'),
    permissionsBoundary: one.text('PermissionsBoundary'),
    tags: one.tags(),
  }),
  {
    attributes: { Arn: 'arn' },
    beside: (one, { id }) => [
      ...attachments(one, 'user', id),
      ...inlinePolicies(one, 'user', id),
      ...(one.has('Groups')
        ? [{ token: token('userGroupMembership'), part: 'groups', inputs: { user: id, groups: one.list('Groups') } }]
        : []),
      ...(one.has('LoginProfile') ? [{ token: token('userLoginProfile'), part: 'login', inputs: { user: id } }] : []),
    ],
  },
);

const group = row(
  'AWS::IAM::Group',
  token('group'),
  (one) => ({ name: one.text('GroupName'), path: one.text('Path') }),
  {
    attributes: { Arn: 'arn' },
    untagged: true,
    beside: (one, { id }) => [...attachments(one, 'group', id), ...inlinePolicies(one, 'group', id)],
  },
);

const HOLDERS: readonly (readonly [form: Form, property: string])[] = [
  ['role', 'Roles'],
  ['user', 'Users'],
  ['group', 'Groups'],
];

/** One resource for each holder that a policy names. */
const forHolders = (
  one: Given,
  name: (form: Form) => string,
  inputs: Readonly<Record<string, Value | undefined>>,
): readonly Beside[] =>
  HOLDERS.flatMap(([form, property]) => {
    const value = one.list(property);
    if (value === undefined) return [];
    return (listOf(value) ?? [UNKNOWN]).map((holder, n) => ({
      token: token(name(form)),
      part: `${form}${n + 1}`,
      inputs: { [form]: holder, ...inputs },
      belongs: [form],
    }));
  });

const inline = (type: string, forms: (one: Given) => readonly Beside[]): TypeRow =>
  row(type, 'cloudformation:iam/policy', () => ({}), { belongs: [], untagged: true, beside: forms });

/** The newer types that hold one policy for one holder. */
const inlineOf = (form: Form, property: string): TypeRow =>
  row(
    `AWS::IAM::${capital(form)}Policy`,
    token(`${form}Policy`),
    (one) => ({ [form]: one.text(property), name: one.text('PolicyName'), policy: one.document('PolicyDocument') }),
    { belongs: [form], untagged: true },
  );

const managed = row(
  'AWS::IAM::ManagedPolicy',
  token('policy'),
  (one) => ({
    name: one.text('ManagedPolicyName'),
    path: one.text('Path'),
    policy: one.document('PolicyDocument'),
    tags: one.tags(),
  }),
  {
    attributes: { PolicyArn: 'arn' },
    beside: (one, { id }) => forHolders(one, (form) => `${form}PolicyAttachment`, { policyArn: id }),
  },
);

const profile = row(
  'AWS::IAM::InstanceProfile',
  token('instanceProfile'),
  (one) => ({ name: one.text('InstanceProfileName'), path: one.text('Path'), role: onlyOne(one) }),
  { attributes: { Arn: 'arn' }, untagged: true },
);

/** A profile has one role, in a list. */
function onlyOne(one: Given): Value | undefined {
  const roles = one.list('Roles');
  return roles === undefined ? undefined : (listOf(roles)?.[0] ?? UNKNOWN);
}

export const people: readonly TypeRow[] = [
  role,
  user,
  group,
  inline('AWS::IAM::Policy', (one) =>
    forHolders(one, (form) => `${form}Policy`, {
      name: one.text('PolicyName'),
      policy: one.document('PolicyDocument') ?? UNKNOWN,
    }),
  ),
  inlineOf('role', 'RoleName'),
  inlineOf('user', 'UserName'),
  inlineOf('group', 'GroupName'),
  managed,
  profile,
  row(
    'AWS::IAM::UserToGroupAddition',
    token('groupMembership'),
    (one) => ({ group: one.text('GroupName'), users: one.list('Users') }),
    { belongs: ['group'], untagged: true },
  ),
  row(
    'AWS::IAM::AccessKey',
    token('accessKey'),
    (one) => ({ user: one.text('UserName'), status: one.text('Status') }),
    {
      attributes: { SecretAccessKey: () => UNKNOWN },
      untagged: true,
    },
  ),
  row('AWS::IAM::OIDCProvider', token('openIdConnectProvider'), (one) => ({ url: one.text('Url'), tags: one.tags() }), {
    attributes: { Arn: 'arn' },
  }),
  row('AWS::IAM::SAMLProvider', token('samlProvider'), (one) => ({ name: one.text('Name'), tags: one.tags() }), {
    ref: 'arn',
    attributes: { Arn: 'arn' },
  }),
];
