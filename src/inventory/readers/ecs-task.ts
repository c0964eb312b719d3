import type { EcsTask } from '../../estate/kinds/compute.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { listedOnly, serviceArns } from '../ecs.ts';
import { ecsClusterArn, ecsServiceArn, nameOfArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

/** A network interface that ECS made for a task, as the attachment's name and value pairs tell it. */
function attachmentOf(item: Item): NonNullable<EcsTask['attachments']>[number] | undefined {
  if (item.string('type') !== 'ElasticNetworkInterface' || item.string('status') === 'DELETED') return undefined;
  const detail = (name: string): Item | undefined => item.items('details')?.find((one) => one.string('name') === name);
  const networkInterface = detail('networkInterfaceId')?.ref<'networkInterface'>('value');
  return (
    networkInterface && {
      networkInterface,
      subnet: detail('subnetId')?.ref('value'),
      privateAddress: detail('privateIPv4Address')?.string('value'),
    }
  );
}

/** Ports that containers took on their host; undefined when one of the containers does not tell. */
function hostPortsOf(item: Item): EcsTask['hostPorts'] {
  const containers = allItems(item, 'containers');
  if (!containers) return undefined;
  const bindings = containers.map((one) => allItems(one, 'networkBindings'));
  if (bindings.some((list) => list === undefined)) return undefined;
  return bindings.flatMap((list) =>
    (list ?? []).flatMap((one) => {
      const [containerPort, hostPort] = [one.number('containerPort'), one.number('hostPort')];
      return containerPort === undefined || hostPort === undefined ? [] : [{ containerPort, hostPort }];
    }),
  );
}

/** The zones of container instances, for tasks that do not tell theirs. */
function hostZones(answers: Answers): ReadonlyMap<string, Ref<'zone'>> {
  const zones = new Map<string, Ref<'zone'>>();
  for (const item of answers.items('ecs:DescribeContainerInstances', 'containerInstances')) {
    const arn = item.string('containerInstanceArn');
    const zone = item
      .items('attributes')
      ?.find((one) => one.string('name') === 'ecs.availability-zone')
      ?.ref<'zone'>('value');
    if (arn !== undefined && zone) zones.set(arn, zone);
  }
  return zones;
}

/** ECS tasks; one that is listed but was not described is there, with all else unknown. */
export const reader: Reader = {
  name: 'ecs-task',
  kinds: ['ecsTask'],
  operations: [
    'ecs:ListTasks',
    'ecs:DescribeTasks',
    'ecs:ListServices',
    'ecs:DescribeServices',
    'ecs:DescribeContainerInstances',
  ],
  read: (answers) => {
    const zones = hostZones(answers);
    const arnOfService = serviceArns(answers);
    // a task says `service:<name>` for the group it was started in
    const serviceOf = (item: Item): Ref<'ecsService'> | undefined => {
      const name = /^service:(.+)$/.exec(item.string('group') ?? '')?.[1];
      // the ARN of a task names its cluster too, but for the oldest ones
      const cluster = item.string('clusterArn') ?? /:task\/([^/]+)\/./.exec(item.string('taskArn') ?? '')?.[1];
      if (name === undefined || cluster === undefined) return undefined;
      const { account, region } = item.context;
      return item.refTo(
        'group',
        arnOfService(account, region, cluster, name) ?? ecsServiceArn(account, region, cluster, name),
      );
    };
    const described = answers.items('ecs:DescribeTasks', 'tasks').map((item): EcsTask => {
      const arn = idOf(item, 'taskArn');
      const attachments = item.items('attachments')?.flatMap((one) => attachmentOf(one) ?? []) ?? [];
      const containerInstance = item.ref<'containerInstance'>('containerInstanceArn');
      return {
        kind: 'ecsTask',
        ...base('ecsTask', item, { id: arn, name: nameOfArn(arn), arn }),
        cluster: item.ref('clusterArn'),
        service: serviceOf(item),
        taskDefinition: item.ref('taskDefinitionArn'),
        launchType: item.string('launchType'),
        lastStatus: item.string('lastStatus'),
        zone: item.ref('availabilityZone') ?? (containerInstance && zones.get(containerInstance.id)),
        containerInstance,
        networkInterfaces: attachments.map((one) => one.networkInterface),
        attachments,
        hostPorts: hostPortsOf(item),
      };
    });
    const listed = listedOnly(answers, 'ecs:ListTasks', 'taskArns', new Set(described.map(({ id }) => id)));
    return [
      ...described,
      ...listed.map(({ arn, at, cluster }): EcsTask => {
        const { account, region } = at.context;
        return {
          kind: 'ecsTask',
          ...base('ecsTask', at, { id: arn, name: nameOfArn(arn), arn }),
          cluster: cluster === undefined ? undefined : at.refTo('', ecsClusterArn(account, region, cluster)),
          service: undefined,
          taskDefinition: undefined,
          launchType: undefined,
          lastStatus: undefined,
          zone: undefined,
          containerInstance: undefined,
          networkInterfaces: [],
          hostPorts: undefined,
        };
      }),
    ];
  },
};
