/** Environments that share an account with production, and so have to leave it. */
import { environmentOf } from '../../analyse/environments/environments.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Context, Scope } from '../move.ts';
import { scopesOf } from '../scopes.ts';

/** Kinds that run or keep something. */
const LIVE = new Set<Resource['kind']>([
  'instance',
  'ecsService',
  'function',
  'database',
  'cache',
  'loadBalancer',
  'bucket',
  'table',
  'queue',
]);

/** All but production, or but the one that stands for it where nothing is called so. */
export function otherScopes({ estate, state }: Context): readonly Scope[] {
  const { account } = state.world.today.place;
  const claims = environmentOf(estate);
  const lives = new Set<string>(
    estate.resources.flatMap((one) =>
      LIVE.has(one.kind) && one.account === account ? (claims.get(one.id)?.environment ?? []) : [],
    ),
  );
  const scopes = scopesOf(estate).filter(({ environment }) => environment !== null && lives.has(environment));
  return scopes.slice(0, -1);
}
