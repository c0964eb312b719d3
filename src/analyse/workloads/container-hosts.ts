/**
 * Instances whose containers can take the credentials of the instance itself. Containers in bridge or host networking
 * reach the metadata service of their host: in host mode always, in bridge mode when IMDSv1 is allowed, since only the
 * token of IMDSv2 is stopped by the hop limit.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
 */
import { missing } from '../../estate/coverage.ts';
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { EcsTask, Instance } from '../../estate/kinds/compute.ts';

export interface HostedTask {
  readonly task: EcsTask;
  readonly name: string;
  readonly networkMode: string | undefined;
}

/** The running tasks of each instance, by the instance's id. */
export const hostedTasks: (estate: Estate) => ReadonlyMap<string, readonly HostedTask[]> = memoised((estate) => {
  const hosted = new Map<string, HostedTask[]>();
  for (const task of all(estate, 'ecsTask')) {
    if (task.lastStatus === 'STOPPED') continue;
    const instance = find(estate, task.containerInstance)?.instance;
    if (!instance) continue;
    const definition = find(estate, task.taskDefinition);
    const list = hosted.get(instance.id) ?? [];
    list.push({ task, name: definition?.family ?? task.name, networkMode: definition?.networkMode });
    hosted.set(instance.id, list);
  }
  return hosted;
});

/** The operation that would tell whether containers run on an instance of which no task is known; undefined when it is told. */
export function tasksUnread(estate: Estate, { account, region }: Instance): string | undefined {
  const here = { account, region };
  const unread = (...operations: readonly string[]): boolean => missing(estate.coverage, operations, here).length > 0;
  const inRegion = (resource: { readonly account: string; readonly region: string }): boolean =>
    resource.account === account && resource.region === region;
  if (!all(estate, 'ecsCluster').some(inRegion)) return unread('ecs:ListClusters') ? 'ecs:ListClusters' : undefined;
  if (!all(estate, 'containerInstance').some(inRegion))
    return unread('ecs:ListContainerInstances') ? 'ecs:ListContainerInstances' : undefined;
  return unread('ecs:DescribeTasks') && unread('ecs:ListTasks') ? 'ecs:DescribeTasks' : undefined;
}

/** Whether a task on the instance reaches the instance's credentials; undefined when the input does not tell. */
export function reachesHost(instance: Instance, { networkMode }: HostedTask): boolean | undefined {
  if (instance.metadataEndpoint === 'disabled') return false;
  switch (networkMode) {
    case 'host':
      return true;
    case 'bridge':
      // With IMDSv2 alone it turns on the hop limit.
      return instance.httpTokens === 'optional' ? true : undefined;
    case 'awsvpc':
    case 'none':
      return false;
    default:
      return undefined;
  }
}

/** What an instance needs to run containers, be managed and send metrics: nothing in it is worth taking. */
export const HOST_POLICIES: ReadonlySet<string> = new Set([
  'AmazonEC2ContainerServiceforEC2Role',
  'AmazonSSMManagedInstanceCore',
  'CloudWatchAgentServerPolicy',
]);
