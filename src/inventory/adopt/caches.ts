/** What the adopters of cache clusters and of replication groups share. */
import { allStringsIn, endpointIn, text } from '../fields.ts';
import type { Item } from '../item.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';
import { ownGroup } from './databases.ts';

/**
 * As the provider writes it: from Redis 6 on AWS chooses the last number, and a program names the first two.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 */
export function declaredVersion(engine: string, version: string): string {
  const [major = '', minor = ''] = version.split('.');
  if (engine === 'memcached' || Number(major) < 6) return version;
  return major === '6' && minor === '0' ? '6.x' : `${major}.${minor}`;
}

/** Settings that a cluster and a replication group have under the same names. */
export const cacheSettings = (cluster: Item): Properties => ({
  ...ownGroup('parameterGroupName', text(cluster.item('CacheParameterGroup'), 'CacheParameterGroupName')),
  ...said({
    maintenanceWindow: text(cluster, 'PreferredMaintenanceWindow'),
    notificationTopicArn: text(cluster.item('NotificationConfiguration'), 'TopicArn'),
    networkType: text(cluster, 'NetworkType'),
    ipDiscovery: text(cluster, 'IpDiscovery'),
  }),
});

export const securityGroupsOf = (cluster: Item): readonly string[] | undefined =>
  allStringsIn(cluster, 'SecurityGroups', 'SecurityGroupId')?.toSorted();

/** The nodes of a cluster, as the provider's `cacheNodes` tells them; undefined when AWS did not show all of them. */
export function cacheNodesOf(cluster: Item): readonly Properties[] | undefined {
  const nodes = cluster.items('CacheNodes');
  if (nodes === undefined || nodes.length === 0 || nodes.length !== cluster.number('NumCacheNodes')) return undefined;
  return nodes.map((node) => {
    const endpoint = endpointIn(node, 'Endpoint');
    return said({
      id: text(node, 'CacheNodeId'),
      address: endpoint?.host,
      port: endpoint?.port,
      availabilityZone: text(node, 'CustomerAvailabilityZone') ?? text(cluster, 'PreferredAvailabilityZone'),
    });
  });
}
