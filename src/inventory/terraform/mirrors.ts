/**
 * Lists in which the provider shows what other resources put there: the rules of a group, the routes of a table, the policies of a role.
 * What stands for itself is taken out of the list, so that it counts once; and so is what a plan takes away, since the list was read before.
 */
import type { Instance } from './instance.ts';
import { at, isObject, type Json, textAt } from './json.ts';
import { ruleKeys, withoutPeers } from './rules.ts';

/** The lists of `type` that resources of other types fill. */
interface Mirror {
  readonly types: readonly string[];
  readonly lists: readonly string[];
  readonly fillers: readonly string[];
  /** The id or name of the holder that a filler names. */
  readonly holder: (filler: Json) => string | undefined;
  /** What the holder is named by. */
  readonly named: (holder: Json) => readonly (string | undefined)[];
  /** What the filler puts into the list. */
  readonly keys: (filler: Json, type: string, list: string) => readonly string[];
  /** The list without these. */
  readonly without: (value: unknown, keys: ReadonlySet<string>, holder: Json) => unknown;
}

const byId = (holder: Json): readonly (string | undefined)[] => [textAt(holder, 'id')];

const withoutTexts = (value: unknown, keys: ReadonlySet<string>): unknown =>
  Array.isArray(value) ? value.filter((one) => typeof one !== 'string' || !keys.has(one)) : value;

const withoutObjects =
  (keyOf: (one: Json) => string) =>
  (value: unknown, keys: ReadonlySet<string>): unknown =>
    Array.isArray(value) ? value.filter((one) => !isObject(one) || !keys.has(keyOf(one))) : value;

/** A list of ids, each put there by a resource that names the holder and the id. */
const ofIds = (
  type: string,
  list: string,
  filler: string,
  holder: string,
  id: string,
  named: Mirror['named'] = byId,
): Mirror => ({
  types: [type],
  lists: [list],
  fillers: [filler],
  holder: (one) => textAt(one, holder),
  named,
  keys: (one) => [textAt(one, id) ?? ''],
  without: withoutTexts,
});

/** A text that a resource of its own sets; it is none when that is gone. */
const ofText = (type: string, text: string, filler: string, holder: string): Mirror => ({
  types: [type],
  lists: [text],
  fillers: [filler],
  holder: (one) => textAt(one, holder),
  named: (one) => [textAt(one, 'id'), textAt(one, 'arn')],
  keys: () => ['all of it'],
  without: () => '',
});

const destination = (route: Json): string =>
  [
    'destination_cidr_block',
    'cidr_block',
    'destination_ipv6_cidr_block',
    'ipv6_cidr_block',
    'destination_prefix_list_id',
  ]
    .map((key) => textAt(route, key))
    .find((one) => one !== undefined) ?? '';

const MIRRORS: readonly Mirror[] = [
  {
    types: ['aws_security_group', 'aws_default_security_group'],
    lists: ['ingress', 'egress'],
    fillers: ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
    holder: (rule) => textAt(rule, 'security_group_id'),
    named: byId,
    keys: ruleKeys,
    without: withoutPeers,
  },
  {
    types: ['aws_route_table', 'aws_default_route_table'],
    lists: ['route'],
    fillers: ['aws_route'],
    holder: (route) => textAt(route, 'route_table_id'),
    named: byId,
    keys: (route) => [destination(route)],
    without: withoutObjects(destination),
  },
  {
    types: ['aws_network_acl', 'aws_default_network_acl'],
    lists: ['ingress', 'egress'],
    fillers: ['aws_network_acl_rule'],
    holder: (rule) => textAt(rule, 'network_acl_id'),
    named: byId,
    keys: (rule, _, list) => ((rule.egress === true) === (list === 'egress') ? [String(rule.rule_number)] : []),
    without: withoutObjects((rule) => String(rule.rule_no)),
  },
  {
    types: ['aws_iam_role'],
    lists: ['inline_policy'],
    fillers: ['aws_iam_role_policy'],
    holder: (policy) => textAt(policy, 'role'),
    named: byId,
    keys: (policy) => [textAt(policy, 'name') ?? ''],
    without: withoutObjects((policy) => textAt(policy, 'name') ?? ''),
  },
  ofIds('aws_iam_role', 'managed_policy_arns', 'aws_iam_role_policy_attachment', 'role', 'policy_arn', (role) => [
    textAt(role, 'id'),
    textAt(role, 'name'),
  ]),
  ofIds(
    'aws_instance',
    'vpc_security_group_ids',
    'aws_network_interface_sg_attachment',
    'network_interface_id',
    'security_group_id',
    (one) => [textAt(one, 'primary_network_interface_id')],
  ),
  ofIds(
    'aws_network_interface',
    'security_groups',
    'aws_network_interface_sg_attachment',
    'network_interface_id',
    'security_group_id',
  ),
  ofIds(
    'aws_autoscaling_group',
    'target_group_arns',
    'aws_autoscaling_attachment',
    'autoscaling_group_name',
    'lb_target_group_arn',
  ),
  ofIds('aws_network_acl', 'subnet_ids', 'aws_network_acl_association', 'network_acl_id', 'subnet_id'),
  ofIds(
    'aws_vpc_endpoint',
    'route_table_ids',
    'aws_vpc_endpoint_route_table_association',
    'vpc_endpoint_id',
    'route_table_id',
  ),
  ofText('aws_s3_bucket', 'policy', 'aws_s3_bucket_policy', 'bucket'),
  ofText('aws_sqs_queue', 'policy', 'aws_sqs_queue_policy', 'queue_url'),
  ofText('aws_sns_topic', 'policy', 'aws_sns_topic_policy', 'arn'),
];

/**
 * The instances with each such list without what others put into it. Of what a plan changes the list is what the plan says, so that only
 * what stays is taken out of it; of what it leaves alone, also what it takes away.
 */
export function withoutMirrored(instances: readonly Instance[], before: readonly Instance[]): readonly Instance[] {
  const after = fillersOf(instances);
  const ever = fillersOf([...instances, ...before]);
  return instances.map((one) => {
    if (one.mode !== 'managed' || one.fate === 'created') return one;
    const changed = MIRRORS.flatMap((mirror, n) =>
      mirror.types.includes(one.type) ? without(mirror, one, (one.fate === 'stays' ? ever : after)[n]) : [],
    );
    return changed.length === 0 ? one : { ...one, values: { ...one.values, ...Object.fromEntries(changed) } };
  });
}

type Fillers = ReadonlyMap<string, readonly Instance[]>;

/** What fills the lists of each mirror, by the holder's name. */
function fillersOf(instances: readonly Instance[]): readonly Fillers[] {
  const byType = new Map<string, Instance[]>();
  for (const one of instances) {
    if (one.mode !== 'managed') continue;
    const list = byType.get(one.type);
    if (list) list.push(one);
    else byType.set(one.type, [one]);
  }
  return MIRRORS.map(({ fillers, holder }) => {
    const found = new Map<string, Instance[]>();
    for (const filler of fillers.flatMap((type) => byType.get(type) ?? [])) {
      const name = holder(filler.values);
      if (name === undefined) continue;
      const list = found.get(name);
      if (list) list.push(filler);
      else found.set(name, [filler]);
    }
    return found;
  });
}

function without(mirror: Mirror, one: Instance, all: Fillers | undefined): readonly (readonly [string, unknown])[] {
  const fillers = [...new Set(mirror.named(one.values))].flatMap((name) =>
    name === undefined ? [] : (all?.get(name) ?? []),
  );
  if (fillers.length === 0) return [];
  return mirror.lists.flatMap((list) => {
    const keys = new Set(fillers.flatMap((filler) => mirror.keys(filler.values, filler.type, list)));
    const value = at(one.values, list);
    const told = keys.size > 0 && value !== undefined && value !== null;
    return told ? [[list, mirror.without(value, keys, one.values)] as const] : [];
  });
}
