/** EC2 instances and what starts them; Lambda functions. */
import { createHash } from 'node:crypto';
import type { Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';
import { addressesOf, givesAddresses } from './network.ts';

const INSTANCE = ['aws:ec2/instance:Instance'];
const TEMPLATE = ['aws:ec2/launchTemplate:LaunchTemplate'];
const FUNCTION = ['aws:lambda/function:Function', 'aws:lambda/callbackFunction:CallbackFunction'];

/** A group that is put on an interface by a resource of its own. */
const MORE_GROUPS = 'aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment';

const groupsOf = (ids: readonly string[] | undefined): readonly Body[] | undefined =>
  ids?.map((GroupId) => ({ GroupId }));

/** An address that stands for the one AWS would give: from the blocks for documentation (RFC 5737). */
const someAddress = (of: string): string =>
  `198.51.100.${(Number.parseInt(createHash('sha256').update(of).digest('hex').slice(0, 4), 16) % 254) + 1}`;

/** Its own setting, else its subnet's; an Elastic IP in any case. Null: it has none. */
function publicAddress(one: Declared, world: World): string | null | undefined {
  const [association] = world.pointing(['aws:ec2/eipAssociation:EipAssociation'], 'instanceId', one.id);
  const [direct] = [
    ...world.pointing(['aws:ec2/eip:Eip'], 'instance', one.id),
    ...addressesOf(one.made('primaryNetworkInterfaceId'), world),
  ];
  // an association may name its address by itself, which is then known only in AWS
  const elastic = direct ?? (association && (world.byId(association.text('allocationId')) ?? association));
  if (elastic) return elastic.made('publicIp');
  const subnet = world.byId(one.text('subnetId'));
  const wanted = one.has('associatePublicIpAddress')
    ? one.flag('associatePublicIpAddress')
    : subnet && givesAddresses(subnet);
  return wanted === undefined ? undefined : wanted ? someAddress(one.id) : null;
}

/** A profile is given by its name; the reader looks it up by ARN. */
const profile = (name: string | undefined, world: World): Body | undefined =>
  name === undefined
    ? undefined
    : {
        Arn: world
          .of('aws:iam/instanceProfile:InstanceProfile')
          .find((one) => one.id === name)
          ?.made('arn'),
        Name: name,
      };

const metadata = (one: Declared): Body | undefined => {
  const options = one.block('metadataOptions');
  // without the setting the image and the account's default decide
  return options && { HttpTokens: options.text('httpTokens'), HttpEndpoint: options.text('httpEndpoint', 'enabled') };
};

/** Its own groups, and those that are put on its interface beside it. */
function groupsOfInstance(one: Declared, world: World): readonly Body[] | undefined {
  const own = one.has('vpcSecurityGroupIds') ? one.texts('vpcSecurityGroupIds') : undefined;
  const more = world
    .pointing([MORE_GROUPS], 'networkInterfaceId', one.made('primaryNetworkInterfaceId'))
    .map((each) => each.text('securityGroupId'));
  return groupsOf(own && whole([...own, ...more]));
}

const instance = (one: Declared, world: World): Body => {
  const subnet = world.byId(one.text('subnetId'));
  const address = publicAddress(one, world);
  return {
    InstanceId: one.id,
    VpcId: subnet?.text('vpcId'),
    SubnetId: one.text('subnetId'),
    Placement: { AvailabilityZone: one.text('availabilityZone') ?? subnet?.text('availabilityZone') },
    InstanceType: one.text('instanceType'),
    State: { Name: 'running' },
    ImageId: one.text('ami'),
    SecurityGroups: groupsOfInstance(one, world),
    IamInstanceProfile: one.has('iamInstanceProfile')
      ? (profile(one.text('iamInstanceProfile'), world) ?? {})
      : undefined,
    ...(address === null ? {} : publicly(one, world, subnet, address)),
    PrivateIpAddress: one.text('privateIp'),
    SourceDestCheck: one.flag('sourceDestCheck', true),
    KeyName: one.text('keyName'),
    MetadataOptions: metadata(one),
    Tags: one.tags(),
  };
};

/** The interface that has the public address; where the address is not known, that there may be one. */
function publicly(one: Declared, world: World, subnet: Declared | undefined, address: string | undefined): Body {
  if (address === undefined) return { PublicDnsName: 'not known before a deployment' };
  return {
    PublicIpAddress: address,
    NetworkInterfaces: [
      {
        NetworkInterfaceId: one.made('primaryNetworkInterfaceId') ?? `${one.id}/primary`,
        VpcId: subnet?.text('vpcId'),
        SubnetId: one.text('subnetId'),
        Groups: groupsOfInstance(one, world),
        PrivateIpAddress: one.text('privateIp'),
        Association: { PublicIp: address },
        Ipv6Addresses:
          one.has('ipv6Addresses') || one.has('ipv6AddressCount') || subnet?.has('ipv6CidrBlock') !== false
            ? undefined
            : [],
        SourceDestCheck: one.flag('sourceDestCheck', true),
        InterfaceType: 'interface',
      },
    ],
  };
}

const encoded = (one: Declared): string | undefined => {
  const plain = one.text('userData');
  return plain === undefined ? one.text('userDataBase64') : Buffer.from(plain).toString('base64');
};

const userData = detail(
  'ec2:DescribeInstanceAttribute',
  INSTANCE,
  (one) => ({ InstanceId: one.id, Attribute: 'userData' }),
  (one) => {
    const told = one.has('userData') || one.has('userDataBase64');
    return { InstanceId: one.id, UserData: told ? { Value: encoded(one) ?? 1 } : {} };
  },
);

const template = (one: Declared): Body => ({
  LaunchTemplateId: one.id,
  LaunchTemplateName: one.either('name'),
  DefaultVersionNumber: 1,
  Tags: one.tags(),
});

const templateData = (one: Declared): Body => {
  const interfaces = one.blocks('networkInterfaces');
  const [profileBlock] = one.blocks('iamInstanceProfile') ?? [];
  return {
    InstanceType: one.text('instanceType'),
    ImageId: one.text('imageId'),
    SecurityGroupIds: one.has('vpcSecurityGroupIds') ? one.texts('vpcSecurityGroupIds') : undefined,
    NetworkInterfaces: interfaces?.map((each) => ({
      AssociatePublicIpAddress: each.flag('associatePublicIpAddress'),
      Groups: each.has('securityGroups') ? each.texts('securityGroups') : undefined,
    })),
    IamInstanceProfile: profileBlock && { Arn: profileBlock.text('arn'), Name: profileBlock.text('name') },
    MetadataOptions: metadata(one),
    UserData: one.text('userData'),
    KeyName: one.text('keyName'),
  };
};

const scalingGroup = (one: Declared, world: World): Body => {
  const launch =
    one.block('launchTemplate') ??
    one.block('mixedInstancesPolicy')?.block('launchTemplate')?.block('launchTemplateSpecification');
  return {
    AutoScalingGroupName: one.id,
    AutoScalingGroupARN: one.made('arn'),
    MinSize: one.number('minSize'),
    MaxSize: one.number('maxSize'),
    DesiredCapacity: one.number('desiredCapacity') ?? one.number('minSize'),
    VPCZoneIdentifier: one.has('vpcZoneIdentifiers') ? one.texts('vpcZoneIdentifiers')?.join(',') : undefined,
    AvailabilityZones: one.has('availabilityZones')
      ? one.texts('availabilityZones')
      : one.texts('vpcZoneIdentifiers')?.flatMap((subnet) => world.byId(subnet)?.text('availabilityZone') ?? []),
    TargetGroupARNs: [
      ...(one.texts('targetGroupArns') ?? []),
      ...world
        .pointing(['aws:autoscaling/attachment:Attachment'], 'autoscalingGroupName', one.id)
        .flatMap((each) => each.text('lbTargetGroupArn') ?? []),
    ],
    LaunchTemplate: launch && {
      LaunchTemplateId: launch.text('id') ?? launch.text('launchTemplateId'),
      LaunchTemplateName: launch.text('name') ?? launch.text('launchTemplateName'),
    },
    HealthCheckType: one.text('healthCheckType', 'EC2'),
    Tags: one.blocks('tags')?.map((tag) => ({ Key: tag.text('key'), Value: tag.text('value') })),
  };
};

const functionBody = (one: Declared): Body => {
  const network = one.block('vpcConfig');
  const environment = one.block('environment');
  const deadLetter = one.block('deadLetterConfig');
  return {
    FunctionArn: one.made('arn'),
    FunctionName: one.either('name'),
    PackageType: one.text('packageType', 'Zip'),
    Runtime: one.text('runtime'),
    Role: one.text('role'),
    VpcConfig: network && {
      VpcId: network.text('vpcId') ?? 'told by its subnets',
      SubnetIds: network.texts('subnetIds'),
      SecurityGroupIds: network.texts('securityGroupIds'),
    },
    Environment: environment && { Variables: environment.mapping('variables') },
    MemorySize: one.number('memorySize', 128),
    Timeout: one.number('timeout', 3),
    Architectures: one.texts('architectures', ['x86_64']),
    DeadLetterConfig: deadLetter && { TargetArn: deadLetter.text('targetArn') },
  };
};

/** Who may call the function: one statement a permission. */
function functionPolicy(one: Declared, world: World): Body | null | undefined {
  const names = [one.id, one.made('arn')];
  const permissions = names.flatMap((name) => world.pointing(['aws:lambda/permission:Permission'], 'function', name));
  if (permissions.length === 0) return null;
  // somebody who is not known may be everybody
  if (permissions.some((each) => each.text('principal') === undefined)) return undefined;
  const Statement = permissions.map((each) => {
    const principal = each.text('principal') ?? '';
    const conditions = {
      ...(each.has('sourceArn') ? { ArnLike: { 'AWS:SourceArn': each.text('sourceArn') } } : {}),
      ...(each.has('sourceAccount') ? { StringEquals: { 'AWS:SourceAccount': each.text('sourceAccount') } } : {}),
    };
    return {
      Sid: each.text('statementId'),
      Effect: 'Allow',
      Principal:
        principal === '*' ? '*' : principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
      Action: each.text('action'),
      Resource: one.made('arn'),
      ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
    };
  });
  return { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
}

const withVpc = (body: Body, one: Declared, world: World): Body => {
  const network = one.block('vpcConfig');
  const [first] = network?.texts('subnetIds') ?? [];
  return network
    ? { ...body, VpcConfig: { ...Object(body.VpcConfig), VpcId: world.byId(first)?.text('vpcId') } }
    : body;
};

export const compute: readonly Translation[] = [
  {
    ...listing('ec2:DescribeInstances', 'Reservations', INSTANCE, (one, world) => ({
      Instances: [instance(one, world)],
    })),
  },
  userData,
  { operation: 'ec2:DescribeInstances', types: [MORE_GROUPS], tell: () => [] },
  listing('ec2:DescribeLaunchTemplates', 'LaunchTemplates', TEMPLATE, template),
  listing('ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions', TEMPLATE, (one) => ({
    LaunchTemplateId: one.id,
    VersionNumber: 1,
    DefaultVersion: true,
    LaunchTemplateData: templateData(one),
  })),
  listing('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups', ['aws:autoscaling/group:Group'], scalingGroup),
  listing('ec2:DescribeVolumes', 'Volumes', ['aws:ebs/volume:Volume'], (one, world) => ({
    VolumeId: one.id,
    AvailabilityZone: one.text('availabilityZone'),
    Size: one.number('size'),
    VolumeType: one.text('type', 'gp2'),
    Iops: one.number('iops'),
    Throughput: one.number('throughput'),
    Encrypted: one.flag('encrypted'),
    Attachments: world
      .pointing(['aws:ec2/volumeAttachment:VolumeAttachment'], 'volumeId', one.id)
      .map((each) => ({ InstanceId: each.text('instanceId'), State: 'attached' })),
    Tags: one.tags(),
  })),
  declaredOnly(
    listing('ec2:DescribeKeyPairs', 'KeyPairs', ['aws:ec2/keyPair:KeyPair'], (one) => ({
      KeyPairId: one.made('keyPairId'),
      KeyName: one.id,
    })),
  ),
  listing('lambda:ListFunctions', 'Functions', FUNCTION, (one, world) => withVpc(functionBody(one), one, world)),
  detail('lambda:GetPolicy', FUNCTION, (one) => ({ FunctionName: one.either('name') }), functionPolicy),
  detail(
    'lambda:ListFunctionUrlConfigs',
    FUNCTION,
    (one) => ({ FunctionName: one.either('name') }),
    (one, world) => ({
      FunctionUrlConfigs: [one.id, one.made('arn')]
        .flatMap((name) => world.pointing(['aws:lambda/functionUrl:FunctionUrl'], 'functionName', name))
        .map((each) => ({ FunctionUrl: each.made('functionUrl'), AuthType: each.text('authorizationType') })),
    }),
  ),
  detail(
    'lambda:ListTags',
    FUNCTION,
    (one) => ({ Resource: one.made('arn') }),
    (one) => ({ Tags: one.tagMap() }),
  ),
  listing(
    'lambda:ListEventSourceMappings',
    'EventSourceMappings',
    ['aws:lambda/eventSourceMapping:EventSourceMapping'],
    (one) => ({
      UUID: one.id,
      EventSourceMappingArn: one.made('arn'),
      EventSourceArn: one.text('eventSourceArn'),
      FunctionArn: one.text('functionName'),
      State: one.flag('enabled', true) === false ? 'Disabled' : 'Enabled',
      BatchSize: one.number('batchSize'),
    }),
  ),
  {
    operation: 'lambda:ListFunctions',
    types: [
      'aws:lambda/permission:Permission',
      'aws:lambda/functionUrl:FunctionUrl',
      'aws:ec2/volumeAttachment:VolumeAttachment',
      'aws:autoscaling/attachment:Attachment',
    ],
    tell: () => [],
  },
];
