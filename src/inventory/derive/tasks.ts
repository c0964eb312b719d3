/** Interfaces of ECS tasks with awsvpc networking, Fargate's among them. */
import type { EcsAttachment, EcsNetwork, EcsTask } from '../../estate/kinds/compute.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import { derivedInterface, type Known, onePerSubnet } from './known.ts';
import type { Listed } from './services.ts';

const ended = (task: EcsTask): boolean => task.lastStatus === 'STOPPED' || task.lastStatus === 'DELETED';

/** From the task's own attachments, which tell the subnet and the private address but not the groups. */
function ofAttachment(
  known: Known,
  task: EcsTask,
  attachment: EcsAttachment,
  network: EcsNetwork | null | undefined,
): NetworkInterface {
  const { subnet, privateAddress, networkInterface } = attachment;
  return derivedInterface(known, {
    owner: task,
    place: subnet?.id ?? 'unknown',
    interfaceId: networkInterface.id,
    because: 'the task tells of the interface; the groups are those of its service',
    vpc: undefined,
    subnets: subnet ? [subnet] : [],
    securityGroups: network?.securityGroups,
    hasPublicAddress: network?.assignPublicIp,
    addresses:
      privateAddress !== undefined && network?.assignPublicIp === false
        ? [{ private: privateAddress, public: null }]
        : undefined,
    interfaceType: 'interface',
  });
}

export function taskInterfaces(known: Known, listed: Listed): readonly NetworkInterface[] {
  const seen = new Set<string>(known.all('networkInterface').map((one) => one.id));
  const withInterfaces = new Set<string | undefined>();
  const ofTasks = known.all('ecsTask').flatMap((task) => {
    const attachments = ended(task) ? [] : (task.attachments ?? []);
    if (attachments.length > 0 || listed(task.id).length > 0) withInterfaces.add(task.service?.id);
    const network = known.find('ecsService', task.service)?.network;
    return attachments
      .filter((attachment) => !seen.has(attachment.networkInterface.id))
      .map((attachment) => ofAttachment(known, task, attachment, network));
  });
  const ofServices = known.all('ecsService').flatMap((service) => {
    const runs = service.desired !== 0 || (service.running ?? 0) > 0;
    if (!service.network || !runs || withInterfaces.has(service.id)) return [];
    return onePerSubnet(known, service.network.subnets, [], {
      owner: service,
      because: 'the tasks of the service, which were not read, have interfaces in some or all of these subnets',
      vpc: undefined,
      securityGroups: service.network.securityGroups,
      hasPublicAddress: service.network.assignPublicIp,
      interfaceType: 'interface',
    });
  });
  return [...ofTasks, ...ofServices];
}
