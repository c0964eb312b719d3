import { expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import { ACCOUNT, answersOf } from '../testing.ts';
import { reader as accessKeys } from './access-keys.ts';
import { reader as account } from './account.ts';
import { reader as groups } from './groups.ts';
import { reader as instanceProfiles } from './instance-profiles.ts';
import { reader as policies } from './policies.ts';
import { reader as roles } from './roles.ts';
import { reader as users } from './users.ts';

/** Monotone honesty: less input may make facts unknown, never say "none" of what is there. */

const iam = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;
const ADMIN = { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const inline = [{ PolicyName: 'own', PolicyDocument: { Statement: [] } }];
const asked = (parameters: object, output: object) => [{ input: parameters, output }];
const ana = { UserName: 'ana' };
const header =
  'user,arn,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_2_active,access_key_1_last_rotated';

type Json = Readonly<Record<string, unknown>>;

const INPUT: Json = {
  'iam:GetAccountAuthorizationDetails': asked(
    {},
    {
      UserDetailList: [
        { ...ana, Arn: iam('user/ana'), GroupList: ['g'], AttachedManagedPolicies: [ADMIN], UserPolicyList: inline },
      ],
      GroupDetailList: [
        { GroupName: 'g', Arn: iam('group/g'), AttachedManagedPolicies: [ADMIN], GroupPolicyList: inline },
      ],
      RoleDetailList: [
        {
          RoleName: 'r',
          Arn: iam('role/r'),
          AssumeRolePolicyDocument: { Statement: [] },
          AttachedManagedPolicies: [ADMIN],
          RolePolicyList: inline,
          InstanceProfileList: [{ Arn: iam('instance-profile/p'), Roles: [{ Arn: iam('role/r') }] }],
        },
      ],
    },
  ),
  'iam:ListUsers': asked({}, { Users: [{ ...ana, Arn: iam('user/ana') }] }),
  'iam:ListGroupsForUser': asked(ana, { Groups: [{ GroupName: 'g', Arn: iam('group/g') }] }),
  'iam:ListAttachedUserPolicies': asked(ana, { AttachedPolicies: [ADMIN] }),
  'iam:ListUserPolicies': asked(ana, { PolicyNames: ['own'] }),
  'iam:GetLoginProfile': asked(ana, { LoginProfile: { ...ana } }),
  'iam:ListMFADevices': asked(ana, { MFADevices: [{ ...ana, SerialNumber: iam('mfa/a') }] }),
  'iam:ListAccessKeys': asked(ana, { AccessKeyMetadata: [{ ...ana, AccessKeyId: 'AKIA1', Status: 'Active' }] }),
  'iam:GetCredentialReport': asked({}, { Content: `${header}\nana,${iam('user/ana')},true,N/A,true,true,false,N/A` }),
  'iam:GetAccountSummary': asked({}, { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 } }),
  's3control:GetPublicAccessBlock': asked({}, { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
};

const READERS = [users, groups, roles, policies, instanceProfiles, accessKeys, account];

function read(input: Json): ReadonlyMap<string, Resource> {
  const answers = answersOf(input as Parameters<typeof answersOf>[0]);
  return new Map(READERS.flatMap((reader) => reader.read(answers)).map((resource) => [resource.id, resource]));
}

/** Every way to leave out one field or one request. */
function without(value: unknown): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item, n) => without(item).map((less) => value.map((same, m) => (m === n ? less : same))));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)),
    ...without(inner).map((less) => ({ ...value, [key]: less })),
  ]);
}

/** Facts that say "none", in the words of the estate. */
const saysNone = (value: unknown): boolean =>
  value === null || value === false || (Array.isArray(value) && value.length === 0);

const EXPECTED_NULL = new Set(['boundary', 'lastUsed', 'lastUsedService', 'passwordLastUsed']);

it('leaving out any one field or answer never says "none" of what is there', () => {
  const whole = read(INPUT);
  const variants = without(INPUT) as readonly Json[];
  expect(variants.length).toBeGreaterThan(80);
  for (const variant of variants)
    for (const [id, resource] of read(variant)) {
      const before: Json = { ...whole.get(id) };
      for (const [field, value] of Object.entries(resource))
        if (!EXPECTED_NULL.has(field) && saysNone(value) && !saysNone(before[field]) && before[field] !== undefined)
          expect.fail(`${id} ${field}: ${JSON.stringify(before[field])} became ${JSON.stringify(value)}`);
    }
});

it('leaving out any one field or answer never makes a list shorter, unless it makes it unknown', () => {
  const whole = read(INPUT);
  for (const variant of without(INPUT) as readonly Json[])
    for (const [id, resource] of read(variant)) {
      const before: Json = { ...whole.get(id) };
      for (const [field, value] of Object.entries(resource)) {
        const known = before[field];
        if (Array.isArray(value) && Array.isArray(known)) expect(value.length, `${id} ${field}`).toBe(known.length);
      }
    }
});
