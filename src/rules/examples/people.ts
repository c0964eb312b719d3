/** Users, their keys and devices in example inventories, as IAM answers. */
import { ACCOUNT } from '../example.ts';
import type { Example } from '../rule.ts';

export interface Person {
  readonly name: string;
  readonly console?: boolean;
  readonly mfa?: boolean;
  readonly passwordLastUsed?: string;
  readonly keys?: readonly {
    readonly id: string;
    readonly created: string;
    /** Left out: never used. */
    readonly lastUsed?: string;
    readonly active?: boolean;
  }[];
  /** Names of AWS managed policies. */
  readonly policies?: readonly string[];
  readonly groups?: readonly string[];
  /** Statements of an inline policy. */
  readonly inline?: readonly object[];
}

const arn = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;
export const managed = (name: string): object => ({ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` });

/** Everything IAM would answer about some people; the groups' policies as given. */
export function people(persons: readonly Person[], groups: Readonly<Record<string, readonly string[]>> = {}): Example {
  return {
    'iam:GetAccountAuthorizationDetails': {
      IsTruncated: false,
      UserDetailList: persons.map((person) => ({
        Path: '/',
        UserName: person.name,
        Arn: arn(person.name),
        CreateDate: '2024-01-15T09:00:00Z',
        GroupList: person.groups ?? [],
        UserPolicyList: person.inline
          ? [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: person.inline } }]
          : [],
        AttachedManagedPolicies: (person.policies ?? []).map(managed),
        Tags: [],
      })),
      GroupDetailList: Object.entries(groups).map(([name, policies]) => ({
        Path: '/',
        GroupName: name,
        Arn: `arn:aws:iam::${ACCOUNT}:group/${name}`,
        GroupPolicyList: [],
        AttachedManagedPolicies: policies.map(managed),
      })),
      RoleDetailList: [],
      Policies: [],
    },
    'iam:ListUsers': {
      IsTruncated: false,
      Users: persons.map((person) => ({
        Path: '/',
        UserName: person.name,
        Arn: arn(person.name),
        CreateDate: '2024-01-15T09:00:00Z',
        ...(person.passwordLastUsed === undefined ? {} : { PasswordLastUsed: person.passwordLastUsed }),
      })),
    },
    'iam:GetLoginProfile': persons.map(({ name, console }) => ({
      input: { UserName: name },
      ...(console
        ? {
            output: {
              LoginProfile: { UserName: name, CreateDate: '2024-01-15T09:00:00Z', PasswordResetRequired: false },
            },
          }
        : { error: { name: 'NoSuchEntityException', message: `Login Profile for User ${name} cannot be found.` } }),
    })),
    'iam:ListMFADevices': persons.map(({ name, mfa }) => ({
      input: { UserName: name },
      output: {
        IsTruncated: false,
        MFADevices: mfa
          ? [
              {
                UserName: name,
                SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/${name}`,
                EnableDate: '2024-01-15T09:30:00Z',
              },
            ]
          : [],
      },
    })),
    'iam:ListAccessKeys': persons.map(({ name, keys = [] }) => ({
      input: { UserName: name },
      output: {
        IsTruncated: false,
        AccessKeyMetadata: keys.map(({ id, created, active = true }) => ({
          UserName: name,
          AccessKeyId: id,
          Status: active ? 'Active' : 'Inactive',
          CreateDate: created,
        })),
      },
    })),
    'iam:GetAccessKeyLastUsed': persons.flatMap(({ name, keys = [] }) =>
      keys.map(({ id, lastUsed }) => ({
        input: { AccessKeyId: id },
        output: {
          UserName: name,
          AccessKeyLastUsed: {
            ServiceName: lastUsed ? 's3' : 'N/A',
            Region: 'N/A',
            ...(lastUsed ? { LastUsedDate: lastUsed } : {}),
          },
        },
      })),
    ),
  };
}
