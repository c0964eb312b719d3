import type { Answers } from '../../answers.ts';
import { byTag, safeTag } from '../../credentials.ts';
import { allStrings, REDACTED } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { camel, values } from '../values.ts';

const TYPE = 'aws:autoscaling/group:Group';

/** What instances are started from; a text says why it can not be declared. */
function launchOf(item: Item): Properties | string {
  const configuration = item.string('LaunchConfigurationName');
  if (configuration) return { launchConfiguration: configuration };
  const template = item.item('LaunchTemplate');
  if (template) return { launchTemplate: specification(template, 'id', 'name') };
  const mixed = item.item('MixedInstancesPolicy');
  const base = mixed?.item('LaunchTemplate');
  const first = base?.item('LaunchTemplateSpecification');
  if (!mixed || !base || !first) return untold(item.context.operation, { LaunchTemplate: undefined });
  const overrides = base.items('Overrides') ?? [];
  if (overrides.some((one) => one.has('InstanceRequirements')))
    return 'it picks instance types by their qualities, which is not adopted';
  const distribution = camel(mixed.item('InstancesDistribution')?.value);
  return {
    mixedInstancesPolicy: said({
      instancesDistribution: distribution,
      launchTemplate: {
        launchTemplateSpecification: specification(first, 'launchTemplateId', 'launchTemplateName'),
        overrides: overrides.map((one) => values(camel(one.value)) ?? {}),
      },
    }),
  };
}

/** The provider takes the id or the name, not both. */
function specification(item: Item, id: string, name: string): Properties {
  const given = item.string('LaunchTemplateId');
  return said({
    [id]: given,
    [name]: given === undefined ? item.string('LaunchTemplateName') : undefined,
    version: item.string('Version'),
  });
}

/** Each with whether instances get it too. */
const tagsOf = (item: Item): readonly Properties[] | undefined =>
  allItems(item, 'Tags')
    ?.filter((one) => !one.string('Key')?.startsWith('aws:'))
    .sort((a, b) => byTag(a.string('Key') ?? '', b.string('Key') ?? ''))
    .map((one) => ({
      key: one.string('Key') ?? '',
      value: safeTag(one.string('Key') ?? '', one.string('Value') ?? ''),
      propagateAtLaunch: one.boolean('PropagateAtLaunch') ?? false,
    }));

const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);

function group(answers: Answers, item: Item): readonly Adoption[] {
  const [name, arn] = [item.string('AutoScalingGroupName'), item.string('AutoScalingGroupARN')];
  if (name === undefined || arn === undefined) return [];
  const of: Whole = { kind: 'autoScalingGroup', id: arn };
  const manager = managed(TYPE, of, tagged(answers, arn, item.tags()));
  if (manager) return [manager];
  const subnets = item.string('VPCZoneIdentifier');
  const read = {
    MinSize: item.number('MinSize'),
    MaxSize: item.number('MaxSize'),
    DesiredCapacity: item.number('DesiredCapacity'),
    AvailabilityZones: allStrings(item, 'AvailabilityZones'),
    VPCZoneIdentifier: subnets,
    TargetGroupARNs: allStrings(item, 'TargetGroupARNs'),
    HealthCheckType: item.string('HealthCheckType'),
    Tags: tagsOf(item),
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const launch = launchOf(item);
  if (typeof launch === 'string') return [refused(TYPE, of, launch)];
  const vpcZoneIdentifiers = read.VPCZoneIdentifier.split(',')
    .map((subnet) => subnet.trim())
    .filter((subnet) => subnet !== '');
  return [
    {
      state: 'adopted',
      type: TYPE,
      name,
      id: name,
      importId: name,
      inputs: said({
        name,
        minSize: read.MinSize,
        maxSize: read.MaxSize,
        desiredCapacity: read.DesiredCapacity,
        vpcZoneIdentifiers: some(vpcZoneIdentifiers),
        availabilityZones: vpcZoneIdentifiers.length === 0 ? read.AvailabilityZones : undefined,
        ...launch,
        targetGroupArns: some(read.TargetGroupARNs),
        loadBalancers: some(item.strings('LoadBalancerNames')),
        healthCheckType: read.HealthCheckType,
        healthCheckGracePeriod: item.number('HealthCheckGracePeriod'),
        defaultCooldown: item.number('DefaultCooldown'),
        defaultInstanceWarmup: item.number('DefaultInstanceWarmup'),
        capacityRebalance: item.boolean('CapacityRebalance'),
        maxInstanceLifetime: item.number('MaxInstanceLifetime'),
        terminationPolicies: some(item.strings('TerminationPolicies')),
        suspendedProcesses: some(item.items('SuspendedProcesses')?.flatMap((one) => one.string('ProcessName') ?? [])),
        enabledMetrics: some(item.items('EnabledMetrics')?.flatMap((one) => one.string('Metric') ?? [])),
        metricsGranularity: item.items('EnabledMetrics')?.[0]?.string('Granularity'),
        placementGroup: item.string('PlacementGroup') || undefined,
        protectFromScaleIn: item.boolean('NewInstancesProtectedFromScaleIn'),
        serviceLinkedRoleArn: item.string('ServiceLinkedRoleARN'),
        tags: some(read.Tags),
      }),
      outputs: { arn, zones: { [vpcZoneIdentifiers.join(',')]: read.AvailabilityZones } },
      // scaling policies and ECS change it
      ignoreChanges: ['desiredCapacity', ...(JSON.stringify(read.Tags).includes(REDACTED) ? ['tags'] : [])],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

export const adopter: Adopter = {
  name: 'auto-scaling-group',
  types: [TYPE],
  operations: ['autoscaling:DescribeAutoScalingGroups'],
  adopt: (answers) =>
    answers
      .items('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups')
      .flatMap((item): readonly Adoption[] => group(answers, item)),
  observed: { autoScalingGroup: ['instances'] },
};
