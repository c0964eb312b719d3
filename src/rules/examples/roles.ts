/** Roles, policies and instance profiles of example inventories, as IAM answers. */
import { ACCOUNT } from '../example.ts';
import type { Example } from '../rule.ts';
import { managed } from './people.ts';

export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const profileArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:instance-profile/${name}`;

export const statement = (Action: string | readonly string[], Resource: string | readonly string[] = '*'): object => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const policy = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });

/** A role that an AWS service (`ecs-tasks.amazonaws.com`) works with, with one inline policy of its own. */
export const serviceRole = (
  RoleName: string,
  Service: string,
  statements: readonly object[],
  managedPolicies: readonly string[] = [],
): object => ({
  Path: '/',
  RoleName,
  Arn: roleArn(RoleName),
  CreateDate: '2024-01-15T09:00:00Z',
  AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }),
  RolePolicyList: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...statements) }],
  AttachedManagedPolicies: managedPolicies.map(managed),
  InstanceProfileList: [],
  RoleLastUsed: {},
  Tags: [],
});

export const roleAnswer = (...RoleDetailList: readonly object[]): Example => ({
  'iam:GetAccountAuthorizationDetails': {
    IsTruncated: false,
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList,
    Policies: [],
  },
});

/** An instance profile of the role that it is called after. */
export const profileAnswer = (name: string): Example => ({
  'iam:ListInstanceProfiles': {
    IsTruncated: false,
    InstanceProfiles: [
      {
        Path: '/',
        InstanceProfileName: name,
        Arn: profileArn(name),
        Roles: [{ Path: '/', RoleName: name, Arn: roleArn(name) }],
      },
    ],
  },
});
