/** EC2 instances and what starts them. */
import { createHash } from 'node:crypto';
import type { Declared } from '../declared.ts';
import { isProperties } from '../recorded.ts';
import { type Body, declaredOnly, detail, isUntold, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';
import { addressesOf, givesAddresses } from './network.ts';

const INSTANCE = ['aws:ec2/instance:Instance'];
const TEMPLATE = ['aws:ec2/launchTemplate:LaunchTemplate'];
const CONFIGURATION = ['aws:ec2/launchConfiguration:LaunchConfiguration'];

/** A group that is put on an interface by a resource of its own. */
const MORE_GROUPS = 'aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment';

const groupsOf = (ids: readonly string[] | undefined): readonly Body[] | undefined =>
  ids?.map((GroupId) => ({ GroupId }));

/** An address that stands for the one AWS would give: from the blocks for documentation (RFC 5737). */
const someAddress = (of: string): string =>
  `198.51.100.${(Number.parseInt(createHash('sha256').update(of).digest('hex').slice(0, 4), 16) % 254) + 1}`;

const ADDRESS = ['aws:ec2/eip:Eip', 'aws:ec2/eipAssociation:EipAssociation'];

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
  // an address that is put on something unknown may be put on this
  const elsewhere = ['instance', 'networkInterface', 'instanceId', 'networkInterfaceId'].some(
    (key) => world.unknown(ADDRESS, key).length > 0,
  );
  if (elsewhere || isUntold(one, 'publicIp')) return undefined;
  const { publicIp } = one.resource.outputs;
  // of an instance that stands in AWS its answer is known
  if (typeof publicIp === 'string') return publicIp === '' ? null : publicIp;
  const subnet = world.byId(one.text('subnetId'));
  const wanted = one.has('associatePublicIpAddress')
    ? one.flag('associatePublicIpAddress')
    : subnet && givesAddresses(subnet);
  return wanted === undefined ? undefined : wanted ? someAddress(one.id) : null;
}

/** A profile is given by its name; the reader looks it up by ARN. */
const profile = (one: Declared, world: World): Body | undefined => {
  const name = one.text('iamInstanceProfile');
  if (name === undefined) return undefined;
  const adopted = one.made('instanceProfileArn');
  const known = world.of('aws:iam/instanceProfile:InstanceProfile').find((each) => each.id === name);
  return { Arn: known?.made('arn') ?? (adopted?.endsWith(`/${name}`) ? adopted : undefined), Name: name };
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
  // groups that are put on something unknown may be put on this
  if (world.unknown([MORE_GROUPS], 'networkInterfaceId').length > 0) return undefined;
  return groupsOf(own && whole([...own, ...more]));
}

const instance = (one: Declared, world: World): Body => {
  const subnet = world.byId(one.text('subnetId'));
  const address = publicAddress(one, world);
  return {
    InstanceId: one.id,
    VpcId: subnet?.text('vpcId') ?? one.made('vpcId'),
    SubnetId: one.text('subnetId'),
    Placement: { AvailabilityZone: one.text('availabilityZone') ?? subnet?.text('availabilityZone') },
    InstanceType: one.text('instanceType'),
    State: { Name: one.made('instanceState') ?? 'running' },
    Architecture: one.made('architecture'),
    ImageId: one.text('ami'),
    SecurityGroups: groupsOfInstance(one, world),
    IamInstanceProfile: one.has('iamInstanceProfile') ? (profile(one, world) ?? {}) : undefined,
    ...(address === null ? privately(one, world, subnet) : publicly(one, world, subnet, address)),
    PrivateIpAddress: one.text('privateIp'),
    SourceDestCheck: one.flag('sourceDestCheck', true),
    KeyName: one.text('keyName'),
    MetadataOptions: metadata(one),
    Tags: one.tags(),
  };
};

/** Without a public address the interface is told where AWS has told it. */
const privately = (one: Declared, world: World, subnet: Declared | undefined): Body =>
  one.resource.outputs.networkInterfaceIds === undefined
    ? {}
    : { NetworkInterfaces: interfaces(one, world, subnet, undefined) };

/** The interface that has the public address; where the address is not known, that there may be one. */
function publicly(one: Declared, world: World, subnet: Declared | undefined, address: string | undefined): Body {
  if (address === undefined) return { PublicDnsName: 'not known before a deployment' };
  return { PublicIpAddress: address, NetworkInterfaces: interfaces(one, world, subnet, address) };
}

const addressesTold = (one: Declared): readonly Body[] | undefined =>
  one.texts('ipv6Addresses')?.map((Ipv6Address) => ({ Ipv6Address }));

/** The interface that an instance is born with, and those that AWS told beside it. */
function interfaces(one: Declared, world: World, subnet: Declared | undefined, address: string | undefined) {
  const own = one.made('primaryNetworkInterfaceId') ?? `${one.id}/primary`;
  const all = one.resource.outputs.networkInterfaceIds;
  const face = {
    NetworkInterfaceId: own,
    VpcId: subnet?.text('vpcId') ?? one.made('vpcId'),
    SubnetId: one.text('subnetId'),
    Groups: groupsOfInstance(one, world),
    PrivateIpAddress: one.text('privateIp'),
    Association: address === undefined ? undefined : { PublicIp: address },
    Ipv6Addresses: one.resource.told
      ? addressesTold(one)
      : one.has('ipv6Addresses') || one.has('ipv6AddressCount') || subnet?.has('ipv6CidrBlock') !== false
        ? undefined
        : [],
    SourceDestCheck: one.flag('sourceDestCheck', true),
    InterfaceType: 'interface',
  };
  return Array.isArray(all) && all.includes(own)
    ? all.map((id) => (id === own ? face : { NetworkInterfaceId: id, VpcId: face.VpcId }))
    : [face];
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
    if (one.has('userData') || one.has('userDataBase64'))
      return { InstanceId: one.id, UserData: { Value: encoded(one) ?? 1 } };
    // where the program leaves it to others, it is not known
    return one.text('userDataBase64', 'none') === undefined ? undefined : { InstanceId: one.id, UserData: {} };
  },
);

const versionOf = (one: Declared): number => {
  const { defaultVersion } = one.resource.outputs;
  return typeof defaultVersion === 'number' ? defaultVersion : 1;
};

const template = (one: Declared): Body => ({
  LaunchTemplateId: one.id,
  LaunchTemplateName: one.either('name'),
  DefaultVersionNumber: versionOf(one),
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
    UserData: one.has('userData') ? (one.text('userData') ?? {}) : undefined,
    KeyName: one.text('keyName'),
  };
};

/** The zones of its subnets; as AWS told them where they are the subnets that it was adopted with. */
function zonesOf(one: Declared, world: World): readonly string[] | undefined {
  const subnets = one.texts('vpcZoneIdentifiers');
  const { zones } = one.resource.outputs;
  const told = isProperties(zones) && subnets ? zones[subnets.join(',')] : undefined;
  if (Array.isArray(told)) return told.filter((zone): zone is string => typeof zone === 'string');
  const found = whole(subnets?.map((subnet) => world.byId(subnet)?.text('availabilityZone')));
  return found && [...new Set(found)];
}

/** Its own target groups, and those that it is attached to by a resource beside it. */
function targetGroupsOf(one: Declared, world: World): readonly string[] | undefined {
  const type = 'aws:autoscaling/attachment:Attachment';
  const attached = world.pointing([type], 'autoscalingGroupName', one.id);
  // an attachment of something unknown may be of this
  if (world.unknown([type], 'autoscalingGroupName').length > 0) return undefined;
  const groups = attached.filter((each) => !each.has('elb')).map((each) => each.text('lbTargetGroupArn'));
  const own = one.texts('targetGroupArns');
  return own && whole([...own, ...groups]);
}

const configuration = (one: Declared): Body => ({
  LaunchConfigurationName: one.either('name') ?? one.id,
  LaunchConfigurationARN: one.made('arn'),
  ImageId: one.text('imageId'),
  InstanceType: one.text('instanceType'),
  SecurityGroups: one.has('securityGroups') ? one.texts('securityGroups') : undefined,
  AssociatePublicIpAddress: one.flag('associatePublicIpAddress'),
  IamInstanceProfile: one.has('iamInstanceProfile') ? (one.text('iamInstanceProfile') ?? {}) : undefined,
  KeyName: one.text('keyName'),
  MetadataOptions: metadata(one),
  UserData: one.has('userData') || one.has('userDataBase64') ? (encoded(one) ?? {}) : undefined,
});

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
    AvailabilityZones: one.has('availabilityZones') ? one.texts('availabilityZones') : zonesOf(one, world),
    TargetGroupARNs: targetGroupsOf(one, world),
    LaunchConfigurationName: one.text('launchConfiguration'),
    LaunchTemplate: launch && {
      LaunchTemplateId: launch.text('id') ?? launch.text('launchTemplateId'),
      LaunchTemplateName: launch.text('name') ?? launch.text('launchTemplateName'),
    },
    HealthCheckType: one.text('healthCheckType', 'EC2'),
    SuspendedProcesses: (one.has('suspendedProcesses') ? one.texts('suspendedProcesses') : [])?.map((ProcessName) => ({
      ProcessName,
    })),
    Tags: one.blocks('tags')?.map((tag) => ({ Key: tag.text('key'), Value: tag.text('value') })),
  };
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
    VersionNumber: versionOf(one),
    DefaultVersion: true,
    LaunchTemplateData: templateData(one),
  })),
  listing('autoscaling:DescribeLaunchConfigurations', 'LaunchConfigurations', CONFIGURATION, configuration),
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
  {
    operation: 'ec2:DescribeInstances',
    types: ['aws:ec2/volumeAttachment:VolumeAttachment', 'aws:autoscaling/attachment:Attachment'],
    tell: () => [],
  },
];
