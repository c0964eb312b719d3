/** Network ACLs as arguments, each whole or not at all, and which default ones a program with their VPC tells already. */
import type { Answers } from '../answers.ts';
import { allStringsIn } from '../fields.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { protocolNumber } from '../protocol.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';
import { adopter as subnets } from './adopters/subnet.ts';
import { isUntouched } from './default-acl.ts';
import { foreign, notTold, ownItems } from './ec2.ts';
import { type JudgedVpc, judgedVpcs } from './vpcs.ts';

const ACLS = 'ec2:DescribeNetworkAcls';

export interface WritableAcl {
  readonly item: Item;
  readonly id: string;
  readonly vpcId: string;
  readonly rules: readonly { readonly importId: string; readonly name: string; readonly inputs: Properties }[];
  readonly associations: readonly { readonly id: string; readonly subnetId: string }[];
}

export interface JudgedAcls {
  readonly own: readonly (WritableAcl | { readonly item: Item; readonly because: string })[];
  /** By VPC: default lists that read back from the VPC alone. */
  readonly untouched: ReadonlyMap<string, string>;
}

const known = new WeakMap<Answers, JudgedAcls>();

export function judgedAcls(answers: Answers): JudgedAcls {
  const before = known.get(answers);
  if (before) return before;
  const items = ownItems(answers, ACLS, 'NetworkAcls', 'NetworkAclId');
  const vpcs = judgedVpcs(answers);
  const own = items
    .filter((item) => item.boolean('IsDefault') === false)
    .map((item) => {
      const acl = judge(item, vpcs);
      return typeof acl === 'string' ? { item, because: acl } : acl;
    });
  const rest = restOf(answers, own);
  const untouched = new Map<string, string>();
  const defaults = items.filter((item) => item.boolean('IsDefault') !== false);
  const touched: { item: Item; because: string }[] = [];
  for (const item of defaults) {
    const [id, vpcId] = [item.string('NetworkAclId'), item.string('VpcId')];
    const told = allStringsIn(item, 'Associations', 'SubnetId');
    const expected = vpcId === undefined ? undefined : (rest.get(vpcId) ?? []);
    const same = told && expected && [...told].sort().join() === [...expected].sort().join();
    if (id && vpcId && same && isUntouched(item) && typeof vpcs.get(vpcId) === 'object') untouched.set(vpcId, id);
    else touched.push({ item, because: 'as the default list of its VPC it can only be declared without its rules' });
  }
  const all = { own: [...own, ...touched], untouched };
  known.set(answers, all);
  return all;
}

/** By VPC: the adopted subnets that no adopted list has, which are under the default one. */
function restOf(answers: Answers, own: JudgedAcls['own']): ReadonlyMap<string, readonly string[]> {
  const taken = new Set(
    own.flatMap((acl) => ('because' in acl ? [] : acl.associations.map(({ subnetId }) => subnetId))),
  );
  const rest = new Map<string, string[]>();
  for (const one of subnets.adopt(answers)) {
    if (one.state !== 'adopted' || taken.has(one.id) || typeof one.inputs.vpcId !== 'string') continue;
    const list = rest.get(one.inputs.vpcId);
    if (list) list.push(one.id);
    else rest.set(one.inputs.vpcId, [one.id]);
  }
  return rest;
}

function judge(item: Item, vpcs: ReadonlyMap<string, JudgedVpc>): WritableAcl | string {
  const because = foreign(item);
  if (because !== undefined) return because;
  const [id, vpcId] = [item.string('NetworkAclId'), item.string('VpcId')];
  const [entries, told] = [allItems(item, 'Entries'), allItems(item, 'Associations')];
  if (!id || !vpcId || !entries || !told) return notTold(ACLS, 'VPC, rules or subnets');
  const vpc = vpcs.get(vpcId);
  if (typeof vpc !== 'object') return `its VPC ${vpcId} is not adopted`;
  const associations = told.flatMap((one) => {
    const [association, subnetId] = [one.string('NetworkAclAssociationId'), one.string('SubnetId')];
    return association && subnetId ? [{ id: association, subnetId }] : [];
  });
  if (associations.length < told.length) return notTold(ACLS, 'subnets wholly');
  const [last, more] = [entries.filter(isLast), entries.filter((entry) => !isLast(entry))];
  // AWS refuses what no rule admits: of IPv6 too, where the VPC has a block of it
  if (last.length !== (vpc.ipv6 === undefined ? 2 : 4)) return notTold(ACLS, 'last rules');
  const rules = more.map((entry) => ruleOf(entry, id));
  const whole = rules.filter((rule) => rule !== undefined);
  return whole.length < rules.length ? notTold(ACLS, 'rules wholly') : { item, id, vpcId, rules: whole, associations };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html: the rule with the asterisk */
function isLast(entry: Item): boolean {
  const [number, cidr] = [entry.number('RuleNumber'), entry.string('CidrBlock') ?? entry.string('Ipv6CidrBlock')];
  const every = String(entry.value.Protocol) === '-1' && entry.string('RuleAction') === 'deny';
  return every && ((number === 32767 && cidr === '0.0.0.0/0') || (number === 32768 && cidr === '::/0'));
}

const PORTS = new Set([6, 17]);
const ICMP = new Set([1, 58]);

function ruleOf(entry: Item, acl: string): WritableAcl['rules'][number] | undefined {
  const [ruleNumber, egress] = [entry.number('RuleNumber'), entry.boolean('Egress')];
  const [ruleAction, protocol] = [entry.string('RuleAction'), protocolNumber(entry, 'Protocol')];
  const [cidrBlock, ipv6CidrBlock] = [entry.string('CidrBlock'), entry.string('Ipv6CidrBlock')];
  if (ruleNumber === undefined || egress === undefined || protocol === undefined) return undefined;
  if ((ruleAction !== 'allow' && ruleAction !== 'deny') || !(cidrBlock || ipv6CidrBlock)) return undefined;
  const [ports, icmp] = [entry.item('PortRange'), entry.item('IcmpTypeCode')];
  const [fromPort, toPort] = PORTS.has(protocol) ? [ports?.number('From'), ports?.number('To')] : [];
  const [icmpType, icmpCode] = ICMP.has(protocol) ? [icmp?.number('Type'), icmp?.number('Code')] : [];
  if (PORTS.has(protocol) && (fromPort === undefined || toPort === undefined)) return undefined;
  if (ICMP.has(protocol) && (icmpType === undefined || icmpCode === undefined)) return undefined;
  return {
    importId: `${acl}:${ruleNumber}:${protocol}:${egress}`,
    name: `${egress ? 'out' : 'in'}-${ruleNumber}`,
    inputs: said({
      networkAclId: acl,
      ruleNumber,
      egress,
      ruleAction,
      protocol: String(protocol),
      cidrBlock,
      ipv6CidrBlock,
      fromPort,
      toPort,
      icmpType,
      icmpCode,
    }),
  };
}
