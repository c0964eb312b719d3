/** A small shop as nobody should build it: a public database with an open group, an administrator's policy on a user, a public bucket. */
import type { Recording } from '../../recorded.ts';
import { aws, type Draft, recordingOf } from '../../testing.ts';

const ARN = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const everybody = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-pictures/*' }],
});

const DRAFTS: readonly Draft[] = [
  aws(
    'ec2/vpc:Vpc',
    'main',
    { cidrBlock: '10.0.0.0/16', tags: { Name: 'shop-prod' } },
    {
      arn: ARN('ec2', 'vpc/vpc-0a'),
      ownerId: '111122223333',
      ipv6CidrBlock: '',
      enableDnsSupport: true,
      enableDnsHostnames: false,
      mainRouteTableId: 'rtb-main',
      defaultRouteTableId: 'rtb-main',
      defaultNetworkAclId: 'acl-default',
      defaultSecurityGroupId: 'sg-default',
    },
  ),
  aws('ec2/internetGateway:InternetGateway', 'gateway', { vpcId: 'vpc-0a' }),
  ...['a', 'b'].map((zone, n) =>
    aws(
      'ec2/subnet:Subnet',
      `public-${zone}`,
      { vpcId: 'vpc-0a', cidrBlock: `10.0.${n}.0/24`, availabilityZone: `eu-west-1${zone}`, mapPublicIpOnLaunch: true },
      { ipv6CidrBlock: '', assignIpv6AddressOnCreation: false },
    ),
  ),
  aws('ec2/routeTable:RouteTable', 'public', {
    vpcId: 'vpc-0a',
    routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: 'igw-0a', natGatewayId: '' }],
  }),
  ...['a', 'b'].map((zone) =>
    aws('ec2/routeTableAssociation:RouteTableAssociation', `public-${zone}`, {
      routeTableId: 'rtb-0a',
      subnetId: `subnet-0${zone}`,
    }),
  ),
  aws(
    'ec2/securityGroup:SecurityGroup',
    'shared',
    {
      vpcId: 'vpc-0a',
      name: 'shared',
      ingress: [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'], self: false }],
      egress: [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'], self: false }],
    },
    { arn: ARN('ec2', 'security-group/sg-0a') },
  ),
  aws('rds/subnetGroup:SubnetGroup', 'data', { subnetIds: ['subnet-0a', 'subnet-0b'] }),
  aws(
    'rds/instance:Instance',
    'mysql',
    {
      identifier: 'shop-mysql',
      engine: 'mysql',
      engineVersion: '8.0.39',
      instanceClass: 'db.t3.medium',
      dbSubnetGroupName: 'data',
      vpcSecurityGroupIds: ['sg-0a'],
      publiclyAccessible: true,
      multiAz: false,
      storageEncrypted: false,
      backupRetentionPeriod: 0,
      deletionProtection: false,
      port: 3306,
    },
    {
      arn: ARN('rds', 'db:shop-mysql'),
      address: 'shop-mysql.abcdefghijkl.eu-west-1.rds.amazonaws.com',
      endpoint: 'shop-mysql.abcdefghijkl.eu-west-1.rds.amazonaws.com:3306',
      availabilityZone: 'eu-west-1a',
      replicateSourceDb: '',
      storageType: 'gp2',
      allocatedStorage: 100,
      iamDatabaseAuthenticationEnabled: false,
    },
  ),
  { ...aws('s3/bucket:Bucket', 'pictures', { bucket: 'shop-pictures' }, { region: 'eu-west-1' }), id: 'shop-pictures' },
  aws('s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'pictures', {
    bucket: 'shop-pictures',
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  }),
  aws('s3/bucketPolicy:BucketPolicy', 'pictures', { bucket: 'shop-pictures', policy: everybody }),
  {
    ...aws('iam/user:User', 'maria', { name: 'maria', path: '/' }, { arn: 'arn:aws:iam::111122223333:user/maria' }),
    id: 'maria',
  },
  aws('iam/userPolicyAttachment:UserPolicyAttachment', 'maria', {
    user: 'maria',
    policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  }),
];

/** Ids in AWS's forms, where the names above say them. */
const IDS: Readonly<Record<string, string>> = {
  'aws:ec2/vpc:Vpc main': 'vpc-0a',
  'aws:ec2/internetGateway:InternetGateway gateway': 'igw-0a',
  'aws:ec2/subnet:Subnet public-a': 'subnet-0a',
  'aws:ec2/subnet:Subnet public-b': 'subnet-0b',
  'aws:ec2/routeTable:RouteTable public': 'rtb-0a',
  'aws:ec2/securityGroup:SecurityGroup shared': 'sg-0a',
  'aws:rds/subnetGroup:SubnetGroup data': 'data',
  'aws:rds/instance:Instance mysql': 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
};

export const brokenShop: Recording = recordingOf(
  ...DRAFTS.map((draft) => ({ id: IDS[`${draft.type} ${draft.name}`] ?? `${draft.name}-id`, ...draft })),
);
