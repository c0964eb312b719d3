/** Rules of security groups peer by peer: a group shows them in lists of peers, and a rule of its own may have one or many. */
import { isObject, type Json, listAt, textAt } from './json.ts';

const NUMBERS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' };

/** Protocol and ports; for all protocols the ports say nothing. */
function traffic(rule: Json, protocol: string): string {
  const named = String(rule[protocol]).toLowerCase();
  const kind = NUMBERS[named] ?? named;
  return kind === '-1' ? kind : `${kind} ${rule.from_port}-${rule.to_port}`;
}

const LISTS = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'] as const;

const SELF = 'itself';

/** What a rule of its own puts into a group's list. */
export function ruleKeys(rule: Json, type: string, list: string): readonly string[] {
  const group = textAt(rule, 'security_group_id');
  const named = (peer: string): string => (peer === group ? SELF : peer);
  if (type === 'aws_security_group_rule') {
    if (rule.type !== list) return [];
    const peers = [
      ...LISTS.flatMap((each) => listAt(rule, each)).filter((one): one is string => typeof one === 'string'),
      ...(textAt(rule, 'source_security_group_id') === undefined ? [] : [named(String(rule.source_security_group_id))]),
      ...(rule.self === true ? [SELF] : []),
    ];
    return peers.map((peer) => `${traffic(rule, 'protocol')} ${peer}`);
  }
  if (type !== `aws_vpc_security_group_${list}_rule`) return [];
  return ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'].flatMap((key) => {
    const peer = textAt(rule, key);
    return peer === undefined ? [] : [`${traffic(rule, 'ip_protocol')} ${named(peer)}`];
  });
}

/** A group's list without these peers; rules that are left without any go with them. */
export function withoutPeers(value: unknown, keys: ReadonlySet<string>): unknown {
  if (!Array.isArray(value)) return value;
  return value.flatMap((rule: unknown) => {
    if (!isObject(rule)) return [rule];
    const own = traffic(rule, 'protocol');
    const kept: Record<string, unknown> = { ...rule };
    for (const list of LISTS)
      if (Array.isArray(rule[list]))
        kept[list] = rule[list].filter((peer: unknown) => !keys.has(`${own} ${String(peer)}`));
    if (rule.self === true && keys.has(`${own} ${SELF}`)) kept.self = false;
    const empty = kept.self !== true && LISTS.every((list) => listAt(kept, list).length === 0);
    return empty ? [] : [kept];
  });
}
