/** Everything that is wrong with the policies of an estate, each with its place: what findings are made of. */
import type { Estate } from '../../estate/estate.ts';
import { all, memoised } from '../../estate/estate.ts';
import type { PolicyText } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Missing } from '../verdict.ts';
import { missing } from './attached.ts';
import { actionsOf, expandAction, nearestAction } from './catalog/catalog.ts';
import { policyReader } from './identity.ts';
import type { PolicyForm } from './policy/parse.ts';
import { isEverything, type Pattern } from './policy/pattern.ts';
import type { PolicyProblemCode, Statement } from './policy/statement.ts';
import { READ_BY } from './resource-policy.ts';

export interface PolicyDiagnosis {
  /** The resource that holds the policy. */
  readonly holder: Resource;
  /** Name of an inline policy, else the holder's id. */
  readonly policy: string;
  readonly code: PolicyProblemCode | 'unknownAction' | 'unknownService';
  readonly severity: 'broken' | 'odd';
  readonly statement: number | null;
  readonly message: string;
}

interface Text {
  readonly holder: Resource;
  readonly policy: string;
  readonly form: PolicyForm;
  /** Null: there is none. */
  readonly text: PolicyText | null | undefined;
  /** What would tell it. */
  readonly read: string;
}

const WORDS = { user: 'User', group: 'Group', role: 'Role' } as const;

function texts(estate: Estate): readonly Text[] {
  const own = (['user', 'group', 'role'] as const).flatMap((kind) =>
    all(estate, kind).flatMap((holder): readonly Text[] => {
      const { inlinePolicies, id: policy } = holder;
      if (!inlinePolicies)
        return [{ holder, policy, form: 'identity', text: undefined, read: `iam:List${WORDS[kind]}Policies` }];
      const read = `iam:Get${WORDS[kind]}Policy`;
      return inlinePolicies.map(({ name, document }) => ({
        ...{ holder, policy: name, form: 'identity', text: document, read },
      }));
    }),
  );
  const held = (['bucket', 'queue', 'topic', 'key', 'secret', 'function', 'table'] as const).flatMap((kind) =>
    all(estate, kind).map(
      (holder): Text => ({ holder, policy: holder.id, form: 'resource', text: holder.policy, read: READ_BY[kind] }),
    ),
  );
  return [
    ...own,
    ...all(estate, 'policy').map(
      (holder): Text => ({
        ...{ holder, policy: holder.id, form: 'identity', text: holder.document, read: 'iam:GetPolicyVersion' },
      }),
    ),
    ...all(estate, 'role').map(
      (holder): Text => ({ holder, policy: holder.id, form: 'trust', text: holder.trust, read: READ_BY.role }),
    ),
    ...all(estate, 'organizationPolicy').map(
      (holder): Text => ({
        holder,
        policy: holder.id,
        form: holder.type === 'SERVICE_CONTROL_POLICY' ? 'organization' : 'resource',
        text: holder.document,
        read: 'organizations:DescribePolicy',
      }),
    ),
    ...held,
  ];
}

/** What stands in policies that the input does not tell, by the id of their holder. */
export const untoldPolicies: (estate: Estate) => ReadonlyMap<string, readonly Missing[]> = memoised((estate) => {
  const untold = new Map<string, Missing[]>();
  for (const { holder, text, read } of texts(estate)) {
    if (text !== undefined) continue;
    const told = missing(read, 'the text of a policy is not in the input', holder.id);
    const list = untold.get(holder.id);
    if (list) list.push(told);
    else untold.set(holder.id, [told]);
  }
  return untold;
});

export const diagnosePolicies = memoised((estate): readonly PolicyDiagnosis[] =>
  texts(estate).flatMap(({ holder, policy, form, text }) => {
    if (text === null || text === undefined) return [];
    const document = policyReader(estate).document(text, form);
    return [
      ...document.problems.map((problem) => ({ holder, policy, ...problem })),
      ...document.statements.flatMap((statement) => misspelt(statement).map((found) => ({ holder, policy, ...found }))),
    ];
  }),
);

function misspelt(statement: Statement): readonly Omit<PolicyDiagnosis, 'holder' | 'policy'>[] {
  return statement.actions.items.flatMap((pattern) => {
    const problem = actionProblem(pattern);
    return problem ? [{ ...problem, severity: 'odd' as const, statement: statement.index }] : [];
  });
}

/** AWS itself wrote this one, which it does not have, into the default policies of topics. */
const AWS_OWN = 'sns:receive';

/** AWS takes any action name; one that it does not have simply never matches. */
export function actionProblem({
  text,
}: Pick<Pattern, 'text'>): { readonly code: 'unknownAction' | 'unknownService'; readonly message: string } | undefined {
  const colon = text.indexOf(':');
  if (colon < 0 || isEverything({ text, tokens: [], hasVariables: false })) return undefined;
  const service = text.slice(0, colon);
  if (!/[*?]/.test(service) && !actionsOf(service))
    return {
      code: 'unknownService',
      message: `AWS has no service with the prefix "${service}" that we know of, so "${text}" may match nothing.`,
    };
  if (expandAction(text).length > 0 || text === AWS_OWN) return undefined;
  const near = /[*?]/.test(text) ? undefined : nearestAction(text);
  const meant = near ? ` Was "${near}" meant?` : '';
  return {
    code: 'unknownAction',
    message: `AWS has no action "${text}" that we know of, so it matches nothing.${meant}`,
  };
}
