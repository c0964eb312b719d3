/**
 * Monotone honesty at the readers: taking a field out of an answer may make facts unknown, but never turns one known
 * fact into another. Only where AWS itself says "none" by leaving a field out may it become null, false or empty.
 */
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import { answersOf } from '../testing.ts';
import { readers } from './index.ts';

const ECS = 'arn:aws:ecs:eu-west-1:111122223333:';

const WHOLE: Readonly<Record<string, object>> = {
  'ec2:DescribeVpcs': {
    Vpcs: [
      {
        VpcId: 'vpc-1',
        CidrBlock: '10.0.0.0/16',
        IsDefault: true,
        CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } }],
      },
    ],
  },
  'ec2:DescribeSubnets': {
    Subnets: [
      {
        SubnetId: 'subnet-1',
        VpcId: 'vpc-1',
        AvailabilityZone: 'eu-west-1a',
        CidrBlock: '10.0.0.0/24',
        MapPublicIpOnLaunch: true,
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/64' }],
      },
    ],
  },
  'ec2:DescribeRouteTables': {
    RouteTables: [
      {
        RouteTableId: 'rtb-1',
        VpcId: 'vpc-1',
        Associations: [{ Main: true }, { SubnetId: 'subnet-1' }],
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
      },
    ],
  },
  'ec2:DescribeInternetGateways': {
    InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ State: 'available', VpcId: 'vpc-1' }] }],
  },
  'ec2:DescribeNatGateways': {
    NatGateways: [
      {
        NatGatewayId: 'nat-1',
        SubnetId: 'subnet-1',
        State: 'available',
        ConnectivityType: 'private',
        AvailabilityMode: 'zonal',
        NatGatewayAddresses: [{ NetworkInterfaceId: 'eni-9', PrivateIp: '10.0.0.9' }],
      },
    ],
  },
  'ec2:DescribeNetworkAcls': {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-1',
        VpcId: 'vpc-1',
        IsDefault: false,
        Associations: [{ SubnetId: 'subnet-1' }],
        Entries: [
          {
            RuleNumber: 1,
            Egress: false,
            RuleAction: 'allow',
            Protocol: '6',
            CidrBlock: '0.0.0.0/0',
            PortRange: { From: 1, To: 2 },
          },
          {
            RuleNumber: 2,
            Egress: true,
            RuleAction: 'deny',
            Protocol: '1',
            CidrBlock: '0.0.0.0/0',
            IcmpTypeCode: { Type: 8, Code: 0 },
          },
        ],
      },
    ],
  },
  'ec2:DescribeSecurityGroups': {
    SecurityGroups: [
      {
        GroupId: 'sg-1',
        VpcId: 'vpc-1',
        GroupName: 'web',
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '111122223333' }] },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
      },
    ],
  },
  'ec2:DescribeNetworkInterfaces': {
    NetworkInterfaces: [
      {
        NetworkInterfaceId: 'eni-1',
        VpcId: 'vpc-1',
        SubnetId: 'subnet-1',
        Groups: [{ GroupId: 'sg-1' }],
        PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.4', Primary: true, Association: { PublicIp: '192.0.2.7' } }],
        Ipv6Addresses: [{ Ipv6Address: '2001:db8::4' }],
        Attachment: { InstanceId: 'i-1' },
      },
    ],
  },
  'ec2:DescribeInstances': {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: 'i-1',
            VpcId: 'vpc-1',
            SubnetId: 'subnet-1',
            State: { Name: 'running' },
            SecurityGroups: [{ GroupId: 'sg-1' }],
            PublicDnsName: 'ec2-192-0-2-7.compute.amazonaws.com',
            PublicIpAddress: '192.0.2.7',
            IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/app' },
            KeyName: 'legacy',
            MetadataOptions: { HttpTokens: 'optional' },
            BlockDeviceMappings: [{ Ebs: { VolumeId: 'vol-1' } }],
          },
        ],
      },
    ],
  },
  'ecs:DescribeServices': {
    services: [
      {
        serviceArn: `${ECS}service/shop/web`,
        serviceName: 'web',
        clusterArn: `${ECS}cluster/shop`,
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        desiredCount: 2,
        taskDefinition: `${ECS}task-definition/web:1`,
        loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 80 }],
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
        },
      },
    ],
  },
  'ecs:DescribeTaskDefinition': {
    taskDefinition: {
      taskDefinitionArn: `${ECS}task-definition/web:1`,
      networkMode: 'awsvpc',
      taskRoleArn: 'arn:aws:iam::111122223333:role/app',
      containerDefinitions: [
        {
          name: 'web',
          privileged: true,
          environment: [{ name: 'DB_PASSWORD', value: 'plaintext' }],
          portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
        },
      ],
    },
  },
  'lambda:ListFunctions': {
    Functions: [
      {
        FunctionName: 'worker',
        FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker',
        VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        Environment: { Variables: { DB_PASSWORD: 'plaintext' } },
        Timeout: 30,
      },
    ],
  },
};

/** Where leaving a field out is AWS's way of saying none, or says which default holds. */
const SAID_BY_OMISSION = [
  /^vpc\.ipv6Cidrs$/,
  /^instance\.(publicAddress|instanceProfile|keyName)$/,
  /^networkInterface\.(addresses\.\d+\.public|hasPublicAddress)$/,
  // a list of references only, which is never taken as whole
  /^natGateway\.networkInterfaces$/,
  /^taskDefinition\.(taskRole|containers\.\d+\.privileged)$/,
  /^function\.(network|environment)$/,
];

/** Paths at which a known fact has become another known fact. */
function changes(before: unknown, after: unknown, path: string): readonly string[] {
  // `unknown` stands where a reference cannot be left out
  if (after === undefined || after === 'unknown' || Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((one, n) => changes(one, after[n], `${path}.${n}`));
  if (isRecord(before) && isRecord(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => !['source', 'field', 'name', 'tags', 'derived'].includes(key))
      .flatMap((key) => changes(before[key], after[key], `${path}.${key}`));
  // what becomes known by taking something away would be as wrong
  return [path];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every way to leave one field out of an answer. */
function* omissions(value: unknown, path: string): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) {
    for (const [n, one] of value.entries())
      for (const [at, without] of omissions(one, `${path}/${n}`)) yield [at, value.with(n, without)];
  } else if (isRecord(value)) {
    for (const [key, one] of Object.entries(value)) {
      yield [`${path}/${key}`, Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))];
      for (const [at, without] of omissions(one, `${path}/${key}`)) yield [at, { ...value, [key]: without }];
    }
  }
}

const read = (given: Readonly<Record<string, object>>): ReadonlyMap<string, Resource> => {
  const answers = answersOf(given);
  return new Map(readers.flatMap((reader) => reader.read(answers)).map((one) => [one.id, one]));
};

const LISTS =
  /\/(Vpcs|Subnets|RouteTables|InternetGateways|NatGateways|NetworkAcls|SecurityGroups|NetworkInterfaces|Reservations|Instances|services|Functions|taskDefinition)$/;

describe('leaving out a field', () => {
  const before = read(WHOLE);
  const cases = Object.entries(WHOLE).flatMap(([operation, answer]) =>
    [...omissions(answer, operation)]
      // a whole list left out is a listing that was not read: coverage tells that
      .filter(([at]) => !LISTS.test(at) || /SecurityGroups\/0|Instances\/0\/[A-Z]\w+$/.test(at))
      .map(([at, without]) => [at, { ...WHOLE, [operation]: without as object }] as const),
  );

  it('is tried for many fields', () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)('%s makes no known fact another', (_, given) => {
    const after = read(given);
    const wrong = [...before].flatMap(([id, resource]) => {
      const other = after.get(id);
      return other ? changes(resource, other, resource.kind) : [];
    });
    expect(wrong.filter((path) => !SAID_BY_OMISSION.some((said) => said.test(path)))).toEqual([]);
  });
});

describe('a field of the wrong type', () => {
  it('in an association leaves open which subnets a route table has, instead of giving them to the main one', () => {
    for (const SubnetId of [{ odd: [] }, 7, '']) {
      const given = {
        'ec2:DescribeRouteTables': {
          RouteTables: [
            { RouteTableId: 'rtb-1', VpcId: 'vpc-1', Associations: [{ SubnetId, Main: false }], Routes: [] },
          ],
        },
      };
      expect(read(given).get('rtb-1')).toMatchObject({ subnets: undefined, main: undefined });
    }
  });
});
