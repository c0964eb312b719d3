import { expect, it } from 'vitest';
import { databaseArn, databaseSubnetGroupArn } from '../ids.ts';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './database-cluster.ts';

const read = (cluster: object) =>
  reader.read(
    answersOf({ 'rds:DescribeDBClusters': { DBClusters: [{ DBClusterIdentifier: 'shop', ...cluster }] } }),
  )[0];

it('reads members, endpoints and the subnet group that a cluster only names', () => {
  expect(
    read({
      Endpoint: 'w.example.com',
      ReaderEndpoint: 'r.example.com',
      Port: 3306,
      DBSubnetGroup: 'db',
      AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
      DBClusterMembers: [
        { DBInstanceIdentifier: 'a', IsClusterWriter: true },
        { DBInstanceIdentifier: 'b', IsClusterWriter: false },
      ],
    }),
  ).toMatchObject({
    endpoint: { host: 'w.example.com', port: 3306 },
    readerEndpoint: { host: 'r.example.com', port: 3306 },
    subnetGroup: { id: databaseSubnetGroupArn(ACCOUNT, REGION, 'db') },
    zones: [{ id: 'eu-west-1a' }, { id: 'eu-west-1b' }],
    members: [
      { ref: { id: databaseArn(ACCOUNT, REGION, 'a') }, writer: true },
      { ref: { id: databaseArn(ACCOUNT, REGION, 'b') }, writer: false },
    ],
  });
});

it('does not show some members as all of them', () => {
  expect(read({ DBClusterMembers: [{ IsClusterWriter: true }] })).toMatchObject({ members: undefined });
  expect(read({ DBClusterMembers: [{ DBInstanceIdentifier: 'a' }] })).toMatchObject({
    members: [{ writer: undefined }],
  });
  expect(read({ DBClusterMembers: [] })).toMatchObject({ members: [] });
  expect(read({})).toMatchObject({ members: undefined, multiAz: undefined, securityGroups: undefined });
});
