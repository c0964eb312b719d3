import { expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import { assemble } from '../../assemble.ts';
import { entriesOf } from '../entries.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const estateOf = (...drafts: readonly Draft[]) => assemble(entriesOf(recordingOf(...drafts)), [], undefined);

const cluster = (outputs = {}) =>
  aws('rds/cluster:Cluster', 'shop', { clusterIdentifier: 'shop-id', engine: 'aurora-mysql' }, outputs);
const member = (name: string) =>
  aws('rds/clusterInstance:ClusterInstance', name, {
    identifier: name,
    clusterIdentifier: 'shop-id',
    engine: 'aurora-mysql',
  });
const writers = (...drafts: readonly Draft[]) =>
  all(estateOf(...drafts), 'databaseCluster')[0]?.members?.map((one) => one.writer);

it('knows the writer of a cluster of one instance, and of several only where it was there before', () => {
  expect(writers(cluster(), member('a'))).toEqual([true]);
  expect(writers(cluster(), member('a'), member('b'))).toEqual([undefined, undefined]);
  expect(writers(cluster({ writer: 'b' }), member('a'), member('b'))).toEqual([false, true]);
});

it('does not know the replicas of a database that one of an unknown primary may copy', () => {
  const shop = aws('rds/instance:Instance', 'shop', { identifier: 'shop', engine: 'mysql' });
  const copy = aws('rds/instance:Instance', 'copy', { identifier: 'copy', replicateSourceDb: UNKNOWN });
  const replicasOf = (...drafts: readonly Draft[]) =>
    all(estateOf(...drafts), 'database').find((one) => one.identifier === 'shop')?.replicas;
  expect(replicasOf(shop)).toEqual([]);
  expect(replicasOf(shop, copy)).toBeUndefined();
});
