/** The machine that people come in by, as it is declared: what it is made of is the blueprint's `BastionHost`. */
import { bastionHost, INSTANCE } from '../../blueprint/declared/bastion-host.ts';
import { flowRule } from '../../blueprint/declared/flow-rules.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import type { Create } from '../edit.ts';
import type { State } from '../state.ts';
import { edited } from '../world.ts';
import { createOf, creates } from './creates.ts';
import { groupRef, letOut, newGroup } from './groups.ts';
import { idOf } from './names.ts';

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
  const group = bastionGroup(name);
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
    ...creates(
      bastionHost(name, {
        subnetId: idOf(state, subnet),
        groupId: group,
        enteredBy: sshFrom === undefined ? 'sessions' : 'ssh',
      }),
      place,
    ),
  ];
}

const ssh = (name: string, group: string, who: string, cidr: string): Create =>
  createOf(
    flowRule({
      direction: 'in',
      of: { peerName: name, groupId: group },
      other: { peerName: who, cidr },
      port: 22,
      because: `SSH from ${who}`,
      name: `${name}-from-${who}`,
    }),
  );

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
