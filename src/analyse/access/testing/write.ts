/** Policies, ARNs and facts as tests write them. */
import type { EnvironmentFact } from '../../../estate/kinds/compute.ts';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
export const REGION = 'eu-west-1';

/** A policy as tests write it: text as it is, or statements. */
export type PolicyInput = string | object | readonly object[];

export const policyText = (input: PolicyInput): string => {
  if (typeof input === 'string') return input;
  return JSON.stringify({ Version: '2012-10-17', Statement: input });
};

export const allow = (
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  more: object = {},
): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
export const deny = (
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  more: object = {},
): object => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
});
export const trusting = (principal: object | string, more: object = {}): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

export const userArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:user/${name}`;
export const roleArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
export const groupArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:group/${name}`;
export const policyArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:policy/${name}`;
export const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** An environment variable that names ARNs. */
export const variable = (name: string, input: Partial<EnvironmentFact> = {}): EnvironmentFact => ({
  name,
  hosts: [],
  arns: [],
  credential: 'none',
  accessKeyId: undefined,
  valueFrom: undefined,
  ...input,
});

export const textOrNot = (policy: PolicyInput | null | undefined): string | null | undefined =>
  policy === null || policy === undefined ? policy : policyText(policy);
