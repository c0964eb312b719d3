/** Who may do what: by the statements that come and go. */
import { all, byId, type Estate } from '../../estate/estate.ts';
import { asSet, type Direction, type Judge, type Judged } from './judge.ts';

/** Statements that allow are added or taken away; a deny is the other way round. */
export const asPolicy: Judge = (before, after) => policyDirection(before, after);

function policyDirection(before: unknown, after: unknown): Direction {
  const [was, is] = [statementsOf(before), statementsOf(after)];
  if (was === undefined || is === undefined) return 'switches';
  const gone = was.filter((one) => !is.includes(one));
  const come = is.filter((one) => !was.includes(one));
  const allows = (text: string): boolean => !/"Effect":"Deny"/.test(text);
  const adds = come.some(allows) || gone.some((one) => !allows(one));
  const removes = gone.some(allows) || come.some((one) => !allows(one));
  return adds && removes ? 'switches' : adds ? 'adds' : removes ? 'removes' : 'neutral';
}

function statementsOf(policy: unknown): readonly string[] | undefined {
  if (policy === null) return [];
  if (typeof policy !== 'string') return undefined;
  try {
    const { Statement } = JSON.parse(policy) as { Statement?: unknown };
    const list = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
    return list.map((one) => JSON.stringify(one));
  } catch {
    return undefined;
  }
}

export const asInlinePolicies: Judge = (before, after) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return 'switches';
  const text = (list: readonly unknown[]): string | undefined => {
    const statements = list.map((one) => statementsOf((one as { document?: unknown }).document));
    return statements.includes(undefined) ? undefined : `{"Statement":[${statements.flat().join(',')}]}`;
  };
  const [was, is] = [text(before), text(after)];
  return was === undefined || is === undefined ? 'switches' : policyDirection(was, is);
};

/** A managed policy that denies takes away where it is attached. */
export const asAttachments: Judge = (before, after, _change, then, now) => {
  const direction = asSet(before, after, _change, then, now);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const [was, is] = [before, after].map((list) => new Set((list as readonly { id: string }[]).map(({ id }) => id)));
  const moved = [...(is ?? []), ...(was ?? [])].filter((id) => was?.has(id) !== is?.has(id));
  const denies = moved.some((id) => {
    const policy = [...all(now, 'policy'), ...all(then, 'policy')].find((one) => one.id === id);
    return /"Effect"\s*:\s*"Deny"/.test(policy?.document ?? '');
  });
  if (!denies) return direction;
  const allows = moved.some((id) => {
    const policy = [...all(now, 'policy'), ...all(then, 'policy')].find((one) => one.id === id);
    return /"Effect"\s*:\s*"Allow"/.test(policy?.document ?? '');
  });
  return allows ? 'switches' : direction === 'adds' ? 'removes' : 'adds';
};

/** Joining a group gives what its policies allow, and takes what they deny. */
export const asMemberships: Judge = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const [was, is] = [before, after].map((list) => new Set((list as readonly { id: string }[]).map(({ id }) => id)));
  const moved = [...(is ?? []), ...(was ?? [])].filter((id) => was?.has(id) !== is?.has(id));
  const texts = [now, then].flatMap((estate) =>
    all(estate, 'group').flatMap((group) =>
      moved.includes(group.id)
        ? [
            ...(group.inlinePolicies ?? []).map(({ document }) => document),
            ...(group.attachedPolicies ?? []).map(({ id }) => documentOf(estate, id)),
          ]
        : [],
    ),
  );
  if (!texts.some((text) => /"Effect"\s*:\s*"Deny"/.test(text ?? ''))) return direction;
  if (texts.some((text) => text === undefined || /"Effect"\s*:\s*"Allow"/.test(text))) return 'switches';
  return direction === 'adds' ? 'removes' : 'adds';
};

const documentOf = (estate: Estate, id: string): string | undefined => {
  const policy = byId(estate, id);
  return policy?.kind === 'policy' ? policy.document : undefined;
};

export function asBoundary(before: unknown, after: unknown): Direction {
  return before === null && after !== null ? 'removes' : before !== null && after === null ? 'adds' : 'switches';
}

/** Who may call a function is seen where it comes: that nobody who calls it is kept out, nothing shows. */
export const asCallers: Judge<Judged> = (before, after) => {
  const direction = policyDirection(before, after);
  return direction === 'adds' || direction === 'neutral' ? direction : { unjudged: direction };
};
