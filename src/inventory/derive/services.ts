/** Interfaces of load balancers, functions, endpoints, NAT gateways and instances that the input does not list. */
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import { derivedInterface, type Known, onePerSubnet } from './known.ts';

/** Interfaces that are known to be of a resource. */
export type Listed = (owner: string) => readonly NetworkInterface[];

const BALANCER_TYPES = {
  application: 'load_balancer',
  network: 'network_load_balancer',
  gateway: 'gateway_load_balancer',
  classic: 'load_balancer',
} as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html */
export const balancerInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('loadBalancer').flatMap((balancer) =>
    onePerSubnet(known, balancer.subnets, listed(balancer.id), {
      owner: balancer,
      because: 'a load balancer has an interface in every subnet it is enabled for',
      vpc: balancer.vpc,
      securityGroups: balancer.securityGroups,
      hasPublicAddress: balancer.scheme === undefined ? undefined : balancer.scheme === 'internet-facing',
      interfaceType: BALANCER_TYPES[balancer.type ?? 'application'],
      ipv4Only: balancer.ipAddressType === 'ipv4',
      sourceDestCheck: false,
    }),
  );

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const functionInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('function').flatMap((lambda) =>
    lambda.network
      ? onePerSubnet(known, lambda.network.subnets, listed(lambda.id), {
          owner: lambda,
          because:
            'a function in a VPC has an interface in each of its subnets, which it may share with functions of the same groups',
          vpc: lambda.network.vpc,
          securityGroups: lambda.network.securityGroups,
          // Lambda never gives its interfaces a public address
          hasPublicAddress: false,
          interfaceType: 'lambda',
        })
      : [],
  );

const gone = (state: string | undefined): boolean => /^(?:deleted|failed|rejected|expired)$/i.test(state ?? '');

export const endpointInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('vpcEndpoint').flatMap((endpoint) => {
    const [own, ...others] = endpoint.networkInterfaces ?? [];
    // which of several interfaces is in which subnet is not told
    const interfaceId = own && others.length === 0 && endpoint.subnets?.length === 1 ? own.id : undefined;
    return (endpoint.type === 'Interface' || endpoint.type === 'GatewayLoadBalancer') && !gone(endpoint.state)
      ? onePerSubnet(known, endpoint.subnets, listed(endpoint.id), {
          owner: endpoint,
          ...(interfaceId === undefined ? {} : { interfaceId }),
          because: 'an interface endpoint has an interface in each of its subnets',
          vpc: endpoint.vpc,
          securityGroups: endpoint.securityGroups,
          hasPublicAddress: false,
          interfaceType: 'vpc_endpoint',
        })
      : [];
  });

/** A zonal NAT gateway has one interface, in its subnet; a regional one has none in any subnet. */
export const natInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('natGateway').flatMap((nat) => {
    if (gone(nat.state) || nat.availability === 'regional' || listed(nat.id).length > 0) return [];
    const [interfaceId] = nat.networkInterfaces;
    const [address] = nat.privateAddresses ?? [];
    const [publicAddress] = nat.publicAddresses ?? [];
    const single = nat.privateAddresses?.length === 1 && (nat.publicAddresses?.length ?? 2) <= 1;
    return [
      derivedInterface(known, {
        owner: nat,
        place: nat.subnet?.id ?? 'unknown',
        ...(interfaceId ? { interfaceId: interfaceId.id } : {}),
        because: 'a NAT gateway has an interface in its subnet',
        vpc: nat.vpc,
        subnets: nat.subnet ? [nat.subnet] : [],
        // NAT gateways have no security groups
        securityGroups: [],
        hasPublicAddress: nat.connectivity === undefined ? undefined : nat.connectivity === 'public',
        addresses: single && address !== undefined ? [{ private: address, public: publicAddress ?? null }] : undefined,
        interfaceType: 'nat_gateway',
        sourceDestCheck: false,
      }),
    ];
  });

/** An instance whose answer lists no interface has its primary one all the same. */
export const instanceInterfaces = (known: Known, listed: Listed): readonly NetworkInterface[] =>
  known.all('instance').flatMap((instance) => {
    const ended = instance.state === 'terminated' || instance.state === 'shutting-down';
    if (ended || !instance.subnet || listed(instance.id).length > 0) return [];
    const { privateAddress, publicAddress } = instance;
    return [
      derivedInterface(known, {
        owner: instance,
        place: instance.subnet.id,
        because: 'an instance has an interface in its subnet',
        vpc: instance.vpc,
        subnets: [instance.subnet],
        securityGroups: instance.securityGroups,
        hasPublicAddress: publicAddress === undefined ? undefined : publicAddress !== null,
        addresses:
          privateAddress === undefined || publicAddress === undefined
            ? undefined
            : [{ private: privateAddress, public: publicAddress }],
        interfaceType: 'interface',
        sourceDestCheck: instance.sourceDestCheck,
      }),
    ];
  });
