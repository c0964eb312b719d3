/** The environments of an account, as the planner takes them one by one: rehearsals first, production last. */
import { environmentOf } from '../analyse/environments/environments.ts';
import { all, type Estate } from '../estate/estate.ts';
import type { Id } from '../estate/ids.ts';
import type { Resource } from '../estate/resource.ts';
import type { Scope } from './move.ts';

/** Kinds that make an environment one: where none of them is, there is nothing to move. */
const LIVING: readonly Resource['kind'][] = [
  'vpc',
  'ecsService',
  'instance',
  'database',
  'databaseCluster',
  'cache',
  'function',
  'bucket',
];

export const ACCOUNT: Scope = { environment: null, stem: 'account', holds: () => true };

export function scopesOf(estate: Estate): readonly Scope[] {
  const claims = environmentOf(estate);
  const counts = new Map<string, number>();
  for (const kind of LIVING)
    for (const { id } of all(estate, kind)) {
      const environment = claims.get(id)?.environment;
      if (environment !== undefined) counts.set(environment, (counts.get(environment) ?? 0) + 1);
    }
  const named = [...counts.keys()].sort(rehearsalFirst);
  const main = named.includes('production') ? 'production' : (named.at(-1) ?? 'production');
  // what is in no environment may well be production's
  const environments = named.length === 0 ? [main] : named;
  const ofToday = (environment: string): Scope['holds'] => {
    return (resource) => {
      const claim = claims.get(resource.id as Id)?.environment;
      return claim === environment || (environment === main && claim === undefined);
    };
  };
  const stems = environments.map((environment) => ({
    environment,
    stem: stemOf(estate, environment, ofToday(environment), claims),
  }));
  const known = new Set<string>(estate.resources.map(({ id }) => id));
  return stems.map(({ environment, stem }) => ({
    environment,
    stem,
    // what the plan makes begins with the stem of the environment that it is made for
    holds: (resource) =>
      known.has(resource.id)
        ? ofToday(environment)(resource)
        : (madeFor(resource, stems)?.environment ?? main) === environment,
  }));
}

const madeFor = <S extends { readonly stem: string }>({ name, tags }: Resource, scopes: readonly S[]): S | undefined =>
  [...scopes]
    .sort((a, b) => b.stem.length - a.stem.length)
    .find(({ stem }) => [name, tags?.Name].some((text) => text?.startsWith(`${stem}-`)));

const ORDER = ['sandbox', 'development', 'test', 'qa', 'staging', 'production'];
const rank = (environment: string): number => (ORDER.includes(environment) ? ORDER.indexOf(environment) : 2);
const rehearsalFirst = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);

const SHORT: Readonly<Record<string, string>> = {
  production: 'prod',
  development: 'dev',
  staging: 'staging',
  test: 'test',
};

/** What the names of an environment begin with: `legacy-prod` of `legacy-prod-mysql` and `legacy-prod-alb`. */
function stemOf(
  estate: Estate,
  environment: string,
  holds: (resource: Resource) => boolean,
  claims: ReadonlyMap<Id, unknown>,
): string {
  const names = (
    ['vpc', 'database', 'databaseCluster', 'loadBalancer', 'cache', 'ecsCluster', 'bucket'] as const
  ).flatMap((kind) =>
    all(estate, kind).flatMap((one) => (holds(one) && claims.has(one.id) ? [one.name.toLowerCase()] : [])),
  );
  const counts = new Map<string, number>();
  for (const name of new Set(names)) {
    const words = name.split(/[^a-z0-9]+/).filter((word) => word !== '');
    for (let n = 1; n <= Math.min(words.length - 1, 3); n++) {
      const begin = words.slice(0, n).join('-');
      counts.set(begin, (counts.get(begin) ?? 0) + 1);
    }
  }
  const total = new Set(names).size;
  const [best] = [...counts]
    .filter(([, count]) => count >= Math.max(2, total * 0.6))
    .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  return best?.[0] ?? SHORT[environment] ?? environment;
}
