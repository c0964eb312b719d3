import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../testing.ts';
import { reader } from './account.ts';
import { reader as providers } from './identity-providers.ts';
import { reader as policies } from './organization-policies.ts';

it('reads what holds for the account as a whole', () => {
  const answers = answersOf({
    'sts:GetCallerIdentity': { Account: ACCOUNT },
    'iam:ListAccountAliases': { AccountAliases: ['shop'] },
    'iam:GetAccountSummary': { SummaryMap: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 1 } },
    'iam:GetAccountPasswordPolicy': [{ error: { name: 'NoSuchEntity' } }],
    'organizations:DescribeOrganization': [{ error: { name: 'AWSOrganizationsNotInUseException' } }],
    's3control:GetPublicAccessBlock': { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
  });
  expect(reader.read(answers)).toMatchObject([
    {
      id: ACCOUNT,
      name: 'shop',
      rootMfa: false,
      rootAccessKeys: true,
      passwordPolicy: null,
      organization: null,
      publicAccessBlock: { blockPublicAcls: true, blockPublicPolicy: undefined },
    },
  ]);
});

it('an account of which everything was refused is there, and nothing of it is known', () => {
  const answers = answersOf({ 'iam:GetAccountSummary': [{ error: { name: 'AccessDenied' } }] });
  expect(reader.read(answers)).toMatchObject([
    {
      id: ACCOUNT,
      aliases: undefined,
      organization: undefined,
      publicAccessBlock: undefined,
      passwordPolicy: undefined,
      rootMfa: undefined,
      rootAccessKeys: undefined,
      rootLastUsed: undefined,
    },
  ]);
});

it('takes the root user from the credential report; a report without an active key proves no absence', () => {
  const header = 'user,arn,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_2_active';
  const Content = `${header}\n<root_account>,arn:aws:iam::${ACCOUNT}:root,not_supported,2024-05-06T07:08:09+00:00,true,false,false`;
  expect(reader.read(answersOf({ 'iam:GetCredentialReport': { Content } }))).toMatchObject([
    { rootMfa: true, rootAccessKeys: undefined, rootLastUsed: '2024-05-06T07:08:09.000Z' },
  ]);
});

it('says when the caller is of another account than the input says', () => {
  const answers = answersOf({ 'sts:GetCallerIdentity': { Account: '444455556666' } });
  expect(reader.read(answers)).toMatchObject([{ id: ACCOUNT }]);
  expect(answers.notices).toMatchObject([{ code: 'contradiction' }]);
});

it('reads control policies with their text and targets, and keeps other types as what they are', () => {
  const scp = {
    Id: 'p-1',
    Arn: 'arn:aws:organizations::1:policy/o-1/p-1',
    Name: 'deny',
    Type: 'SERVICE_CONTROL_POLICY',
  };
  const answers = answersOf({
    'organizations:ListPolicies': { Policies: [scp, { Id: 'p-2', Name: 'tags', Type: 'TAG_POLICY' }] },
    'organizations:DescribePolicy': [
      { input: { PolicyId: 'p-1' }, output: { Policy: { PolicySummary: scp, Content: '{"Statement":[]}' } } },
    ],
    'organizations:ListTargetsForPolicy': [
      { input: { PolicyId: 'p-1' }, output: { Targets: [{ TargetId: ACCOUNT }, { TargetId: 'r-1' }] } },
    ],
  });
  expect(policies.read(answers)).toMatchObject([
    { kind: 'organizationPolicy', id: scp.Arn, document: '{"Statement":[]}', targets: [ACCOUNT, 'r-1'] },
    { kind: 'other', type: 'organizations:TAG_POLICY' },
  ]);
});

it('reads SAML and OpenID Connect providers', () => {
  const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example.com`;
  const answers = answersOf({ 'iam:ListOpenIDConnectProviders': { OpenIDConnectProviderList: [{ Arn: arn }] } });
  expect(providers.read(answers)).toMatchObject([{ id: arn, form: 'oidc', name: 'token.example.com' }]);
});
