import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './identity-provider.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/id.example.com`;
const listed = { 'iam:ListOpenIDConnectProviders': { OpenIDConnectProviderList: [{ Arn: ARN }] } };

it('writes an OpenID Connect provider with its clients and fingerprints', () => {
  const output = { Url: 'id.example.com', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: ['ab'], Tags: [] };
  const answers = answersOf({
    ...listed,
    'iam:GetOpenIDConnectProvider': [{ input: { OpenIDConnectProviderArn: ARN }, output }],
  });
  expect(adopter.adopt(answers)).toMatchObject([
    {
      importId: ARN,
      inputs: { url: 'https://id.example.com', clientIdLists: ['sts.amazonaws.com'], thumbprintLists: ['ab'] },
    },
  ]);
});

it('refuses one that was only listed, and one of SAML', () => {
  const saml = `arn:aws:iam::${ACCOUNT}:saml-provider/office`;
  const answers = answersOf({ ...listed, 'iam:ListSAMLProviders': { SAMLProviderList: [{ Arn: saml }] } });
  expect(adopter.adopt(answers).map(({ state, of }) => [state, of.id])).toEqual([
    ['unadopted', ARN],
    ['unadopted', saml],
  ]);
});
