import { expect, it } from 'vitest';
import { OTHERS } from '../other-things.ts';
import { answersOf } from '../testing.ts';
import { reader } from './other.ts';

it('keeps things with an ARN, with an id of AWS, with a name only, and bare texts', () => {
  const answers = answersOf({
    'kafka:ListClusters': {
      ClusterInfoList: [{ ClusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/a/1', ClusterName: 'a' }],
    },
    'ec2:DescribeVpnConnections': { VpnConnections: [{ VpnConnectionId: 'vpn-0123456789abcdef0' }] },
    'redshift:DescribeClusters': { Clusters: [{ ClusterIdentifier: 'dw' }] },
    'guardduty:ListDetectors': { DetectorIds: ['0123abc'] },
    'cloudfront:ListFunctions': { FunctionList: { Items: [{ Name: 'rewrite' }] } },
  });
  expect(reader.read(answers).map(({ id, name }) => [id, name])).toEqual([
    ['111122223333/eu-west-1/cloudfront:function/rewrite', 'rewrite'],
    ['vpn-0123456789abcdef0', 'vpn-0123456789abcdef0'],
    ['111122223333/eu-west-1/guardduty:detector/0123abc', '0123abc'],
    ['arn:aws:kafka:eu-west-1:111122223333:cluster/a/1', 'a'],
    ['111122223333/eu-west-1/redshift:cluster/dw', 'dw'],
  ]);
});

it('is one although a list and a description tell of it', () => {
  const answers = answersOf({
    'es:ListDomainNames': { DomainNames: [{ DomainName: 'logs' }] },
    'es:DescribeElasticsearchDomain': { DomainStatus: { DomainName: 'logs' } },
  });
  expect(reader.read(answers)).toMatchObject([{ type: 'es:domain', name: 'logs' }]);
});

it('keeps a thing without an id and says so', () => {
  const answers = answersOf({ 'efs:DescribeFileSystems': { FileSystems: [{ Name: 'media' }] } });
  expect(reader.read(answers)).toHaveLength(1);
  expect(answers.notices).toMatchObject([{ code: 'missingField' }]);
});

it('has rows that are well formed and sorted by what they are', () => {
  for (const thing of OTHERS) {
    expect(thing.operation).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/);
    expect(thing.type).toMatch(/^[a-z0-9A-Z]+:[a-z]\w+$/);
  }
  expect(new Set(OTHERS.map((thing) => thing.operation)).size).toBe(OTHERS.length);
});
