/** Where the traffic of an end starts: at interfaces, at outside addresses, or on AWS's own public side. */
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { type AddressSet, size } from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import type { Start } from './direct.ts';
import { type Endpoint, interfacesOf } from './endpoint.ts';
import { addressOfHost } from './hosts.ts';
import { lacking, type Network } from './network.ts';
import { hop } from './path.ts';
import { isApiResource } from './services.ts';
import { addressText } from './stages.ts';

/** Starts that an end stands for; undefined when we do not know its interfaces. */
export function startsOf(network: Network, from: Endpoint): readonly Start[] | undefined {
  switch (from.type) {
    case 'internet':
      return [{ type: 'addresses', set: network.strangers, internet: true }];
    case 'host':
      return hostStarts(network, from.host);
    case 'addresses':
      return startsAt(network, from.set);
    case 'resource': {
      if (callsFromAws(from.resource)) return [awsStart(network, from.resource)];
      const interfaces = interfacesOf(network, from.resource);
      return interfaces.length > 0 ? interfaces.map((one): Start => ({ type: 'interface', one })) : undefined;
    }
    case 'service':
      return undefined;
  }
}

/**
 * Whether its calls leave AWS's own public side, not a VPC: a function without a VPC, and what services do by themselves
 * (a topic that calls its subscribers). https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const callsFromAws = (resource: Resource): boolean =>
  resource.kind === 'function' ? resource.network === null : isApiResource(resource);

/** One public address of AWS, nobody can tell which: who is let in must be let in whatever it is. */
export function awsStart(network: Network, resource: Resource): Start {
  const why = resource.kind === 'function' ? 'is in no VPC' : 'is a service of AWS';
  return {
    type: 'addresses',
    set: network.strangers,
    internet: true,
    unnamed: {
      by: hop(
        'aws-address',
        resource.id,
        '',
        `${resource.name} ${why}: its calls come from public addresses of AWS, which change.`,
        resource.source,
      ),
      missing: {
        operation: resource.source.operation,
        reason:
          'the calls come from public addresses of AWS, and no answer tells which; only some addresses are let in',
        resource: resource.id,
      },
    },
  };
}

function startsAt(network: Network, set: AddressSet): readonly Start[] {
  const held = size(set) === 1n ? heldBy(network, set) : [];
  return held.length > 0
    ? held.map((one): Start => ({ type: 'interface', one }))
    : [{ type: 'addresses', set, internet: false }];
}

function hostStarts(network: Network, host: string): readonly Start[] {
  const set = addressOfHost(host);
  return set ? startsAt(network, set) : [hostStart(network, host)];
}

const hostStart = (network: Network, host: string): Start => ({
  type: 'addresses',
  set: network.strangers,
  internet: true,
  unnamed: {
    by: hop('internet', 'internet', host, `The connection starts at ${host}, somewhere on the internet.`),
    missing: {
      operation: 'route53:ListResourceRecordSets',
      reason: `it may tell the addresses of ${host}; only some addresses are let in`,
    },
  },
});

/** Interfaces that have one of the private addresses. */
export function heldBy(network: Network, set: AddressSet): readonly NetworkInterface[] {
  const [text] = addressText(set);
  return network.privately.get(text?.replace(/\/(32|128)$/, '') ?? '') ?? [];
}

/** What would tell the interfaces that are not known. */
export function noInterfaces(network: Network, ...ends: readonly Endpoint[]): Missing {
  const resource = ends.flatMap((end) =>
    end.type === 'resource' && interfacesOf(network, end.resource).length === 0 ? [end.resource] : [],
  )[0];
  if (resource?.kind === 'function' && resource.network === undefined)
    return lacking(network, 'lambda:ListFunctions', resource, 'whether the function is in a VPC');
  return resource
    ? lacking(network, 'ec2:DescribeNetworkInterfaces', resource, 'the interfaces of the resource')
    : { operation: 'ec2:DescribeNetworkInterfaces', reason: 'it would tell the interfaces' };
}
