/** Rules of security groups as tables of flows: one table for rules that come and go together. */
import {
  type Cidr,
  EGRESS,
  type Flow,
  flowRules,
  type GroupEnd,
  INGRESS,
  type OtherEnd,
  portsText,
  type Rule,
  ruleName,
} from '../../../blueprint/declared/flow-rules.ts';
import { GROUP, peerNameOf } from '../../../blueprint/declared/own-group.ts';
import { isProperties, type Properties, type Value } from '../../../inventory/pulumi/recorded.ts';
import type { Thing } from '../journey.ts';
import { type Around, type Child, gathered, type Kind, kind, textOf } from './kind.ts';
import { SELF } from './own-group.ts';

interface Table {
  readonly table: readonly Flow[];
}

export const flowsKind: Kind = kind<Table>({
  name: 'flows',
  form: 'table',
  find: (things, { usedOf }) =>
    gathered(things, (thing) => (isRule(thing) && usedOf(thing.address).length === 0 ? lifeOf(thing) : undefined)),
  args: (_name, children) => {
    const rules = children.map(ruleOf);
    const known = rules.filter((rule) => rule !== undefined);
    return known.length === rules.length ? { table: rowsOf(known) } : undefined;
  },
  declares: (_name, { table }) => table.flatMap((flow) => flowRules(flow)),
  written: (args, around) => ({ table: withSelves(args.table ?? [], around) }),
  defaults: () => ({}),
  reach: () => undefined,
});

/** A rule that is what it is for all of its life: a table is written once. */
const isRule = ({ type, properties }: Thing): boolean =>
  (type === INGRESS || type === EGRESS) && [...properties.values()].every((phases) => phases.length === 1);

const lifeOf = ({ from, until, place }: Thing): string => `${from} ${until ?? ''} ${place.region}`;

function ruleOf(child: Child): Rule | undefined {
  const [groupId, because] = [textOf(child, 'securityGroupId'), textOf(child, 'description')];
  if (groupId === undefined || because === undefined) return undefined;
  const direction = child.type === INGRESS ? 'in' : 'out';
  const { protocol, port } = trafficOf(child);
  const word = direction === 'in' ? '-from-' : '-to-';
  const own = nameOfGroup(groupId) ?? child.name.split(word)[0] ?? '';
  const rest = child.name.startsWith(`${own}${word}`) ? child.name.slice(own.length + word.length) : '';
  const ports = `-${portsText({ protocol, port })}`;
  const other = otherOf(child, rest.endsWith(ports) ? rest.slice(0, -ports.length) : rest);
  if (other === undefined) return undefined;
  const rule = { direction, of: { peerName: own, groupId }, other, protocol, port, because } as const;
  return ruleName(rule) === child.name ? rule : { ...rule, name: child.name };
}

const OWN = new RegExp(`^\\$\\{${GROUP}::([^}#]+)-group#id\\}$`);

/** What a group of the journey is called in the names of rules. */
const nameOfGroup = (id: string): string | undefined => {
  const name = OWN.exec(id)?.[1];
  return name === undefined ? undefined : peerNameOf(name);
};

const PROTOCOLS = ['tcp', 'udp', 'icmp', '-1'] as const;

function trafficOf({ properties: { ipProtocol, fromPort, toPort } }: Child): Pick<Rule, 'protocol' | 'port'> {
  const protocol = PROTOCOLS.find((one) => one === ipProtocol);
  const ports = typeof fromPort === 'number' && typeof toPort === 'number' ? ([fromPort, toPort] as const) : undefined;
  return {
    protocol: protocol === 'tcp' ? undefined : protocol,
    port: ports && (ports[0] === ports[1] ? ports[0] : ports),
  };
}

/** `peerName` is what the rule's name says of it. */
function otherOf(child: Child, peerName: string): OtherEnd | undefined {
  const groupId = textOf(child, 'referencedSecurityGroupId');
  if (groupId !== undefined) return { peerName: nameOfGroup(groupId) ?? peerName, groupId };
  const prefixListId = textOf(child, 'prefixListId');
  if (prefixListId !== undefined) return { peerName, prefixListId };
  const cidr = textOf(child, 'cidrIpv4') ?? textOf(child, 'cidrIpv6');
  if (cidr === undefined) return undefined;
  if (cidr === '0.0.0.0/0' && peerName === 'anywhere') return 'anywhere';
  return isCidr(cidr) && peerName === cidr.replace(/[^a-zA-Z0-9]+/g, '-') ? cidr : { peerName, cidr };
}

const isCidr = (text: string): text is Cidr => /\/\d+$/.test(text);

/** The two rules of a flow are one row. */
function rowsOf(rules: readonly Rule[]): readonly Flow[] {
  const waiting = new Map<string, Rule>();
  const partners = new Map<Rule, Rule>();
  for (const rule of rules) {
    if (rule.name !== undefined) continue;
    const key = flowKey(rule);
    const partner = waiting.get(key);
    if (partner === undefined || partner.direction === rule.direction) waiting.set(key, rule);
    else {
      partners.set(partner, rule);
      waiting.delete(key);
    }
  }
  const second = new Set(partners.values());
  return rules
    .filter((rule) => !second.has(rule))
    .map((rule) => rowOf(rule, partners.get(rule)))
    .map((row) => ({ key: sortKey(row), row }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

/** What both rules of a flow have in common. */
const flowKey = ({ direction, of, other, protocol, port, because }: Rule): string =>
  JSON.stringify([...(direction === 'out' ? [of, other] : [other, of]), protocol ?? '', port ?? '', because]);

function rowOf(rule: Rule, partner: Rule | undefined): Flow {
  const { direction, of, other, protocol, port, because, name } = rule;
  const [from, to] = direction === 'out' ? [of, other] : [other, of];
  const more = { protocol, port, because: because === `${nameOf(from)} to ${nameOf(to)}` ? undefined : because, name };
  const isPair = partner !== undefined && isGroup(from) && isGroup(to);
  if (isPair) return { from, to, ...more };
  return direction === 'in' ? { from: other, into: of, ...more } : { outOf: of, to: other, ...more };
}

const isGroup = (end: OtherEnd): end is GroupEnd => typeof end !== 'string' && 'groupId' in end;

const nameOf = (end: OtherEnd): string =>
  typeof end === 'string' ? (end === 'anywhere' ? end : end.replace(/[^a-zA-Z0-9]+/g, '-')) : end.peerName;

/** By who calls, then whom. */
function sortKey(row: Flow): string {
  const [from, to] = 'into' in row ? [row.from, row.into] : ['outOf' in row ? row.outOf : row.from, row.to];
  return JSON.stringify([nameOf(from), nameOf(to), row.port ?? 0, 'into' in row]);
}

/** Groups of the program in the place of what says their names and ids. */
function withSelves(value: Value, around: Around): Value {
  if (Array.isArray(value)) return value.map((each: Value) => withSelves(each, around));
  if (!isProperties(value)) return value;
  const group = typeof value.groupId === 'string' ? OWN.exec(value.groupId)?.[1] : undefined;
  const address = `${GROUP}::${group ?? ''}-group`;
  if (group !== undefined && around.isOwnGroup(address)) return `\${${address}#${SELF}}`;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]): readonly [string, Value] => [name, withSelves(each, around)]),
  ) as Properties;
}
