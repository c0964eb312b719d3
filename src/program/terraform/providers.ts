/** Where things go: one provider for the account, and one more for each other region or account. */
import type { Place } from '../../inventory/pulumi/recorded.ts';
import { PROVIDER_VERSION } from '../../inventory/terraform/table.ts';
import type { Thing } from '../emit/journey.ts';
import { type Provider, profilesOf, providerOf, providersOf } from '../emit/providers.ts';
import { identifier } from './names.ts';
import type { Json } from './values.ts';

/**
 * `import` blocks are of Terraform 1.5, `removed` blocks of 1.7. Of the provider, the version that the attributes were checked against, and the
 * next major one, which Pulumi's declarations are made from: what the table has is in both.
 * https://developer.hashicorp.com/terraform/language/upgrade-guides
 */
export const TERRAFORM: Json = {
  required_version: '>= 1.7.0',
  required_providers: { aws: { source: 'hashicorp/aws', version: `>= ${PROVIDER_VERSION}, < 7.0.0` } },
};

const aliasOf = ({ name }: Provider): string => identifier(name);

/** `aws.us_east_1`; undefined where the account's own serves. */
export function providerRef(thing: Thing, place: Place): string | undefined {
  const provider = providerOf(thing, place);
  return provider && `aws.${aliasOf(provider)}`;
}

export interface Providers {
  readonly blocks: readonly Json[];
  /** Variables that name the profile of another account. */
  readonly profiles: readonly string[];
}

/** Terraform refuses to run against any other account than the one that the plan is of. */
const guarded = (account: string): Record<string, Json> => (account === '' ? {} : { allowed_account_ids: [account] });

export function providersFor(things: readonly Thing[], place: Place): Providers {
  const more = providersOf(things, place);
  return {
    blocks: [
      { region: place.region, ...guarded(place.account) },
      ...more.map((provider) => ({
        alias: aliasOf(provider),
        region: provider.region,
        ...guarded(provider.account),
        ...(provider.account === place.account ? {} : { profile: `\${var.${profileVariable(provider.account)}}` }),
      })),
    ],
    profiles: profilesOf(more, place).map(identifier),
  };
}

const profileVariable = (account: string): string => `profile_${account}`;
