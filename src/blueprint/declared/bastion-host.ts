/** The machine that people come in by, with a role of its own and, where it is entered by SSH, an address. */
import { WAY_IN } from '../people/way-in.ts';
import { type Declaration, outputOf, tagged } from './declaration.ts';
import { serviceRole } from './service-role.ts';

export const INSTANCE = 'aws:ec2/instance:Instance';
export const PROFILE = 'aws:iam/instanceProfile:InstanceProfile';
const ADDRESS = 'aws:ec2/eip:Eip';

/** Current Amazon Linux 2023, as AWS publishes it; the agent of Systems Manager is in it. https://docs.aws.amazon.com/linux/al2023/ug/ec2.html */
export const IMAGE = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html */
const MANAGED = 'AmazonSSMManagedInstanceCore';

export interface BastionHostArgs<Later = never> {
  /** Where it stands. *Replacement*. */
  readonly subnetId: string | Later;
  /** Its security group. *In place*. */
  readonly groupId: string | Later;
  /** `ssh`: it has a public address; `sessions`: by Session Manager, and no port is open. *Replacement*. */
  readonly enteredBy: 'ssh' | 'sessions';
  /** Whether the machine is there, or only its role. *Brief interruption* of everybody's way in. @default true */
  readonly running?: boolean | undefined;
  /** *Brief interruption*: it stops and starts. @default 't4g.nano' */
  readonly instanceType?: string | undefined;
}

export function bastionHost<Later = never>(
  name: string,
  { subnetId, groupId, enteredBy, running = true, instanceType = 't4g.nano' }: BastionHostArgs<NoInfer<Later>>,
): readonly Declaration<Later>[] {
  const role = serviceRole<Later>(name, { service: 'ec2.amazonaws.com', managed: [MANAGED] });
  const [itsRole] = role;
  const profile: Declaration<Later> = {
    type: PROFILE,
    name,
    properties: {
      name,
      role: itsRole === undefined ? undefined : outputOf(itsRole, 'name'),
      tags: tagged(name),
    },
  };
  const machine: Declaration<Later> = {
    type: INSTANCE,
    name,
    properties: {
      ami: IMAGE,
      instanceType,
      subnetId,
      vpcSecurityGroupIds: [groupId],
      associatePublicIpAddress: enteredBy === 'sessions' ? false : undefined,
      iamInstanceProfile: outputOf(profile, 'name'),
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeType: 'gp3' },
      tags: { ...tagged(name), [WAY_IN.key]: WAY_IN.value },
    },
  };
  const address: Declaration<Later> = {
    type: ADDRESS,
    name: `${name}-address`,
    properties: { domain: 'vpc', instance: outputOf(machine), tags: tagged(`${name}-address`) },
  };
  return [...role, profile, ...(running ? [machine, ...(enteredBy === 'ssh' ? [address] : [])] : [])];
}
