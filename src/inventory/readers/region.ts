import { regionName } from '../../estate/ids.ts';
import type { Region } from '../../estate/kinds/places.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';

/** Regions as AWS lists them; each once, however many accounts tell of it. */
export const reader: Reader = {
  name: 'region',
  kinds: ['region'],
  operations: ['ec2:DescribeRegions'],
  read: (answers) => {
    const regions = new Map<string, Region>();
    const add = (item: Item, name: string): void => {
      if (!regions.has(name))
        regions.set(name, { ...base('region', item, { id: name, region: name }, {}), region: regionName(name) });
    };
    for (const item of answers.items('ec2:DescribeRegions', 'Regions')) {
      const name = item.string('RegionName');
      if (name !== undefined) add(item, name);
      else item.notice('missingField', 'ec2:DescribeRegions: a region without a name was left out');
    }
    // DescribeRegions is often not in a set of saved answers; zones name their region too
    for (const item of answers.items('ec2:DescribeAvailabilityZones', 'AvailabilityZones')) {
      const name = item.string('RegionName');
      if (name !== undefined) add(item, name);
    }
    return [...regions.values()];
  },
};
