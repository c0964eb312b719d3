/** VPC endpoints, and the prefix lists that they and the program's rules name. */
import type { Declared } from '../declared.ts';
import { type Body, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';
import { SUBNET, VPC } from './network.ts';

const TABLE_OF_ENDPOINT = ['aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation'];
const ENDPOINT = ['aws:ec2/vpcEndpoint:VpcEndpoint'];

/** Tables that a gateway endpoint puts its route into; undefined when one of them is not known. */
export const tablesOfEndpoint = (endpoint: Declared, world: World): readonly string[] | undefined => {
  if (world.unknown(TABLE_OF_ENDPOINT, 'vpcEndpointId').length > 0) return undefined;
  const own = endpoint.texts('routeTableIds');
  const more = world.pointing(TABLE_OF_ENDPOINT, 'vpcEndpointId', endpoint.id).map((one) => one.text('routeTableId'));
  return own && whole([...own, ...more]);
};

const endpoint = (one: Declared, world: World): Body => {
  const type = one.text('vpcEndpointType', 'Gateway');
  return {
    VpcEndpointId: one.id,
    VpcId: one.text('vpcId'),
    ServiceName: one.text('serviceName'),
    VpcEndpointType: type,
    State: 'available',
    // other types have none
    RouteTableIds: type === undefined || type === 'Gateway' ? tablesOfEndpoint(one, world) : [],
    SubnetIds: one.texts('subnetIds'),
    Groups:
      type === 'Gateway'
        ? []
        : one.has('securityGroupIds')
          ? one.texts('securityGroupIds')?.map((GroupId) => ({ GroupId }))
          : undefined,
    NetworkInterfaceIds: one.madeTexts('networkInterfaceIds') ?? [],
    PrivateDnsEnabled: one.flag('privateDnsEnabled', false),
    PolicyDocument: one.text('policy', ALLOW_ALL),
    Tags: one.tags(),
  };
};

/** An endpoint without a policy gets this one. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const ALLOW_ALL = JSON.stringify({
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

/** Declared lists, and those that the program looks up by name; AWS alone knows the blocks in its own ones. */
const prefixLists: Translation = {
  operation: 'ec2:DescribeManagedPrefixLists',
  types: ['aws:ec2/managedPrefixList:ManagedPrefixList'],
  tell: (world) => {
    const declared = world.of('aws:ec2/managedPrefixList:ManagedPrefixList').map((one) => ({
      from: one,
      body: {
        PrefixLists: [
          {
            PrefixListId: one.id,
            PrefixListName: one.either('name'),
            PrefixListArn: one.made('arn'),
            Tags: one.tags(),
          },
        ],
      },
    }));
    const [first] = world.of(...VPC, ...SUBNET, 'aws:ec2/securityGroup:SecurityGroup');
    if (first === undefined) return declared;
    const looked = ['getManagedPrefixList', 'getPrefixList']
      .flatMap((name) => world.invokes(`aws:ec2/${name}:${name}`))
      .map(({ result }) => ({
        from: first,
        because: 'the program looks it up by its name',
        body: { PrefixLists: [{ PrefixListId: result.id, PrefixListName: result.name, PrefixListArn: result.arn }] },
      }));
    const ofEndpoints = world.of(...ENDPOINT).flatMap((one) => {
      if (one.text('vpcEndpointType', 'Gateway') !== 'Gateway' || one.made('prefixListId') === undefined) return [];
      return [
        {
          from: one,
          because: 'a gateway endpoint routes the list of its service',
          body: { PrefixLists: [{ PrefixListId: one.made('prefixListId'), PrefixListName: one.text('serviceName') }] },
        },
      ];
    });
    return [...declared, ...looked, ...ofEndpoints];
  },
  none: { PrefixLists: [] },
};

const prefixListEntries = detail(
  'ec2:GetManagedPrefixListEntries',
  ['aws:ec2/managedPrefixList:ManagedPrefixList'],
  (one) => ({ PrefixListId: one.id }),
  (one) => {
    const entries = one.blocks('entries')?.map((entry) => ({ Cidr: entry.text('cidr') }));
    return entries && { Entries: entries };
  },
);

/** What AWS told of the list that an adopted gateway endpoint routes. */
const prefixListOfEndpoint = detail(
  'ec2:GetManagedPrefixListEntries',
  ENDPOINT,
  (one) => ({ PrefixListId: one.made('prefixListId') }),
  (one) => {
    const cidrs = one.made('prefixListId') === undefined ? undefined : one.madeTexts('cidrBlocks');
    return cidrs && { Entries: cidrs.map((Cidr) => ({ Cidr })) };
  },
);

export const endpoints: readonly Translation[] = [
  listing('ec2:DescribeVpcEndpoints', 'VpcEndpoints', ENDPOINT, endpoint),
  { operation: 'ec2:DescribeVpcEndpoints', types: TABLE_OF_ENDPOINT, tell: () => [] },
  prefixLists,
  prefixListEntries,
  prefixListOfEndpoint,
];
