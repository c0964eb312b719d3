import type { Instance } from '../../estate/kinds/compute.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { groupsByInstance } from '../auto-scaling.ts';
import { allRefsIn } from '../fields.ts';
import { instanceProfileArn, partitionOf } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, choice, idOf, listsAll } from '../reading.ts';
import { factsOfUserData } from '../user-data.ts';

/** User data by instance; only DescribeInstanceAttribute tells it. */
function userDataOf(answers: Answers): ReadonlyMap<string, Instance['userData']> {
  const facts = new Map<string, Instance['userData']>();
  for (const { item, entry } of answers.bodies('ec2:DescribeInstanceAttribute')) {
    const instance = item.string('InstanceId') ?? entry.input.InstanceId;
    // an instance without user data has an empty object here; another attribute's answer has none at all
    if (typeof instance !== 'string' || !item.has('UserData')) continue;
    const data = item.item('UserData');
    const text = data?.string('Value');
    if (text !== undefined) facts.set(instance, factsOfUserData(text));
    else if (data && !data.has('Value')) facts.set(instance, []);
  }
  return facts;
}

/** Instances that Systems Manager knows; undefined for one that it might know. */
function managed(answers: Answers): (instance: Item, id: string) => boolean | undefined {
  const known = new Set(
    answers
      .items('ssm:DescribeInstanceInformation', 'InstanceInformationList')
      .map((item) => item.string('InstanceId')),
  );
  const whole = listsAll(answers, 'ssm:DescribeInstanceInformation');
  return ({ context }, id) => (known.has(id) ? true : whole(context.account, context.region) ? false : undefined);
}

/** Profiles from DescribeIamInstanceProfileAssociations, for answers whose instances do not say. */
function associatedProfiles(answers: Answers): ReadonlyMap<string, Ref<'instanceProfile'>> {
  const profiles = new Map<string, Ref<'instanceProfile'>>();
  for (const item of answers.items('ec2:DescribeIamInstanceProfileAssociations', 'IamInstanceProfileAssociations')) {
    const instance = item.string('InstanceId');
    const profile = item.item('IamInstanceProfile')?.ref<'instanceProfile'>('Arn');
    const state = item.string('State');
    if (instance !== undefined && profile && state !== 'disassociated' && state !== 'disassociating')
      profiles.set(instance, profile);
  }
  return profiles;
}

function profileOf(item: Item, associated: Ref<'instanceProfile'> | undefined): Instance['instanceProfile'] {
  // AWS leaves the field out of an instance without a profile
  if (!item.has('IamInstanceProfile')) return associated ?? null;
  const profile = item.item('IamInstanceProfile');
  const { account, region } = item.context;
  return (
    profile?.ref('Arn') ??
    profile?.ref('Name', (name) => instanceProfileArn(account, name, partitionOf(region))) ??
    associated
  );
}

/** The public address; null when AWS leaves it out and nothing else in the answer speaks of one. */
function publicAddressOf(item: Item): string | null | undefined {
  const own = item.string('PublicIpAddress');
  if (own) return own;
  const associations = item.items('NetworkInterfaces')?.flatMap((one) => one.item('Association') ?? []) ?? [];
  const other = associations.map((one) => one.string('PublicIp')).find((address) => address !== undefined);
  if (other !== undefined) return other;
  return item.string('PublicDnsName') || associations.length > 0 ? undefined : null;
}

export const reader: Reader = {
  name: 'instance',
  kinds: ['instance'],
  operations: [
    'ec2:DescribeInstances',
    'ec2:DescribeInstanceAttribute',
    'ec2:DescribeIamInstanceProfileAssociations',
    'ssm:DescribeInstanceInformation',
    'autoscaling:DescribeAutoScalingInstances',
    'autoscaling:DescribeAutoScalingGroups',
  ],
  read: (answers) => {
    const userData = userDataOf(answers);
    const managedBySsm = managed(answers);
    const profiles = associatedProfiles(answers);
    const groupOf = groupsByInstance(answers);
    return answers.nested('ec2:DescribeInstances', 'Reservations', 'Instances').map((item): Instance => {
      const instance = idOf(item, 'InstanceId');
      const metadataEndpoint = choice(item.item('MetadataOptions'), 'HttpEndpoint', ['enabled', 'disabled']);
      return {
        kind: 'instance',
        ...base('instance', item, { id: instance }),
        vpc: item.ref('VpcId'),
        subnet: item.ref('SubnetId'),
        zone: item.item('Placement')?.ref('AvailabilityZone'),
        instanceType: item.string('InstanceType'),
        state: item.item('State')?.string('Name'),
        image: item.string('ImageId'),
        architecture: item.string('Architecture'),
        securityGroups: allRefsIn(item, 'SecurityGroups', 'GroupId'),
        networkInterfaces: allRefsIn(item, 'NetworkInterfaces', 'NetworkInterfaceId'),
        instanceProfile: profileOf(item, profiles.get(instance)),
        autoScalingGroup: groupOf(item, instance),
        publicAddress: publicAddressOf(item),
        privateAddress: item.string('PrivateIpAddress'),
        sourceDestCheck: item.boolean('SourceDestCheck'),
        keyName: item.string('KeyName') ?? (item.has('KeyName') ? undefined : null),
        httpTokens: choice(item.item('MetadataOptions'), 'HttpTokens', ['required', 'optional']),
        ...(metadataEndpoint === undefined ? {} : { metadataEndpoint }),
        launchTime: item.date('LaunchTime'),
        volumes: allOf(allItems(item, 'BlockDeviceMappings'), (one) => one.item('Ebs')?.ref<'volume'>('VolumeId')),
        userData: userData.get(instance),
        managedBySsm: managedBySsm(item, instance),
      };
    });
  },
};
