/** Which regions to read when none is named: those that are enabled, and in which something stands. */
import { pick } from './pick.ts';
import type { PlaceReader } from './place.ts';

/**
 * Listings that show whether a region is in use: whatever stands in a VPC has a network interface, and these are the
 * usual things that stand in none. A default VPC, which every region has from the start, is no use.
 */
const SIGNS: Readonly<Record<string, string>> = {
  'ec2:DescribeNetworkInterfaces': 'NetworkInterfaces[]',
  'ec2:DescribeInstances': 'Reservations[].Instances[]',
  'rds:DescribeDBInstances': 'DBInstances[]',
  'lambda:ListFunctions': 'Functions[]',
  'dynamodb:ListTables': 'TableNames[]',
  'sqs:ListQueues': 'QueueUrls[]',
  'sns:ListTopics': 'Topics[]',
};

export const SIGN_OPERATIONS: readonly string[] = Object.keys(SIGNS);

/** The regions of an account that can be asked; undefined when AWS does not say. */
export async function enabledRegions(home: PlaceReader): Promise<readonly string[] | undefined> {
  const { answers, whole } = await home.operation('ec2:DescribeRegions');
  const names = answers.flatMap(({ output }) => pick(output, 'Regions[].RegionName'));
  return whole ? names.filter((name) => typeof name === 'string').sort() : undefined;
}

/** Whether something stands in the region, as far as its signs were answered. */
export async function inUse(region: PlaceReader): Promise<boolean> {
  const signs = await Promise.all(
    Object.entries(SIGNS).map(async ([operation, path]) => {
      const { answers } = await region.operation(operation);
      return answers.some(({ output }) => pick(output, path).length > 0);
    }),
  );
  return signs.includes(true);
}
