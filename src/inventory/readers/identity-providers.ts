/** SAML and OpenID Connect providers: where people and pipelines of another house come in. */
import type { IdentityProvider } from '../../estate/kinds/people.ts';
import { nameOfArn } from '../ids.ts';
import { base, type Reader } from '../reader.ts';

const LISTS = [
  ['saml', 'iam:ListSAMLProviders', 'SAMLProviderList'],
  ['oidc', 'iam:ListOpenIDConnectProviders', 'OpenIDConnectProviderList'],
] as const;

export const reader: Reader = {
  name: 'identity-providers',
  kinds: ['identityProvider'],
  operations: LISTS.map(([, operation]) => operation),
  read(answers) {
    const providers = new Map<string, IdentityProvider>();
    for (const [form, operation, field] of LISTS)
      for (const item of answers.items(operation, field)) {
        const arn = item.string('Arn');
        if (arn === undefined) item.notice('missingField', `${operation}: a provider has no Arn; left out`);
        else if (!providers.has(arn))
          providers.set(arn, {
            kind: 'identityProvider',
            ...base('identityProvider', item, { id: arn, arn, name: nameOfArn(arn), region: 'global' }),
            form,
          });
      }
    return [...providers.values()];
  },
};
