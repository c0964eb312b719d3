/** Whom of the internet security groups admit to one TCP port. What else stands in the way is another room's to say. */
import { type Estate, find, memoised } from '../../estate/estate.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  INTERNET_IPV4,
  internetPart,
  isEmpty,
  isSubset,
  NO_ADDRESSES,
  parseCidr,
  union,
  unionAll,
} from '../../estate/sets/index.ts';
import type { Ref, Source } from '../../estate/source.ts';

export interface Openness {
  /** The blocks that are let in; undefined for the whole internet. */
  readonly cidrs: readonly string[] | undefined;
  /** The groups that let them in, each with its first such rule. */
  readonly by: readonly { readonly group: string; readonly written: string; readonly source: Source }[];
}

export interface Question {
  readonly port: number;
  /** Only rules about few ports count: a rule for all ports says nothing about any one. */
  readonly narrowOnly?: boolean;
}

/** Whom the groups let in at a port: null for nobody of the internet, undefined when the rules are not known. */
export function openness(
  estate: Estate,
  groups: readonly Ref<'securityGroup'>[] | undefined,
  question: Question,
): Openness | null | undefined {
  if (groups === undefined) return undefined;
  // Many things share few combinations of groups, so each is looked through once.
  const answers = known(estate);
  const key = `${question.port} ${question.narrowOnly === true} ${groups.map((ref) => ref.id).join(' ')}`;
  let answer = answers.get(key);
  if (!answer) {
    answer = { value: compute(estate, groups, question) };
    answers.set(key, answer);
  }
  return answer.value;
}

const known = memoised(() => new Map<string, { readonly value: Openness | null | undefined }>());

function compute(
  estate: Estate,
  refs: readonly Ref<'securityGroup'>[],
  question: Question,
): Openness | null | undefined {
  const by: Openness['by'][number][] = [];
  const cidrs = new Set<string>();
  let all: AddressSet = NO_ADDRESSES;
  for (const ref of refs) {
    const group = find(estate, ref);
    if (group?.ingress === undefined) return undefined;
    const rules = group.ingress.filter((rule) => admits(rule, question));
    const blocks = rules.flatMap((rule) => blocksOf(estate, rule).filter(isOfInternet));
    const source = rules.find((rule) => blocksOf(estate, rule).some(isOfInternet))?.source;
    if (source === undefined) continue;
    for (const block of blocks) cidrs.add(block);
    all = union(all, unionAll(blocks.flatMap((block) => parseCidr(block) ?? [])));
    by.push({ group: nameOf(group), written: shortened([...new Set(blocks)]), source });
  }
  if (by.length === 0) return null;
  return { cidrs: isEverybody(all) ? undefined : [...cidrs].sort(), by };
}

const nameOf = (group: SecurityGroup): string => (group.name === group.id ? group.id : `${group.name} (${group.id})`);

/** Everybody of IPv4 is everybody for most people; everybody of IPv6 alone is not. */
const isEverybody = (set: AddressSet): boolean => isSubset(INTERNET_IPV4, set);

const admits = (rule: SecurityGroupRule, { port, narrowOnly }: Question): boolean => {
  if (rule.protocol === -1) return narrowOnly !== true;
  if (rule.protocol !== 6 || rule.ports === undefined) return false;
  if (rule.ports === null) return narrowOnly !== true;
  return (
    rule.ports.from <= port && port <= rule.ports.to && (narrowOnly !== true || rule.ports.to - rule.ports.from < 100)
  );
};

function blocksOf(estate: Estate, rule: SecurityGroupRule): readonly string[] {
  if (rule.peer?.type === 'cidr') return [rule.peer.cidr];
  if (rule.peer?.type === 'prefixList') return find(estate, rule.peer.ref)?.cidrs ?? [];
  return [];
}

function isOfInternet(block: string): boolean {
  const set = parseCidr(block);
  return set !== undefined && !isEmpty(internetPart(set));
}

const SHOWN = 3;

/** `a, b, c and 4 more` */
const shortened = (blocks: readonly string[]): string =>
  blocks.slice(0, SHOWN).join(', ') + (blocks.length > SHOWN ? ` and ${blocks.length - SHOWN} more` : '');
