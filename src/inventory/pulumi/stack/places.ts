/**
 * The account and region of a resource. A state names neither: they are read from what AWS answered (the resource's own
 * ARN, its owner, its zone) and from its provider. What neither tells is `unknown`, and is not guessed.
 */
import { isProperties, type Place, type Properties, plain, type Value } from '../recorded.ts';

const UNKNOWN = 'unknown';

export interface Placed {
  readonly type: string;
  readonly id: string;
  /** `<urn>::<id>` of its provider. */
  readonly provider: string | undefined;
  readonly properties: Properties;
}

/** A provider's settings: `region`, `allowedAccountIds`, `assumeRoles`. */
export type Providers = ReadonlyMap<string, Properties>;

const text = (value: Value | undefined): string | undefined => {
  const known = plain(value);
  return typeof known === 'string' && known !== '' ? known : undefined;
};

/** Region and account of the resource's own ARN; either may be left out in it. */
function ownArn({ id, properties }: Placed): readonly [region: string | undefined, account: string | undefined] {
  const arn = [text(properties.arn), id].find((one) => one?.startsWith('arn:'));
  const [, , , region, account] = arn?.split(':') ?? [];
  return [region || undefined, /^\d{12}$/.test(account ?? '') ? account : undefined];
}

function toldAccount(one: Placed): string | undefined {
  const owner = text(one.properties.ownerId) ?? text(one.properties.accountId);
  return ownArn(one)[1] ?? (owner !== undefined && /^\d{12}$/.test(owner) ? owner : undefined);
}

function toldRegion(one: Placed): string | undefined {
  const zone = text(one.properties.availabilityZone);
  return ownArn(one)[0] ?? text(one.properties.region) ?? (zone && /^[a-z]{2}(-[a-z]+)+-\d(?=[a-z]$)/.exec(zone)?.[0]);
}

/** The account that a provider is told to work in: its list of one, or that of the role that it takes on. */
function settingsAccount(settings: Properties | undefined): string | undefined {
  const given = [settings?.assumeRoles, settings?.assumeRole, settings?.allowedAccountIds].map((value) =>
    JSON.stringify(plain(value) ?? ''),
  );
  for (const each of given) {
    const accounts = new Set(each.match(/\b\d{12}\b/g));
    const [first] = accounts;
    if (first !== undefined && accounts.size === 1) return first;
  }
  return undefined;
}

/** The one that all of them tell; undefined where none does, and where they differ. */
const common = (told: ReadonlySet<string> | undefined): string | undefined =>
  told?.size === 1 ? [...told][0] : undefined;

export function placesOf(all: readonly Placed[], providers: Providers): (one: Placed) => Place {
  const accounts = new Map<string, Set<string>>();
  const regions = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, key: string, value: string | undefined): void => {
    if (value !== undefined) to.set(key, (to.get(key) ?? new Set()).add(value));
  };
  for (const one of all) {
    add(accounts, one.provider ?? '', toldAccount(one));
    add(regions, one.provider ?? '', toldRegion(one));
  }
  return (one) => {
    const key = one.provider ?? '';
    const settings = settingsOf(one.provider, providers);
    return {
      account: toldAccount(one) ?? settingsAccount(settings) ?? common(accounts.get(key)) ?? UNKNOWN,
      region: toldRegion(one) ?? text(settings?.region) ?? common(regions.get(key)) ?? UNKNOWN,
    };
  };
}

/** A provider is named by URN and id; after a replacement the state may hold only the URN. */
const settingsOf = (provider: string | undefined, providers: Providers): Properties | undefined =>
  provider === undefined ? undefined : (providers.get(provider) ?? providers.get(provider.replace(/::[^:]*$/, '')));

/** The place that most of them are in: where the stack as a whole is said to be. */
export function homeOf(places: readonly Place[]): Place {
  const counts = new Map<string, { readonly place: Place; count: number }>();
  for (const place of places) {
    const key = `${place.account} ${place.region}`;
    const known = counts.get(key) ?? { place, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  const [most] = [...counts].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  return most?.[1].place ?? { account: UNKNOWN, region: UNKNOWN };
}

export const isSettings = (value: Value): value is Properties => isProperties(value);
