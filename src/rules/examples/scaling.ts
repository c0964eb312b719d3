/** Auto Scaling groups of example inventories. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';
import { privateSubnet } from './network.ts';

export interface ScalingOptions {
  readonly zones?: readonly string[];
  /** Ids of its instances, by zone. */
  readonly instances?: readonly (readonly [id: string, zone: string])[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

const TEMPLATE = { LaunchTemplateId: 'lt-0example0000000001', LaunchTemplateName: 'web', Version: '1' };

export function scalingGroup(name: string, options: ScalingOptions = {}): object {
  const { zones = ['eu-west-1a', 'eu-west-1b'], instances = [], fields = {} } = options;
  return {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:0example-0000-0000-0000-000000000001:autoScalingGroupName/${name}`,
    MinSize: instances.length,
    MaxSize: 4,
    DesiredCapacity: instances.length,
    AvailabilityZones: zones,
    VPCZoneIdentifier: zones.map(privateSubnet).join(','),
    HealthCheckType: 'EC2',
    LaunchTemplate: TEMPLATE,
    TargetGroupARNs: [],
    Instances: instances.map(([InstanceId, AvailabilityZone]) => ({
      InstanceId,
      AvailabilityZone,
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      LaunchTemplate: TEMPLATE,
    })),
    Tags: [],
    ...fields,
  };
}

export const scalingGroupAnswer = (...groups: readonly object[]): Example => ({
  'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: groups },
});
