/** Whether a database or a cache lets somebody in, and the rules that it still needs to. */
import { type Estate, find } from '../../estate/estate.ts';
import type { Cache, Database, DatabaseCluster } from '../../estate/kinds/data.ts';
import type { SecurityGroup } from '../../estate/kinds/network.ts';
import { addressSetOf, isSubset } from '../../estate/sets/index.ts';
import type { Create } from '../edit.ts';
import type { State } from '../state.ts';
import { declaredOf } from './declared.ts';
import { groupRef, letIn, ownGroup, ownGroupName, stillToMake } from './groups.ts';
import { idOf } from './names.ts';

export type Store = Database | DatabaseCluster | Cache;

export interface Caller {
  /** A group's id or reference. */
  readonly group: string;
  readonly name: string;
  /** Blocks that it will call from. */
  readonly cidrs: readonly string[];
}

const TCP = 6;
const ANY = -1;

/**
 * Rules that let the caller in at a port: into the store's own group where the plan has made one, and into a group that it
 * carries where none of these admits the caller yet. Empty when all is admitted, or when nothing could be edited: the prover
 * then says what is missing.
 */
export function lettingIn(
  state: State,
  estate: Estate,
  store: Store,
  caller: Caller,
  port: number,
  why = `${caller.name} to ${store.name}`,
): readonly Create[] {
  const traffic = { protocol: 'tcp', ports: { from: port, to: port } } as const;
  const peer = { group: caller.group, name: caller.name };
  const rules: Create[] = [];
  if (ownGroup(state, store)) rules.push(letIn(store.name, groupRef(ownGroupName(store)), peer, traffic, why));
  else if (!caller.cidrs.every((cidr) => admits(estate, store, port, cidr))) {
    const group = groupsOf(estate, store).find((one) => declaredOf(state, one) !== undefined);
    if (group) rules.push(letIn(store.name, idOf(state, group), peer, traffic, why));
  }
  return stillToMake(state, rules).filter((edit) => edit.op === 'create');
}

const groupsOf = (estate: Estate, store: Store): readonly SecurityGroup[] => {
  const cluster = store.kind === 'database' ? find(estate, store.cluster) : undefined;
  return (store.securityGroups ?? cluster?.securityGroups ?? []).flatMap((ref) => find(estate, ref) ?? []);
};

/** Whether a rule of one of its groups admits every address of the block at the port. */
function admits(estate: Estate, store: Store, port: number, cidr: string): boolean {
  const wanted = addressSetOf([cidr]);
  if (wanted === undefined) return false;
  return groupsOf(estate, store).some((group) =>
    (group.ingress ?? []).some(({ protocol, ports, peer }) => {
      if (peer?.type !== 'cidr' || (protocol !== TCP && protocol !== ANY)) return false;
      if (protocol === TCP && (!ports || ports.from > port || ports.to < port)) return false;
      const given = addressSetOf([peer.cidr]);
      return given !== undefined && isSubset(wanted, given);
    }),
  );
}
