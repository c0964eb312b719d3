import type { ContainerInstance, EcsCluster } from '../../estate/kinds/compute.ts';
import { listedOnly } from '../ecs.ts';
import { allStrings } from '../fields.ts';
import { ecsClusterArn, nameOfArn } from '../ids.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

/** ECS clusters, and the instances that run their containers. */
export const reader: Reader = {
  name: 'ecs-cluster',
  kinds: ['ecsCluster', 'containerInstance'],
  operations: [
    'ecs:ListClusters',
    'ecs:DescribeClusters',
    'ecs:ListContainerInstances',
    'ecs:DescribeContainerInstances',
  ],
  read: (answers) => {
    const clusters = answers.items('ecs:DescribeClusters', 'clusters').map((item): EcsCluster => {
      const arn = idOf(item, 'clusterArn');
      return {
        kind: 'ecsCluster',
        ...base('ecsCluster', item, { id: arn, name: item.string('clusterName'), arn }),
        capacityProviders: allStrings(item, 'capacityProviders'),
        status: item.string('status'),
      };
    });
    const listedClusters = listedOnly(
      answers,
      'ecs:ListClusters',
      'clusterArns',
      new Set(clusters.map(({ id }) => id)),
    );
    const instances = answers.bodies('ecs:DescribeContainerInstances').flatMap(({ item, entry }) =>
      (item.items('containerInstances') ?? []).map((one): ContainerInstance => {
        const arn = idOf(one, 'containerInstanceArn');
        const cluster = entry.input.cluster;
        const { account, region } = one.context;
        return {
          kind: 'containerInstance',
          ...base('containerInstance', one, { id: arn, name: nameOfArn(arn), arn }),
          // the answer itself does not say which cluster was asked for
          cluster:
            typeof cluster === 'string'
              ? one.refTo('containerInstanceArn', ecsClusterArn(account, region, cluster))
              : clusterInArn(arn, (name) => one.refTo('containerInstanceArn', ecsClusterArn(account, region, name))),
          instance: one.ref('ec2InstanceId'),
          status: one.string('status'),
          agentConnected: one.boolean('agentConnected'),
        };
      }),
    );
    const listedInstances = listedOnly(
      answers,
      'ecs:ListContainerInstances',
      'containerInstanceArns',
      new Set(instances.map(({ id }) => id)),
    );
    return [
      ...clusters,
      ...listedClusters.map(
        ({ arn, at }): EcsCluster => ({
          kind: 'ecsCluster',
          ...base('ecsCluster', at, { id: arn, name: nameOfArn(arn), arn }),
          capacityProviders: undefined,
          status: undefined,
        }),
      ),
      ...instances,
      ...listedInstances.map(
        ({ arn, at, cluster }): ContainerInstance => ({
          kind: 'containerInstance',
          ...base('containerInstance', at, { id: arn, name: nameOfArn(arn), arn }),
          cluster:
            cluster === undefined
              ? undefined
              : at.refTo('', ecsClusterArn(at.context.account, at.context.region, cluster)),
          instance: undefined,
          status: undefined,
          agentConnected: undefined,
        }),
      ),
    ];
  },
};

/** The cluster's name in an ARN of the longer form, `container-instance/<cluster>/<id>`. */
function clusterInArn<T>(arn: string, make: (cluster: string) => T): T | undefined {
  const cluster = /:container-instance\/([^/]+)\/[^/]+$/.exec(arn)?.[1];
  return cluster === undefined ? undefined : make(cluster);
}
