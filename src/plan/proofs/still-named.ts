/** Settings that name the address of what is gone: whoever took over is not asked, since nobody asks for it. */
import { byId, type Estate } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';

/** The addresses that AWS gave to a resource, and that go with it. */
function addressesOf(resource: Resource): readonly string[] {
  const hosts = ((): readonly (string | undefined)[] => {
    switch (resource.kind) {
      case 'database':
        return [resource.endpoint?.host];
      case 'databaseCluster':
        return [resource.endpoint?.host, resource.readerEndpoint?.host];
      case 'cache':
        return [...(resource.endpoints ?? []), ...(resource.nodes ?? [])].map(({ host }) => host);
      case 'loadBalancer':
        return [resource.dnsName];
      default:
        return [];
    }
  })();
  return [...new Set(hosts.flatMap((host) => (host === undefined || host === '' ? [] : [host])))];
}

/** What a setting says that still names the end of a flow although it is gone; undefined when none does. */
export function stillNamed(flow: Flow, then: Estate, now: Estate): string | undefined {
  if (flow.to.type !== 'resource' || byId(now, flow.to.id) !== undefined) return undefined;
  const gone = byId(then, flow.to.id);
  const hosts = gone ? addressesOf(gone) : [];
  if (hosts.length === 0) return undefined;
  for (const { to, evidence } of now.flows) {
    if (to.type === 'resource') continue;
    for (const { type, detail } of evidence)
      if (type === 'environment' && hosts.some((host) => detail.includes(host))) return detail;
  }
  return undefined;
}
