/** What the journey makes: prod: security groups, and one rule for each flow. */
import { flows, OwnGroup } from 'underpin/blueprint';
import { legacyProdAllOpen } from '../../adopted/prod/groups.js';
import { legacyProdVpc } from '../../adopted/prod/network.js';
import { steps } from '../../steps.js';

export const legacyProdAlbGroup = steps.since(
  'legacy-prod-groups-made',
  () => new OwnGroup('legacy-prod-alb-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdEcsM4Group = steps.since(
  'legacy-prod-groups-made',
  () => new OwnGroup('legacy-prod-ecs-m4-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdMysqlGroup = steps.since(
  'legacy-prod-groups-made',
  () => new OwnGroup('legacy-prod-mysql-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdMysqlReplica1Group = steps.during(
  'legacy-prod-groups-made',
  'legacy-prod-replicas-legacy-prod-mysql-dropped',
  () => new OwnGroup('legacy-prod-mysql-replica-1-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdMysqlReplica2Group = steps.during(
  'legacy-prod-groups-made',
  'legacy-prod-replicas-legacy-prod-mysql-dropped',
  () => new OwnGroup('legacy-prod-mysql-replica-2-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdRedisGroup = steps.since(
  'legacy-prod-groups-made',
  () => new OwnGroup('legacy-prod-redis-group', { vpcId: legacyProdVpc.id }),
);

steps.since('legacy-prod-groups-made', (now) =>
  flows([{ outOf: now(legacyProdEcsM4Group), to: 'anywhere', port: 443, because: 'the ECS agent' }]),
);

steps.during('legacy-prod-groups-made', 'legacy-prod-replicas-legacy-prod-mysql-dropped', (now) =>
  flows([
    {
      from: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      into: now(legacyProdMysqlReplica1Group),
      port: 3306,
      because: 'uses the database',
    },
    {
      from: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      into: now(legacyProdMysqlReplica2Group),
      port: 3306,
      because: 'uses the database',
    },
    {
      outOf: now(legacyProdMysqlReplica1Group),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 3306,
      because: 'replication',
    },
    { from: now(legacyProdMysqlReplica1Group), to: now(legacyProdMysqlGroup), port: 3306, because: 'replication' },
    {
      outOf: now(legacyProdMysqlReplica2Group),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 3306,
      because: 'replication',
    },
    { from: now(legacyProdMysqlReplica2Group), to: now(legacyProdMysqlGroup), port: 3306, because: 'replication' },
  ]),
);

steps.during('legacy-prod-groups-made', 'legacy-prod-cdn-closed', (now) =>
  flows([
    { from: 'anywhere', into: now(legacyProdAlbGroup), port: 443, because: 'the public site' },
    { from: 'anywhere', into: now(legacyProdAlbGroup), port: 80, because: 'the public site' },
  ]),
);

steps.during('legacy-prod-groups-made', 'legacy-prod-shared-group-unnamed', (now) =>
  flows([
    {
      outOf: now(legacyProdAlbGroup),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: [32768, 65535],
      because: 'requests to the target',
    },
    {
      from: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      into: now(legacyProdMysqlGroup),
      port: 3306,
      because: 'replication',
    },
    {
      from: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      into: now(legacyProdRedisGroup),
      port: 6379,
      because: 'uses the cache',
    },
  ]),
);

export const legacyProdBastionGroup = steps.since(
  'legacy-prod-way-in',
  () => new OwnGroup('legacy-prod-bastion-group', { vpcId: legacyProdVpc.id, description: 'The way in for people' }),
);

steps.since('legacy-prod-way-in', (now) =>
  flows([
    {
      outOf: now(legacyProdBastionGroup),
      to: '10.0.0.0/16',
      port: 22,
      because: 'legacy-prod-bastion to what people work with',
    },
    {
      outOf: now(legacyProdBastionGroup),
      to: '10.0.0.0/16',
      port: 3306,
      because: 'legacy-prod-bastion to what people work with',
    },
    {
      outOf: now(legacyProdBastionGroup),
      to: '10.0.0.0/16',
      port: 6379,
      because: 'legacy-prod-bastion to what people work with',
    },
    { outOf: now(legacyProdBastionGroup), to: 'anywhere', port: 443, because: 'legacy-prod-bastion to AWS itself' },
    { from: now(legacyProdBastionGroup), into: now(legacyProdMysqlGroup), port: 3306 },
    { from: now(legacyProdBastionGroup), into: now(legacyProdRedisGroup), port: 6379 },
    {
      from: { peerName: 'office', cidr: '203.0.113.0/24' },
      into: now(legacyProdBastionGroup),
      port: 22,
      because: 'SSH from office',
      name: 'legacy-prod-bastion-from-office',
    },
  ]),
);

steps.during('legacy-prod-way-in', 'legacy-prod-replicas-legacy-prod-mysql-dropped', (now) =>
  flows([
    { from: now(legacyProdBastionGroup), into: now(legacyProdMysqlReplica1Group), port: 3306 },
    { from: now(legacyProdBastionGroup), into: now(legacyProdMysqlReplica2Group), port: 3306 },
  ]),
);

export const legacyProdWorkerGroup = steps.since(
  'legacy-prod-functions-inside-prepared',
  () => new OwnGroup('legacy-prod-worker-group', { vpcId: legacyProdVpc.id }),
);

steps.since('legacy-prod-functions-inside-prepared', (now) =>
  flows([
    { outOf: now(legacyProdWorkerGroup), to: 'anywhere', protocol: '-1' },
    { from: now(legacyProdWorkerGroup), into: now(legacyProdMysqlGroup), port: 3306 },
  ]),
);

export const legacyProdMysqlReaderAGroup = steps.since(
  'legacy-prod-replicas-legacy-prod-mysql-made',
  () => new OwnGroup('legacy-prod-mysql-reader-a-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdMysqlReaderCGroup = steps.since(
  'legacy-prod-replicas-legacy-prod-mysql-made',
  () => new OwnGroup('legacy-prod-mysql-reader-c-group', { vpcId: legacyProdVpc.id }),
);

steps.since('legacy-prod-replicas-legacy-prod-mysql-made', (now) =>
  flows([
    { from: now(legacyProdBastionGroup), into: now(legacyProdMysqlReaderAGroup), port: 3306 },
    { from: now(legacyProdBastionGroup), into: now(legacyProdMysqlReaderCGroup), port: 3306 },
    { from: now(legacyProdMysqlReaderAGroup), to: now(legacyProdMysqlGroup), port: 3306, because: 'replication' },
    { from: now(legacyProdMysqlReaderCGroup), to: now(legacyProdMysqlGroup), port: 3306, because: 'replication' },
  ]),
);

steps.during('legacy-prod-replicas-legacy-prod-mysql-made', 'legacy-prod-shared-group-unnamed', (now) =>
  flows([
    {
      from: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      into: now(legacyProdMysqlReaderAGroup),
      port: 3306,
      because: 'uses the database',
    },
    {
      from: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      into: now(legacyProdMysqlReaderCGroup),
      port: 3306,
      because: 'uses the database',
    },
    {
      outOf: now(legacyProdMysqlReaderAGroup),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 3306,
      because: 'replication',
    },
    {
      outOf: now(legacyProdMysqlReaderCGroup),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 3306,
      because: 'replication',
    },
  ]),
);

export const legacyProdWebFargateGroup = steps.since(
  'legacy-prod-fargate-prepared',
  () => new OwnGroup('legacy-prod-web-fargate-group', { vpcId: legacyProdVpc.id }),
);

export const legacyProdWorkerFargateGroup = steps.since(
  'legacy-prod-fargate-prepared',
  () => new OwnGroup('legacy-prod-worker-fargate-group', { vpcId: legacyProdVpc.id }),
);

steps.since('legacy-prod-fargate-prepared', (now) =>
  flows([
    {
      from: now(legacyProdAlbGroup),
      to: now(legacyProdWebFargateGroup),
      port: 8080,
      because: 'requests to legacy-prod-web-fargate',
    },
    { outOf: now(legacyProdWebFargateGroup), to: 'anywhere', port: 443, because: 'the image at the start' },
    { outOf: now(legacyProdWebFargateGroup), to: 'anywhere', port: 80, because: 'uses the bucket' },
    { from: now(legacyProdWebFargateGroup), to: now(legacyProdMysqlGroup), port: 3306, because: 'uses the database' },
    {
      from: now(legacyProdWebFargateGroup),
      to: now(legacyProdMysqlReaderAGroup),
      port: 3306,
      because: 'uses the database',
    },
    {
      from: now(legacyProdWebFargateGroup),
      to: now(legacyProdMysqlReaderCGroup),
      port: 3306,
      because: 'uses the database',
    },
    { from: now(legacyProdWebFargateGroup), to: now(legacyProdRedisGroup), port: 6379, because: 'uses the cache' },
    { outOf: now(legacyProdWorkerFargateGroup), to: 'anywhere', port: 443, because: 'the image at the start' },
    {
      from: now(legacyProdWorkerFargateGroup),
      to: now(legacyProdMysqlGroup),
      port: 3306,
      because: 'uses the database',
    },
  ]),
);

steps.during('legacy-prod-fargate-prepared', 'legacy-prod-shared-group-unnamed', (now) =>
  flows([
    {
      outOf: now(legacyProdWebFargateGroup),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 3306,
      because: 'uses the database',
    },
    {
      outOf: now(legacyProdWebFargateGroup),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 6379,
      because: 'uses the cache',
    },
    {
      outOf: now(legacyProdWorkerFargateGroup),
      to: { peerName: 'legacy-prod-all-open', groupId: now(legacyProdAllOpen).id },
      port: 3306,
      because: 'uses the database',
    },
  ]),
);

steps.since('legacy-prod-cdn-made', (now) =>
  flows([
    {
      from: { peerName: 'cloudfront', prefixListId: 'pl-322306271f5c1f76d' },
      into: now(legacyProdAlbGroup),
      port: 443,
      because: 'CloudFront, for its distribution',
    },
  ]),
);
