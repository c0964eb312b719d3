import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import type { Reader } from '../reader.ts';
import { answersOf } from '../testing.ts';
import { reader as autoScalingGroup } from './auto-scaling-group.ts';
import { reader as instance } from './instance.ts';
import { reader as instanceType } from './instance-type.ts';
import { reader as launchTemplate } from './launch-template.ts';
import { reader as scalableTarget } from './scalable-target.ts';
import { reader as volume } from './volume.ts';

type Given = Parameters<typeof answersOf>[0];
const read = (reader: Reader, given: Given): readonly Resource[] => reader.read(answersOf(given));
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('instance', () => {
  const instances = (fields: object = {}) => ({
    'ec2:DescribeInstances': { Reservations: [{ Instances: [{ InstanceId: 'i-1', ...fields }] }] },
  });
  const one = (fields: object = {}, more: Given = {}) => read(instance, { ...instances(fields), ...more })[0];

  it('has everything that AWS tells', () => {
    expect(
      one({
        VpcId: 'vpc-1',
        SubnetId: 'subnet-1',
        Placement: { AvailabilityZone: 'eu-west-1a' },
        InstanceType: 't2.medium',
        State: { Name: 'running' },
        ImageId: 'ami-1',
        Architecture: 'x86_64',
        SecurityGroups: [{ GroupId: 'sg-1' }],
        NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }],
        IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/app' },
        PublicIpAddress: '192.0.2.7',
        PrivateIpAddress: '10.0.0.7',
        SourceDestCheck: true,
        KeyName: 'legacy',
        MetadataOptions: { HttpTokens: 'optional' },
        LaunchTime: '2024-03-01T10:00:00Z',
        BlockDeviceMappings: [{ Ebs: { VolumeId: 'vol-1' } }],
        Tags: [{ Key: 'Name', Value: 'web-1' }],
      }),
    ).toMatchObject({
      name: 'web-1',
      zone: { id: 'eu-west-1a' },
      state: 'running',
      securityGroups: [{ id: 'sg-1' }],
      networkInterfaces: [{ id: 'eni-1' }],
      instanceProfile: { id: 'arn:aws:iam::111122223333:instance-profile/app' },
      publicAddress: '192.0.2.7',
      keyName: 'legacy',
      httpTokens: 'optional',
      launchTime: '2024-03-01T10:00:00.000Z',
      volumes: [{ id: 'vol-1' }],
    });
  });

  it('knows as absent what AWS leaves out, and as unknown what another operation would tell', () => {
    expect(one()).toMatchObject({
      publicAddress: null,
      instanceProfile: null,
      keyName: null,
      autoScalingGroup: undefined,
      userData: undefined,
      managedBySsm: undefined,
      securityGroups: undefined,
      httpTokens: undefined,
    });
  });

  it('does not say "no public address" against other evidence in the same answer', () => {
    expect(one({ PublicDnsName: 'ec2-192-0-2-7.compute.amazonaws.com' })).toMatchObject({ publicAddress: undefined });
    expect(one({ NetworkInterfaces: [{ Association: { PublicIp: '192.0.2.7' } }] })).toMatchObject({
      publicAddress: '192.0.2.7',
    });
  });

  it('takes its profile from the associations when its own answer has none', () => {
    const association = {
      InstanceId: 'i-1',
      State: 'associated',
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/app' },
    };
    expect(
      one({}, { 'ec2:DescribeIamInstanceProfileAssociations': { IamInstanceProfileAssociations: [association] } }),
    ).toMatchObject({
      instanceProfile: { id: 'arn:aws:iam::111122223333:instance-profile/app' },
    });
  });

  it('has facts from its user data, and none when AWS says there is none', () => {
    const userData = (output: object) => ({
      'ec2:DescribeInstanceAttribute': [{ input: { InstanceId: 'i-1', Attribute: 'userData' }, output }],
    });
    const facts = one(
      {},
      userData({ InstanceId: 'i-1', UserData: { Value: base64('export DB_PASSWORD=plaintext-password') } }),
    );
    expect(facts).toMatchObject({ userData: [{ name: 'DB_PASSWORD', credential: 'literal' }] });
    expect(JSON.stringify(facts)).not.toContain('plaintext-password');
    expect(one({}, userData({ InstanceId: 'i-1', UserData: {} }))).toMatchObject({ userData: [] });
    expect(one({}, userData({ InstanceId: 'i-1', DisableApiTermination: { Value: true } }))).toMatchObject({
      userData: undefined,
    });
  });

  it('is managed by Systems Manager, is not, or that is unknown', () => {
    const ssm = (list: object[], more: object = {}) => ({
      'ssm:DescribeInstanceInformation': { InstanceInformationList: list, ...more },
    });
    expect(one({}, ssm([{ InstanceId: 'i-1' }]))).toMatchObject({ managedBySsm: true });
    expect(one({}, ssm([]))).toMatchObject({ managedBySsm: false });
    expect(one({}, ssm([], { NextToken: 'more' }))).toMatchObject({ managedBySsm: undefined });
    expect(
      one({}, { 'ssm:DescribeInstanceInformation': [{ error: { name: 'AccessDeniedException' } }] }),
    ).toMatchObject({ managedBySsm: undefined });
    expect(
      one(
        {},
        { 'ssm:DescribeInstanceInformation': [{ region: 'us-east-1', output: { InstanceInformationList: [] } }] },
      ),
    ).toMatchObject({ managedBySsm: undefined });
  });

  it('knows its auto scaling group from whichever answer tells', () => {
    const arn = 'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:abc:autoScalingGroupName/web';
    const groups = {
      'autoscaling:DescribeAutoScalingGroups': {
        AutoScalingGroups: [{ AutoScalingGroupName: 'web', AutoScalingGroupARN: arn, Instances: [] }],
      },
    };
    const members = {
      'autoscaling:DescribeAutoScalingInstances': {
        AutoScalingInstances: [{ InstanceId: 'i-1', AutoScalingGroupName: 'web' }],
      },
    };
    const tag = { Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'web' }] };
    expect(one({}, { ...groups, ...members })).toMatchObject({ autoScalingGroup: { id: arn } });
    expect(one(tag, groups)).toMatchObject({ autoScalingGroup: { id: arn } });
    expect(one(tag)).toMatchObject({ autoScalingGroup: { id: arn.replace('abc', '*') } });
    expect(one({}, groups)).toMatchObject({ autoScalingGroup: null });
  });

  it('is read from every page, region and account', () => {
    const page = (id: string, where: object) => ({
      output: { Reservations: [{ Instances: [{ InstanceId: id }] }] },
      ...where,
    });
    const all = read(instance, {
      'ec2:DescribeInstances': [
        page('i-1', {}),
        page('i-2', { input: { NextToken: 'x' } }),
        page('i-3', { region: 'us-east-1', account: '444455556666' }),
      ],
    });
    expect(all.map(({ id, account, region }) => [id, account, region])).toEqual([
      ['i-1', '111122223333', 'eu-west-1'],
      ['i-2', '111122223333', 'eu-west-1'],
      ['i-3', '444455556666', 'us-east-1'],
    ]);
  });
});

describe('volume and instance type', () => {
  it('are read with their units', () => {
    expect(
      read(volume, {
        'ec2:DescribeVolumes': {
          Volumes: [
            {
              VolumeId: 'vol-1',
              Size: 100,
              VolumeType: 'gp2',
              Encrypted: false,
              Attachments: [{ InstanceId: 'i-1', State: 'attached' }],
            },
          ],
        },
      }),
    ).toMatchObject([{ size: 100, encrypted: false, attachedTo: [{ id: 'i-1' }], iops: undefined }]);
    expect(
      read(instanceType, {
        'ec2:DescribeInstanceTypes': {
          InstanceTypes: [
            {
              InstanceType: 'm4.large',
              CurrentGeneration: false,
              VCpuInfo: { DefaultVCpus: 2 },
              MemoryInfo: { SizeInMiB: 8192 },
            },
          ],
        },
      }),
    ).toMatchObject([
      { id: '111122223333/eu-west-1/m4.large', name: 'm4.large', currentGeneration: false, vcpus: 2, memoryMiB: 8192 },
    ]);
  });
});

describe('launch template', () => {
  it('has the data of its default version', () => {
    const version = (VersionNumber: number, InstanceType: string, DefaultVersion: boolean) => ({
      LaunchTemplateId: 'lt-1',
      VersionNumber,
      DefaultVersion,
      LaunchTemplateData: {
        InstanceType,
        NetworkInterfaces: [{ AssociatePublicIpAddress: true, Groups: ['sg-1'] }],
        IamInstanceProfile: { Name: 'app' },
        UserData: base64('export API_TOKEN=abc'),
      },
    });
    const templates = {
      'ec2:DescribeLaunchTemplates': {
        LaunchTemplates: [{ LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', DefaultVersionNumber: 2 }],
      },
    };
    expect(
      read(launchTemplate, {
        ...templates,
        'ec2:DescribeLaunchTemplateVersions': [
          {
            input: { LaunchTemplateId: 'lt-1' },
            output: { LaunchTemplateVersions: [version(1, 't2.medium', false), version(2, 't3.medium', true)] },
          },
        ],
      }),
    ).toMatchObject([
      {
        id: 'lt-1',
        name: 'web',
        form: 'template',
        instanceType: 't3.medium',
        securityGroups: [{ id: 'sg-1' }],
        associatePublicAddress: true,
        instanceProfile: 'arn:aws:iam::111122223333:instance-profile/app',
        userData: [{ name: 'API_TOKEN', credential: 'literal' }],
      },
    ]);
    expect(read(launchTemplate, templates)).toMatchObject([
      { instanceType: undefined, userData: undefined, instanceProfile: undefined },
    ]);
  });

  it('is also a launch configuration, which a group finds by name', () => {
    const arn = 'arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:abc:launchConfigurationName/web';
    const configurations = {
      'autoscaling:DescribeLaunchConfigurations': {
        LaunchConfigurations: [
          {
            LaunchConfigurationName: 'web',
            LaunchConfigurationARN: arn,
            InstanceType: 't2.medium',
            SecurityGroups: ['sg-1'],
            AssociatePublicIpAddress: true,
          },
        ],
      },
    };
    expect(read(launchTemplate, configurations)).toMatchObject([
      { id: arn, form: 'configuration', userData: [], instanceProfile: null, associatePublicAddress: true },
    ]);
    const groups = {
      'autoscaling:DescribeAutoScalingGroups': {
        AutoScalingGroups: [
          {
            AutoScalingGroupName: 'web',
            AutoScalingGroupARN: 'arn:asg',
            LaunchConfigurationName: 'web',
            VPCZoneIdentifier: 'subnet-1,subnet-2',
            MinSize: 2,
            MaxSize: 4,
            DesiredCapacity: 2,
            Instances: [{ InstanceId: 'i-1' }],
            TargetGroupARNs: [],
          },
        ],
      },
    };
    expect(read(autoScalingGroup, { ...configurations, ...groups })).toMatchObject([
      {
        id: 'arn:asg',
        launchTemplate: { id: arn },
        subnets: [{ id: 'subnet-1' }, { id: 'subnet-2' }],
        instances: [{ id: 'i-1' }],
        targetGroups: [],
        min: 2,
        desired: 2,
      },
    ]);
  });
});

it('a scalable target has an id of its own', () => {
  expect(
    read(scalableTarget, {
      'application-autoscaling:DescribeScalableTargets': [
        {
          input: { ServiceNamespace: 'ecs' },
          output: {
            ScalableTargets: [
              {
                ServiceNamespace: 'ecs',
                ResourceId: 'service/shop/web',
                ScalableDimension: 'ecs:service:DesiredCount',
                MinCapacity: 1,
                MaxCapacity: 4,
              },
            ],
          },
        },
      ],
    }),
  ).toMatchObject([{ id: '111122223333/eu-west-1/ecs/service/shop/web/ecs:service:DesiredCount', min: 1, max: 4 }]);
});
