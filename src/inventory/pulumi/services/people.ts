/** IAM: users, groups, roles and policies with all that is attached to them in any of the forms. */
import type { Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';

type Form = 'role' | 'user' | 'group';

const type = (name: string): string => `aws:iam/${name}:${name[0]?.toUpperCase()}${name.slice(1)}`;
const [ROLE, USER, GROUP, POLICY, PROFILE] = ['role', 'user', 'group', 'policy', 'instanceProfile'].map(type);
const KINDS: readonly string[] = [ROLE, USER, GROUP, POLICY, PROFILE].flatMap((one) => one ?? []);
const MEMBERSHIP = [type('userGroupMembership')];
const PLURAL = { role: 'roles', user: 'users', group: 'groups' } as const;

/** Names under which a program's resources point at a role, a user, a group. */
const names = (one: Declared): readonly string[] => [
  ...new Set([one.id, one.made('arn')].flatMap((name) => name ?? [])),
];

/** IAM's names are those of an account: two accounts may each have a role of a name. */
const pointing = (one: Declared, types: readonly string[], property: string, world: World): readonly Declared[] =>
  names(one)
    .flatMap((name) => world.pointing(types, property, name))
    .filter(({ account }) => account === one.account);

/** Whether something in the account points at a holder that is only known after a deployment: it may be any. */
const astray = (one: Declared, types: readonly string[], property: string, world: World): boolean =>
  world.unknown(types, property).some(({ account }) => account === one.account);

const policyName = (arn: string | undefined): Body => ({ PolicyArn: arn, PolicyName: arn?.replace(/^.*\//, '') });

/** Made once for a program. */
function once<T>(make: (world: World) => T): (world: World) => T {
  const made = new WeakMap<World, { readonly value: T }>();
  return (world) => {
    const known = made.get(world) ?? { value: make(world) };
    made.set(world, known);
    return known.value;
  };
}

/** Lists that name many holders at once, by each holder; undefined when one of them is only known after a deployment. */
const byHolder = (typeName: string, holders: string) =>
  once((world): ReadonlyMap<string, readonly Declared[]> | undefined => {
    const index = new Map<string, Declared[]>();
    for (const one of world.of(type(typeName))) {
      const named = one.texts(holders);
      if (named === undefined) return undefined;
      for (const name of named) {
        const key = `${one.account} ${name}`;
        const list = index.get(key);
        if (list) list.push(one);
        else index.set(key, [one]);
      }
    }
    return index;
  });

const attachedToMany = {
  role: byHolder('policyAttachment', PLURAL.role),
  user: byHolder('policyAttachment', PLURAL.user),
  group: byHolder('policyAttachment', PLURAL.group),
};
const membersOf = byHolder('groupMembership', 'users');

/**
 * Whether another stack may have given something to a user or a group, which their own state does not show; a role's does.
 * What this stack gives still counts: only that it gives nothing is then not known.
 */
const hidden = (form: Form, { recording }: World): boolean => form !== 'role' && recording.others === true;

/**
 * Managed policies: attached one by one, in a list of their own, or by the policy's own list of holders. An attachment
 * whose holder is only known after a deployment may be anybody's: then nobody's policies are known as a whole.
 */
function attached(one: Declared, form: Form, world: World): readonly Body[] | undefined {
  const many = attachedToMany[form](world);
  const listed = form === 'role' ? one.texts('managedPolicyArns') : [];
  if (many === undefined || listed === undefined) return undefined;
  if (astray(one, [type(`${form}PolicyAttachment`)], form, world)) return undefined;
  const single = pointing(one, [type(`${form}PolicyAttachment`)], form, world);
  const shared = names(one).flatMap((name) => many.get(`${one.account} ${name}`) ?? []);
  const arns = [...single, ...shared].map((each) => each.text('policyArn'));
  if (arns.length === 0 && hidden(form, world)) return undefined;
  return [...new Set([...arns, ...listed])].map(policyName);
}

function inline(one: Declared, form: Form, world: World): readonly Body[] | undefined {
  if (astray(one, [type(`${form}Policy`)], form, world)) return undefined;
  const own = pointing(one, [type(`${form}Policy`)], form, world).map((each) => ({
    PolicyName: each.either('name'),
    PolicyDocument: each.value('policy') ?? 1,
  }));
  const inside = form === 'role' ? one.blocks('inlinePolicies') : [];
  if (own.length === 0 && hidden(form, world)) return undefined;
  return (
    inside && [
      ...own,
      ...inside
        .filter((each) => each.has('policy'))
        .map((each) => ({ PolicyName: each.text('name'), PolicyDocument: each.value('policy') ?? 1 })),
    ]
  );
}

const boundary = (one: Declared): Body =>
  one.has('permissionsBoundary')
    ? { PermissionsBoundary: { PermissionsBoundaryArn: one.text('permissionsBoundary') } }
    : {};

/** Groups of a user, from the user's membership and from the groups' lists of members. */
function groupsOf(user: Declared, world: World): readonly string[] | undefined {
  const listed = membersOf(world);
  if (listed === undefined || astray(user, MEMBERSHIP, 'user', world)) return undefined;
  const byUser = pointing(user, MEMBERSHIP, 'user', world).map((each) => each.texts('groups'));
  const byGroup = names(user)
    .flatMap((name) => listed.get(`${user.account} ${name}`) ?? [])
    .map((each) => each.text('group'));
  const groups = whole([...byUser.map((list) => list ?? [undefined]), byGroup].flat());
  if (groups?.length === 0 && hidden('user', world)) return undefined;
  return groups && [...new Set(groups)];
}

/** Memberships of users who are only known after a deployment: they may be others than those declared. */
const strangers = (world: World): readonly Declared[] => [
  ...world.unknown(MEMBERSHIP, 'user'),
  ...world.of(type('groupMembership')).filter((one) => one.texts('users') === undefined),
];

const EMPTY = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };

function details(one: Declared, world: World): Body {
  const identity = { Arn: one.made('arn'), Path: one.text('path', '/') };
  switch (one.resource.type) {
    case ROLE:
      return {
        ...EMPTY,
        RoleDetailList: [
          {
            ...identity,
            RoleName: one.id,
            AssumeRolePolicyDocument: one.value('assumeRolePolicy') ?? 1,
            AttachedManagedPolicies: attached(one, 'role', world),
            RolePolicyList: inline(one, 'role', world),
            InstanceProfileList: [],
            ...boundary(one),
            Tags: one.tags(),
          },
        ],
      };
    case USER:
      return {
        ...EMPTY,
        UserDetailList: [
          {
            ...identity,
            UserName: one.id,
            GroupList: groupsOf(one, world),
            AttachedManagedPolicies: attached(one, 'user', world),
            UserPolicyList: inline(one, 'user', world),
            ...boundary(one),
            Tags: one.tags(),
          },
        ],
      };
    case GROUP:
      return {
        ...EMPTY,
        GroupDetailList: [
          {
            ...identity,
            GroupName: one.id,
            AttachedManagedPolicies: attached(one, 'group', world),
            GroupPolicyList: inline(one, 'group', world),
          },
        ],
      };
    default:
      return {
        ...EMPTY,
        Policies: [
          {
            Arn: one.made('arn'),
            PolicyName: one.either('name'),
            DefaultVersionId: 'v1',
            PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: one.value('policy') ?? 1 }],
            Tags: one.tags(),
          },
        ],
      };
  }
}

const roleArns = once(
  (world) =>
    new Map(
      world
        .of(ROLE ?? '')
        .flatMap((one) => names(one).map((name) => [`${one.account} ${name}`, one.made('arn')] as const)),
    ),
);

const profile = (one: Declared, world: World): Body => {
  const role = one.text('role');
  const arn = roleArns(world).get(`${one.account} ${role}`);
  return {
    Arn: one.made('arn'),
    InstanceProfileName: one.id,
    Roles: one.has('role')
      ? [
          {
            RoleName: role,
            Arn: arn ?? (role?.startsWith('arn:') ? role : role && `arn:aws:iam::${one.account}:role/${role}`),
          },
        ]
      : [],
    Tags: one.tags(),
  };
};

const ATTACHMENTS = [
  'rolePolicyAttachment',
  'userPolicyAttachment',
  'groupPolicyAttachment',
  'policyAttachment',
  'rolePolicy',
  'userPolicy',
  'groupPolicy',
  'userGroupMembership',
  'groupMembership',
].map(type);

export const people: readonly Translation[] = [
  {
    operation: 'iam:GetAccountAuthorizationDetails',
    types: [...KINDS.slice(0, 4), ...ATTACHMENTS],
    tell: (world) => [
      ...world.of(...KINDS.slice(0, 4)).map((one) => ({ from: one, body: details(one, world) })),
      // without its list of users the answer says that there are more of them
      ...strangers(world).map((one) => ({ from: one, body: { ...EMPTY, UserDetailList: undefined } })),
    ],
    none: EMPTY,
  },
  listing('iam:ListInstanceProfiles', 'InstanceProfiles', [PROFILE ?? ''], profile),
  declaredOnly(
    listing('iam:ListOpenIDConnectProviders', 'OpenIDConnectProviderList', [type('openIdConnectProvider')], (one) => ({
      Arn: one.made('arn'),
    })),
  ),
  declaredOnly(
    listing('iam:ListSAMLProviders', 'SAMLProviderList', [type('samlProvider')], (one) => ({ Arn: one.made('arn') })),
  ),
  // keys and passwords are often made beside a program: only those that it declares are told
  {
    operation: 'iam:ListAccessKeys',
    types: [type('accessKey')],
    tell: (world) =>
      world.of(type('accessKey')).map((one) => ({
        from: one,
        input: { UserName: one.text('user') },
        body: {
          AccessKeyMetadata: [
            { AccessKeyId: one.id, UserName: one.text('user'), Status: one.text('status', 'Active') },
          ],
          // a key whose user is only known after a deployment may be this user's second
          ...(astray(one, [type('accessKey')], 'user', world) ? { IsTruncated: true } : {}),
        },
      })),
  },
  {
    ...detail(
      'iam:GetLoginProfile',
      [type('userLoginProfile')],
      (one) => ({ UserName: one.text('user') }),
      (one) => ({ LoginProfile: { UserName: one.text('user') } }),
    ),
    types: [type('userLoginProfile')],
  },
  {
    operation: 'iam:GetAccountPasswordPolicy',
    types: [type('accountPasswordPolicy')],
    tell: (world) =>
      world.of(type('accountPasswordPolicy')).map((one) => ({
        from: one,
        body: { PasswordPolicy: { MinimumPasswordLength: one.number('minimumPasswordLength', 6) } },
      })),
  },
  {
    operation: 'iam:ListAccountAliases',
    types: [type('accountAlias')],
    tell: (world) =>
      world
        .of(type('accountAlias'))
        .map((one) => ({ from: one, body: { AccountAliases: [one.text('accountAlias')] } })),
  },
  {
    operation: 's3control:GetPublicAccessBlock',
    types: ['aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock'],
    tell: (world) =>
      world.of('aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock').map((one) => ({
        from: one,
        body: {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: one.flag('blockPublicAcls', false),
            IgnorePublicAcls: one.flag('ignorePublicAcls', false),
            BlockPublicPolicy: one.flag('blockPublicPolicy', false),
            RestrictPublicBuckets: one.flag('restrictPublicBuckets', false),
          },
        },
      })),
  },
];
