import type { Ref } from '../source.ts';
import type { Base } from './base.ts';

/**
 * One environment variable (or line of user data) as evidence. The value itself never enters the estate:
 * only the hosts, ARNs and URLs it names, and whether it is a credential written out.
 */
export interface EnvironmentFact {
  readonly name: string;
  /** Host names in the value, with the port where one is written. */
  readonly hosts: readonly {
    readonly host: string;
    readonly port: number | undefined;
    readonly scheme: string | undefined;
  }[];
  readonly arns: readonly string[];
  /** A bare name that the value is, where the variable's own name tells of what: `SESSIONS_TABLE`. Left out where it is none. */
  readonly names?: readonly NamedThing[];
  /**
   * `literal`: a password, key or token stands in clear text here; `reference`: the value comes from Secrets Manager
   * or Parameter Store; `none`: nothing that looks like a credential.
   */
  readonly credential: 'none' | 'literal' | 'reference';
  /** The id (not the secret) of an access key written here, so that its owner can be named. */
  readonly accessKeyId: string | undefined;
  /** For `reference`: the ARN or name that the value comes from. */
  readonly valueFrom: string | undefined;
}

export interface NamedThing {
  readonly kind: 'bucket' | 'table' | 'queue' | 'topic';
  readonly name: string;
}

export interface Instance extends Base<'instance'> {
  readonly vpc: Ref<'vpc'> | undefined;
  readonly subnet: Ref<'subnet'> | undefined;
  readonly zone: Ref<'zone'> | undefined;
  readonly instanceType: string | undefined;
  readonly state: string | undefined;
  readonly image: string | undefined;
  readonly architecture: string | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly networkInterfaces: readonly Ref<'networkInterface'>[] | undefined;
  readonly instanceProfile: Ref<'instanceProfile'> | null | undefined;
  readonly autoScalingGroup: Ref<'autoScalingGroup'> | null | undefined;
  readonly publicAddress: string | null | undefined;
  readonly privateAddress: string | undefined;
  readonly sourceDestCheck: boolean | undefined;
  readonly keyName: string | null | undefined;
  /** `required` is IMDSv2. */
  readonly httpTokens: 'required' | 'optional' | undefined;
  /** `disabled`: the instance has no metadata service at all. */
  readonly metadataEndpoint?: 'enabled' | 'disabled';
  readonly launchTime: string | undefined;
  readonly volumes: readonly Ref<'volume'>[] | undefined;
  /** Facts from user data; undefined when it was not read. */
  readonly userData: readonly EnvironmentFact[] | undefined;
  /** Whether Systems Manager manages it; undefined when not read. */
  readonly managedBySsm: boolean | undefined;
}

export interface Volume extends Base<'volume'> {
  readonly zone: Ref<'zone'> | undefined;
  /** GiB. */
  readonly size: number | undefined;
  readonly volumeType: string | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly encrypted: boolean | undefined;
  readonly attachedTo: readonly Ref<'instance'>[] | undefined;
}

/** An instance type as EC2 itself describes it (DescribeInstanceTypes), used before our own dated list. */
export interface InstanceType extends Base<'instanceType'> {
  readonly currentGeneration: boolean | undefined;
  readonly vcpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly architectures: readonly string[] | undefined;
}

export interface LaunchTemplate extends Base<'launchTemplate'> {
  /** `configuration` is the older launch configuration, which AWS no longer lets new accounts make. */
  readonly form: 'template' | 'configuration';
  readonly instanceType: string | undefined;
  readonly image: string | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly associatePublicAddress: boolean | undefined;
  readonly instanceProfile: string | null | undefined;
  readonly httpTokens: 'required' | 'optional' | undefined;
  readonly userData: readonly EnvironmentFact[] | undefined;
}

export interface AutoScalingGroup extends Base<'autoScalingGroup'> {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly desired: number | undefined;
  readonly zones: readonly Ref<'zone'>[] | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  readonly instances: readonly Ref<'instance'>[] | undefined;
  readonly targetGroups: readonly Ref<'targetGroup'>[] | undefined;
  readonly launchTemplate: Ref<'launchTemplate'> | undefined;
  readonly healthCheckType: string | undefined;
  /** `Launch`, `ReplaceUnhealthy` …: what somebody told it to leave off. */
  readonly suspendedProcesses: readonly string[] | undefined;
}

export interface EcsCluster extends Base<'ecsCluster'> {
  readonly capacityProviders: readonly string[] | undefined;
  readonly status: string | undefined;
}

export interface ContainerInstance extends Base<'containerInstance'> {
  readonly cluster: Ref<'ecsCluster'> | undefined;
  readonly instance: Ref<'instance'> | undefined;
  readonly status: string | undefined;
  readonly agentConnected: boolean | undefined;
}

export interface EcsService extends Base<'ecsService'> {
  readonly cluster: Ref<'ecsCluster'> | undefined;
  readonly taskDefinition: Ref<'taskDefinition'> | undefined;
  readonly launchType: 'EC2' | 'FARGATE' | 'EXTERNAL' | undefined;
  readonly capacityProviders: readonly string[] | undefined;
  readonly desired: number | undefined;
  readonly running: number | undefined;
  readonly schedulingStrategy: string | undefined;
  readonly loadBalancers: readonly EcsLoadBalancer[] | undefined;
  /** Null when the task does not use awsvpc networking. */
  readonly network: EcsNetwork | null | undefined;
  readonly circuitBreaker: boolean | undefined;
  readonly executeCommand: boolean | undefined;
  readonly deploymentController: string | undefined;
  readonly placementStrategy: readonly string[] | undefined;
}
export interface EcsLoadBalancer {
  readonly targetGroup: Ref<'targetGroup'> | undefined;
  readonly containerName: string | undefined;
  readonly containerPort: number | undefined;
}
export interface EcsNetwork {
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly assignPublicIp: boolean | undefined;
}

export interface EcsTask extends Base<'ecsTask'> {
  readonly cluster: Ref<'ecsCluster'> | undefined;
  readonly service: Ref<'ecsService'> | undefined;
  readonly taskDefinition: Ref<'taskDefinition'> | undefined;
  readonly launchType: string | undefined;
  readonly lastStatus: string | undefined;
  readonly zone: Ref<'zone'> | undefined;
  readonly containerInstance: Ref<'containerInstance'> | undefined;
  readonly networkInterfaces: readonly Ref<'networkInterface'>[];
  /** The interfaces that ECS made for it, as the task itself tells of them (awsvpc networking). */
  readonly attachments?: readonly EcsAttachment[];
  /** Ports bound on the host in bridge or host networking. */
  readonly hostPorts: readonly { readonly containerPort: number; readonly hostPort: number }[] | undefined;
}

export interface EcsAttachment {
  readonly networkInterface: Ref<'networkInterface'>;
  readonly subnet: Ref<'subnet'> | undefined;
  readonly privateAddress: string | undefined;
}

export interface TaskDefinition extends Base<'taskDefinition'> {
  readonly family: string | undefined;
  readonly revision: number | undefined;
  readonly networkMode: string | undefined;
  readonly compatibilities: readonly string[] | undefined;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly taskRole: Ref<'role'> | null | undefined;
  readonly executionRole: Ref<'role'> | null | undefined;
  readonly architecture: string | undefined;
  readonly containers: readonly Container[] | undefined;
  readonly hostVolumes: readonly string[] | undefined;
}
export interface Container {
  readonly name: string;
  readonly image: string | undefined;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly essential: boolean | undefined;
  readonly privileged: boolean | undefined;
  readonly ports:
    | readonly { readonly containerPort: number; readonly hostPort: number | undefined; readonly protocol: string }[]
    | undefined;
  readonly environment: readonly EnvironmentFact[] | undefined;
  readonly logDriver: string | null | undefined;
  /** The log group that the awslogs driver writes to, where it is told. */
  readonly logGroup?: string;
  readonly links: readonly string[] | undefined;
}

export interface LambdaFunction extends Base<'function'> {
  /** `Image`: it comes from a container image and has no runtime of AWS. */
  readonly packageType?: 'Zip' | 'Image';
  readonly runtime: string | undefined;
  readonly role: Ref<'role'> | undefined;
  /** Null when the function is not in a VPC. */
  readonly network: LambdaNetwork | null | undefined;
  readonly environment: readonly EnvironmentFact[] | undefined;
  readonly memory: number | undefined;
  readonly timeout: number | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly deadLetter: string | null | undefined;
  readonly policy: string | null | undefined;
  /** Empty when none. */
  readonly urls: readonly FunctionUrl[] | undefined;
  /**
   * Its aliases, and the aliases and versions that its event sources and URLs name; `$LATEST` and what leads to it are
   * none. Left out where neither lambda:ListAliases nor anything else tells.
   */
  readonly qualifiers?: readonly string[];
  /** Its published versions, as far as anything tells of them. */
  readonly versions?: readonly FunctionVersion[];
}
export interface FunctionUrl {
  readonly url: string;
  readonly auth: 'NONE' | 'AWS_IAM' | undefined;
  /** The alias that it calls, which has a policy of its own. */
  readonly qualifier?: string;
}
export interface FunctionVersion {
  /** `7` */
  readonly version: string;
  readonly aliases: readonly string[];
  /** Id of the role that it keeps. */
  readonly role: string | undefined;
  /** Whether it stands where the function does, and names no host and no ARN that the function does not. */
  readonly isAlike: boolean;
}
export interface LambdaNetwork {
  readonly vpc: Ref<'vpc'> | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
}

export interface EventSource extends Base<'eventSource'> {
  readonly eventSourceArn: string | undefined;
  readonly function: Ref<'function'> | undefined;
  readonly enabled: boolean | undefined;
  readonly batchSize: number | undefined;
}

export interface ScalableTarget extends Base<'scalableTarget'> {
  readonly namespace: string | undefined;
  readonly resourceId: string | undefined;
  readonly dimension: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}
