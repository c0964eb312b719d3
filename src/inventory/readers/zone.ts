import type { Zone } from '../../estate/kinds/places.ts';
import { regionOfZone, zoneId } from '../ids.ts';
import { base, type Reader } from '../reader.ts';

/** Availability zones; where they were not listed, those that subnets stand in. */
export const reader: Reader = {
  name: 'zone',
  kinds: ['zone'],
  operations: ['ec2:DescribeAvailabilityZones', 'ec2:DescribeSubnets'],
  read: (answers) => {
    const zones = new Map<string, Zone>();
    for (const item of answers.items('ec2:DescribeAvailabilityZones', 'AvailabilityZones')) {
      const name = item.string('ZoneName');
      if (name === undefined) {
        item.notice('missingField', 'ec2:DescribeAvailabilityZones: a zone without a name was left out');
        continue;
      }
      if (zones.has(zoneId(name))) continue;
      zones.set(zoneId(name), {
        kind: 'zone',
        ...base('zone', item, { id: zoneId(name), name, region: item.string('RegionName') ?? item.context.region }, {}),
        zoneId: item.string('ZoneId'),
        regionRef: item.ref('RegionName'),
      });
    }
    for (const item of answers.items('ec2:DescribeSubnets', 'Subnets')) {
      const name = item.string('AvailabilityZone');
      if (name === undefined || zones.has(zoneId(name))) continue;
      const region = regionOfZone(name);
      zones.set(zoneId(name), {
        kind: 'zone',
        ...base('zone', item, { id: zoneId(name), name, region: region ?? item.context.region }, {}),
        zoneId: item.string('AvailabilityZoneId'),
        regionRef: region === undefined ? undefined : item.refTo('AvailabilityZone', region),
        derived: { because: `${item.string('SubnetId') ?? 'a subnet'} stands in it` },
      });
    }
    return [...zones.values()];
  },
};
