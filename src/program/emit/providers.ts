/** Providers for what is not in the stack's own account and region. */
import type { Place } from '../../inventory/pulumi/recorded.ts';
import type { Thing } from './journey.ts';
import { camel } from './names.ts';

export interface Provider extends Place {
  readonly variable: string;
  readonly name: string;
}

/** Services without regions: any provider of the account does. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html */
const GLOBAL = /^aws:(iam|route53|cloudfront|organizations|budgets|shield|globalaccelerator)\//;

export const isGlobal = (type: string): boolean => GLOBAL.test(type);

/** Undefined where the stack's own does. */
export function providerOf({ type, place }: Pick<Thing, 'type' | 'place'>, stack: Place): Provider | undefined {
  const region = isGlobal(type) ? stack.region : place.region;
  const elsewhere = place.account !== '' && place.account !== stack.account;
  if (region === stack.region && !elsewhere) return undefined;
  const name = [...(elsewhere ? ['account', place.account] : []), region].join('-');
  return { account: elsewhere ? place.account : stack.account, region, name, variable: `in${capital(camel(name))}` };
}

/** The setting that names the credentials for another account. */
export const profileSetting = (account: string): string => `profile-${account}`;

/** Those settings, for all that is in other accounts. */
export const profilesOf = (providers: readonly Provider[], stack: Place): readonly string[] => [
  ...new Set(providers.flatMap(({ account }) => (account === stack.account ? [] : [profileSetting(account)]))),
];

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

export function providersOf(things: readonly Thing[], stack: Place): readonly Provider[] {
  const found = new Map<string, Provider>();
  for (const thing of things) {
    const provider = providerOf(thing, stack);
    if (provider) found.set(provider.name, provider);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
