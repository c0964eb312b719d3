import type { Answers } from '../../answers.ts';
import type { Item } from '../../item.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { foreign, nameOf, notTold, ownItems, refused, written } from '../ec2.ts';
import { type Direction, flatRule, ruleBlocks, ruleInputs, rulesIn, type WritableRule } from '../group-rules.ts';

const GROUP = 'aws:ec2/securityGroup:SecurityGroup';
const RULE: Readonly<Record<Direction, string>> = {
  ingress: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  egress: 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
};
const GROUPS = 'ec2:DescribeSecurityGroups';
const RULES = 'ec2:DescribeSecurityGroupRules';

/**
 * Groups with each rule as a resource of its own. The default group of a VPC is one like the others: as a
 * `DefaultSecurityGroup` it would lose its rules. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultsecuritygroup/
 */
export const adopter: Adopter = {
  name: 'security-group',
  types: [GROUP, RULE.ingress, RULE.egress],
  operations: [GROUPS, RULES],
  adopt: (answers) => {
    const told = toldRules(answers);
    return ownItems(answers, GROUPS, 'SecurityGroups', 'GroupId').flatMap((item) => group(item, told));
  },
};

/** Rules with an id, by group and by what they let through. */
type ToldRules = ReadonlyMap<string, ReadonlyMap<string, { readonly id: string; readonly item: Item }>>;

function toldRules(answers: Answers): ToldRules {
  const groups = new Map<string, Map<string, { id: string; item: Item }>>();
  for (const item of answers.items(RULES, 'SecurityGroupRules')) {
    const [groupId, id, rule] = [item.string('GroupId'), item.string('SecurityGroupRuleId'), flatRule(item)];
    if (!groupId || !id || rule === undefined) continue;
    const rules = groups.get(groupId) ?? new Map<string, { id: string; item: Item }>();
    rules.set(rule.key, { id, item });
    groups.set(groupId, rules);
  }
  return groups;
}

function group(item: Item, told: ToldRules): readonly Adoption[] {
  const id = item.string('GroupId');
  const of: Whole = { kind: 'securityGroup', id: idOf(item, 'GroupId') };
  const [name, description, vpcId] = [item.string('GroupName'), item.string('Description'), item.string('VpcId')];
  const [ingress, egress] = [rulesIn(item, 'ingress'), rulesIn(item, 'egress')];
  const because =
    foreign(item) ??
    (id && name && description && vpcId ? undefined : notTold(GROUPS, 'id, name, description or VPC')) ??
    (ingress && egress ? undefined : 'one of its rules was not told wholly');
  if (because !== undefined || !id || !ingress || !egress) return [refused(GROUP, of, because ?? '')];

  const own = told.get(id);
  const single = [...ingress, ...egress].map((rule) => ({ rule, ...own?.get(rule.key) }));
  const inputs = said({ name, description, vpcId });
  const outputs = said({ arn: item.string('SecurityGroupArn') });
  const shown = nameOf(item, name ?? id);
  const singles = single.flatMap(({ rule, id: ruleId, item: at }) =>
    ruleId === undefined || at === undefined ? [] : [ruleResource(at, ruleId, rule, id, shown, of)],
  );
  if (singles.length === single.length)
    return [written(item, { type: GROUP, id, name: shown, of, inputs, outputs }), ...singles];

  if (single.some(({ rule }) => rule.peering !== undefined))
    return [refused(GROUP, of, `its rules name groups beyond a peering, and their ids were not read (${RULES})`)];
  const blocks = { ingress: ruleBlocks(ingress, id), egress: ruleBlocks(egress, id) };
  return [written(item, { type: GROUP, id, name: shown, of, inputs: { ...inputs, ...blocks }, outputs })];
}

const ruleResource = (at: Item, id: string, rule: WritableRule, groupId: string, shown: string, of: Whole): Adoption =>
  written(at, {
    type: RULE[rule.direction],
    id,
    name: `${shown}-${spoken(rule)}`,
    of,
    inputs: ruleInputs(rule, groupId),
    outputs: said({ vpcPeeringConnectionId: rule.peering }),
    // taking single rules away is what closing a group is
    protect: false,
  });

/** `tcp-443-from-0.0.0.0/0`. */
function spoken({ direction, protocol, from, to, peer }: WritableRule): string {
  const ports = from === undefined || from === -1 ? '' : from === to ? `-${from}` : `-${from}-${to}`;
  const traffic = protocol === '-1' ? 'all' : `${protocol}${ports}`;
  return `${traffic}-${direction === 'ingress' ? 'from' : 'to'}-${peer[1]}`;
}
