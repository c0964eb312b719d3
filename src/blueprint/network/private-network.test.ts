import { describe, expect, it } from 'vitest';
import { Bastion } from '../compute/bastion.ts';
import { Database } from '../data/database.ts';
import { record } from '../testing/record.ts';
import { PrivateNetwork, type PrivateNetworkArgs } from './private-network.ts';

const args: PrivateNetworkArgs = { vpc: { cidr: '10.20.0.0/16' }, region: 'eu-west-1', zones: ['a', 'b'] };

describe('PrivateNetwork', () => {
  it('declares exactly these resources for a new VPC in two zones', async () => {
    const { list } = await record(() => new PrivateNetwork('shop', args));
    expect(list).toEqual([
      'aws:cloudwatch/logGroup:LogGroup shop-flow-logs',
      'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup shop-default-group',
      'aws:ec2/eip:Eip shop-nat-a-address',
      'aws:ec2/eip:Eip shop-nat-b-address',
      'aws:ec2/flowLog:FlowLog shop-flow-logs',
      'aws:ec2/internetGateway:InternetGateway shop-internet',
      'aws:ec2/natGateway:NatGateway shop-nat-a',
      'aws:ec2/natGateway:NatGateway shop-nat-b',
      'aws:ec2/route:Route shop-app-a-to-nat',
      'aws:ec2/route:Route shop-app-b-to-nat',
      'aws:ec2/route:Route shop-public-to-internet',
      'aws:ec2/routeTable:RouteTable shop-app-a-routes',
      'aws:ec2/routeTable:RouteTable shop-app-b-routes',
      'aws:ec2/routeTable:RouteTable shop-data-routes',
      'aws:ec2/routeTable:RouteTable shop-public-routes',
      'aws:ec2/routeTableAssociation:RouteTableAssociation shop-app-a-routes',
      'aws:ec2/routeTableAssociation:RouteTableAssociation shop-app-b-routes',
      'aws:ec2/routeTableAssociation:RouteTableAssociation shop-data-a-routes',
      'aws:ec2/routeTableAssociation:RouteTableAssociation shop-data-b-routes',
      'aws:ec2/routeTableAssociation:RouteTableAssociation shop-public-a-routes',
      'aws:ec2/routeTableAssociation:RouteTableAssociation shop-public-b-routes',
      'aws:ec2/subnet:Subnet shop-app-a',
      'aws:ec2/subnet:Subnet shop-app-b',
      'aws:ec2/subnet:Subnet shop-data-a',
      'aws:ec2/subnet:Subnet shop-data-b',
      'aws:ec2/subnet:Subnet shop-public-a',
      'aws:ec2/subnet:Subnet shop-public-b',
      'aws:ec2/vpc:Vpc shop-vpc',
      'aws:ec2/vpcEndpoint:VpcEndpoint shop-dynamodb',
      'aws:ec2/vpcEndpoint:VpcEndpoint shop-s3',
      'aws:iam/role:Role shop-flow-logs',
      'aws:iam/rolePolicy:RolePolicy shop-flow-logs-may-write',
      'aws:route53/zone:Zone shop-private-names',
    ]);
  });

  it('routes public to the internet gateway, each app zone to its own NAT gateway, and data nowhere', async () => {
    const { all, inputs } = await record(() => new PrivateNetwork('shop', args));
    const routes = all('aws:ec2/route:Route').map((each) => [
      each.inputs.routeTableId,
      each.inputs.gatewayId ?? each.inputs.natGatewayId,
    ]);
    expect(routes).toEqual([
      ['shop-app-a-routes-id', 'shop-nat-a-id'],
      ['shop-app-b-routes-id', 'shop-nat-b-id'],
      ['shop-public-routes-id', 'shop-internet-id'],
    ]);
    expect(inputs('aws:ec2/natGateway:NatGateway', 'shop-nat-b')).toMatchObject({
      subnetId: 'shop-public-b-id',
      allocationId: 'shop-nat-b-address-id',
    });
  });

  it('gives no instance a public address by itself, admits nothing in the default group, and protects the VPC', async () => {
    const { all, inputs, one } = await record(() => new PrivateNetwork('shop', args));
    expect(all('aws:ec2/subnet:Subnet').every((each) => each.inputs.mapPublicIpOnLaunch === false)).toBe(true);
    expect(inputs('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', 'shop-default-group')).toMatchObject({
      ingress: [],
      egress: [],
    });
    expect(one('aws:ec2/vpc:Vpc', 'shop-vpc').protect).toBe(true);
  });

  it('keeps every resource it had when a zone is added, with the same inputs', async () => {
    const without = await record(() => new PrivateNetwork('shop', args));
    const withC = await record(() => new PrivateNetwork('shop', { ...args, zones: ['c', 'a', 'b'], nat: 'per-zone' }));
    for (const each of without.resources) {
      const after = withC.one(each.type, each.name);
      // Only the list of route tables of the gateway endpoints may grow.
      if (each.type !== 'aws:ec2/vpcEndpoint:VpcEndpoint') expect(after.inputs).toEqual(each.inputs);
    }
  });

  const added = (['h', 'a', 'b', 'c'] as const).flatMap((zone) => [0, 1, 2].map((at) => [zone, at] as const));
  it.each(added)(
    'moves nothing when zone %s is added at place %i: not the single NAT gateway, nor a bastion',
    async (zone, at) => {
      for (const [nat, zones] of [
        ['single', ['a', 'd']],
        ['single', ['d', 'e']],
        ['per-zone', ['d', 'a']],
      ] as const) {
        if (zones.some((each) => each === zone)) continue;
        const shop = (of: PrivateNetworkArgs['zones']) => () => {
          // A network that is not in a names the zone itself: it is refused otherwise, see below.
          const stays = zones[0] === 'd' ? 'd' : undefined;
          const network = new PrivateNetwork('shop', {
            ...args,
            zones: of,
            nat,
            ...(stays === undefined || nat !== 'single' ? {} : { natZone: stays }),
          });
          for (const access of ['ssm', { sshFrom: { office: '203.0.113.0/24' } }] as const)
            new Bastion(access === 'ssm' ? 'way-in' : 'ssh-in', {
              network,
              access,
              ...(stays === undefined ? {} : { zone: stays }),
            });
          new Database('mysql', { network, engine: 'mysql', version: '8.4', size: 'db.m7g.large' });
        };
        const before = await record(shop(zones));
        const after = await record(shop([...zones.slice(0, at), zone, ...zones.slice(at)]));
        // What grows by design: the endpoints' list of tables, and the zones that the database may fail over to.
        for (const each of before.resources)
          if (!/vpcEndpoint|subnetGroup/.test(each.type))
            expect(after.one(each.type, each.name).inputs).toEqual(each.inputs);
      }
    },
  );

  it('going from one NAT gateway to one a zone keeps the first and re-points the other routes only', async () => {
    const single = await record(() => new PrivateNetwork('shop', { ...args, nat: 'single' }));
    expect(single.all('aws:ec2/natGateway:NatGateway').map((each) => each.name)).toEqual(['shop-nat-a']);
    expect(single.inputs('aws:ec2/route:Route', 'shop-app-b-to-nat').natGatewayId).toBe('shop-nat-a-id');
    const perZone = await record(() => new PrivateNetwork('shop', args));
    for (const each of single.resources) {
      if (each.name !== 'shop-app-b-to-nat') expect(perZone.one(each.type, each.name).inputs).toEqual(each.inputs);
    }
  });

  it('makes one regional gateway, or none, when asked', async () => {
    const regional = await record(() => new PrivateNetwork('shop', { ...args, nat: 'regional' }));
    expect(regional.inputs('aws:ec2/natGateway:NatGateway', 'shop-nat-regional')).toMatchObject({
      availabilityMode: 'regional',
      vpcId: 'shop-vpc-id',
    });
    const none = await record(() => new PrivateNetwork('shop', { ...args, nat: 'none' }));
    expect(none.all('aws:ec2/natGateway:NatGateway')).toEqual([]);
    expect(none.all('aws:ec2/route:Route').map((each) => each.name)).toEqual(['shop-public-to-internet']);
  });

  it('builds in an existing VPC without touching it, its gateway or its default group', async () => {
    const { list, inputs } = await record(
      () =>
        new PrivateNetwork('shop', {
          ...args,
          vpc: { id: 'vpc-1', cidr: '172.31.0.0/16', internetGatewayId: 'igw-1', taken: ['172.31.240.0/20'] },
        }),
    );
    expect(list.filter((each) => /vpc:Vpc |InternetGateway|DefaultSecurityGroup/.test(each))).toEqual([]);
    expect(inputs('aws:ec2/route:Route', 'shop-public-to-internet').gatewayId).toBe('igw-1');
  });

  it('puts interface endpoints behind a group of their own that admits nobody until somebody is connected', async () => {
    const { inputs, all } = await record(
      () => new PrivateNetwork('shop', { ...args, interfaceEndpoints: ['ecr.api'] }),
    );
    expect(inputs('aws:ec2/vpcEndpoint:VpcEndpoint', 'shop-endpoint-ecr-api')).toMatchObject({
      serviceName: 'com.amazonaws.eu-west-1.ecr.api',
      privateDnsEnabled: true,
      securityGroupIds: ['shop-endpoints-id'],
      subnetIds: ['shop-app-a-id', 'shop-app-b-id'],
    });
    expect(all('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')).toEqual([]);
  });

  it('tells in tags which program and stack made it, and lets the program say otherwise', async () => {
    const { inputs } = await record(
      () => new PrivateNetwork('shop', { ...args, tags: { Environment: 'production', team: 'shop' } }),
      {
        project: 'sound-shop',
        stack: 'prod',
      },
    );
    expect(inputs('aws:ec2/vpc:Vpc', 'shop-vpc').tags).toEqual({
      Environment: 'production',
      Name: 'shop',
      'pulumi:project': 'sound-shop',
      'pulumi:stack': 'prod',
      team: 'shop',
    });
  });

  it('hangs every child under the component', async () => {
    const { resources } = await record(() => new PrivateNetwork('shop', args));
    for (const each of resources)
      expect(each.parent).toBe(each.type === 'underpin:blueprint:PrivateNetwork' ? '' : 'shop');
  });

  it.each([
    [{ ...args, natAddresses: { c: 'eipalloc-1' } }, /zone c, where no NAT gateway stands.*a, b/],
    [{ ...args, interfaceEndpoints: ['s3'] }, /gateway endpoints already/],
    [{ ...args, zones: ['a' as const] }, /two zones/],
    [{ ...args, nat: 'single' as const, zones: ['b' as const, 'c' as const] }, /not in zone a.*natZone: 'b'/],
    [{ ...args, nat: 'single' as const, natZone: 'c' as const }, /names zone c.*a, b/],
    [{ ...args, natZone: 'a' as const }, /natZone does nothing with nat: 'per-zone'/],
  ])('refuses a wrong combination (%#) and says what to do', async (wrong, message) => {
    await expect(record(() => new PrivateNetwork('shop', wrong))).rejects.toThrow(message);
  });

  it.each(['Shop', 'shop_web', '1shop', 'a-name-that-is-far-too-long', 'shop-'])(
    "refuses the name '%s'",
    async (name) => {
      await expect(record(() => new PrivateNetwork(name, args))).rejects.toThrow(/at most 24 small letters/);
    },
  );
});
