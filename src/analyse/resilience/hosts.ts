/**
 * Hosts of which no resource of the input is known. One on the internet is outside of what was read and taken to stand; one
 * that stands in a VPC may stand in the very zone that is lost.
 */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import { type AddressSet, addressSetOf, isPrivate, isSubset } from '../../estate/sets/index.ts';
import { AWS, addressOfHost, isNameOfInside, operationOfMachine } from '../reachability/hosts.ts';
import { hop } from './codes.ts';
import type { Context } from './context.ts';
import { losesZone } from './loss.ts';
import { type Standing, stands, unknown } from './standing.ts';

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** What would tell where it stands; undefined for what is outside, on the internet. */
function operationFor(host: string): string | undefined {
  const address = addressOfHost(host);
  if (address) return isPrivate(address) ? 'ec2:DescribeNetworkInterfaces' : undefined;
  if (isNameOfInside(host)) return 'route53:ListResourceRecordSets';
  // a load balancer is on the internet by its address, and in zones all the same
  return operationOfMachine(host) ?? (/\.elb\.amazonaws\.com/.test(host) ? 'elbv2:DescribeLoadBalancers' : undefined);
}

/** Whether it is reached inside of networks, and not over the internet. */
export const standsInside = (host: string): boolean => operationFor(host.toLowerCase()) !== undefined;

export function hostStanding({ estate, loss }: Context, name: string): Standing {
  const host = name.toLowerCase();
  const operation = operationFor(host);
  if (operation === undefined || loss.type !== 'zone' || isElsewhere(estate, host, loss.zone)) return stands();
  const address = addressOfHost(host);
  const around = address ? subnetsAround(estate, address) : [];
  const [subnet] = around;
  if (subnet && around.every(({ zone }) => zone !== undefined && !losesZone(loss, zone.id)))
    return stands(hop('zone-left', subnet, `${host} stands in ${subnet.name}, in ${subnet.zone?.id}.`));
  const reason = `In which zones ${host} stands is not in the input.`;
  return unknown({ operation, reason, resource: subnet?.id ?? host });
}

/** A name that AWS made tells the region; the zone that is lost has one too. */
function isElsewhere(estate: Estate, host: string, zone: string): boolean {
  const region = AWS.test(host) ? host.split('.').find((label) => REGION.test(label)) : undefined;
  const lost = byId(estate, zone);
  return region !== undefined && lost?.kind === 'zone' && lost.region !== region;
}

const subnetsAround = (estate: Estate, address: AddressSet) =>
  all(estate, 'subnet').filter((subnet) => {
    const cidrs = [subnet.cidr, ...(subnet.ipv6Cidrs ?? [])].filter((one) => one !== undefined);
    const block = addressSetOf(cidrs);
    return block !== undefined && isSubset(address, block) && find(estate, subnet.vpc) !== undefined;
  });
