/** What the journey makes: dev: security groups, and one rule for each flow. */
import { flows, OwnGroup } from 'underpin/blueprint';
import { legacyDevAllOpen } from '../../adopted/dev/groups.js';
import { legacyDevVpc } from '../../adopted/dev/network.js';
import { steps } from '../../steps.js';

export const legacyDevAlbGroup = steps.during(
  'legacy-dev-groups-made',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-alb-group', { vpcId: now(legacyDevVpc).id }),
);

export const legacyDevEcsM4Group = steps.during(
  'legacy-dev-groups-made',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-ecs-m4-group', { vpcId: now(legacyDevVpc).id }),
);

export const legacyDevMysqlGroup = steps.during(
  'legacy-dev-groups-made',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-mysql-group', { vpcId: now(legacyDevVpc).id }),
);

export const legacyDevMysqlReplica1Group = steps.during(
  'legacy-dev-groups-made',
  'legacy-dev-replicas-legacy-dev-mysql-dropped',
  (now) => new OwnGroup('legacy-dev-mysql-replica-1-group', { vpcId: now(legacyDevVpc).id }),
);

export const legacyDevRedisGroup = steps.during(
  'legacy-dev-groups-made',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-redis-group', { vpcId: now(legacyDevVpc).id }),
);

steps.during('legacy-dev-groups-made', 'legacy-dev-retired-routes', (now) =>
  flows([{ outOf: now(legacyDevEcsM4Group), to: 'anywhere', port: 443, because: 'the ECS agent' }]),
);

steps.during('legacy-dev-groups-made', 'legacy-dev-replicas-legacy-dev-mysql-dropped', (now) =>
  flows([
    {
      from: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      into: now(legacyDevMysqlReplica1Group),
      port: 3306,
      because: 'uses the database',
    },
    {
      outOf: now(legacyDevMysqlReplica1Group),
      to: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      port: 3306,
      because: 'replication',
    },
    { from: now(legacyDevMysqlReplica1Group), to: now(legacyDevMysqlGroup), port: 3306, because: 'replication' },
  ]),
);

steps.during('legacy-dev-groups-made', 'legacy-dev-cdn-closed', (now) =>
  flows([
    { from: 'anywhere', into: now(legacyDevAlbGroup), port: 443, because: 'the public site' },
    { from: 'anywhere', into: now(legacyDevAlbGroup), port: 80, because: 'the public site' },
  ]),
);

steps.during('legacy-dev-groups-made', 'legacy-dev-shared-group-unnamed', (now) =>
  flows([
    {
      outOf: now(legacyDevAlbGroup),
      to: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      port: [32768, 65535],
      because: 'requests to the target',
    },
    {
      from: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      into: now(legacyDevMysqlGroup),
      port: 3306,
      because: 'replication',
    },
    {
      from: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      into: now(legacyDevRedisGroup),
      port: 6379,
      because: 'uses the cache',
    },
  ]),
);

export const legacyDevBastionGroup = steps.during(
  'legacy-dev-way-in',
  'legacy-dev-retired-places',
  (now) =>
    new OwnGroup('legacy-dev-bastion-group', { vpcId: now(legacyDevVpc).id, description: 'The way in for people' }),
);

steps.during('legacy-dev-way-in', 'legacy-dev-retired-routes', (now) =>
  flows([
    {
      outOf: now(legacyDevBastionGroup),
      to: '10.1.0.0/16',
      port: 22,
      because: 'legacy-dev-bastion to what people work with',
    },
    {
      outOf: now(legacyDevBastionGroup),
      to: '10.1.0.0/16',
      port: 3306,
      because: 'legacy-dev-bastion to what people work with',
    },
    {
      outOf: now(legacyDevBastionGroup),
      to: '10.1.0.0/16',
      port: 6379,
      because: 'legacy-dev-bastion to what people work with',
    },
    { outOf: now(legacyDevBastionGroup), to: 'anywhere', port: 443, because: 'legacy-dev-bastion to AWS itself' },
    { from: now(legacyDevBastionGroup), into: now(legacyDevMysqlGroup), port: 3306 },
    { from: now(legacyDevBastionGroup), into: now(legacyDevRedisGroup), port: 6379 },
    {
      from: { peerName: 'office', cidr: '203.0.113.0/24' },
      into: now(legacyDevBastionGroup),
      port: 22,
      because: 'SSH from office',
      name: 'legacy-dev-bastion-from-office',
    },
  ]),
);

steps.during('legacy-dev-way-in', 'legacy-dev-replicas-legacy-dev-mysql-dropped', (now) =>
  flows([{ from: now(legacyDevBastionGroup), into: now(legacyDevMysqlReplica1Group), port: 3306 }]),
);

export const legacyDevWorkerGroup = steps.during(
  'legacy-dev-functions-inside-prepared',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-worker-group', { vpcId: now(legacyDevVpc).id }),
);

steps.during('legacy-dev-functions-inside-prepared', 'legacy-dev-retired-routes', (now) =>
  flows([
    { outOf: now(legacyDevWorkerGroup), to: 'anywhere', protocol: '-1' },
    { from: now(legacyDevWorkerGroup), into: now(legacyDevMysqlGroup), port: 3306 },
  ]),
);

export const legacyDevMysqlReaderAGroup = steps.during(
  'legacy-dev-replicas-legacy-dev-mysql-made',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-mysql-reader-a-group', { vpcId: now(legacyDevVpc).id }),
);

steps.during('legacy-dev-replicas-legacy-dev-mysql-made', 'legacy-dev-retired-routes', (now) =>
  flows([
    { from: now(legacyDevBastionGroup), into: now(legacyDevMysqlReaderAGroup), port: 3306 },
    { from: now(legacyDevMysqlReaderAGroup), to: now(legacyDevMysqlGroup), port: 3306, because: 'replication' },
  ]),
);

steps.during('legacy-dev-replicas-legacy-dev-mysql-made', 'legacy-dev-shared-group-unnamed', (now) =>
  flows([
    {
      from: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      into: now(legacyDevMysqlReaderAGroup),
      port: 3306,
      because: 'uses the database',
    },
    {
      outOf: now(legacyDevMysqlReaderAGroup),
      to: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      port: 3306,
      because: 'replication',
    },
  ]),
);

export const legacyDevWebFargateGroup = steps.during(
  'legacy-dev-fargate-prepared',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-web-fargate-group', { vpcId: now(legacyDevVpc).id }),
);

export const legacyDevWorkerFargateGroup = steps.during(
  'legacy-dev-fargate-prepared',
  'legacy-dev-retired-places',
  (now) => new OwnGroup('legacy-dev-worker-fargate-group', { vpcId: now(legacyDevVpc).id }),
);

steps.during('legacy-dev-fargate-prepared', 'legacy-dev-retired-routes', (now) =>
  flows([
    {
      from: now(legacyDevAlbGroup),
      to: now(legacyDevWebFargateGroup),
      port: 8080,
      because: 'requests to legacy-dev-web-fargate',
    },
    { outOf: now(legacyDevWebFargateGroup), to: 'anywhere', port: 443, because: 'the image at the start' },
    { outOf: now(legacyDevWebFargateGroup), to: 'anywhere', port: 80, because: 'uses the bucket' },
    { from: now(legacyDevWebFargateGroup), to: now(legacyDevMysqlGroup), port: 3306, because: 'uses the database' },
    {
      from: now(legacyDevWebFargateGroup),
      to: now(legacyDevMysqlReaderAGroup),
      port: 3306,
      because: 'uses the database',
    },
    { from: now(legacyDevWebFargateGroup), to: now(legacyDevRedisGroup), port: 6379, because: 'uses the cache' },
    { outOf: now(legacyDevWorkerFargateGroup), to: 'anywhere', port: 443, because: 'the image at the start' },
    { from: now(legacyDevWorkerFargateGroup), to: now(legacyDevMysqlGroup), port: 3306, because: 'uses the database' },
  ]),
);

steps.during('legacy-dev-fargate-prepared', 'legacy-dev-shared-group-unnamed', (now) =>
  flows([
    {
      outOf: now(legacyDevWebFargateGroup),
      to: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      port: 3306,
      because: 'uses the database',
    },
    {
      outOf: now(legacyDevWebFargateGroup),
      to: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      port: 6379,
      because: 'uses the cache',
    },
    {
      outOf: now(legacyDevWorkerFargateGroup),
      to: { peerName: 'legacy-dev-all-open', groupId: now(legacyDevAllOpen).id },
      port: 3306,
      because: 'uses the database',
    },
  ]),
);

steps.during('legacy-dev-cdn-made', 'legacy-dev-retired-routes', (now) =>
  flows([
    {
      from: { peerName: 'cloudfront', prefixListId: 'pl-322306271f5c1f76d' },
      into: now(legacyDevAlbGroup),
      port: 443,
      because: 'CloudFront, for its distribution',
    },
  ]),
);
