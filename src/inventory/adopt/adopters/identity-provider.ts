/**
 * OpenID Connect providers. Of SAML ones nothing is adopted: their metadata is the other house's and changes with its keys.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html
 */
import type { Answers } from '../../answers.ts';
import { allStrings } from '../../fields.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { managed, refused } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:iam/openIdConnectProvider:OpenIdConnectProvider';
const SAML = 'aws:iam/samlProvider:SamlProvider';
const GET = 'iam:GetOpenIDConnectProvider';

export const adopter: Adopter = {
  name: 'identity-provider',
  types: [TYPE, SAML],
  operations: ['iam:ListOpenIDConnectProviders', GET, 'iam:ListSAMLProviders'],
  adopt: (answers) => [
    ...answers
      .items('iam:ListOpenIDConnectProviders', 'OpenIDConnectProviderList')
      .flatMap((item) => providerOf(answers, item)),
    ...answers.items('iam:ListSAMLProviders', 'SAMLProviderList').flatMap((item): readonly Adoption[] => {
      const id = item.string('Arn');
      const because = 'its metadata stays with whoever keeps the sign-in service';
      return id === undefined ? [] : [refused(SAML, { kind: 'identityProvider', id }, because)];
    }),
  ],
};

function providerOf(answers: Answers, item: Item): readonly Adoption[] {
  const arn = item.string('Arn');
  if (arn === undefined) return [];
  const of: Whole = { kind: 'identityProvider', id: arn };
  const answer = answers.one(GET, 'OpenIDConnectProviderArn', arn, { account: item.context.account });
  const told = answer.state === 'read' ? answer.item : undefined;
  const url = told?.string('Url');
  const clientIdLists = allStrings(told, 'ClientIDList');
  const tags = tagged(answers, arn, told?.tags());
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (url === undefined || clientIdLists === undefined)
    return [refused(TYPE, of, `its address and its clients were not read (${GET})`)];
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: nameOfArn(arn),
      id: arn,
      importId: arn,
      inputs: said({
        url: url.includes('://') ? url : `https://${url}`,
        clientIdLists: [...clientIdLists].sort(),
        thumbprintLists: allStrings(told, 'ThumbprintList'),
        ...tags.inputs,
      }),
      outputs: { arn, ...tags.outputs },
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}
