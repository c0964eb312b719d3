import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './policy.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:policy/shop/jobs`;
const item = { PolicyName: 'jobs', Arn: ARN, Path: '/shop/', DefaultVersionId: 'v2' };
const version = (VersionId: string, Document: string) => ({
  VersionId,
  Document,
  IsDefaultVersion: VersionId === 'v2',
});
const details = (...policies: readonly object[]) => ({
  'iam:GetAccountAuthorizationDetails': {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: policies,
  },
});

it('writes the default version, and leaves a description alone that was not read: another one would replace the policy', () => {
  const versions = [version('v1', '{"Statement":[1]}'), version('v2', '{"Statement":[]}')];
  expect(adopter.adopt(answersOf(details({ ...item, PolicyVersionList: versions })))).toMatchObject([
    {
      importId: ARN,
      inputs: { name: 'jobs', path: '/shop/', policy: '{"Statement":[]}' },
      ignoreChanges: ['description', 'tags', 'tagsAll'],
    },
  ]);
});

it("refuses a policy whose text was not read, and passes over AWS's own", () => {
  const own = { PolicyName: 'ReadOnlyAccess', Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', Path: '/' };
  expect(adopter.adopt(answersOf(details(item, own)))).toMatchObject([{ state: 'unadopted', of: { id: ARN } }]);
});
