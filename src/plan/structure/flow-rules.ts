/** The rules that a resource's own group needs: one for each flow that it takes part in, and nothing else. */
import { byId, type Estate } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Create } from '../edit.ts';
import { groupRef, letIn, letOut, ownGroupName, type Peer, type Traffic } from './groups.ts';
import { groupsAt } from './sharing.ts';

export interface Ruled {
  readonly estate: Estate;
  /** Ids of the resources that have (or get in the same step) a group of their own. */
  readonly owning: ReadonlySet<string>;
  /** How a group of the estate is written: a reference where the program declares it. */
  readonly written: (group: string) => string;
}

const trafficOf = ({ protocol, ports }: Flow): Traffic => ({
  protocol: protocol === 'any' ? '-1' : protocol,
  ports: ports === null ? undefined : { from: ports.from, to: ports.to },
});

/** Who stands at the other end: its own group, and the groups that it carries beside as long as it does. */
function peersAt(ruled: Ruled, end: FlowEnd): readonly Peer[] {
  switch (end.type) {
    case 'internet':
    case 'host':
    case 'service': {
      const cidrs = end.type === 'internet' ? (end.cidrs ?? ['0.0.0.0/0']) : ['0.0.0.0/0'];
      return cidrs.map((cidr) => ({ cidr, name: cidr.startsWith('0.0.0.0/0') || cidr === '::/0' ? 'anywhere' : cidr }));
    }
    case 'people':
      return [];
    case 'resource': {
      const resource = byId(ruled.estate, end.id);
      if (!resource) return [];
      const own = ruled.owning.has(resource.id)
        ? [{ group: groupRef(ownGroupName(resource)), name: resource.name }]
        : [];
      const itsOwn = groupRef(ownGroupName(resource));
      const carried = groupsAt(ruled.estate, end).map((id) => {
        const group = ruled.written(id);
        return { group, name: group === itsOwn ? resource.name : (byId(ruled.estate, id)?.name ?? id) };
      });
      const others = carried.filter(({ group }) => !own.some((one) => one.group === group));
      // no interface in the VPC (a bucket, a queue, a function outside): reached by its public name
      return own.length + others.length > 0 ? [...own, ...others] : [{ cidr: '0.0.0.0/0', name: 'anywhere' }];
    }
  }
}

/** What a flow is for, as AWS takes it for the description of a rule. */
export const purposeText = ({ purpose }: Pick<Flow, 'purpose'>): string =>
  purpose.slice(0, 120).replace(/[^\w\s.:/()#,@[\]+=&;{}!$*-]/g, ' ');

export function flowRules(ruled: Ruled, resource: Resource): readonly Create[] {
  const name = resource.name;
  const group = groupRef(ownGroupName(resource));
  const is = (end: FlowEnd): boolean => end.type === 'resource' && end.id === resource.id;
  const rules: Create[] = [];
  for (const flow of ruled.estate.flows) {
    if (flow.protocol === 'any') continue;
    const what = purposeText(flow);
    // what comes from the internet to a program comes by its door: only doors admit the internet
    if (is(flow.to) && (flow.from.type === 'resource' || resource.kind === 'loadBalancer'))
      for (const peer of peersAt(ruled, flow.from)) {
        // a caller without an interface here comes by a public address, and no rule can name it: it has to move inside first
        if ('cidr' in peer && resource.kind !== 'loadBalancer') continue;
        rules.push(letIn(name, group, peer, trafficOf(flow), what));
      }
    if (is(flow.from))
      for (const peer of peersAt(ruled, flow.to)) rules.push(letOut(name, group, peer, trafficOf(flow), what));
  }
  const seen = new Set<string>();
  return rules.filter((rule) => {
    const key = `${rule.type} ${rule.name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
