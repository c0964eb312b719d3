/** What a rule says of an administrator in effect: how it came to be one, in words and as a proof. */
import { byId, type Estate, find, memoised } from '../../estate/estate.ts';
import { provenance } from '../../estate/source.ts';
import { type Administrator, administrators } from '../access/administrators/administrators.ts';
import type { Condition, DecidingStatement } from '../access/answer.ts';
import { lastName } from '../access/policy/arn.ts';
import type { Hop } from '../verdict.ts';

const index: (estate: Estate) => ReadonlyMap<string, Administrator> = memoised(
  (estate) => new Map(administrators(estate).map((entry) => [entry.principal.id, entry])),
);

/** The verdict about a user or role; undefined for AWS's own service-linked roles and for what is neither. */
export const administratorOf = (estate: Estate, principal: string): Administrator | undefined =>
  index(estate).get(principal);

export const isAdministrator = (estate: Estate, principal: string): boolean =>
  administratorOf(estate, principal)?.verdict === 'yes';

const nameOf = (estate: Estate, id: string): string => byId(estate, id)?.name ?? lastName(id);
const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Completes "alice is an administrator …": `by the policy AdministratorAccess of group administrators`. */
export function wayText(estate: Estate, { way, chain, statements, principal }: Administrator): string {
  if (way === 'escalation')
    return `in effect: it can ${chain.map(({ says, to }) => `${says} “${nameOf(estate, to)}”`).join(', which can ')}`;
  const policies = unique(
    statements
      .filter(({ effect, type }) => effect === 'Allow' && (type === 'managed' || type === 'inline'))
      .map(({ policy, holder }) => {
        const held = holder === principal.id ? '' : ` of the group ${nameOf(estate, holder)}`;
        return `the policy “${lastName(policy)}”${held}`;
      }),
  );
  const trick = way === 'notAction' ? ', which allows everything but what it names' : '';
  return `by ${policies.join(' and ')}${trick}`;
}

/** Every link of the chain with the statements that prove it. Never empty for a yes. */
export function administratorProof(estate: Estate, administrator: Administrator): readonly Hop[] {
  const { principal, chain, statements } = administrator;
  const hops: Hop[] = [];
  for (const { from, to, by, says } of chain)
    hops.push({
      resource: from,
      by,
      code: 'escalation',
      detail: `${nameOf(estate, from)} can ${says} “${nameOf(estate, to)}”`,
    });
  if (principal.kind === 'user')
    for (const ref of principal.groups ?? []) {
      const group = find(estate, ref);
      if (!group || !statements.some(({ holder }) => holder === group.id)) continue;
      hops.push({
        resource: principal.id,
        by: group.id,
        code: 'reference',
        detail: `${principal.name} is in the group ${group.name}`,
        provenance: provenance(principal, ref),
      });
    }
  return [...hops, ...statements.map((statement) => statementHop(estate, statement, chain.length === 0))];
}

/** @param whole Whether the statement gives everything by itself, and not only a step of a chain. */
function statementHop(
  estate: Estate,
  { effect, policy, type, holder, sid, index: at, source, notAction }: DecidingStatement,
  whole: boolean,
): Hop {
  const which = sid ?? `statement ${at + 1}`;
  const held = byId(estate, holder);
  return {
    resource: holder,
    by: `${policy}#${sid ?? at}`,
    code: `access-${type}`,
    detail:
      type === 'trust'
        ? `${which} of the trust policy of ${nameOf(estate, holder)} lets it in`
        : givenText(
            `${which} of the policy “${lastName(policy)}” of ${held ? `${held.kind} ${held.name}` : lastName(holder)}`,
            effect,
            whole && (notAction ? 'but' : 'all'),
          ),
    ...(source ? { provenance: source } : {}),
  };
}

/** `wide`: whether the statement gives everything, or everything but what it names. */
function givenText(statement: string, effect: DecidingStatement['effect'], wide: 'all' | 'but' | false): string {
  if (effect !== 'Allow') return `${statement} denies it`;
  if (wide === false) return `${statement} allows it`;
  return wide === 'all' ? `${statement} allows everything` : `${statement} allows everything but what it names`;
}

/** Whether a condition asks for a second factor: an Allow that wants it, or a Deny for who comes without. */
export const asksForMfa = ({ holds, tests }: Condition): boolean =>
  tests.some(
    ({ key, operator, values }) =>
      (key.toLowerCase() === 'aws:multifactorauthpresent' &&
        values.some((value) => value.toLowerCase() === String(holds))) ||
      (key.toLowerCase() === 'aws:multifactorauthage' && /^(Numeric|Null)/i.test(operator)),
  );
