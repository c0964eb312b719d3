/** What `access/` says of a user, by the user's id. */
import { type Estate, memoised } from '../../estate/estate.ts';
import { type Person, people } from '../access/people/people.ts';

const index: (estate: Estate) => ReadonlyMap<string, Person> = memoised(
  (estate) => new Map(people(estate).map((person) => [person.user.id, person])),
);

export const personOf = (estate: Estate, user: string): Person | undefined => index(estate).get(user);
