/** Public names: a record in a public zone that leads to a resource says that the internet uses it by that name. */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { Instance } from '../../estate/kinds/compute.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Draft, draft, evidence, INTERNET_END, port, toResource } from './make.ts';
import { openness } from './open-ports.ts';
import { portsOfResource } from './ports.ts';
import { resolveHost } from './resolve.ts';

export function fromNames(estate: Estate): readonly Draft[] {
  return all(estate, 'dnsRecord').flatMap((record) => {
    const zone = find(estate, record.hostedZone);
    if (zone?.private === true || !['A', 'AAAA', 'CNAME'].includes(record.type)) return [];
    return resolveHost(estate, record.host, { ...record, vpc: undefined }).flatMap(({ end, via }) => {
      const resource = end.type === 'resource' ? byId(estate, end.id) : undefined;
      if (!resource) return [];
      const why = evidence('dns', `${record.host} leads to ${resource.name}${via}`, record.source);
      return publicPorts(estate, resource).map((number) =>
        draft(INTERNET_END, toResource(resource), 'tcp', port(number), 'the public site', why),
      );
    });
  });
}

/** A database's name in a public zone is for those inside; only what is made for the public counts. */
function publicPorts(estate: Estate, resource: Resource): readonly number[] {
  switch (resource.kind) {
    case 'loadBalancer':
      return resource.scheme === 'internal' ? [] : portsOfResource(estate, resource);
    case 'distribution':
      return portsOfResource(estate, resource);
    case 'bucket':
      return [80];
    case 'instance':
      return webPorts(estate, resource);
    default:
      return [];
  }
}

/** Of 80 and 443 those that the instance's security groups admit; both when the groups are not known. */
function webPorts(estate: Estate, instance: Instance): readonly number[] {
  return [80, 443].filter((number) => openness(estate, instance.securityGroups, { port: number }) !== null);
}
