/** EC2 instances and what starts them. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Draft, Given } from '../given.ts';
import { type Around, row, type TypeRow } from '../row.ts';
import { UNKNOWN } from '../values.ts';

const metadata = (one: Given, name: string): Value | undefined =>
  one.one(name, (options) => ({ httpTokens: options.text('HttpTokens'), httpEndpoint: options.text('HttpEndpoint') }));

/** What an instance leaves out may stand in its launch template. */
function instanceInputs(one: Given, around: Around): Draft {
  const elsewhere = one.has('LaunchTemplate') ? UNKNOWN : undefined;
  const faces = one.blocks('NetworkInterfaces') ?? [];
  const [face] = faces;
  const more = faces.length > 1 || around.pointedAt('AWS::EC2::NetworkInterfaceAttachment', 'InstanceId') !== 'no';
  const own: Draft = {
    ami: one.text('ImageId'),
    instanceType: one.text('InstanceType'),
    subnetId: one.text('SubnetId') ?? face?.text('SubnetId'),
    // groups that are named by their names are of the default VPC
    vpcSecurityGroupIds:
      one.list('SecurityGroupIds') ?? face?.list('GroupSet') ?? (one.has('SecurityGroups') ? UNKNOWN : undefined),
    associatePublicIpAddress: face?.flag('AssociatePublicIpAddress'),
    iamInstanceProfile: one.text('IamInstanceProfile'),
    keyName: one.text('KeyName'),
    userDataBase64: one.text('UserData'),
    sourceDestCheck: one.flag('SourceDestCheck'),
    metadataOptions: metadata(one, 'MetadataOptions'),
  };
  return {
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key, value ?? elsewhere])),
    // an interface that stands elsewhere has its own subnet, groups and address; a further one adds its own
    ...(face?.has('NetworkInterfaceId') ? { subnetId: UNKNOWN } : {}),
    ...(face?.has('NetworkInterfaceId') || more
      ? { vpcSecurityGroupIds: UNKNOWN, associatePublicIpAddress: UNKNOWN }
      : {}),
    availabilityZone: one.text('AvailabilityZone'),
    privateIp: one.text('PrivateIpAddress'),
    ipv6AddressCount: one.number('Ipv6AddressCount'),
    ipv6Addresses: one.has('Ipv6Addresses') ? UNKNOWN : undefined,
    tags: one.tags(),
  };
}

const instance = row('AWS::EC2::Instance', 'aws:ec2/instance:Instance', instanceInputs, {
  attributes: { InstanceId: 'id', AvailabilityZone: 'availabilityZone', VpcId: 'vpcId' },
});

const profile = (one: Given): Value | undefined =>
  one.one('IamInstanceProfile', (named) => ({ arn: named.text('Arn'), name: named.text('Name') }));

const template = row(
  'AWS::EC2::LaunchTemplate',
  'aws:ec2/launchTemplate:LaunchTemplate',
  (one) => {
    const data = one.block('LaunchTemplateData');
    return {
      name: one.text('LaunchTemplateName'),
      imageId: data?.text('ImageId'),
      instanceType: data?.text('InstanceType'),
      vpcSecurityGroupIds: data?.list('SecurityGroupIds') ?? (data?.has('SecurityGroups') ? UNKNOWN : undefined),
      networkInterfaces: data?.each('NetworkInterfaces', (face) => ({
        associatePublicIpAddress: face.flag('AssociatePublicIpAddress'),
        securityGroups: face.list('Groups'),
      })),
      iamInstanceProfile: data && profile(data),
      metadataOptions: data && metadata(data, 'MetadataOptions'),
      userData: data?.text('UserData'),
      keyName: data?.text('KeyName'),
    };
  },
  {
    attributes: {
      LaunchTemplateId: 'id',
      LatestVersionNumber: 'latestVersion',
      DefaultVersionNumber: 'defaultVersion',
    },
  },
);

const configuration = row(
  'AWS::AutoScaling::LaunchConfiguration',
  'aws:ec2/launchConfiguration:LaunchConfiguration',
  (one) => ({
    name: one.text('LaunchConfigurationName'),
    imageId: one.text('ImageId'),
    instanceType: one.text('InstanceType'),
    securityGroups: one.list('SecurityGroups'),
    associatePublicIpAddress: one.flag('AssociatePublicIpAddress'),
    iamInstanceProfile: one.text('IamInstanceProfile'),
    keyName: one.text('KeyName'),
    userDataBase64: one.text('UserData'),
    metadataOptions: metadata(one, 'MetadataOptions'),
  }),
  { ref: ({ outputs, id }) => outputs.name ?? id, untagged: true },
);

const launch = (one: Given, name: string, names: { readonly id: string; readonly name: string }): Value | undefined =>
  one.one(name, (given) => ({
    [names.id]: given.text('LaunchTemplateId'),
    [names.name]: given.text('LaunchTemplateName'),
  }));

const scalingGroup = row(
  'AWS::AutoScaling::AutoScalingGroup',
  'aws:autoscaling/group:Group',
  (one) => ({
    name: one.text('AutoScalingGroupName'),
    minSize: one.number('MinSize'),
    maxSize: one.number('MaxSize'),
    desiredCapacity: one.number('DesiredCapacity'),
    vpcZoneIdentifiers: one.list('VPCZoneIdentifier'),
    availabilityZones: one.has('VPCZoneIdentifier') ? undefined : one.list('AvailabilityZones'),
    targetGroupArns: one.list('TargetGroupARNs'),
    loadBalancers: one.list('LoadBalancerNames'),
    launchConfiguration: one.text('LaunchConfigurationName') ?? (one.has('InstanceId') ? UNKNOWN : undefined),
    launchTemplate: launch(one, 'LaunchTemplate', { id: 'id', name: 'name' }),
    mixedInstancesPolicy: one.one('MixedInstancesPolicy', (policy) => ({
      launchTemplate: policy.one('LaunchTemplate', (given) => ({
        launchTemplateSpecification: launch(given, 'LaunchTemplateSpecification', {
          id: 'launchTemplateId',
          name: 'launchTemplateName',
        }),
      })),
    })),
    healthCheckType: one.text('HealthCheckType'),
    tags: one.each('Tags', (tag) => ({ key: tag.text('Key'), value: tag.text('Value') })),
  }),
  { attributes: { AutoScalingGroupARN: 'arn' }, untagged: true },
);

export const compute: readonly TypeRow[] = [
  instance,
  template,
  configuration,
  scalingGroup,
  row('AWS::EC2::Volume', 'aws:ebs/volume:Volume', (one) => ({
    availabilityZone: one.text('AvailabilityZone'),
    size: one.number('Size'),
    type: one.text('VolumeType'),
    iops: one.number('Iops'),
    throughput: one.number('Throughput'),
    encrypted: one.flag('Encrypted'),
    tags: one.tags(),
  })),
  row(
    'AWS::EC2::VolumeAttachment',
    'aws:ec2/volumeAttachment:VolumeAttachment',
    (one) => ({ volumeId: one.text('VolumeId'), instanceId: one.text('InstanceId') }),
    { belongs: ['volumeId'], untagged: true },
  ),
  row('AWS::EC2::KeyPair', 'aws:ec2/keyPair:KeyPair', (one) => ({ keyName: one.text('KeyName') }), {
    named: 'keyName',
  }),
];
