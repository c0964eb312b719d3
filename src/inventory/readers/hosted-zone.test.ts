import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './hosted-zone.ts';

const zone = (PrivateZone?: boolean) => ({ Id: '/hostedzone/Z1', Name: 'example.com.', Config: { PrivateZone } });
const read = (isPrivate: boolean | undefined, more: object = {}) =>
  reader.read(answersOf({ 'route53:ListHostedZones': { HostedZones: [zone(isPrivate)] }, ...more }))[0];

it('is known without prefix and trailing dot', () => {
  expect(read(false)).toMatchObject({
    id: 'Z1',
    name: 'example.com',
    domain: 'example.com',
    private: false,
    region: 'global',
  });
});

it('knows the VPCs of a private zone only from its own answer; a public one has none', () => {
  expect(read(false)).toMatchObject({ vpcs: [] });
  expect(read(true)).toMatchObject({ vpcs: undefined });
  expect(read(undefined)).toMatchObject({ vpcs: undefined, private: undefined });
  for (const Id of ['Z1', '/hostedzone/Z1'])
    expect(
      read(true, {
        'route53:GetHostedZone': [{ input: { Id }, output: { VPCs: [{ VPCRegion: 'eu-west-1', VPCId: 'vpc-1' }] } }],
      }),
    ).toMatchObject({
      vpcs: [{ id: 'vpc-1' }],
    });
});
