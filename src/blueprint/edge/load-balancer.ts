/** An application load balancer that answers 403 to whatever no service claims. Who may reach it is the business of its Edge. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import type { Peer } from '../security/connect.ts';
import { securityGroup } from '../security/security-group.ts';
import type { LogBucket } from '../storage/log-bucket.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';

export interface LoadBalancerArgs {
  /** *Replacement*. */
  readonly network: PrivateNetwork;
  /** `internal` stands in the app tier without a public address; `internet-facing` in the public tier. *Replacement*: AWS changes no scheme in place. */
  readonly scheme: 'internal' | 'internet-facing';
  /** Of a certificate in the network's region. *In place*. */
  readonly certificateArn: pulumi.Input<string>;
  /** A header that every request must carry, one of these values: what CloudFront adds. Two values while the secret changes. *In place*. @default none */
  readonly requiredHeader?: { readonly name: string; readonly values: readonly pulumi.Input<string>[] };
  /** Where access logs go. *In place*. @default nowhere */
  readonly logs?: LogBucket;
  /** Seconds of silence after which a connection is closed. *In place*. @default 60 */
  readonly idleTimeout?: number;
  /** *In place*. @default true */
  readonly deletionProtection?: boolean;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class LoadBalancer extends Component implements Peer, Watched {
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  readonly port = 443;
  readonly owner = this;
  readonly balancer: aws.lb.LoadBalancer;
  readonly listener: aws.lb.Listener;
  readonly requiredHeader: LoadBalancerArgs['requiredHeader'];
  readonly watchedName: string;
  readonly alarms: readonly AlarmSpec[];

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('LoadBalancer', name, args.tags, opts);
    this.peerName = name;
    this.watchedName = name;
    this.requiredHeader = args.requiredHeader;
    const internal = args.scheme === 'internal';
    const group = securityGroup(this, name, args.network.vpcId, this.tagged(name));
    this.groupId = group.id;
    const deletionProtection = args.deletionProtection ?? true;
    this.balancer = new aws.lb.LoadBalancer(
      name,
      {
        loadBalancerType: 'application',
        internal,
        subnets: [...args.network.subnetIds(internal ? 'app' : 'public')],
        securityGroups: [group.id],
        dropInvalidHeaderFields: true,
        idleTimeout: args.idleTimeout ?? 60,
        enableDeletionProtection: deletionProtection,
        ...(args.logs === undefined
          ? {}
          : { accessLogs: { enabled: true, bucket: args.logs.bucketName, prefix: name } }),
        tags: this.tagged(name),
      },
      // AWS refuses an internet-facing balancer before the VPC has its gateway, and logs before the bucket admits them.
      this.child({
        protect: deletionProtection,
        dependsOn: [...args.network.ready, ...(args.logs === undefined ? [] : [args.logs.policy])],
      }),
    );
    this.listener = new aws.lb.Listener(
      `${name}-https`,
      {
        loadBalancerArn: this.balancer.arn,
        port: this.port,
        protocol: 'HTTPS',
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        certificateArn: args.certificateArn,
        defaultActions: [
          {
            type: 'fixed-response',
            fixedResponse: { contentType: 'text/plain', statusCode: '403', messageBody: 'Forbidden' },
          },
        ],
        tags: this.tagged(`${name}-https`),
      },
      this.child(),
    );
    this.alarms = [
      {
        about: '5xx',
        description: 'The balancer itself answers with errors: no healthy task, or none that answers in time.',
        namespace: 'AWS/ApplicationELB',
        metric: 'HTTPCode_ELB_5XX_Count',
        dimensions: { LoadBalancer: this.balancer.arnSuffix },
        statistic: 'Sum',
        when: 'above',
        threshold: 10,
        minutes: 5,
        silence: 'notBreaching',
      },
    ];
    this.registerOutputs({});
  }
}
