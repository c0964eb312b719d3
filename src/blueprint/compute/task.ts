/** What a web service, a worker and a scheduled job have in common: a task on Fargate with roles, logs and a group of its own. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import type { Peer } from '../security/connect.ts';
import { type Grantee, grant, policyDocument, type Statement, trustService } from '../security/grant.ts';
import { securityGroup } from '../security/security-group.ts';
import { SESSIONS } from '../security/sessions.ts';
import { allowWayOut } from '../security/way-out.ts';
import { type FargateSize, fargateSize } from './fargate-size.ts';
import { repositoryArn } from './image.ts';
import type { ServiceCluster } from './service-cluster.ts';

/** A secret of Secrets Manager: the whole of it, or one key of its JSON. */
export type SecretRef = pulumi.Input<string> | { readonly arn: pulumi.Input<string>; readonly key: string };

export interface TaskArgs {
  /** Tasks run in its app tier, without a public address. *Replacement* of the security group, with new tasks. */
  readonly network: PrivateNetwork;
  /** *Replacement* of the service. */
  readonly cluster: ServiceCluster;
  /** Container image, best with its digest. *In place*: tasks are exchanged one by one, and back when they do not get healthy. */
  readonly image: pulumi.Input<string>;
  /** CPU units and MiB that Fargate takes together. *In place*, by new tasks. */
  readonly size: FargateSize;
  /** What the image is built for. *In place*, by new tasks. @default 'arm64' (cheaper) */
  readonly architecture?: 'arm64' | 'x86_64';
  /** Environment variables; not for secrets. *In place*, by new tasks. @default {} */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Environment variables from Secrets Manager. *In place*, by new tasks; a changed secret is read by new tasks only. @default {} */
  readonly secrets?: Readonly<Record<string, SecretRef>>;
  /** *In place*, by new tasks. @default the image's own */
  readonly command?: readonly string[];
  /** Seconds between SIGTERM and SIGKILL, 2 to 120. *In place*, by new tasks. @default 60 */
  readonly stopTimeout?: number;
  /** Days that logs are kept. *In place*. @default 30 */
  readonly logDays?: number;
  /** Whether people may open a shell in tasks (ECS Exec). *In place*, for new tasks. @default false */
  readonly exec?: boolean;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

/** A component that runs as Fargate tasks: a peer (its group) and a grantee (its task role). */
export abstract class FargateTask extends Component implements Grantee {
  readonly peerName: string;
  readonly granteeName: string;
  readonly owner = this;
  readonly groupId: pulumi.Output<string>;
  /** What the program inside may do; grants go here. */
  readonly role: aws.iam.Role;
  /** What ECS does before the program starts: pull the image, open the log, read the secrets. */
  readonly executionRole: aws.iam.Role;
  readonly taskDefinition: aws.ecs.TaskDefinition;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** What must be there before a task can start: an image that cannot be pulled makes the first deployment fail. */
  protected readonly startsAfter: pulumi.Resource[];

  protected constructor(
    type: string,
    name: string,
    args: TaskArgs,
    port: number | undefined,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    super(type, name, args.tags, opts);
    check(name, args);
    this.peerName = name;
    this.granteeName = name;
    this.groupId = securityGroup(this, name, args.network.vpcId, this.tagged(name)).id;
    this.logGroup = new aws.cloudwatch.LogGroup(
      name,
      { retentionInDays: args.logDays ?? 30, tags: this.tagged(name) },
      this.child(),
    );
    const trust = trustService('ecs-tasks.amazonaws.com');
    this.role = new aws.iam.Role(
      `${name}-task`,
      { assumeRolePolicy: trust, tags: this.tagged(`${name}-task`) },
      this.child(),
    );
    this.executionRole = new aws.iam.Role(
      `${name}-execution`,
      { assumeRolePolicy: trust, tags: this.tagged(`${name}-execution`) },
      this.child(),
    );
    const mayStart = new aws.iam.RolePolicy(
      `${name}-may-start`,
      { role: this.executionRole.name, policy: startPolicy(args, this.logGroup.arn) },
      this.child(),
    );
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
    if (args.exec === true) grant(this, 'be-entered', [SESSIONS]);
    this.startsAfter = [mayStart, args.cluster.capacity, ...allowWayOut(this.peer(port), args.network)];
    this.taskDefinition = new aws.ecs.TaskDefinition(
      name,
      {
        family: name,
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        cpu: String(args.size.cpu),
        memory: String(args.size.memory),
        runtimePlatform: {
          operatingSystemFamily: 'LINUX',
          cpuArchitecture: (args.architecture ?? 'arm64') === 'arm64' ? 'ARM64' : 'X86_64',
        },
        executionRoleArn: this.executionRole.arn,
        taskRoleArn: this.role.arn,
        containerDefinitions: containers(name, args, port, this.logGroup.name),
        tags: this.tagged(name),
      },
      this.child({ dependsOn: [mayStart] }),
    );
  }

  /** This component as an end of a connection. */
  protected peer(port?: number): Peer {
    return { peerName: this.peerName, groupId: this.groupId, owner: this, ...(port === undefined ? {} : { port }) };
  }

  /** Where its tasks run. */
  protected placement(network: PrivateNetwork): {
    subnets: pulumi.Output<string>[];
    securityGroups: pulumi.Output<string>[];
    assignPublicIp: boolean;
  } {
    return { subnets: [...network.subnetIds('app')], securityGroups: [this.groupId], assignPublicIp: false };
  }
}

function arnOf(secret: SecretRef): pulumi.Input<string> {
  return isKeyed(secret) ? secret.arn : secret;
}

function isKeyed(secret: SecretRef): secret is { readonly arn: pulumi.Input<string>; readonly key: string } {
  return typeof secret === 'object' && 'key' in secret && typeof secret.key === 'string';
}

/** Narrower than AWS's managed policy: this log group, these secrets, this repository. */
function startPolicy(args: TaskArgs, logGroupArn: pulumi.Output<string>): pulumi.Output<string> {
  const secrets = Object.values(args.secrets ?? {}).map(arnOf);
  const logs: Statement = {
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
  const read: readonly Statement[] =
    secrets.length === 0 ? [] : [{ Action: ['secretsmanager:GetSecretValue'], Resource: secrets }];
  return pulumi.output(args.image).apply((image) => {
    const repository = repositoryArn(image);
    const pull: readonly Statement[] =
      repository === undefined
        ? []
        : [
            { Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
            {
              Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
              Resource: repository,
            },
          ];
    return policyDocument([logs, ...read, ...pull]);
  });
}

function containers(
  name: string,
  args: TaskArgs,
  port: number | undefined,
  logGroup: pulumi.Output<string>,
): pulumi.Output<string> {
  const byName = <T>(record: Readonly<Record<string, T>> | undefined): [string, T][] =>
    Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return pulumi.jsonStringify([
    {
      name: 'main',
      image: args.image,
      essential: true,
      ...(args.command === undefined ? {} : { command: args.command }),
      ...(port === undefined ? {} : { portMappings: [{ containerPort: port, protocol: 'tcp' }] }),
      environment: byName(args.environment).map(([key, value]) => ({ name: key, value })),
      secrets: byName(args.secrets).map(([key, secret]) => ({
        name: key,
        valueFrom: isKeyed(secret) ? pulumi.interpolate`${secret.arn}:${secret.key}::` : secret,
      })),
      stopTimeout: args.stopTimeout ?? 60,
      // Reaps children and passes signals on, so that SIGTERM reaches a program started by a shell.
      linuxParameters: { initProcessEnabled: true },
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': logGroup, 'awslogs-region': args.network.region, 'awslogs-stream-prefix': name },
      },
    },
  ]);
}

function check(name: string, args: TaskArgs): void {
  // The type has refused wrong pairs already, but for numbers that came from configuration.
  fargateSize(name, args.size.cpu, args.size.memory);
  const both = Object.keys(args.environment ?? {}).find((key) => key in (args.secrets ?? {}));
  if (both !== undefined) refuse(name, `${both} is in environment and in secrets.`, 'Keep it in one of them.');
  const stop = args.stopTimeout ?? 60;
  if (stop < 2 || stop > 120) refuse(name, `stopTimeout is ${stop} s.`, 'Fargate waits 2 to 120 seconds.');
}
