/** Users as they really are: people or machines, with or without a device, with keys old or in use, or not used at all. */
import type { Estate } from '../../../estate/estate.ts';
import { all, find, memoised } from '../../../estate/estate.ts';
import type { AccessKey, User } from '../../../estate/kinds/people.ts';
import type { Account } from '../../../estate/kinds/places.ts';
import type { Hop, Missing } from '../../verdict.ts';
import { missing } from '../attached.ts';
import { type BakedKey, bakedKeysOf } from './baked-keys.ts';
import { daysSince, latest } from './days.ts';
import { type Enforcement, mfaEnforcement } from './enforcement.ts';

/**
 * - `person`: signs in to the console and uses no key;
 * - `machine`: uses keys and never signs in, or has a key written into something that runs;
 * - `both`: signs in, and uses keys;
 * - `idle`: has nothing to come in with, or never came in.
 */
export type Nature = 'person' | 'machine' | 'both' | 'idle' | 'unknown';

export interface KeyFacts {
  readonly key: AccessKey;
  /** Days since it was made. */
  readonly age: number | undefined;
  /** Days since its last use; null when it was never used. */
  readonly idle: number | null | undefined;
  readonly bakedInto: readonly BakedKey[];
}

export interface Person {
  readonly user: User;
  readonly nature: Nature;
  /** What the nature rests on. */
  readonly because: readonly Hop[];
  /** Whether a device is registered. */
  readonly device: boolean | undefined;
  readonly enforcement: Enforcement;
  /** Undefined when the keys were not read. */
  readonly keys: readonly KeyFacts[] | undefined;
  readonly activeKeys: number | undefined;
  /** Days since anything was done as this user, a sign-in or a key; null when never, then `age` tells since when. */
  readonly idle: number | null | undefined;
  readonly age: number | undefined;
  readonly missing: readonly Missing[];
}

export const people = memoised((estate): readonly Person[] =>
  all(estate, 'user').map((user) => personOf(estate, user)),
);

function personOf(estate: Estate, user: User): Person {
  const keys = keysOf(estate, user);
  const activity = latest([
    user.consoleAccess === false ? (user.passwordLastUsed ?? null) : user.passwordLastUsed,
    ...(keys ? keys.map(({ key }) => key.lastUsed) : [undefined]),
  ]);
  const open = keys?.some(({ key }) => key.active === undefined);
  return {
    user,
    ...natureOf(user, keys, bakedKeysOf(estate, user)),
    device: user.mfa ?? (user.mfaDevices === undefined ? undefined : user.mfaDevices.length > 0),
    enforcement: mfaEnforcement(estate, user),
    keys,
    activeKeys: open ? undefined : keys?.filter(({ key }) => key.active).length,
    idle: activity === null ? null : daysSince(estate, activity),
    age: daysSince(estate, user.created),
    missing: missingOf(user, keys),
  };
}

function keysOf(estate: Estate, user: User): readonly KeyFacts[] | undefined {
  if (user.accessKeys === undefined) return undefined;
  const baked = bakedKeysOf(estate, user);
  return user.accessKeys.flatMap((ref) => {
    const key = find(estate, ref);
    if (!key) return [];
    return [
      {
        key,
        age: daysSince(estate, key.created),
        idle: key.lastUsed === null ? null : daysSince(estate, key.lastUsed),
        bakedInto: baked.filter(({ accessKeyId }) => accessKeyId === key.id),
      },
    ];
  });
}

function natureOf(
  user: User,
  keys: readonly KeyFacts[] | undefined,
  baked: readonly BakedKey[],
): Pick<Person, 'nature' | 'because'> {
  const hop = (
    code: string,
    detail: string,
    resource: { readonly id: string; readonly source: Hop['provenance'] } = user,
  ): Hop => ({
    resource: resource.id,
    by: '',
    code,
    detail,
    ...(resource.source ? { provenance: resource.source } : {}),
  });
  const hops: Hop[] = baked.map(({ place, variable, accessKeyId }) =>
    hop('key-in-place', `the key ${accessKeyId} stands in ${variable} of ${place.name}`, place),
  );
  const active = keys?.filter(({ key }) => key.active !== false);
  const used = active?.filter(({ key }) => typeof key.lastUsed === 'string') ?? [];
  for (const { key } of used)
    hops.push(
      hop(
        'key-used',
        `the key ${key.id} was last used on ${key.lastUsed} (${key.lastUsedService ?? 'service not told'})`,
        key,
      ),
    );
  const usesKeys: boolean | undefined =
    baked.length > 0 || used.length > 0
      ? true
      : active === undefined || active.some(({ key }) => key.lastUsed === undefined)
        ? undefined
        : false;
  const signsIn =
    user.consoleAccess === false
      ? false
      : user.passwordLastUsed === undefined
        ? undefined
        : user.passwordLastUsed !== null;
  if (user.consoleAccess === false) hops.push(hop('no-console', `${user.name} has no console password`));
  else if (signsIn === false)
    hops.push(hop('never-signed-in', `${user.name} has a console password and never signed in`));
  else if (signsIn) hops.push(hop('signs-in', `${user.name} last signed in on ${user.passwordLastUsed}`));
  return { nature: nature(usesKeys, signsIn, user.consoleAccess, (active?.length ?? 0) > 0), because: hops };
}

function nature(
  usesKeys: boolean | undefined,
  signsIn: boolean | undefined,
  console: boolean | undefined,
  hasKeys: boolean,
): Nature {
  if (usesKeys === true) return signsIn === true ? 'both' : signsIn === false ? 'machine' : 'unknown';
  // Without a password, keys are the only way in: whoever holds them is a program.
  if (console === false && hasKeys) return 'machine';
  if (usesKeys === undefined) return 'unknown';
  return signsIn === true ? 'person' : signsIn === false ? 'idle' : 'unknown';
}

function missingOf(user: User, keys: readonly KeyFacts[] | undefined): readonly Missing[] {
  const open: Missing[] = [];
  const tell = (operation: string, what: string): void => {
    open.push(missing(operation, `${what} of ${user.name} was not read`, user.id));
  };
  if (user.consoleAccess === undefined) tell('iam:GetLoginProfile', 'the console password');
  if (user.mfa === undefined && user.mfaDevices === undefined) tell('iam:ListMFADevices', 'the device');
  if (keys === undefined) tell('iam:ListAccessKeys', 'the list of keys');
  else if (keys.some(({ key }) => key.lastUsed === undefined))
    tell('iam:GetAccessKeyLastUsed', 'the last use of the keys');
  return open;
}

/** The root user of an account, as far as it was read. */
export interface RootFacts {
  readonly account: Account;
  readonly device: boolean | undefined;
  readonly keys: boolean | undefined;
  /** Days since its last use; null when never. */
  readonly idle: number | null | undefined;
}

export const rootUsers = memoised((estate): readonly RootFacts[] =>
  all(estate, 'account').map((account) => ({
    account,
    device: account.rootMfa,
    keys: account.rootAccessKeys,
    idle: account.rootLastUsed === null ? null : daysSince(estate, account.rootLastUsed),
  })),
);
