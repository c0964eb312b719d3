/** One security group for one resource, and one rule for one flow. */
import { EGRESS, flowRule, INGRESS, type OtherEnd } from '../../blueprint/declared/flow-rules.ts';
import { GROUP, ownGroup as ownGroupDeclared } from '../../blueprint/declared/own-group.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { createOf } from './creates.ts';
import { slug } from './names.ts';

export { EGRESS, GROUP, INGRESS };

/** The logical and the physical name of the group that is a resource's own. */
export const ownGroupName = (resource: Pick<Resource, 'name'>): string => `${slug(resource.name)}-group`;

/** The group that is a resource's own; undefined until the journey has made it. */
export const ownGroup = (state: State, resource: Pick<Resource, 'name'>): DeclaredResource | undefined =>
  state.world.declared.get(`${GROUP}::${ownGroupName(resource)}`);

export const newGroup = (name: string, vpcId: string, description: string): Create =>
  createOf(ownGroupDeclared(name, { vpcId, description }));

/** Where the other end of a rule is: a group (its reference or id), a block, or a prefix list. */
export type Peer =
  | { readonly group: string; readonly name: string }
  | { readonly cidr: string; readonly name: string }
  | { readonly prefixList: string; readonly name: string };

export interface Traffic {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1';
  /** Inclusive; undefined for every port. */
  readonly ports?: { readonly from: number; readonly to: number } | undefined;
}

function otherEnd(peer: Peer): OtherEnd {
  const peerName = slug(peer.name);
  if ('group' in peer) return { peerName, groupId: peer.group };
  return 'cidr' in peer ? { peerName, cidr: peer.cidr } : { peerName, prefixListId: peer.prefixList };
}

function rule(
  direction: 'in' | 'out',
  of: string,
  group: string,
  peer: Peer,
  { protocol, ports }: Traffic,
  because: string,
): Create {
  return createOf(
    flowRule({
      direction,
      of: { peerName: slug(of), groupId: group },
      other: otherEnd(peer),
      protocol,
      port: ports && [ports.from, ports.to],
      because,
    }),
  );
}

/** Lets `peer` in: `shop-mysql-from-shop-web-3306`. `group` is a reference or an id. */
export const letIn = (of: string, group: string, peer: Peer, traffic: Traffic, description: string): Create =>
  rule('in', of, group, peer, traffic, description);

/** Lets out to `peer`: `shop-web-to-shop-mysql-3306`. */
export const letOut = (of: string, group: string, peer: Peer, traffic: Traffic, description: string): Create =>
  rule('out', of, group, peer, traffic, description);

/** Edits without those that the state has already. */
export const stillToMake = (state: State, edits: readonly Edit[]): readonly Edit[] =>
  edits.filter((edit) => edit.op !== 'create' || !state.world.declared.has(`${edit.type}::${edit.name}`));

export const groupRef = (name: string): string => ref({ type: GROUP, name });
