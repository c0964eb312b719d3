/** The machine that people come in by, as it is declared: it says the same as the blueprint's bastion. */
import { WAY_IN } from '../../blueprint/people/way-in.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import { type Create, ref } from '../edit.ts';
import type { State } from '../state.ts';
import { edited } from '../world.ts';
import { groupRef, INGRESS, letOut, newGroup } from './groups.ts';
import { idOf, tagged } from './names.ts';

const INSTANCE = 'aws:ec2/instance:Instance';
const ROLE = 'aws:iam/role:Role';
const ATTACHMENT = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';
const PROFILE = 'aws:iam/instanceProfile:InstanceProfile';
const ADDRESS = 'aws:ec2/eip:Eip';

/** Current Amazon Linux 2023, as AWS publishes it; the agent of Systems Manager is in it. https://docs.aws.amazon.com/linux/al2023/ug/ec2.html */
export const IMAGE = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html */
const MANAGED = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';

export interface Bastion {
  readonly name: string;
  readonly vpc: Vpc;
  readonly subnet: Subnet;
  /** Who may come by SSH, by name; undefined: by Session Manager, and no port is open. */
  readonly sshFrom: Readonly<Record<string, string>> | undefined;
  /** TCP ports of what people work with. */
  readonly ports: readonly number[];
}

export const bastionGroup = (name: string): string => groupRef(`${name}-group`);

export function bastionEdits(state: State, bastion: Bastion): readonly Create[] {
  const { name, vpc, subnet, sshFrom, ports } = bastion;
  const { region } = state.world.today.place;
  const place = vpc.region === region ? {} : { region: vpc.region };
  const make = (type: string, part: string, properties: Create['properties']): Create => ({
    op: 'create',
    type,
    name: part,
    properties,
    ...place,
  });
  const group = bastionGroup(name);
  const role = make(ROLE, name, {
    name,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
    tags: tagged(name),
  });
  const profile = make(PROFILE, name, { name, role: ref(role, 'name'), tags: tagged(name) });
  const machine = make(INSTANCE, name, {
    ami: IMAGE,
    instanceType: 't4g.nano',
    subnetId: idOf(state, subnet),
    vpcSecurityGroupIds: [group],
    ...(sshFrom === undefined ? { associatePublicIpAddress: false } : {}),
    iamInstanceProfile: ref(profile, 'name'),
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    rootBlockDevice: { encrypted: true, volumeType: 'gp3' },
    tags: { ...tagged(name), [WAY_IN.key]: WAY_IN.value },
  });
  const anywhere = { cidr: '0.0.0.0/0', name: 'anywhere' };
  const out = (peer: { readonly cidr: string; readonly name: string }, port: number, why: string): Create => ({
    ...letOut(name, group, peer, { protocol: 'tcp', ports: { from: port, to: port } }, why),
    ...place,
  });
  return [
    { ...newGroup(`${name}-group`, idOf(state, vpc), 'The way in for people'), ...place },
    out(anywhere, 443, `${name} to AWS itself`),
    ...(vpc.cidrs ?? []).flatMap((cidr) =>
      ports.map((port) => out({ cidr, name: cidr }, port, `${name} to what people work with`)),
    ),
    ...Object.entries(sshFrom ?? {}).map(([who, cidr]) => ssh(name, group, who, cidr)),
    role,
    make(ATTACHMENT, `${name}-managed`, { role: ref(role, 'name'), policyArn: MANAGED }),
    profile,
    machine,
    ...(sshFrom === undefined
      ? []
      : [
          make(ADDRESS, `${name}-address`, {
            domain: 'vpc',
            instance: ref(machine),
            tags: tagged(`${name}-address`),
          }),
        ]),
  ];
}

const ssh = (name: string, group: string, who: string, cidr: string): Create => ({
  op: 'create',
  type: INGRESS,
  name: `${name}-from-${who}`,
  properties: {
    securityGroupId: group,
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    ...(cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
    description: `SSH from ${who}`,
    tags: tagged(`${name}-from-${who}`),
  },
});

/** The id that the machine has in the estate once the edits are made. */
export const machineId = (state: State, edits: readonly Create[], name: string): string | undefined =>
  edited(state.world, edits).declared.get(`${INSTANCE}::${name}`)?.id;

/** How one comes from a laptop to `host:port`, which then answers at `localhost:local`. */
export function tunnel(bastion: Bastion, host: string, port: number, local: number): string {
  const { name, vpc, sshFrom } = bastion;
  const found = (what: string): string =>
    `$(aws ec2 describe-instances --region ${vpc.region} --filters Name=tag:Name,Values=${name} Name=instance-state-name,Values=running --query 'Reservations[0].Instances[0].${what}' --output text)`;
  return sshFrom === undefined
    ? `aws ssm start-session --region ${vpc.region} --target "${found('InstanceId')}" --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters '{"host":["${host}"],"portNumber":["${port}"],"localPortNumber":["${local}"]}'`
    : `ssh -N -L ${local}:${host}:${port} "ec2-user@${found('PublicIpAddress')}"`;
}
