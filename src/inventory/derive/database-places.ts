/** Where the interfaces of an RDS instance are: its own, and the standby's of a Multi-AZ instance. */
import type { Database } from '../../estate/kinds/data.ts';
import type { Ref } from '../../estate/source.ts';
import { carried, type Known, refTo } from './known.ts';

export interface DatabasePlace {
  readonly database: Database;
  readonly role: 'instance' | 'standby';
  /** The zone it is in, as far as AWS tells. */
  readonly zone: string | undefined;
  /** Subnets of the zone it may be in. */
  readonly subnets: readonly Ref<'subnet'>[];
}

/**
 * RDS takes a subnet of the instance's subnet group in the zone; when the group was not read, any subnet of the VPC
 * in that zone may be it. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function databasePlaces(known: Known, database: Database): readonly DatabasePlace[] {
  const group = known.find('databaseSubnetGroup', database.subnetGroup);
  const vpc = database.vpc ?? group?.vpc;
  const all: readonly Ref<'subnet'>[] =
    group?.subnets?.map((subnet) => carried(group, subnet)) ??
    (vpc ? known.subnetsOfVpc(vpc.id).map(refTo<'subnet'>) : []);
  const zoneOf = (subnet: Ref<'subnet'>): string | undefined => known.find('subnet', subnet)?.zone?.id;
  const within = (zone: string | undefined): readonly Ref<'subnet'>[] =>
    zone === undefined ? all : all.filter((subnet) => (zoneOf(subnet) ?? zone) === zone);

  const own = database.zone?.id;
  const inOwn = within(own);
  // an answer whose group has no subnet in the database's zone contradicts itself; any of them may then be it
  const places: DatabasePlace[] = [{ database, role: 'instance', zone: own, subnets: inOwn.length > 0 ? inOwn : all }];
  if (database.multiAz === true || database.secondaryZone) {
    const second = database.secondaryZone?.id;
    const subnets =
      second === undefined ? all.filter((subnet) => own === undefined || zoneOf(subnet) !== own) : within(second);
    places.push({ database, role: 'standby', zone: second, subnets });
  }
  return places;
}
