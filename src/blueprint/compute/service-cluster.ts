/** The ECS cluster that services share: Fargate only, with Container Insights, which workers scale by. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';

export interface ServiceClusterArgs {
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class ServiceCluster extends Component {
  readonly cluster: aws.ecs.Cluster;
  /** A service that names Fargate is refused before the cluster knows it. */
  readonly capacity: aws.ecs.ClusterCapacityProviders;

  constructor(name: string, args: ServiceClusterArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super('ServiceCluster', name, args.tags, opts);
    this.cluster = new aws.ecs.Cluster(
      name,
      { settings: [{ name: 'containerInsights', value: 'enabled' }], tags: this.tagged(name) },
      this.child(),
    );
    this.capacity = new aws.ecs.ClusterCapacityProviders(
      name,
      { clusterName: this.cluster.name, capacityProviders: ['FARGATE'] },
      this.child(),
    );
    this.registerOutputs({});
  }
}
