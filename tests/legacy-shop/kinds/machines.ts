import { answerTo } from '../answers.ts';
import { call, type Kind, tagged, tags } from '../kind.ts';

const userData = (instance: string): string =>
  answerTo('ec2:DescribeInstanceAttribute', 'InstanceId', instance).text('UserData.Value');

export const MACHINES: readonly Kind[] = [
  {
    of: ['ec2:DescribeKeyPairs', 'KeyPairs[]'],
    calls: (pair) => [call('ec2:CreateKeyPair', pair.only('KeyName'), { KeyPairId: pair.text('KeyPairId') })],
  },
  {
    of: ['ec2:DescribeInstances', 'Reservations[].Instances[]'],
    calls: (instance) => {
      const InstanceId = instance.text('InstanceId');
      const input = {
        ...instance.only('ImageId', 'InstanceType', 'KeyName', 'SubnetId', 'PrivateIpAddress'),
        MinCount: 1,
        MaxCount: 1,
        SecurityGroupIds: instance.all('SecurityGroups[].GroupId'),
        IamInstanceProfile: { Arn: instance.text('IamInstanceProfile.Arn') },
        UserData: userData(InstanceId),
        ...tagged(instance, 'instance'),
      };
      const made = (path: string, field: string) => ({ [`${path}.${field}`]: instance.text(field) });
      return [
        call('ec2:RunInstances', input, {
          'Instances[].InstanceId': InstanceId,
          'Instances[].NetworkInterfaces[].NetworkInterfaceId': instance.text('NetworkInterfaces[].NetworkInterfaceId'),
        }),
        call(
          'ec2:DescribeInstances',
          { InstanceIds: [InstanceId] },
          {
            ...made('Reservations[].Instances[]', 'BlockDeviceMappings[].Ebs.VolumeId'),
            ...made('Reservations[].Instances[]', 'PublicIpAddress'),
            ...made('Reservations[].Instances[]', 'PublicDnsName'),
          },
        ),
      ];
    },
  },
  {
    of: ['autoscaling:DescribeLaunchConfigurations', 'LaunchConfigurations[]'],
    calls: (launch) => {
      const { LaunchConfigurationName } = launch.only('LaunchConfigurationName');
      const fields = [
        'ImageId',
        'InstanceType',
        'KeyName',
        'UserData',
        'IamInstanceProfile',
        'AssociatePublicIpAddress',
      ];
      return [
        call('autoscaling:CreateLaunchConfiguration', {
          LaunchConfigurationName,
          ...launch.only(...fields),
          SecurityGroups: launch.all('SecurityGroups[]'),
        }),
        call(
          'autoscaling:DescribeLaunchConfigurations',
          { LaunchConfigurationNames: [LaunchConfigurationName] },
          {
            'LaunchConfigurations[].LaunchConfigurationARN': launch.text('LaunchConfigurationARN'),
          },
        ),
      ];
    },
  },
  {
    // made empty, and given the instances that there are
    of: ['autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups[]'],
    calls: (group) => {
      const { AutoScalingGroupName } = group.only('AutoScalingGroupName');
      return [
        call('autoscaling:CreateAutoScalingGroup', {
          ...group.only('AutoScalingGroupName', 'MaxSize', 'LaunchConfigurationName', 'VPCZoneIdentifier'),
          ...group.only('HealthCheckType', 'HealthCheckGracePeriod'),
          MinSize: 0,
          DesiredCapacity: 0,
          ...tags(group),
        }),
        call('autoscaling:AttachInstances', {
          AutoScalingGroupName,
          InstanceIds: group.all('Instances[].InstanceId'),
        }),
        call('autoscaling:UpdateAutoScalingGroup', group.only('AutoScalingGroupName', 'MinSize')),
        call(
          'autoscaling:DescribeAutoScalingGroups',
          { AutoScalingGroupNames: [AutoScalingGroupName] },
          {
            'AutoScalingGroups[].AutoScalingGroupARN': group.text('AutoScalingGroupARN'),
          },
        ),
      ];
    },
  },
];
