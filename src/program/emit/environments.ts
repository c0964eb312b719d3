/** Which environment a thing belongs to: files are kept apart by it, so that one environment is read, or deleted, as a folder. */
import { environmentOf } from '../../analyse/environments/environments.ts';
import type { Id } from '../../estate/ids.ts';
import { scopesOf } from '../../plan/scopes.ts';
import type { Journey, Thing } from './journey.ts';

/** What is in no environment is the account's. */
export const ACCOUNT = 'account';

const SHORT: Readonly<Record<string, string>> = { production: 'prod', development: 'dev' };

/** Undefined of everything, where there is no more than one environment. */
export function environmentsOf(
  { today, steps }: Journey,
  things: readonly Thing[],
): (thing: Thing) => string | undefined {
  const claims = environmentOf(today.estate);
  const stems = [...scopesOf(today.estate)].sort((a, b) => b.stem.length - a.stem.length);
  const find = (thing: Thing): string => {
    const claimed = thing.adopted && claims.get(thing.adopted.of.id as Id)?.environment;
    const named = stems.find(({ stem }) => thing.name === stem || thing.name.startsWith(`${stem}-`))?.environment;
    const made = thing.adopted ? undefined : steps[thing.from]?.environment;
    const environment = claimed ?? made ?? named;
    return environment ? (SHORT[environment] ?? environment) : ACCOUNT;
  };
  const found = new Map(things.map((thing) => [thing, find(thing)]));
  const several = new Set([...found.values()].filter((one) => one !== ACCOUNT)).size > 1;
  return (thing) => (several ? found.get(thing) : undefined);
}
