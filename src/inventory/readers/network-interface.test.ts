import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import type { Reader } from '../reader.ts';
import { answersOf } from '../testing.ts';
import { reader as networkInterface } from './network-interface.ts';

type Given = Parameters<typeof answersOf>[0];
const read = (reader: Reader, given: Given): readonly Resource[] => reader.read(answersOf(given));

describe('networkInterface', () => {
  const listed = {
    NetworkInterfaceId: 'eni-1',
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    Groups: [{ GroupId: 'sg-1' }],
    PrivateIpAddress: '10.0.0.4',
    PrivateIpAddresses: [
      { PrivateIpAddress: '10.0.0.5', Primary: false },
      { PrivateIpAddress: '10.0.0.4', Primary: true, Association: { PublicIp: '192.0.2.7' } },
    ],
    Attachment: { InstanceId: 'i-1' },
  };
  const instances = (NetworkInterfaces: unknown) => ({
    'ec2:DescribeInstances': { Reservations: [{ Instances: [{ InstanceId: 'i-1', NetworkInterfaces }] }] },
  });
  const own = (one: object) => ({ 'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [one] } });

  it('has every IPv6 address of its prefixes', () => {
    const prefixed = { ...listed, Ipv6Addresses: [], Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8:1:2:3::/80' }] };
    expect(read(networkInterface, own(prefixed))).toMatchObject([{ ipv6: ['2001:db8:1:2:3::/80'] }]);
    expect(read(networkInterface, own({ ...prefixed, Ipv6Prefixes: [{}] }))).toMatchObject([{ ipv6: undefined }]);
  });

  it('has its addresses primary first, with the public ones', () => {
    expect(read(networkInterface, own(listed))).toMatchObject([
      {
        addresses: [
          { private: '10.0.0.4', public: '192.0.2.7' },
          { private: '10.0.0.5', public: null },
        ],
        hasPublicAddress: true,
        owner: { id: 'i-1' },
      },
    ]);
  });

  it('takes the association of its primary address from itself where the list lacks it', () => {
    const one = {
      ...listed,
      Association: { PublicIp: '192.0.2.7' },
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.4', Primary: true }],
    };
    expect(read(networkInterface, own(one))).toMatchObject([
      { addresses: [{ private: '10.0.0.4', public: '192.0.2.7' }] },
    ]);
  });

  it('has no public address when AWS tells no association', () => {
    const one = { ...listed, PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.4', Primary: true }] };
    expect(read(networkInterface, own(one))).toMatchObject([{ hasPublicAddress: false }]);
  });

  it('does not know about public addresses when there is no address or a part was not understood', () => {
    expect(read(networkInterface, own({ NetworkInterfaceId: 'eni-1' }))).toMatchObject([
      { addresses: undefined, hasPublicAddress: undefined, securityGroups: undefined },
    ]);
    expect(read(networkInterface, own({ ...listed, PrivateIpAddresses: ['?'] }))).toMatchObject([
      { addresses: undefined, hasPublicAddress: undefined },
    ]);
    expect(read(networkInterface, own({ ...listed, Groups: [{ GroupId: 'sg-1' }, '?'] }))).toMatchObject([
      { securityGroups: undefined },
    ]);
  });

  it('is known from its instance when it is not listed itself', () => {
    expect(read(networkInterface, instances([listed]))).toMatchObject([
      { id: 'eni-1', owner: { id: 'i-1' }, hasPublicAddress: true },
    ]);
  });

  it('is one when both tell of it; the interface listing wins, and a difference is told', () => {
    const answers = answersOf({
      ...own(listed),
      ...instances([{ ...listed, Groups: [{ GroupId: 'sg-2' }], Description: 'primary' }]),
    });
    expect(networkInterface.read(answers)).toMatchObject([
      { securityGroups: [{ id: 'sg-1' }], description: 'primary' },
    ]);
    expect(answers.notices.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^contradiction eni-1: .* security groups/),
    ]);
  });
});
