/** A cluster that stands alone becomes the primary of a replication group: AWS's own call, which the program takes over. */
import type { Cache } from '../../estate/kinds/data.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import type { Context, Move } from '../move.ts';
import { minutes, type Step, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { slug } from './names.ts';

export const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';

/** `shop.abc123.0001.apn2.cache.amazonaws.com` -> the address of the group of that name, which follows its primary. */
function primaryAddress(group: string, host: string | undefined): string | undefined {
  const parts = host?.split('.');
  return parts && parts.length > 3 ? [group, parts[1], 'ng', ...parts.slice(2)].join('.') : undefined;
}

/** Only AWS's own call makes a group of a cluster that runs; the program takes over what it made. */
export function adoptedByGroup(
  context: Context,
  move: Pick<Move, 'name' | 'sources'>,
  cache: Cache,
  declared: DeclaredResource,
  zones: readonly string[],
): { readonly step: Step } {
  const { scope } = context;
  const { account, region } = cache;
  const id = cache.identifier.slice(0, 40);
  const [own = '', other = ''] = zones;
  const node = cache.nodes?.[0];
  const address = primaryAddress(id, node?.host);
  const second = { name: `${id}-002`, shard: '0001', zone: other, role: 'replica' };
  const command = (text: string): string => `aws elasticache ${text}`;
  const groupId = `arn:aws:elasticache:${region}:${account}:replicationgroup:${id}`;
  return {
    step: step({
      move: move.name,
      environment: scope.environment,
      id: `${scope.stem}-cache-group-${slug(cache.name)}`,
      title: `${cache.name} becomes the primary of a group, with a replica in ${other}`,
      kind: 'act',
      why: 'A node that stands alone has nobody to take over. It keeps its data and its address while the group is made around it.',
      actions: [
        {
          operation: 'elasticache:CreateReplicationGroup',
          parameters: { ReplicationGroupId: id, PrimaryClusterId: cache.identifier },
          command: command(
            `create-replication-group --replication-group-id ${id} --replication-group-description "${cache.name}" --primary-cluster-id ${cache.identifier} && aws elasticache wait replication-group-available --replication-group-id ${id}`,
          ),
        },
        {
          operation: 'elasticache:IncreaseReplicaCount',
          parameters: { ReplicationGroupId: id, NewReplicaCount: 1, PreferredAvailabilityZones: [own, other] },
          command: command(
            `increase-replica-count --replication-group-id ${id} --new-replica-count 1 --replica-configuration NodeGroupId=0001,NewReplicaCount=1,PreferredAvailabilityZones=${own},${other} --apply-immediately && aws elasticache wait replication-group-available --replication-group-id ${id}`,
          ),
        },
        {
          operation: '',
          parameters: {},
          command: `pulumi state delete 'urn of ${declared.type}::${declared.name}' --force   # AWS keeps the node; the next pulumi up imports the group`,
        },
      ],
      edits: [
        { op: 'delete', type: declared.type, name: declared.name, keeps: true },
        {
          op: 'create',
          type: GROUP,
          name: declared.name,
          importId: id,
          properties: groupOf(id, cache, declared),
          outputs: {
            nodes: [
              {
                name: cache.identifier,
                shard: '0001',
                zone: own,
                role: 'primary',
                ...(node?.host === undefined ? {} : { host: node.host }),
              },
              second,
            ],
            ...(address === undefined ? {} : { primaryEndpointAddress: address }),
            memberClusters: [cache.identifier, second.name],
          },
        },
      ],
      successions: [{ from: cache.id, to: [groupId], because: 'the node is the primary of the group' }],
      gate: [
        {
          type: 'query',
          check: `The group is available with two nodes, in ${own} and ${other}; its address is the one that the program names.`,
          query: `aws elasticache describe-replication-groups --replication-group-id ${id} --query 'ReplicationGroups[0].[Status,NodeGroups[0].PrimaryEndpoint.Address,NodeGroups[0].NodeGroupMembers[].[CacheClusterId,PreferredAvailabilityZone,CurrentRole]]'`,
        },
        {
          type: 'query',
          check: 'Pulumi finds no difference after the import.',
          query: 'pulumi preview --expect-no-changes',
        },
      ],
      duration: minutes(10, 30),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'Nothing: the node serves all the time; it copies its memory once, so leave a quarter of it free.',
      },
      undo: { how: 'the replica can be removed; the node stays in a group', until: 'always', exact: false },
      sources: [...move.sources.slice(0, 2), ...move.sources.slice(4)],
    }),
  };
}

/** Names that a group has as its cluster had them. */
const SAME = [
  'engine',
  'engineVersion',
  'nodeType',
  'port',
  'subnetGroupName',
  'securityGroupIds',
  'transitEncryptionEnabled',
  'snapshotRetentionLimit',
  'snapshotWindow',
  'maintenanceWindow',
  'parameterGroupName',
  'notificationTopicArn',
  'networkType',
  'ipDiscovery',
  'tags',
] as const;

function groupOf(id: string, cache: Cache, { properties }: DeclaredResource): Properties {
  const same = SAME.flatMap((name) => {
    const value = properties[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    replicationGroupId: id,
    description: cache.name,
    ...Object.fromEntries(same),
    ...(properties.autoMinorVersionUpgrade === undefined
      ? {}
      : { autoMinorVersionUpgrade: String(properties.autoMinorVersionUpgrade) === 'true' }),
    numCacheClusters: 2,
    automaticFailoverEnabled: false,
    multiAzEnabled: false,
    atRestEncryptionEnabled: false,
  };
}
