import type { Region } from '../../estate/kinds/places.ts';
import { regionOfZone } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';

/** Regions as AWS lists them; each once, however many accounts tell of it. */
export const reader: Reader = {
  name: 'region',
  kinds: ['region'],
  operations: ['ec2:DescribeRegions', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeSubnets'],
  read: (answers) => {
    const regions = new Map<string, Region>();
    const add = (item: Item, name: string, because?: string): void => {
      if (regions.has(name)) return;
      const derived = because === undefined ? {} : { derived: { because } };
      regions.set(name, { kind: 'region', ...base('region', item, { id: name, region: name }, {}), ...derived });
    };
    for (const item of answers.items('ec2:DescribeRegions', 'Regions')) {
      const name = item.string('RegionName');
      if (name !== undefined) add(item, name);
      else item.notice('missingField', 'ec2:DescribeRegions: a region without a name was left out');
    }
    // DescribeRegions is often not in a set of saved answers; zones tell their region too
    for (const item of answers.items('ec2:DescribeAvailabilityZones', 'AvailabilityZones')) {
      const name = item.string('RegionName');
      if (name !== undefined) add(item, name, 'its zones are listed');
    }
    for (const item of answers.items('ec2:DescribeSubnets', 'Subnets')) {
      const name = regionOfZone(item.string('AvailabilityZone') ?? '');
      if (name !== undefined) add(item, name, 'subnets stand in its zones');
    }
    return [...regions.values()];
  },
};
