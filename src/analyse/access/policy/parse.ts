/**
 * Policy text to typed statements. Never throws: what is wrong comes back as problems, what is right is kept.
 * The grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { parseOperator } from './operators.ts';
import { type Pattern, parsePattern } from './pattern.ts';
import type {
  ConditionEntry,
  Effect,
  PolicyDocument,
  PolicyProblem,
  PolicyProblemCode,
  PrincipalEntry,
  PrincipalType,
  Selection,
  Statement,
} from './statement.ts';

/** Where a policy stands decides which elements it must have. */
export type PolicyForm = 'identity' | 'resource' | 'trust' | 'organization';

type Fields = Readonly<Record<string, unknown>>;
type Report = (code: PolicyProblemCode, message: string, severity?: PolicyProblem['severity']) => void;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DOCUMENT_KEYS = new Set(['Version', 'Id', 'Statement']);
const STATEMENT_KEYS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);
const PRINCIPAL_TYPES: readonly PrincipalType[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

export function parsePolicy(text: string, form: PolicyForm): PolicyDocument {
  const problems: PolicyProblem[] = [];
  const report =
    (statement: number | null): Report =>
    (code, message, severity = 'broken') => {
      problems.push({ code, severity, statement, message });
    };
  const whole = report(null);
  const done = (version: PolicyDocument['version'], statements: readonly Statement[]): PolicyDocument => ({
    version,
    statements,
    problems,
    broken: problems.some((problem) => problem.severity === 'broken'),
  });

  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it can not be read';
    whole('invalidJson', `The policy is not JSON: ${why}`);
    return done('2008-10-17', []);
  }
  if (!isFields(value)) {
    whole('notAnObject', 'A policy is a JSON object with a Statement; this is something else.');
    return done('2008-10-17', []);
  }
  for (const key of Object.keys(value))
    if (!DOCUMENT_KEYS.has(key)) whole('unknownKey', `A policy has no element "${key}".`);
  const version = versionOf(value.Version, whole);
  const raw = Array.isArray(value.Statement) ? value.Statement : value.Statement === undefined ? [] : [value.Statement];
  if (raw.length === 0)
    whole('noStatement', 'The policy has no statement.', value.Statement === undefined ? 'broken' : 'odd');

  const sids = new Set<string>();
  const statements = raw.flatMap((item: unknown, index) => {
    const tell = report(index);
    if (!isFields(item)) {
      tell('wrongType', 'A statement must be an object.');
      return [];
    }
    const statement = statementOf(item, index, form, version === '2012-10-17', tell);
    if (statement?.sid != null) {
      if (sids.has(statement.sid)) tell('duplicateSid', `The Sid "${statement.sid}" is used twice.`, 'odd');
      sids.add(statement.sid);
    }
    return statement ?? [];
  });
  return done(version, statements);
}

function versionOf(value: unknown, report: Report): PolicyDocument['version'] {
  if (value === undefined) return '2008-10-17';
  if (value === '2012-10-17' || value === '2008-10-17') return value;
  report('badVersion', `The version must be "2012-10-17" or "2008-10-17", not ${JSON.stringify(value)}.`);
  return '2012-10-17';
}

function statementOf(
  item: Fields,
  index: number,
  form: PolicyForm,
  variables: boolean,
  report: Report,
): Statement | undefined {
  for (const key of Object.keys(item))
    if (!STATEMENT_KEYS.has(key)) report('unknownKey', `A statement has no element "${key}".`);
  const effect = effectOf(item.Effect, report);
  const actions = actionsOf(item, report);
  const resources = resourcesOf(item, form, variables, report);
  const principals = principalsOf(item, form, report);
  const conditions = conditionsOf(item.Condition, report);
  if (!effect || !actions || !conditions || resources === undefined || principals === undefined) return undefined;
  let sid: string | null = null;
  if (typeof item.Sid === 'string') sid = item.Sid;
  else if (item.Sid !== undefined) report('wrongType', 'Sid must be text.');
  return { index, sid, effect, actions, resources, principals, conditions };
}

function effectOf(value: unknown, report: Report): Effect | undefined {
  if (value === 'Allow' || value === 'Deny') return value;
  if (value === undefined) report('missingEffect', 'The statement does not say "Effect": "Allow" or "Deny".');
  else report('badEffect', `Effect must be "Allow" or "Deny", exactly so, not ${JSON.stringify(value)}.`);
  return undefined;
}

/** One text or a list of texts; undefined when it is neither. */
function texts(value: unknown, element: string, report: Report): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const good = list.filter((item): item is string => typeof item === 'string');
  if (good.length === list.length) return good;
  report('wrongType', `${element} must be text or a list of texts.`);
  return undefined;
}

function actionsOf(item: Fields, report: Report): Selection<Pattern> | undefined {
  if (item.Action !== undefined && item.NotAction !== undefined) {
    report('actionAndNotAction', 'A statement has either Action or NotAction, not both.');
    return undefined;
  }
  const not = item.NotAction !== undefined;
  const value = not ? item.NotAction : item.Action;
  if (value === undefined) {
    report('missingAction', 'The statement names no Action and no NotAction.');
    return undefined;
  }
  const names = texts(value, not ? 'NotAction' : 'Action', report);
  if (!names) return undefined;
  for (const name of names)
    if (!/^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/.test(name) && !/^\*+(:\*+)?$/.test(name))
      report('badAction', `"${name}" is not an action: those look like "s3:GetObject".`, 'odd');
  return { not, items: names.map((name) => parsePattern(name.toLowerCase(), false)) };
}

function resourcesOf(
  item: Fields,
  form: PolicyForm,
  variables: boolean,
  report: Report,
): Selection<Pattern> | null | undefined {
  if (item.Resource !== undefined && item.NotResource !== undefined) {
    report('resourceAndNotResource', 'A statement has either Resource or NotResource, not both.');
    return undefined;
  }
  const not = item.NotResource !== undefined;
  const value = not ? item.NotResource : item.Resource;
  if (value === undefined) {
    if (form !== 'identity' && form !== 'organization') return null;
    report('missingResource', 'The statement names no Resource and no NotResource.');
    return undefined;
  }
  const names = texts(value, not ? 'NotResource' : 'Resource', report);
  if (!names) return undefined;
  for (const name of names)
    if (!/^\*+$/.test(name) && !/^(arn|\*)[:*]/.test(name) && !name.startsWith('${'))
      report('badResource', `"${name}" is neither "*" nor an ARN, so it matches nothing.`, 'odd');
  return { not, items: names.map((name) => parsePattern(name, variables)) };
}

function principalsOf(item: Fields, form: PolicyForm, report: Report): Selection<PrincipalEntry> | null | undefined {
  if (item.Principal !== undefined && item.NotPrincipal !== undefined) {
    report('principalAndNotPrincipal', 'A statement has either Principal or NotPrincipal, not both.');
    return undefined;
  }
  const not = item.NotPrincipal !== undefined;
  const value = not ? item.NotPrincipal : item.Principal;
  if (value === undefined) {
    if (form === 'identity' || form === 'organization') return null;
    report('missingPrincipal', 'The policy of a resource must name a Principal in every statement.');
    return undefined;
  }
  if (form === 'identity') {
    report('principalNotAllowed', 'The policy of a user, group or role can not name a Principal.');
    return undefined;
  }
  if (value === '*') return { not, items: [{ type: 'AWS', value: '*' }] };
  if (!isFields(value)) {
    report('wrongType', 'Principal must be "*" or an object such as {"AWS": "…"}.');
    return undefined;
  }
  if (Object.keys(value).length === 0) {
    report('missingPrincipal', 'The policy of a resource must name a Principal in every statement.');
    return undefined;
  }
  const items: PrincipalEntry[] = [];
  for (const [key, names] of Object.entries(value)) {
    const type = PRINCIPAL_TYPES.find((known) => known === key);
    if (!type) report('unknownKey', `There is no kind of principal "${key}".`);
    else for (const name of texts(names, `Principal ${key}`, report) ?? []) items.push({ type, value: name });
  }
  return { not, items };
}

function conditionsOf(value: unknown, report: Report): readonly ConditionEntry[] | undefined {
  if (value === undefined) return [];
  if (!isFields(value)) {
    report('wrongType', 'Condition must be an object.');
    return undefined;
  }
  const entries: ConditionEntry[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (!parseOperator(operator)) report('unknownOperator', `There is no condition operator "${operator}".`);
    if (!isFields(keys)) {
      report('wrongType', `${operator} must be an object of keys and values.`);
      return undefined;
    }
    for (const [key, raw] of Object.entries(keys)) {
      const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
      const values = list.flatMap((item) =>
        typeof item === 'string' ? [item] : typeof item === 'boolean' || typeof item === 'number' ? [String(item)] : [],
      );
      if (values.length !== list.length) {
        report('wrongType', `${operator} ${key} must have text, numbers or true and false as values.`);
        return undefined;
      }
      entries.push({ operator, key, values });
    }
  }
  return entries;
}
