/**
 * Who from outside of the account may use a thing by its own policy. A statement that comes and names everybody, or another
 * account, opens the thing to them, unless the step says so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import type { Resource } from '../../estate/resource.ts';
import type { State } from '../state.ts';
import { type Change, HAS_POLICY } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

/** Conditions that bind a statement to the own account, organization or network. */
const BINDS =
  /"(aws:(Source(Account|Arn|Owner|OrgID|Vpc|Vpce|VpcArn)|Principal(Account|Arn|OrgID|OrgPaths)|ResourceAccount)|kms:CallerAccount|lambda:FunctionUrlAuthType)"/i;

export function strangersLetIn(changes: readonly Change[], after: State, found: Findings): void {
  for (const { before, after: is } of changes) {
    if (!is || !HAS_POLICY.has(is.kind)) continue;
    const known = new Set(before ? strangersOf(before) : []);
    for (const stranger of strangersOf(is)) {
      if (known.has(stranger)) continue;
      if (after.exposed.some(({ resource }) => resource === is.id)) continue;
      const [who = '', bound] = stranger.split(' ');
      if (bound === undefined)
        found.violations.push(counterexample(is.id, `its policy would let ${says(who)} use ${is.name}`));
      else
        found.unknowns.push(
          counterexample(is.id, `whether the conditions of its policy keep ${says(who)} from ${is.name} is not known`),
        );
    }
  }
}

const says = (who: string): string => (who === '*' ? 'everybody' : `the account ${who}`);

/** `*`, or the number of another account; with ` conditional` where conditions may keep them out. */
function strangersOf(resource: Resource): readonly string[] {
  const text = resource.kind === 'role' ? resource.trust : 'policy' in resource ? resource.policy : undefined;
  if (typeof text !== 'string') return [];
  return statementsOf(text).flatMap((statement) => {
    if (statement.Effect !== 'Allow') return [];
    if (statement.NotPrincipal !== undefined) return ['*'];
    const condition = JSON.stringify(statement.Condition ?? null);
    if (BINDS.test(condition)) return [];
    const suffix = statement.Condition === undefined ? '' : ' conditional';
    return principalsOf(statement.Principal)
      .filter((who) => who !== resource.account)
      .map((who) => `${who}${suffix}`);
  });
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: unknown;
}

function statementsOf(text: string): readonly Statement[] {
  try {
    const { Statement: list } = JSON.parse(text) as { readonly Statement?: Statement | readonly Statement[] };
    return list === undefined ? [] : Array.isArray(list) ? list : [list as Statement];
  } catch {
    return [];
  }
}

/** Everybody, or numbers of accounts; services of AWS and identity providers are no strangers of this kind. */
function principalsOf(principal: unknown): readonly string[] {
  if (principal === '*') return ['*'];
  const aws =
    typeof principal === 'object' && principal !== null ? (principal as { readonly AWS?: unknown }).AWS : undefined;
  const list = Array.isArray(aws) ? aws : aws === undefined ? [] : [aws];
  return list.flatMap((one) => {
    if (typeof one !== 'string') return [];
    const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::|$)/.exec(one)?.[1];
    return account !== undefined ? [account] : one === '*' ? ['*'] : [];
  });
}
