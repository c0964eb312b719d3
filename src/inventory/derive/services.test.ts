import { describe, expect, it } from 'vitest';
import { derivedInterfaces, withOwners } from './index.ts';
import { derived, type Given, listed, owners, placeOf, resourcesOf, SUBNETS } from './testing.ts';

describe('load balancers', () => {
  const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1234';
  const balancer = (fields: object = {}) => ({
    ...SUBNETS,
    'elbv2:DescribeLoadBalancers': {
      LoadBalancers: [
        {
          LoadBalancerArn: ARN,
          LoadBalancerName: 'shop',
          Type: 'application',
          Scheme: 'internet-facing',
          VpcId: 'vpc-1',
          SecurityGroups: ['sg-1'],
          AvailabilityZones: [
            { ZoneName: 'eu-west-1a', SubnetId: 'subnet-a1' },
            { ZoneName: 'eu-west-1b', SubnetId: 'subnet-b1' },
          ],
          ...fields,
        },
      ],
    },
  });

  it('have an interface in every subnet, public when they face the internet', () => {
    expect(derived(balancer())).toMatchObject([
      {
        id: `derived:${ARN}/subnet-a1`,
        subnet: { id: 'subnet-a1' },
        vpc: { id: 'vpc-1' },
        securityGroups: [{ id: 'sg-1' }],
        hasPublicAddress: true,
        addresses: undefined,
        owner: { id: ARN },
        derived: { because: expect.stringContaining('subnet') },
      },
      { id: `derived:${ARN}/subnet-b1`, subnet: { id: 'subnet-b1' } },
    ]);
    expect(derived(balancer({ Scheme: 'internal' })).map((one) => one.hasPublicAddress)).toEqual([false, false]);
    expect(derived(balancer({ Scheme: undefined })).map((one) => one.hasPublicAddress)).toEqual([undefined, undefined]);
  });

  it('have no IPv6 address when they or their subnets have none, and else that is unknown', () => {
    const ipv6 = (fields: object, given: Given = {}) =>
      derived({ ...balancer(fields), ...given }).map((one) => one.ipv6);
    expect(ipv6({})).toEqual([undefined, undefined]);
    expect(ipv6({ IpAddressType: 'ipv4' })).toEqual([[], []]);
    const subnets = {
      'ec2:DescribeSubnets': {
        Subnets: [
          { SubnetId: 'subnet-a1', VpcId: 'vpc-1', Ipv6CidrBlockAssociationSet: [] },
          { SubnetId: 'subnet-b1', VpcId: 'vpc-1', Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/64' }] },
        ],
      },
    };
    expect(ipv6({ IpAddressType: 'dualstack' }, subnets)).toEqual([[], undefined]);
  });

  it('keep the listed interfaces, which get their owner', () => {
    const given = {
      ...balancer(),
      ...listed({ NetworkInterfaceId: 'eni-1', SubnetId: 'subnet-a1', Description: 'ELB app/shop/1234' }),
    };
    expect(derived(given).map(placeOf)).toEqual(['subnet-b1']);
    expect(owners(given)).toEqual({ 'eni-1': ARN });
  });

  it('have one interface of unknown place when their subnets were not told', () => {
    expect(derived(balancer({ AvailabilityZones: undefined }))).toMatchObject([
      { id: `derived:${ARN}/unknown`, subnet: undefined, candidateSubnets: [], vpc: { id: 'vpc-1' } },
    ]);
  });
});

describe('functions', () => {
  const lambda = (name: string) => ({
    FunctionName: name,
    FunctionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-a1'], SecurityGroupIds: ['sg-1'] },
  });

  it('in a VPC have an interface in each subnet; one that is shared stays the first function’s', () => {
    const given = {
      ...SUBNETS,
      'lambda:ListFunctions': {
        Functions: [lambda('worker'), lambda('mailer'), { ...lambda('plain'), VpcConfig: undefined }],
      },
      ...listed({
        NetworkInterfaceId: 'eni-1',
        SubnetId: 'subnet-a1',
        Description: 'AWS Lambda VPC ENI-worker-0123abcd-0123-4567-89ab-0123456789ab',
      }),
    };
    expect(owners(given)).toEqual({ 'eni-1': lambda('worker').FunctionArn });
    expect(derived(given)).toMatchObject([{ owner: { id: lambda('mailer').FunctionArn }, hasPublicAddress: false }]);
  });
});

describe('tasks', () => {
  const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop';
  const SERVICE = 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web';
  const TASK = 'arn:aws:ecs:eu-west-1:111122223333:task/shop/1';
  const service = (fields: object = {}): Given => ({
    ...SUBNETS,
    'ecs:DescribeServices': {
      services: [
        {
          serviceArn: SERVICE,
          serviceName: 'web',
          clusterArn: CLUSTER,
          launchType: 'FARGATE',
          desiredCount: 2,
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: ['subnet-a1', 'subnet-b1'],
              securityGroups: ['sg-1'],
              assignPublicIp: 'DISABLED',
            },
          },
          ...fields,
        },
      ],
    },
  });
  const running: Given = {
    'ecs:DescribeTasks': {
      tasks: [
        {
          taskArn: TASK,
          clusterArn: CLUSTER,
          group: 'service:web',
          lastStatus: 'RUNNING',
          attachments: [
            {
              type: 'ElasticNetworkInterface',
              details: [
                { name: 'subnetId', value: 'subnet-a1' },
                { name: 'networkInterfaceId', value: 'eni-7' },
                { name: 'privateIPv4Address', value: '10.0.0.9' },
              ],
            },
          ],
        },
      ],
    },
  };

  it('have the interface they tell of, with the groups of their service', () => {
    expect(derived({ ...service(), ...running })).toMatchObject([
      {
        id: 'eni-7',
        subnet: { id: 'subnet-a1' },
        securityGroups: [{ id: 'sg-1' }],
        hasPublicAddress: false,
        addresses: [{ private: '10.0.0.9', public: null }],
        owner: { id: TASK },
        derived: expect.anything(),
      },
    ]);
  });

  it('own the listed interface they tell of', () => {
    const given = { ...service(), ...running, ...listed({ NetworkInterfaceId: 'eni-7', SubnetId: 'subnet-a1' }) };
    expect(derived(given)).toEqual([]);
    expect(owners(given)).toEqual({ 'eni-7': TASK });
  });

  it('that were not read are one interface in each subnet of their service', () => {
    expect(derived(service()).map((one) => [placeOf(one), one.owner?.id, one.hasPublicAddress])).toEqual([
      ['subnet-a1', SERVICE, false],
      ['subnet-b1', SERVICE, false],
    ]);
    expect(derived(service({ desiredCount: 0 }))).toEqual([]);
    expect(derived(service({ launchType: 'EC2', networkConfiguration: undefined }))).toEqual([]);
  });
});

describe('endpoints, NAT gateways and instances', () => {
  it('have their interfaces too', () => {
    const given: Given = {
      ...SUBNETS,
      'ec2:DescribeVpcEndpoints': {
        VpcEndpoints: [
          {
            VpcEndpointId: 'vpce-1',
            VpcEndpointType: 'Interface',
            State: 'available',
            SubnetIds: ['subnet-a1'],
            NetworkInterfaceIds: ['eni-1'],
            Groups: [{ GroupId: 'sg-1' }],
          },
          { VpcEndpointId: 'vpce-2', VpcEndpointType: 'Gateway', State: 'available', SubnetIds: [] },
        ],
      },
      'ec2:DescribeNatGateways': {
        NatGateways: [
          {
            NatGatewayId: 'nat-1',
            State: 'available',
            SubnetId: 'subnet-b1',
            ConnectivityType: 'public',
            NatGatewayAddresses: [{ NetworkInterfaceId: 'eni-2', PrivateIp: '10.0.1.2', PublicIp: '192.0.2.7' }],
          },
          { NatGatewayId: 'nat-2', State: 'deleted', SubnetId: 'subnet-b1' },
          { NatGatewayId: 'nat-3', State: 'available', AvailabilityMode: 'regional' },
        ],
      },
      'ec2:DescribeInstances': {
        Reservations: [
          {
            Instances: [
              {
                InstanceId: 'i-1',
                State: { Name: 'running' },
                SubnetId: 'subnet-a2',
                SecurityGroups: [{ GroupId: 'sg-1' }],
                PrivateIpAddress: '10.0.0.7',
                PublicIpAddress: '192.0.2.8',
              },
              { InstanceId: 'i-2', State: { Name: 'terminated' } },
            ],
          },
        ],
      },
    };
    expect(derived(given)).toMatchObject([
      { id: 'eni-1', owner: { id: 'vpce-1' }, subnet: { id: 'subnet-a1' }, hasPublicAddress: false },
      {
        id: 'eni-2',
        owner: { id: 'nat-1' },
        hasPublicAddress: true,
        securityGroups: [],
        addresses: [{ private: '10.0.1.2', public: '192.0.2.7' }],
        sourceDestCheck: false,
      },
      { id: 'derived:i-1/subnet-a2', owner: { id: 'i-1' }, addresses: [{ private: '10.0.0.7', public: '192.0.2.8' }] },
    ]);
    const all = {
      ...given,
      ...listed(
        { NetworkInterfaceId: 'eni-1', SubnetId: 'subnet-a1' },
        { NetworkInterfaceId: 'eni-2', SubnetId: 'subnet-b1' },
        { NetworkInterfaceId: 'eni-3', SubnetId: 'subnet-a2', Attachment: { InstanceId: 'i-1' } },
      ),
    };
    expect(derived(all)).toEqual([]);
    expect(owners(all)).toEqual({ 'eni-1': 'vpce-1', 'eni-2': 'nat-1', 'eni-3': 'i-1' });
  });
});

describe('nothing is invisible', () => {
  // every service that lives in a VPC, described as AWS does when all is read
  const LB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1234';
  const whole: Given = {
    ...SUBNETS,
    'elbv2:DescribeLoadBalancers': {
      LoadBalancers: [
        {
          LoadBalancerArn: LB,
          LoadBalancerName: 'shop',
          Type: 'application',
          Scheme: 'internet-facing',
          AvailabilityZones: [{ SubnetId: 'subnet-a1' }],
        },
      ],
    },
    'rds:DescribeDBSubnetGroups': {
      DBSubnetGroups: [{ DBSubnetGroupName: 'shop', VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-b1' }] }],
    },
    'rds:DescribeDBInstances': {
      DBInstances: [
        {
          DBInstanceIdentifier: 'shop',
          AvailabilityZone: 'eu-west-1b',
          DBSubnetGroup: { DBSubnetGroupName: 'shop' },
          VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
        },
      ],
    },
    'elasticache:DescribeCacheClusters': {
      CacheClusters: [
        {
          CacheClusterId: 'redis',
          NumCacheNodes: 1,
          PreferredAvailabilityZone: 'eu-west-1a',
          CacheSubnetGroupName: 'shop',
        },
      ],
    },
    ...listed(
      { NetworkInterfaceId: 'eni-1', SubnetId: 'subnet-a1', Description: 'ELB app/shop/1234' },
      {
        NetworkInterfaceId: 'eni-2',
        SubnetId: 'subnet-b1',
        Description: 'RDSNetworkInterface',
        Groups: [{ GroupId: 'sg-1' }],
      },
      { NetworkInterfaceId: 'eni-3', SubnetId: 'subnet-a1', Description: 'ElastiCache redis' },
    ),
  };

  it.each(['', ...Object.keys(whole)])(
    'every load balancer, database and cache has an interface without %s',
    (operation) => {
      const given = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== operation));
      const resources = resourcesOf(given);
      const owned = new Set(
        [...withOwners(resources), ...derivedInterfaces(resources)].flatMap((one) =>
          one.kind === 'networkInterface' && one.owner ? [String(one.owner.id)] : [],
        ),
      );
      const services = resources.filter(
        ({ kind }) => kind === 'loadBalancer' || kind === 'database' || kind === 'cache',
      );
      expect(services.length).toBeGreaterThan(1);
      expect(services.map(({ id }) => String(id)).filter((id) => !owned.has(id))).toEqual([]);
    },
  );
});
