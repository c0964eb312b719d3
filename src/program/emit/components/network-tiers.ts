import { type NetworkTiersArgs, networkTiers, SUBNET } from '../../../blueprint/declared/network-tiers.ts';
import { type Child, gathered, type Kind, kind, ofType, textOf } from './kind.ts';

const [TABLE, ADDRESS, NAT, ENDPOINT, ROUTE, ASSOCIATION] = [
  'aws:ec2/routeTable:RouteTable',
  'aws:ec2/eip:Eip',
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/vpcEndpoint:VpcEndpoint',
  'aws:ec2/route:Route',
  'aws:ec2/routeTableAssociation:RouteTableAssociation',
];
const TYPES: ReadonlySet<string> = new Set([SUBNET, TABLE, ADDRESS, NAT, ENDPOINT, ROUTE, ASSOCIATION]);

export const networkTiersKind: Kind = kind<NetworkTiersArgs>({
  name: 'NetworkTiers',
  form: 'component',
  find: (things) => {
    const subnets = things.filter(({ type }) => type === SUBNET);
    const names = new Set(subnets.flatMap(({ name }) => /^(.+)-(?:public|app|data)-[a-h]$/.exec(name)?.[1] ?? []));
    const byLength = [...names].sort((a, b) => b.length - a.length);
    return gathered(things, ({ type, name }) =>
      TYPES.has(type) ? byLength.find((one) => name.startsWith(`${one}-`)) : undefined,
    );
  },
  args: (name, children) => {
    const tables = ofType(children, TABLE);
    const subnets = ofType(children, SUBNET);
    const keys = subnets.map((subnet) => subnet.name.slice(name.length + 1));
    const [vpcId, subnetsVpcId] = [textOf(tables[0], 'vpcId'), textOf(subnets[0], 'vpcId')];
    const region = textOf(subnets[0], 'availabilityZone')?.slice(0, -1);
    if (vpcId === undefined || subnetsVpcId === undefined || region === undefined) return undefined;
    const internet = ofType(children, ROUTE).find((route) => route.name.endsWith('-to-internet'));
    const addresses = zonesOf(ofType(children, ADDRESS), /-nat-([a-h])-address$/);
    const gateways = zonesOf(ofType(children, NAT), /-nat-([a-h])$/);
    const elsewhere = gateways.filter((zone) => !keys.includes(`public-${zone}`));
    return {
      vpcId,
      subnetsVpcId: subnetsVpcId === vpcId ? undefined : subnetsVpcId,
      region,
      internetGatewayId: textOf(internet, 'gatewayId'),
      subnets: Object.fromEntries(keys.map((key, n) => [key, textOf(subnets[n], 'cidrBlock') ?? ''])),
      routed: ofType(children, ASSOCIATION).length > 0,
      gateways,
      addresses,
      gatewaySubnetIds: Object.fromEntries(
        elsewhere.map((zone) => [
          zone,
          textOf(
            children.find((child) => child.type === NAT && child.name === `${name}-nat-${zone}`),
            'subnetId',
          ) ?? '',
        ]),
      ),
      endpoints: ofType(children, ENDPOINT).map((endpoint) => endpoint.name.slice(name.length + 1)),
    };
  },
  declares: (name, args) => networkTiers(name, args),
  defaults: ({ gateways = [] }) => ({ routed: true, gatewaySubnetIds: {}, addresses: gateways }),
  reach: (name, part, output) => {
    const key = part.name.slice(name.length + 1);
    const of = (what: string): string => `('${what}').${output}`;
    switch (part.type) {
      case SUBNET:
        return `.subnet${of(key)}`;
      case TABLE:
        return `.routeTable${of(key.replace(/-routes$/, ''))}`;
      case NAT:
        return `.natGateway${of(key.replace(/^nat-/, ''))}`;
      case ADDRESS:
        return `.address${of(key.replace(/^nat-|-address$/g, ''))}`;
      case ENDPOINT:
        return `.endpoint${of(key)}`;
      default:
        return undefined;
    }
  },
});

/** In the order of the plan. */
const zonesOf = (children: readonly Child[], pattern: RegExp): readonly string[] =>
  children.flatMap(({ name }) => pattern.exec(name)?.[1] ?? []);
