import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter as profile } from './instance-profile.ts';
import { adopter } from './role.ts';

const TRUST =
  '{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const role = (path: string, name: string) => ({
  Path: path,
  RoleName: name,
  Arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
  AssumeRolePolicyDocument: encodeURIComponent(TRUST),
  AttachedManagedPolicies: [],
  RolePolicyList: [],
  Tags: [],
});
const details = (...roles: readonly object[]) => ({
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: roles,
  Policies: [],
  IsTruncated: false,
});

it('leaves the description and the session alone where only the details were read, which tell neither', () => {
  const [one] = adopter.adopt(answersOf({ 'iam:GetAccountAuthorizationDetails': details(role('/', 'app')) }));
  expect(one).toMatchObject({
    importId: 'app',
    inputs: { name: 'app', path: '/', assumeRolePolicy: TRUST },
    ignoreChanges: ['description', 'maxSessionDuration'],
    protect: true,
  });
});

it('writes a session length of other than an hour, which the default would cut', () => {
  const [one] = adopter.adopt(
    answersOf({
      'iam:GetAccountAuthorizationDetails': details(role('/', 'app')),
      'iam:ListRoles': { Roles: [{ ...role('/', 'app'), MaxSessionDuration: 43200, Description: 'the shop' }] },
    }),
  );
  expect(one).toMatchObject({ inputs: { maxSessionDuration: 43200, description: 'the shop' }, ignoreChanges: [] });
});

it("refuses service-linked roles and those of IAM Identity Center, which are AWS's", () => {
  const found = adopter.adopt(
    answersOf({
      'iam:GetAccountAuthorizationDetails': details(
        role('/aws-service-role/ecs.amazonaws.com/', 'AWSServiceRoleForECS'),
        role('/aws-reserved/sso.amazonaws.com/', 'AWSReservedSSO_Admin_0123456789abcdef'),
      ),
    }),
  );
  expect(found.map((one) => one.state === 'unadopted' && one.because)).toEqual([
    'a service of AWS made this service-linked role and keeps it',
    'IAM Identity Center makes this role and keeps it',
  ]);
});

it('writes the role of an instance profile by name, and refuses one whose role with a path is not adopted', () => {
  const of = (path: string, known: readonly object[]) =>
    profile.adopt(
      answersOf({
        'iam:GetAccountAuthorizationDetails': details(...known),
        'iam:ListInstanceProfiles': {
          InstanceProfiles: [
            {
              Path: '/',
              InstanceProfileName: 'web',
              Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/web`,
              Roles: [role(path, 'app')],
              Tags: [],
            },
          ],
        },
      }),
    )[0];
  expect(of('/', [])).toMatchObject({ importId: 'web', inputs: { name: 'web', path: '/', role: 'app' } });
  expect(of('/shop/', [role('/shop/', 'app')])).toMatchObject({ inputs: { role: 'app' } });
  expect(of('/shop/', [])).toMatchObject({ state: 'unadopted' });
});
