/**
 * The goal is to write
 *
 *     connect(web, mysql)
 *
 * and get exactly the two rules that this flow needs: out of `web` to `mysql`'s group on `mysql`'s port, and into `mysql`
 * from `web`'s group. Every rule is one resource named after its peers, and groups are referenced, never address ranges:
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { parseBlock } from '../network/cidr.ts';
import { refuse } from '../refuse.ts';

/** Something with a security group of its own. */
export interface Peer {
  /** Stands in the names of the rules. */
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  /** Where it listens, when it does. */
  readonly port?: number;
  /** The component: its rules hang under it. */
  readonly owner: pulumi.Resource;
}

export interface ConnectArgs {
  /** TCP port. *Replacement* of the two rules, both new ones first. @default the port that `to` listens at */
  readonly port?: number;
}

/** Lets `from` open TCP connections to `to`: the way out and the way in, in one breath. Answers with the two rules. */
export function connect(from: Peer, to: Peer, args: ConnectArgs = {}): readonly pulumi.Resource[] {
  const port = args.port ?? to.port;
  if (port === undefined)
    refuse(from.peerName, `${to.peerName} has no port of its own.`, 'Say which: connect(from, to, { port: 8080 }).');
  const named = args.port === undefined ? '' : `-${port}`;
  const tcp = { ipProtocol: 'tcp', fromPort: port, toPort: port };
  const out = new aws.vpc.SecurityGroupEgressRule(
    `${from.peerName}-to-${to.peerName}${named}`,
    {
      ...tcp,
      securityGroupId: from.groupId,
      referencedSecurityGroupId: to.groupId,
      description: `${from.peerName} to ${to.peerName}`,
      tags: { Name: `${from.peerName}-to-${to.peerName}` },
    },
    { parent: from.owner },
  );
  const into = new aws.vpc.SecurityGroupIngressRule(
    `${to.peerName}-from-${from.peerName}${named}`,
    {
      ...tcp,
      securityGroupId: to.groupId,
      referencedSecurityGroupId: from.groupId,
      description: `${from.peerName} to ${to.peerName}`,
      tags: { Name: `${to.peerName}-from-${from.peerName}` },
    },
    { parent: to.owner },
  );
  return [out, into];
}

/** Named address ranges outside the VPC's groups. */
export interface Addresses {
  /** Who they are, for the rule's name: `office`. */
  readonly name: string;
  /** One block. *Replacement* of the rule. */
  readonly cidr: string;
}

/** Lets a named block in. The world, and anything near it (shorter than /8), is refused: put an Edge before what the world may reach. */
export function allowFromAddresses(to: Peer, from: Addresses, port: number): void {
  const block = parseBlock(from.cidr);
  if (block === undefined) {
    refuse(
      to.peerName,
      `'${from.cidr}' (${from.name}) is not an IPv4 block.`,
      "Write it with its first address, like '203.0.113.0/24'.",
    );
  }
  if (block.prefix < 8) {
    refuse(
      to.peerName,
      `'${from.cidr}' (${from.name}) opens port ${port} to the world or to most of it.`,
      "Name the addresses that need it, like '203.0.113.0/24', or use access by Session Manager, which needs no open port.",
    );
  }
  new aws.vpc.SecurityGroupIngressRule(
    `${to.peerName}-from-${from.name}`,
    {
      securityGroupId: to.groupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIpv4: from.cidr,
      description: `${from.name} to ${to.peerName}`,
      tags: { Name: `${to.peerName}-from-${from.name}` },
    },
    { parent: to.owner },
  );
}

/** Lets an AWS managed prefix list in (CloudFront's, for example). Mind its weight: CloudFront's counts as 55 of a group's 60 rules. */
export function allowFromPrefixList(to: Peer, name: string, prefixListId: pulumi.Input<string>, port: number): void {
  new aws.vpc.SecurityGroupIngressRule(
    `${to.peerName}-from-${name}`,
    {
      securityGroupId: to.groupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      prefixListId,
      description: `${name} to ${to.peerName}`,
      tags: { Name: `${to.peerName}-from-${name}` },
    },
    { parent: to.owner },
  );
}

/** Lets `from` out by HTTPS to anywhere: AWS's own APIs, registries, payment providers. Goes through NAT; nothing comes in by it. */
export function allowHttpsOut(from: Peer): pulumi.Resource {
  return new aws.vpc.SecurityGroupEgressRule(
    `${from.peerName}-to-https`,
    {
      securityGroupId: from.groupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv4: '0.0.0.0/0',
      description: `${from.peerName} to HTTPS anywhere`,
      tags: { Name: `${from.peerName}-to-https` },
    },
    { parent: from.owner },
  );
}

/** Lets `from` out by HTTPS to a gateway endpoint (S3, DynamoDB) by its prefix list. */
export function allowOutToPrefixList(from: Peer, name: string, prefixListId: pulumi.Input<string>): pulumi.Resource {
  return new aws.vpc.SecurityGroupEgressRule(
    `${from.peerName}-to-${name}`,
    {
      securityGroupId: from.groupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      prefixListId,
      description: `${from.peerName} to ${name}`,
      tags: { Name: `${from.peerName}-to-${name}` },
    },
    { parent: from.owner },
  );
}
