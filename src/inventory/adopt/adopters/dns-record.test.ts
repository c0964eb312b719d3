import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './dns-record.ts';

const given = (...sets: readonly object[]) => ({
  'route53:ListResourceRecordSets': [
    { input: { HostedZoneId: '/hostedzone/Z1' }, output: { ResourceRecordSets: sets } },
  ],
});

it('writes aliases, weights and texts as the provider keeps them', () => {
  const DNSName = 'dualstack.alb.example.com.';
  const found = adoptedBy(
    adopter,
    given(
      {
        Name: '\\052.example.com.',
        Type: 'A',
        SetIdentifier: 'old',
        Weight: 0,
        AliasTarget: { DNSName, HostedZoneId: 'Z2', EvaluateTargetHealth: false },
      },
      { Name: 'example.com.', Type: 'TXT', TTL: 300, ResourceRecords: [{ Value: '"v=spf1 -all"' }] },
    ),
  );
  expect(found.map(({ importId, inputs }) => [importId, inputs])).toEqual([
    [
      'Z1_*.example.com_A_old',
      {
        zoneId: 'Z1',
        name: '*.example.com',
        type: 'A',
        aliases: [{ name: 'alb.example.com', zoneId: 'Z2', evaluateTargetHealth: false }],
        setIdentifier: 'old',
        weightedRoutingPolicies: [{ weight: 0 }],
      },
    ],
    ['Z1_example.com_TXT', { zoneId: 'Z1', name: 'example.com', type: 'TXT', ttl: 300, records: ['v=spf1 -all'] }],
  ]);
});

it("leaves the zone's own records to AWS, and does not invent a text that was taken out", () => {
  const own = (Type: string) => ({ Name: 'example.com.', Type, TTL: 900, ResourceRecords: [{ Value: 'x' }] });
  const secret = { Name: 't.example.com.', Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '<redacted>' }] };
  expect(refusedBy(adopter, given(own('SOA'), own('NS'), secret))).toEqual([
    'AWS made it with the hosted zone',
    'AWS made it with the hosted zone',
    'its values were taken out of the input as secrets',
  ]);
});
