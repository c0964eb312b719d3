/** Who the people of an account are and what becomes of each: from what they did, and from what the team says. */
import { type KeyFacts, type Person, people } from '../../analyse/access/people/people.ts';
import { daysSince } from '../../analyse/ages.ts';
import { administratorOf, asksForMfa } from '../../analyse/people/administrators.ts';
import type { PeopleGroup } from '../../blueprint/people/policies.ts';
import type { Estate } from '../../estate/estate.ts';
import type { Preferences } from '../preferences.ts';

/** Somebody who did nothing for so long has left, unless the team says otherwise. */
const GONE_DAYS = 90;

export interface Member {
  readonly person: Person;
  readonly name: string;
  /** Takes the administrator's role when it is needed. */
  readonly administers: boolean;
  /** The group of the daily work; undefined: keeps what there is. */
  readonly works: PeopleGroup | undefined;
  /** Is an administrator all day now, and has to lose that. */
  readonly toDetach: boolean;
  readonly noDevice: boolean;
  /** Active keys: a second factor that is asked for stops them. */
  readonly keys: readonly KeyFacts[];
  /** Works without a second factor now. */
  readonly open: boolean;
}

export interface Staff {
  readonly stay: readonly Member[];
  /** Have a way in, and did not use it for long, or the team says that they have left. */
  readonly left: readonly Member[];
  readonly unclear: readonly { readonly person: Person; readonly because: string; readonly change: string }[];
}

export function staffOf(estate: Estate, preferences: Preferences): Staff {
  const stay: Member[] = [];
  const left: Member[] = [];
  const unclear: { readonly person: Person; readonly because: string; readonly change: string }[] = [];
  for (const person of people(estate)) {
    const { user, nature, missing } = person;
    const said = preferences.people?.[user.name];
    const comesIn = user.consoleAccess !== false || person.activeKeys !== 0;
    if (nature === 'machine') continue;
    if (!comesIn && said !== 'left' && administratorOf(estate, user.id)?.verdict !== 'yes') continue;
    const [untold] = missing;
    if (nature === 'unknown' || untold) {
      const operation = untold?.operation ?? 'iam:GetCredentialReport';
      unclear.push({
        person,
        because: `What ${user.name} comes in with is not known (${untold?.reason ?? 'the last sign-in was not read'}).`,
        change: `Collect ${operation}, or say who it is: "people": {"${user.name}": "administrator"}.`,
      });
      continue;
    }
    const administrator = administratorOf(estate, user.id);
    if (administrator?.verdict === 'unknown') {
      const [first] = administrator.missing;
      unclear.push({
        person,
        because: `Whether ${user.name} is an administrator is not known: ${first?.reason ?? 'a policy was not read'}.`,
        change: `Collect ${first?.operation ?? 'iam:GetAccountAuthorizationDetails'}.`,
      });
      continue;
    }
    const power = administrator?.verdict === 'yes';
    const byRole =
      power &&
      administrator.conditions.some(asksForMfa) &&
      administrator.chain.length > 0 &&
      administrator.chain.every(({ by }) => by === 'assume-role');
    const gone = said === 'left' || (said === undefined && (!comesIn || isGone(estate, person)));
    const administers = said === 'administrator' || (said === undefined && power && !gone && !byRole);
    const member: Member = {
      person,
      name: user.name,
      administers,
      works: administers ? 'operator' : said === undefined || said === 'left' ? undefined : said,
      toDetach: power && !byRole,
      noDevice: user.consoleAccess === true && user.mfa === false,
      keys: (person.keys ?? []).filter(({ key }) => key.active !== false),
      open: user.consoleAccess === true && isOpen(person),
    };
    if (!gone) stay.push(member);
    else if (comesIn || member.toDetach) left.push(member);
  }
  return { stay, left, unclear };
}

const isOpen = ({ enforcement, activeKeys }: Person): boolean =>
  enforcement.console.answer === 'no' || (activeKeys !== 0 && enforcement.keys.answer === 'no');

/** Neither password nor key was used for long, and the user is not new. */
function isGone(estate: Estate, { user, keys, age }: Person): boolean {
  const uses = [
    ...(user.consoleAccess ? [user.passwordLastUsed] : []),
    ...(keys ?? []).flatMap(({ key }) => (key.active === false ? [] : [key.lastUsed])),
  ];
  // of something whose last use is not known nobody says that it is not used
  if (uses.includes(undefined) || age === undefined || age <= GONE_DAYS) return false;
  return uses.every((use) => use === null || (daysSince(estate, use) ?? 0) > GONE_DAYS);
}

export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
