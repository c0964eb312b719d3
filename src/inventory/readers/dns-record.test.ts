import { describe, expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './dns-record.ts';

const read = (records: readonly object[], input: Record<string, unknown> = { HostedZoneId: '/hostedzone/Z1' }) =>
  reader.read(
    answersOf({
      'route53:ListHostedZones': { HostedZones: [{ Id: '/hostedzone/Z9', Name: 'example.com.' }] },
      'route53:ListResourceRecordSets': [{ input, output: { ResourceRecordSets: records } }],
    }),
  );

describe('DNS records', () => {
  it('reads values, aliases and weights under the zone of the request', () => {
    expect(
      read([
        {
          Name: 'api.example.com.',
          Type: 'A',
          TTL: 60,
          ResourceRecords: [{ Value: '192.0.2.1' }],
          Weight: 5,
          SetIdentifier: 'blue',
        },
        {
          Name: '\\052.example.com.',
          Type: 'A',
          AliasTarget: { DNSName: 'dualstack.lb-1.eu-west-1.elb.amazonaws.com.' },
          TTL: 0,
        },
      ]),
    ).toMatchObject([
      {
        id: 'Z1/api.example.com/A/blue',
        hostedZone: { id: 'Z1' },
        values: ['192.0.2.1'],
        ttl: 60,
        weight: 5,
        alias: undefined,
      },
      {
        id: 'Z1/*.example.com/A',
        host: '*.example.com',
        values: [],
        alias: 'lb-1.eu-west-1.elb.amazonaws.com',
        ttl: undefined,
      },
    ]);
  });

  it('finds the zone by the SOA record where the request is lost', () => {
    expect(read([{ Name: 'example.com.', Type: 'SOA' }], {})).toMatchObject([{ hostedZone: { id: 'Z9' } }]);
    expect(read([{ Name: 'example.com.', Type: 'A' }], {})).toMatchObject([{ hostedZone: undefined }]);
  });

  it('keeps no text values', () => {
    expect(read([{ Name: 'example.com.', Type: 'TXT', ResourceRecords: [{ Value: '"verify=abc"' }] }])).toMatchObject([
      { values: ['<redacted>'] },
    ]);
  });
});
