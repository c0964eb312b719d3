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
import { type Block, parseBlock } from '../network/cidr.ts';
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
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    refuse(from.peerName, `${port} is no port.`, 'Use a whole number from 1 to 65535.');
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
  /** Who they are, for the rule's name: `office`. *Replacement* of the rule. */
  readonly name: string;
  /** One block. *Replacement* of the rule. */
  readonly cidr: string;
}

/** As many addresses as a /8 has; more than that, in one block or in several, is most of the world. */
const MOST_ADDRESSES = 2 ** 24;

/**
 * Lets named blocks in, one rule each. The world, and anything near it (in all more than a /8 has), is refused, also in parts
 * like `0.0.0.0/1` and `128.0.0.0/1`: put an Edge before what the world may reach.
 */
export function allowFromAddresses(to: Peer, from: readonly Addresses[], port: number): void {
  const blocks = from.map((each) => readBlock(to, each));
  let open = 0;
  let last = -1;
  for (const block of [...blocks].sort((a, b) => a.first - b.first || a.last - b.last)) {
    open += Math.max(0, block.last - Math.max(last, block.first - 1));
    last = Math.max(last, block.last);
  }
  if (open > MOST_ADDRESSES) {
    refuse(
      to.peerName,
      `${from.map((each) => `'${each.cidr}' (${each.name})`).join(', ')} ${from.length === 1 ? 'opens' : 'open'} port ${port} to the world or to most of it.`,
      "Name the addresses that need it, like '203.0.113.0/24', or use access by Session Manager, which needs no open port.",
    );
  }
  for (const each of from) allowBlock(to, each, port);
}

function readBlock(to: Peer, from: Addresses): Block {
  if (from.cidr.includes(':'))
    refuse(
      to.peerName,
      `'${from.cidr}' (${from.name}) is a block of IPv6, which the network does not have.`,
      "Name the IPv4 addresses that they come from, like '203.0.113.0/24'.",
    );
  return (
    parseBlock(from.cidr) ??
    refuse(
      to.peerName,
      `'${from.cidr}' (${from.name}) is not an IPv4 block.`,
      "Write it with its first address, like '203.0.113.0/24'.",
    )
  );
}

function allowBlock(to: Peer, from: Addresses, port: number): void {
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
