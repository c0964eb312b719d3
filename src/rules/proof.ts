/** Hops of the proofs that rules make from the estate alone: a fact of a resource, with its place in the input. */
import type { Hop, Missing } from '../analyse/verdict.ts';
import type { SecurityGroupRule } from '../estate/kinds/network.ts';
import type { Resource } from '../estate/resource.ts';
import { provenance, type Ref } from '../estate/source.ts';

/** A field of a resource says so. `field` is the path in AWS's answer; empty when the resource as a whole does. */
export function fact(resource: Resource, field: string, detail: string): Hop {
  const { source } = resource;
  return {
    resource: resource.id,
    by: field,
    code: 'fact',
    detail,
    provenance: field === '' ? source : { ...source, path: `${source.path}/${field.replaceAll('.', '/')}` },
  };
}

/** A reference of a resource says so. */
export function link(resource: Resource, ref: Ref, detail: string): Hop {
  return { resource: resource.id, by: ref.id, code: 'reference', detail, provenance: provenance(resource, ref) };
}

/** A fact that is missing: the operation that would tell, and what is not known. */
export const unknown = (
  resource: Resource,
  operation: string,
  what: string,
): { state: 'unknown'; missing: Missing[] } => ({
  state: 'unknown',
  missing: [{ operation, reason: `${what} is not in the input`, resource: resource.id }],
});

const PROTOCOLS: Readonly<Record<number, string>> = {
  [-1]: 'all traffic',
  1: 'ICMP',
  6: 'tcp',
  17: 'udp',
  58: 'ICMPv6',
};

/** A security group rule in words: `tcp 5432 from sg-0web`. */
export function ruleText(rule: SecurityGroupRule): string {
  const protocol =
    rule.protocol === undefined ? 'an untold protocol' : (PROTOCOLS[rule.protocol] ?? `protocol ${rule.protocol}`);
  const ports = rule.ports ? ` ${rule.ports.from}${rule.ports.to === rule.ports.from ? '' : `-${rule.ports.to}`}` : '';
  const peer =
    rule.peer === undefined ? 'an untold peer' : rule.peer.type === 'cidr' ? rule.peer.cidr : rule.peer.ref.id;
  const what = `${protocol}${ports}`;
  return rule.direction === 'ingress' ? `${what} from ${peer}` : `${what} to ${peer}`;
}

/** Each rule of a group as a hop. */
export const rulesProof = (group: Resource, rules: readonly SecurityGroupRule[]): readonly Hop[] =>
  rules.map((rule) => ({
    resource: group.id,
    by: rule.id,
    code: `security-group-${rule.direction}`,
    detail: `${group.name} (${group.id}) admits ${ruleText(rule)}`,
    provenance: rule.source,
  }));
