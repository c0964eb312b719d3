/** One security group for one resource, and one rule for one flow. */
import type { Resource } from '../../estate/resource.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { slug, tagged } from './names.ts';

export const GROUP = 'aws:ec2/securityGroup:SecurityGroup';
export const INGRESS = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
export const EGRESS = 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule';

/** The logical and the physical name of the group that is a resource's own. */
export const ownGroupName = (resource: Pick<Resource, 'name'>): string => `${slug(resource.name)}-group`;

/** The group that is a resource's own; undefined until the journey has made it. */
export const ownGroup = (state: State, resource: Pick<Resource, 'name'>): DeclaredResource | undefined =>
  state.world.declared.get(`${GROUP}::${ownGroupName(resource)}`);

export const newGroup = (name: string, vpcId: string, description: string): Create => ({
  op: 'create',
  type: GROUP,
  name,
  properties: { name, description, vpcId, tags: tagged(name) },
});

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

const portsText = ({ protocol, ports }: Traffic): string =>
  ports === undefined
    ? protocol === '-1'
      ? 'all'
      : protocol
    : ports.from === ports.to
      ? `${ports.from}`
      : `${ports.from}-${ports.to}`;

function rule(type: string, name: string, group: string, peer: Peer, traffic: Traffic, description: string): Create {
  const ports: Properties =
    traffic.protocol === '-1' || traffic.ports === undefined
      ? {}
      : { fromPort: traffic.ports.from, toPort: traffic.ports.to };
  const other: Properties =
    'group' in peer
      ? { referencedSecurityGroupId: peer.group }
      : 'cidr' in peer
        ? peer.cidr.includes(':')
          ? { cidrIpv6: peer.cidr }
          : { cidrIpv4: peer.cidr }
        : { prefixListId: peer.prefixList };
  return {
    op: 'create',
    type,
    name,
    properties: {
      securityGroupId: group,
      ipProtocol: traffic.protocol,
      ...ports,
      ...other,
      description,
      tags: tagged(name),
    },
  };
}

/** Lets `peer` in: `shop-mysql-from-shop-web-3306`. `group` is a reference or an id. */
export const letIn = (of: string, group: string, peer: Peer, traffic: Traffic, description: string): Create =>
  rule(INGRESS, `${slug(of)}-from-${slug(peer.name)}-${portsText(traffic)}`, group, peer, traffic, description);

/** Lets out to `peer`: `shop-web-to-shop-mysql-3306`. */
export const letOut = (of: string, group: string, peer: Peer, traffic: Traffic, description: string): Create =>
  rule(EGRESS, `${slug(of)}-to-${slug(peer.name)}-${portsText(traffic)}`, group, peer, traffic, description);

/** Edits without those that the state has already. */
export const stillToMake = (state: State, edits: readonly Edit[]): readonly Edit[] =>
  edits.filter((edit) => edit.op !== 'create' || !state.world.declared.has(`${edit.type}::${edit.name}`));

export const groupRef = (name: string): string => ref({ type: GROUP, name });
