/** What security groups admit to one TCP port, as written in the rules; the exact analysis is another room's. */
import { type Estate, find, memoised } from '../../estate/estate.ts';
import type { SecurityGroupRule } from '../../estate/kinds/network.ts';
import { internetPart, isEmpty, isWholeInternet, parseCidr, unionAll } from '../../estate/sets/index.ts';
import type { Ref, Source } from '../../estate/source.ts';

export interface Opening {
  /** Blocks of the internet that are let in; undefined for the whole of it. */
  readonly cidrs: readonly string[] | undefined;
  /** The blocks as the rule writes them. */
  readonly written: string;
  /** Whether the rule is about few ports, and so about this one; a rule for all ports says nothing about any. */
  readonly isNarrow: boolean;
  readonly group: string;
  readonly source: Source;
}

/** Rules of the groups that let somebody on the internet in at a port; undefined when the rules are not known. */
export function openPorts(
  estate: Estate,
  groups: readonly Ref<'securityGroup'>[] | undefined,
  port: number,
): readonly Opening[] | undefined {
  const found = groups?.map((ref) => openingsOf(estate, ref, port));
  return found?.every((openings) => openings !== undefined) ? found.flat() : undefined;
}

const known = memoised(() => new Map<string, readonly Opening[] | undefined>());

/** One group may be shared by everything, so its rules are looked through once a port. */
function openingsOf(estate: Estate, ref: Ref<'securityGroup'>, port: number): readonly Opening[] | undefined {
  const answers = known(estate);
  const key = `${ref.id} ${port}`;
  if (!answers.has(key)) answers.set(key, compute(estate, ref, port));
  return answers.get(key);
}

function compute(estate: Estate, ref: Ref<'securityGroup'>, port: number): readonly Opening[] | undefined {
  const group = find(estate, ref);
  return group?.ingress
    ?.filter((rule) => admits(rule, port))
    .flatMap((rule) => {
      const blocks = blocksOf(estate, rule);
      const set = unionAll(blocks.flatMap((block) => parseCidr(block) ?? []));
      if (isEmpty(internetPart(set))) return [];
      return [
        {
          cidrs: isWholeInternet(set) ? undefined : internetBlocks(blocks),
          written: blocks.join(', '),
          isNarrow: rule.ports ? rule.ports.to - rule.ports.from < 100 : false,
          group: group.name,
          source: rule.source,
        },
      ];
    });
}

const admits = (rule: SecurityGroupRule, port: number): boolean =>
  rule.protocol === -1 ||
  (rule.protocol === 6 &&
    rule.ports !== undefined &&
    (rule.ports === null || (rule.ports.from <= port && port <= rule.ports.to)));

function blocksOf(estate: Estate, rule: SecurityGroupRule): readonly string[] {
  if (rule.peer?.type === 'cidr') return [rule.peer.cidr];
  if (rule.peer?.type === 'prefixList') return find(estate, rule.peer.ref)?.cidrs ?? [];
  return [];
}

const internetBlocks = (blocks: readonly string[]): readonly string[] =>
  blocks.filter((block) => {
    const set = parseCidr(block);
    return set !== undefined && !isEmpty(internetPart(set));
  });
