import type { Answers } from '../../answers.ts';
import { CLUSTERS, clusterId, clustersIn, GROUPS } from '../../caches.ts';
import { endpointIn, tagsOf, text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { cacheNodesOf, cacheSettings, declaredVersion, securityGroupsOf } from '../caches.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:elasticache/cluster:Cluster';
const TAGS = 'elasticache:ListTagsForResource';

/** Cache clusters that stand alone: the members of a replication group are the group's. */
export const adopter: Adopter = {
  name: 'cache-cluster',
  types: [TYPE],
  operations: [CLUSTERS, GROUPS, TAGS],
  adopt: (answers) => clustersIn(answers).alone.flatMap((item) => cluster(answers, item)),
};

function cluster(answers: Answers, item: Item): readonly Adoption[] {
  const name = text(item, 'CacheClusterId');
  if (name === undefined) return [];
  const id = clusterId(item, name);
  const of: Whole = { kind: 'cache', id };
  const arn = text(item, 'ARN') ?? id;
  const tags = tagged(answers, arn, tagsOf(answers, TAGS, 'ResourceName', arn, item.context));
  const configuration = endpointIn(item, 'ConfigurationEndpoint');
  const nodes = cacheNodesOf(item);
  const port = configuration?.port ?? nodes?.[0]?.port;
  const zone = text(item, 'PreferredAvailabilityZone');
  const needed = {
    engine: text(item, 'Engine'),
    engineVersion: text(item, 'EngineVersion'),
    nodeType: text(item, 'CacheNodeType'),
    numCacheNodes: item.number('NumCacheNodes'),
    // shown only when asked for with ShowCacheNodeInfo
    cacheNodes: nodes,
    port: typeof port === 'number' ? port : undefined,
    availabilityZone: zone,
    subnetGroupName: text(item, 'CacheSubnetGroupName'),
    securityGroupIds: securityGroupsOf(item),
    snapshotRetentionLimit: item.number('SnapshotRetentionLimit'),
    transitEncryptionEnabled: item.boolean('TransitEncryptionEnabled'),
    atRestEncryptionEnabled: item.boolean('AtRestEncryptionEnabled'),
  };
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (!isKnown(needed)) return [refused(TYPE, of, untold(item.context.operation, needed))];
  const { cacheNodes, availabilityZone, atRestEncryptionEnabled, engineVersion, snapshotRetentionLimit, ...told } =
    needed;
  if (atRestEncryptionEnabled)
    return [refused(TYPE, of, 'it is encrypted at rest, which a cluster without a replication group cannot declare')];
  const memcached = told.engine === 'memcached';
  const severalZones = availabilityZone === 'Multiple';
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name || name,
      id: name,
      importId: name,
      inputs: said({
        clusterId: name,
        ...told,
        engineVersion: declaredVersion(told.engine, engineVersion),
        ...(severalZones ? {} : { availabilityZone }),
        ...(memcached
          ? { azMode: severalZones ? 'cross-az' : 'single-az' }
          : { snapshotRetentionLimit, snapshotWindow: text(item, 'SnapshotWindow') }),
        // a text in the provider
        autoMinorVersionUpgrade: item.boolean('AutoMinorVersionUpgrade')?.toString(),
        ...cacheSettings(item),
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        engineVersionActual: engineVersion,
        cacheNodes,
        clusterAddress: configuration?.host,
        configurationEndpoint: configuration && `${configuration.host}:${configuration.port}`,
        ...tags.outputs,
      }),
      ignoreChanges: ['engineVersion', ...tags.ignoreChanges],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}
