/**
 * The network ACL that AWS makes with a VPC. It can only be declared as a `DefaultNetworkAcl`, which takes its rules away;
 * while nobody has changed it, a program with the VPC tells all about it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';

const OWN = new Set([
  'in 100 allow 0.0.0.0/0',
  'in 101 allow ::/0',
  'in 32767 deny 0.0.0.0/0',
  'in 32768 deny ::/0',
  'out 100 allow 0.0.0.0/0',
  'out 101 allow ::/0',
  'out 32767 deny 0.0.0.0/0',
  'out 32768 deny ::/0',
]);

/** Whether it is a default list with the entries that AWS gave it: those for IPv6 come with an IPv6 block. */
export function isUntouched(acl: Item): boolean {
  const entries = allItems(acl, 'Entries');
  if (acl.boolean('IsDefault') !== true || entries === undefined) return false;
  const found = new Set(entries.map(lineOf));
  const ipv6 = [...found].some((line) => line.endsWith('::/0'));
  const expected = [...OWN].filter((line) => ipv6 || !line.endsWith('::/0'));
  return found.size === entries.length && found.size === expected.length && expected.every((line) => found.has(line));
}

function lineOf(entry: Item): string {
  const egress = entry.boolean('Egress');
  const direction = egress === undefined ? '?' : egress ? 'out' : 'in';
  const peer = entry.string('CidrBlock') ?? entry.string('Ipv6CidrBlock');
  const every = String(entry.value.Protocol) === '-1' && !entry.has('PortRange') && !entry.has('IcmpTypeCode');
  return `${direction} ${entry.number('RuleNumber')} ${entry.string('RuleAction')} ${every ? peer : 'some'}`;
}
