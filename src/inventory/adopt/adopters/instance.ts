import type { Answers } from '../../answers.ts';
import { allStringsIn } from '../../fields.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { withoutSecretsIn } from '../user-data.ts';
import { camel } from '../values.ts';

const TYPE = 'aws:ec2/instance:Instance';
const ATTRIBUTE = 'ec2:DescribeInstanceAttribute';

/** User data as base64; empty when it has none, undefined when it was not read. */
function userDataOf(answers: Answers): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { item, entry } of answers.bodies(ATTRIBUTE)) {
    const instance = item.string('InstanceId') ?? entry.input.InstanceId;
    const data = item.item('UserData');
    if (typeof instance === 'string' && data) found.set(instance, data.string('Value') ?? '');
  }
  return found;
}

/** The interface that an instance is born with. */
const primary = (item: Item): Item | undefined =>
  item.items('NetworkInterfaces')?.find((one) => (one.item('Attachment')?.number('DeviceIndex') ?? 0) === 0);

const GONE = new Set(['terminated', 'shutting-down']);

function instance(
  answers: Answers,
  item: Item,
  scripts: ReadonlyMap<string, string>,
  scaled: ReadonlySet<string>,
): readonly Adoption[] {
  const id = item.string('InstanceId');
  const state = item.item('State')?.string('Name');
  if (id === undefined || GONE.has(state ?? '')) return [];
  const of: Whole = { kind: 'instance', id };
  const { account, region } = item.context;
  const arn = `arn:aws:ec2:${region}:${account}:instance/${id}`;
  const tags = tagged(answers, arn, item.tags());
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  if (scaled.has(id)) return [refused(TYPE, of, 'an Auto Scaling group manages it')];
  const read = {
    ImageId: item.string('ImageId'),
    InstanceType: item.string('InstanceType'),
    SubnetId: item.string('SubnetId'),
    SecurityGroups: allStringsIn(item, 'SecurityGroups', 'GroupId'),
    SourceDestCheck: item.boolean('SourceDestCheck'),
    Placement: item.item('Placement')?.string('AvailabilityZone'),
    State: state,
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const profile = item.item('IamInstanceProfile')?.string('Arn');
  if (item.has('IamInstanceProfile') && profile === undefined)
    return [refused(TYPE, of, untold(item.context.operation, { IamInstanceProfile: profile }))];
  const script = scripts.get(id);
  const userData = script ? withoutSecretsIn(script) : undefined;
  if (script && userData === undefined)
    return [refused(TYPE, of, 'its user data can not be told without the secrets in it')];
  const face = primary(item);
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name ?? id,
      id,
      importId: id,
      inputs: said({
        ami: read.ImageId,
        instanceType: read.InstanceType,
        subnetId: read.SubnetId,
        availabilityZone: read.Placement,
        vpcSecurityGroupIds: read.SecurityGroups,
        privateIp: item.string('PrivateIpAddress'),
        sourceDestCheck: read.SourceDestCheck,
        keyName: item.string('KeyName'),
        iamInstanceProfile: profile && nameOfArn(profile),
        metadataOptions: camel(metadataOf(item)),
        monitoring: item.item('Monitoring')?.string('State') === 'enabled',
        ebsOptimized: item.boolean('EbsOptimized'),
        tenancy: item.item('Placement')?.string('Tenancy'),
        userDataBase64: userData?.text,
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        instanceState: read.State,
        architecture: item.string('Architecture'),
        vpcId: item.string('VpcId'),
        primaryNetworkInterfaceId: face?.string('NetworkInterfaceId'),
        networkInterfaceIds: allStringsIn(item, 'NetworkInterfaces', 'NetworkInterfaceId'),
        instanceProfileArn: profile,
        privateDns: item.string('PrivateDnsName'),
        publicIp: publicAddress(item),
        ...tags.outputs,
      }),
      // a new image or another script would replace the instance
      ignoreChanges: [
        'ami',
        ...(userData?.changed || script === undefined ? ['userData', 'userDataBase64'] : []),
        ...tags.ignoreChanges,
      ],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

/** Its state is AWS's own. */
function metadataOf(item: Item): object | undefined {
  const { State: _, ...options } = item.item('MetadataOptions')?.value ?? {};
  return item.has('MetadataOptions') ? options : undefined;
}

/** Empty when it has none, as in the provider's state. */
function publicAddress(item: Item): string | { readonly $unknown: true } {
  const own = item.string('PublicIpAddress');
  if (own) return own;
  const associations = item.items('NetworkInterfaces')?.flatMap((one) => one.item('Association') ?? []) ?? [];
  const other = associations.map((one) => one.string('PublicIp')).find((address) => address !== undefined);
  return other ?? (item.string('PublicDnsName') || associations.length > 0 ? { $unknown: true } : '');
}

export const adopter: Adopter = {
  name: 'instance',
  types: [TYPE],
  operations: [
    'ec2:DescribeInstances',
    ATTRIBUTE,
    'autoscaling:DescribeAutoScalingInstances',
    'autoscaling:DescribeAutoScalingGroups',
  ],
  adopt: (answers) => {
    const scripts = userDataOf(answers);
    const scaled = new Set(
      [
        ...answers.items('autoscaling:DescribeAutoScalingInstances', 'AutoScalingInstances'),
        ...answers.nested('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups', 'Instances'),
      ].flatMap((one) => one.string('InstanceId') ?? []),
    );
    return answers
      .nested('ec2:DescribeInstances', 'Reservations', 'Instances')
      .flatMap((item) => instance(answers, item, scripts, scaled));
  },
  observed: {
    // a group is declared where it is made, not at the instance; drives are the image's
    instance: ['autoScalingGroup', 'launchTime', 'managedBySsm', 'volumes'],
  },
};
