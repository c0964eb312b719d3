/** Where one environment reaches into another: connections that are used, and networks that are joined. */
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import type { Peering } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Environment, environmentOf } from './environments.ts';

export interface Crossing {
  readonly from: Resource;
  readonly to: Resource;
  readonly fromEnvironment: Environment;
  readonly toEnvironment: Environment;
  readonly by: { readonly type: 'flow'; readonly flow: Flow } | { readonly type: 'peering'; readonly peering: Peering };
}

/** `non-production` is what an account calls all its other environments together. */
export const differ = (a: Environment, b: Environment): boolean =>
  a !== b && !(a === 'non-production' && b !== 'production') && !(b === 'non-production' && a !== 'production');

/** A way that is open but not known to be used is no connection of the service. */
export const isUsed = (flow: Flow): boolean => flow.evidence.some(({ type }) => type !== 'open');

export const crossings: (estate: Estate) => readonly Crossing[] = memoised((estate) => {
  const environments = environmentOf(estate);
  const found: Crossing[] = [];
  const add = (from: Resource | undefined, to: Resource | undefined, by: Crossing['by']): void => {
    const here = from && environments.get(from.id);
    const there = to && environments.get(to.id);
    if (!here || !there || !differ(here.environment, there.environment)) return;
    found.push({ from, to, fromEnvironment: here.environment, toEnvironment: there.environment, by });
  };
  for (const flow of estate.flows)
    if (flow.from.type === 'resource' && flow.to.type === 'resource' && isUsed(flow))
      add(byId(estate, flow.from.id), byId(estate, flow.to.id), { type: 'flow', flow });
  for (const peering of all(estate, 'peering'))
    if (peering.state === 'active')
      add(find(estate, peering.requester?.vpc), find(estate, peering.accepter?.vpc), { type: 'peering', peering });
  return found;
});
