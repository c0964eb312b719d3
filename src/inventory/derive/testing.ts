/** For the tests of this room: small answers through every reader. Not part of the product. */
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { readers } from '../readers/index.ts';
import { answersOf } from '../testing.ts';
import { derivedInterfaces, withOwners } from './index.ts';

export type Given = Parameters<typeof answersOf>[0];

export const resourcesOf = (given: Given): readonly Resource[] => {
  const answers = answersOf(given);
  return readers.flatMap((reader) => reader.read(answers));
};
export const derived = (given: Given): readonly NetworkInterface[] => derivedInterfaces(resourcesOf(given));
export const owners = (given: Given): Record<string, string | undefined> =>
  Object.fromEntries(
    withOwners(resourcesOf(given)).flatMap((one) => (one.kind === 'networkInterface' ? [[one.id, one.owner?.id]] : [])),
  );
export const placeOf = (one: NetworkInterface): string =>
  one.subnet?.id ?? one.candidateSubnets.map((subnet) => subnet.id).join('|');

/** Three subnets: two in zone a, one in zone b. */
export const SUBNETS = {
  'ec2:DescribeSubnets': {
    Subnets: [
      { SubnetId: 'subnet-a1', VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1a' },
      { SubnetId: 'subnet-a2', VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1a' },
      { SubnetId: 'subnet-b1', VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1b' },
    ],
  },
};
export const listed = (...NetworkInterfaces: object[]): Given => ({
  'ec2:DescribeNetworkInterfaces': { NetworkInterfaces },
});
