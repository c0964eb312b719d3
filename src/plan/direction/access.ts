/** Who may do what: by the statements that come and go. */
import { mayAllow, shippedText } from '../../analyse/access/managed/managed.ts';
import { byId, type Estate } from '../../estate/estate.ts';
import { changedIds, type Direction, type Judge, type Judged, setDirection } from './judge.ts';

/** Statements that allow are added or taken away; a deny is the other way round. */
export const asPolicy: Judge = (before, after) => policyDirection(before, after);

function policyDirection(before: unknown, after: unknown): Direction {
  const [was, is] = [statementsOf(before), statementsOf(after)];
  if (was === undefined || is === undefined) return 'switches';
  const gone = was.filter((one) => !is.includes(one));
  const come = is.filter((one) => !was.includes(one));
  const adds = come.some(allows) || gone.some((one) => !allows(one));
  const removes = gone.some(allows) || come.some((one) => !allows(one));
  return adds && removes ? 'switches' : adds ? 'adds' : removes ? 'removes' : 'neutral';
}

const allows = (statement: string): boolean => !/"Effect":"Deny"/.test(statement);

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
export const asAttachments: Judge = (before, after, _change, then, now) =>
  carrying(before, after, (id) => [documentOf(now, id) ?? documentOf(then, id)]);

/** Joining a group gives what its policies allow, and takes what they deny. */
export const asMemberships: Judge = (before, after, _change, then, now) =>
  carrying(before, after, (id) => {
    const [was, is] = [textsOfGroup(then, id), textsOfGroup(now, id)];
    return was || is ? [...(was ?? []), ...(is ?? [])] : [undefined];
  });

/** Undefined where there is no such group. */
function textsOfGroup(estate: Estate, id: string): readonly (string | undefined)[] | undefined {
  const group = byId(estate, id);
  if (group?.kind !== 'group') return undefined;
  const attached = group.attachedPolicies?.map((one) => documentOf(estate, one.id));
  const inline = group.inlinePolicies?.map(({ document }) => document);
  return [...(attached ?? [undefined]), ...(inline ?? [undefined])];
}

/** Members come or go, and with each of them the texts that it carries; one that is not known may do anything. */
function carrying(
  before: unknown,
  after: unknown,
  textsOf: (id: string) => readonly (string | undefined)[],
): Direction {
  const direction = setDirection(before, after);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const statements = changedIds(before, after).flatMap(textsOf).map(statementsOf);
  if (statements.includes(undefined)) return 'switches';
  const effects = new Set(statements.flatMap((list) => list ?? []).map(allows));
  if (!effects.has(false)) return direction;
  if (effects.has(true)) return 'switches';
  return direction === 'adds' ? 'removes' : 'adds';
}

/** Of AWS's own policies that we know in part, it is known that none denies. */
const SOMETHING_ALLOWED = '{"Statement":[{"Effect":"Allow"}]}';

function documentOf(estate: Estate, id: string): string | undefined {
  const policy = byId(estate, id);
  const told = policy?.kind === 'policy' ? policy.document : undefined;
  return told ?? shippedText(id) ?? (mayAllow(id) ? SOMETHING_ALLOWED : undefined);
}

export function asBoundary(before: unknown, after: unknown): Direction {
  return before === null && after !== null ? 'removes' : before !== null && after === null ? 'adds' : 'switches';
}

/** Who may call a function, or take up a role, is seen where it comes: that nobody who does so is kept out, nothing shows. */
export const asCallers: Judge<Judged> = (before, after) => {
  const direction = policyDirection(before, after);
  return direction === 'adds' || direction === 'neutral' ? direction : { unjudged: direction };
};
