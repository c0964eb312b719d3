import type { Answers } from '../../answers.ts';
import { allStrings, keyValues, whereOf } from '../../fields.ts';
import { arn as arnOf } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { balancerTags } from '../../listener-actions.ts';
import { allItems } from '../../listing.ts';
import { argumentsOf, BALANCER_ATTRIBUTES } from '../../pulumi/attributes.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopted, type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:lb/loadBalancer:LoadBalancer';
const WEB_ACL = 'aws:wafv2/webAclAssociation:WebAclAssociation';
const ATTRIBUTES = 'elbv2:DescribeLoadBalancerAttributes';
const FIREWALL = 'wafv2:GetWebACLForResource';

/** Without this one AWS's answer is not whole: the provider's default would take the protection away. */
const NEEDED = 'deletion_protection.enabled';

/** Subnets; with addresses of their own where a network load balancer has some. */
function subnetsOf(item: Item): Properties | undefined {
  const zones = allItems(item, 'AvailabilityZones')?.toSorted((a, b) => (zoneName(a) < zoneName(b) ? -1 : 1));
  const mappings = zones?.map((zone) => {
    const [address] = zone.items('LoadBalancerAddresses') ?? [];
    return said({
      subnetId: zone.string('SubnetId'),
      allocationId: address?.string('AllocationId'),
      privateIpv4Address: address?.string('PrivateIPv4Address'),
    });
  });
  const subnets = zones?.flatMap((zone) => zone.string('SubnetId') ?? []);
  if (!zones || !mappings || subnets?.length !== zones.length) return undefined;
  return mappings.some((one) => Object.keys(one).length > 1) ? { subnetMappings: mappings } : { subnets };
}

const zoneName = (zone: Item): string => zone.string('ZoneName') ?? '';

const zonesIn = (item: Item): Properties =>
  Object.fromEntries(
    (item.items('AvailabilityZones') ?? []).flatMap((zone): [string, string][] => {
      const [subnet, name] = [zone.string('SubnetId'), zone.string('ZoneName')];
      return subnet === undefined || name === undefined ? [] : [[subnet, name]];
    }),
  );

function firewall(answers: Answers, arn: string, type: string): string | null | undefined {
  if (type !== 'application') return null;
  const answer = answers.one(FIREWALL, 'ResourceArn', arn);
  if (answer.state === 'absent') return null;
  if (answer.state === 'unknown') return undefined;
  return answer.item.has('WebACL') ? answer.item.item('WebACL')?.string('ARN') : null;
}

function balancer(answers: Answers, item: Item, own: ReturnType<typeof balancerTags>): readonly Adoption[] {
  const arn = item.string('LoadBalancerArn');
  if (arn === undefined) return [];
  const of: Whole = { kind: 'loadBalancer', id: arn };
  const tags = tagged(answers, arn, own.get(arn));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const type = item.string('Type');
  const read = {
    LoadBalancerName: item.string('LoadBalancerName'),
    Type: type,
    Scheme: item.string('Scheme') ?? (type === 'gateway' ? 'internal' : undefined),
    AvailabilityZones: subnetsOf(item),
    // AWS leaves the field out where a network or gateway load balancer has no groups
    SecurityGroups:
      allStrings(item, 'SecurityGroups') ?? (type === 'application' || item.has('SecurityGroups') ? undefined : []),
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const answer = answers.one(ATTRIBUTES, 'LoadBalancerArn', arn);
  const attributes = answer.state === 'read' ? keyValues(answer.item, 'Attributes') : undefined;
  if (attributes?.[NEEDED] === undefined) return [refused(TYPE, of, untold(ATTRIBUTES, { [NEEDED]: undefined }))];
  const acl = firewall(answers, arn, read.Type);
  const adopted: Adopted = {
    state: 'adopted',
    type: TYPE,
    name: tags.tags?.Name ?? read.LoadBalancerName,
    id: arn,
    importId: arn,
    inputs: said({
      name: read.LoadBalancerName,
      loadBalancerType: read.Type,
      internal: read.Scheme === 'internal',
      ipAddressType: item.string('IpAddressType'),
      securityGroups: read.SecurityGroups.length === 0 ? undefined : read.SecurityGroups,
      ...read.AvailabilityZones,
      ...argumentsOf(BALANCER_ATTRIBUTES, attributes),
      ...tags.inputs,
    }),
    outputs: said({
      arn,
      arnSuffix: arn.replace(/^.*:loadbalancer\//, ''),
      dnsName: item.string('DNSName'),
      zoneId: item.string('CanonicalHostedZoneId'),
      vpcId: item.string('VpcId'),
      zones: zonesIn(item),
      ...(acl === undefined ? { webAclArn: { $unknown: true } } : {}),
      ...tags.outputs,
    }),
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
  return acl ? [adopted, association(adopted, acl)] : [adopted];
}

const association = (balancer: Adopted, webAclArn: string): Adopted => ({
  ...balancer,
  type: WEB_ACL,
  id: `${webAclArn},${balancer.id}`,
  importId: `${webAclArn},${balancer.id}`,
  inputs: { webAclArn, resourceArn: balancer.id },
  outputs: {},
  ignoreChanges: [],
});

export const adopter: Adopter = {
  name: 'load-balancer',
  types: [TYPE, WEB_ACL],
  operations: ['elbv2:DescribeLoadBalancers', ATTRIBUTES, 'elbv2:DescribeTags', FIREWALL, 'elb:DescribeLoadBalancers'],
  adopt: (answers) => {
    const tags = balancerTags(answers);
    return [
      ...answers.items('elbv2:DescribeLoadBalancers', 'LoadBalancers').flatMap((item) => balancer(answers, item, tags)),
      ...answers.items('elb:DescribeLoadBalancers', 'LoadBalancerDescriptions').flatMap((item): Adoption[] => {
        const name = item.string('LoadBalancerName');
        if (name === undefined) return [];
        const { account, region } = whereOf(item);
        const id = arnOf('elasticloadbalancing', region, account, `loadbalancer/${name}`);
        const because = 'it is a classic load balancer, which AWS has replaced; Underpin does not move those';
        return [refused('aws:elb/loadBalancer:LoadBalancer', { kind: 'loadBalancer', id }, because)];
      }),
    ];
  },
  observed: {
    // AWS sets the one itself; it told the other in the past, and has no argument for it
    loadBalancer: ['state', 'attributes/ipv6.deny_all_igw_traffic'],
  },
};
