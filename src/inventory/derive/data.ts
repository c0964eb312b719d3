/** Interfaces of databases and caches, which DescribeNetworkInterfaces shows without saying whose they are, if at all. */
import type { Cache } from '../../estate/kinds/data.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Ref } from '../../estate/source.ts';
import { databasePlaces } from './database-places.ts';
import { carried, derivedInterface, type Known, refTo } from './known.ts';
import type { Listed } from './services.ts';

export const databaseInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('database').flatMap((database) => {
    const own = new Set<string | undefined>(listed(database.id).map((one) => one.subnet?.id));
    const group = known.find('databaseSubnetGroup', database.subnetGroup);
    return databasePlaces(known, database).flatMap(({ role, zone, subnets }) => {
      if (subnets.some((subnet) => own.has(subnet.id))) return [];
      const [only] = subnets.length === 1 ? subnets : [];
      return [
        derivedInterface(known, {
          owner: database,
          place: `${role === 'standby' ? 'standby ' : ''}${only?.id ?? zone ?? 'unknown'}`,
          because:
            role === 'standby'
              ? 'the standby of a Multi-AZ database has an interface in another zone of the subnet group'
              : 'a database has an interface in a subnet of its subnet group in its zone',
          vpc: database.vpc ?? (group?.vpc && carried(group, group.vpc)),
          subnets,
          securityGroups: database.securityGroups,
          hasPublicAddress: database.publiclyAccessible,
          interfaceType: 'interface',
        }),
      ];
    });
  });

/** The subnets of a cache's subnet group, in a zone when it is known. */
function cacheSubnets(known: Known, cache: Cache, zone: string | undefined): readonly Ref<'subnet'>[] {
  const group = known.find('cacheSubnetGroup', cache.subnetGroup);
  const all =
    group?.subnets?.map((subnet) => carried(group, subnet)) ??
    (group?.vpc ? known.subnetsOfVpc(group.vpc.id).map(refTo<'subnet'>) : []);
  return zone === undefined ? all : all.filter((subnet) => (known.find('subnet', subnet)?.zone?.id ?? zone) === zone);
}

export const cacheInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('cache').flatMap((cache) => {
    const group = known.find('cacheSubnetGroup', cache.subnetGroup);
    const own = [...listed(cache.id)];
    // a node that AWS did not tell of is there all the same: a cache has at least one
    const nodes = cache.nodes?.length ? cache.nodes : [undefined];
    return nodes.flatMap((node): NetworkInterface[] => {
      const subnets = cacheSubnets(known, cache, node?.zone?.id);
      const seen = own.findIndex(
        (one) => subnets.length === 0 || subnets.some((subnet) => subnet.id === one.subnet?.id),
      );
      if (seen >= 0) {
        own.splice(seen, 1);
        return [];
      }
      return [
        derivedInterface(known, {
          owner: cache,
          place: node?.id ?? 'unknown',
          because: 'a cache node has an interface in a subnet of its subnet group in its zone',
          vpc: group?.vpc && carried(group, group.vpc),
          subnets,
          securityGroups: cache.securityGroups,
          // ElastiCache nodes never have a public address
          hasPublicAddress: false,
          interfaceType: 'interface',
        }),
      ];
    });
  });
