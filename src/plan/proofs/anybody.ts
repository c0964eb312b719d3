/**
 * Who from outside of the account may use a thing by its own policy. A statement that comes and lets in everybody, another
 * account, or a service of AWS on behalf of anybody's account, opens the thing to them, unless the step says so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import type { Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { estateAt, type State } from '../state.ts';
import { type Bound, boundBy } from './bound.ts';
import { type Change, HAS_POLICY } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

/** One who is let in, to one action on one resource. `unless`: conditions that may keep them out. */
interface Grant {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly unless: string;
}

export function strangersLetIn(changes: readonly Change[], before: State, after: State, found: Findings): void {
  for (const { before: was, after: is } of changes) {
    if (!is || !HAS_POLICY.has(is.kind)) continue;
    if (after.exposed.some(({ resource }) => resource === is.id)) continue;
    if (was && policyOf(was) === policyOf(is)) continue;
    const known = was ? grantsOf(was, estateAt(before)) : [];
    const told = new Set<string>();
    for (const grant of grantsOf(is, estateAt(after))) {
      if (known.some((one) => covers(one, grant))) continue;
      const sure = grant.unless === '' && SURELY.test(grant.who);
      const text = sure
        ? `its policy would let ${says(grant.who)} use ${is.name}`
        : `whether the conditions of its policy keep ${says(grant.who)} from ${is.name} is not known`;
      if (told.has(text)) continue;
      told.add(text);
      (sure ? found.violations : found.unknowns).push(counterexample(is.id, text));
    }
  }
}

/** Everybody, and other accounts; of the others it is not sure that they are strangers. */
const SURELY = /^(\*|\d{12}|signed in by .*)$/;

const says = (who: string): string =>
  who === '*'
    ? 'everybody'
    : /^\d{12}$/.test(who)
      ? `the account ${who}`
      : /^[\w.-]+\.amazonaws\.com$/.test(who)
        ? `${who}, for whichever account it works,`
        : who.startsWith('signed in by ')
          ? `everybody who is ${who}`
          : who;

const policyOf = (resource: Resource): unknown =>
  resource.kind === 'role' ? resource.trust : 'policy' in resource ? resource.policy : undefined;

/** Whatever the second lets in, the first let in already. */
const covers = (had: Grant, has: Grant): boolean =>
  (had.who === has.who || had.who === '*') &&
  (had.unless === '' || had.unless === has.unless) &&
  reaches(had.action, has.action) &&
  reaches(had.resource, has.resource);

/** A pattern reaches another when it matches its very letters, and no `?` stands for a `*`. */
function reaches(pattern: string, other: string): boolean {
  if (pattern === other || pattern === '*') return true;
  if (pattern.startsWith('not ') || other.startsWith('not ')) return false;
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${expression}$`, 's').test(other);
}

function grantsOf(resource: Resource, estate: Estate): readonly Grant[] {
  const text = policyOf(resource);
  if (typeof text !== 'string') return [];
  return statementsOf(text).flatMap((statement) => {
    if (statement.Effect !== 'Allow') return [];
    const bound = boundBy(statement.Condition, resource.account, estate);
    const unless = statement.Condition === undefined ? '' : JSON.stringify(statement.Condition);
    const people = statement.NotPrincipal === undefined ? whoOf(statement, resource, bound) : ['*'];
    const actions = patterns(statement.Action, statement.NotAction).map((one) => one.toLowerCase());
    const resources = patterns(statement.Resource ?? '*', statement.NotResource);
    return [...new Set(people)].flatMap((who) => {
      // what everybody may do with a bucket, and what keeps them out, is judged by itself
      if (resource.kind === 'bucket' && who === '*' && unless === '') return [];
      const named = /^\d{12}$/.test(who) && bound.accounts.includes(who) ? '' : unless;
      return actions.flatMap((action) => resources.map((one) => ({ who, action, resource: one, unless: named })));
    });
  });
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
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

const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter((one) => typeof one === 'string');

const patterns = (named: unknown, not: unknown): readonly string[] =>
  not === undefined ? listOf(named) : [`not ${[...listOf(not)].sort().join(' ')}`];

/** Everybody, numbers of accounts, and others whose name says nothing of whose they are; the own account's are no strangers. */
function whoOf(statement: Statement, resource: Resource, bound: Bound): readonly string[] {
  const { Principal: principal } = statement;
  const by: Readonly<Record<string, unknown>> =
    principal === '*' ? { AWS: '*' } : typeof principal === 'object' && principal !== null ? { ...principal } : {};
  const people = [
    ...listOf(by.AWS).flatMap((one) => {
      const account = /^(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(one)?.[1];
      if (account === resource.account) return [];
      if (account !== undefined) return [account];
      if (one !== '*') return [`whoever ${one} is`];
      return bound.accounts.length > 0 ? bound.accounts : ['*'];
    }),
    ...listOf(by.CanonicalUser).map((one) => `whoever ${one} is`),
    ...listOf(by.Federated).flatMap((one) => signedIn(one, resource.account, bound)),
    // only for its own account may somebody hand a role to a service: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    ...(resource.kind === 'role' ? [] : listOf(by.Service).filter(() => !underOwnNumber(statement, resource))),
  ];
  // the account's own may be the whole of them
  return bound.own ? people.filter((who) => who.startsWith('signed in by ') || bound.accounts.includes(who)) : people;
}

/** Balancers write below the number of the account for which they work: nobody else's lines can land there. */
const underOwnNumber = ({ Resource: named }: Statement, { account }: Resource): boolean => {
  const list = listOf(named);
  return list.length > 0 && list.every((one) => one.includes(`/AWSLogs/${account}/`));
};

/**
 * A provider signs in anybody who has an account there: only the subject, or the application for which it signs, says who.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
function signedIn(provider: string, account: string, bound: Bound): readonly string[] {
  const [, owner, sort, host = provider] = /^arn:[\w-]+:iam::(\d{12}):(oidc|saml)-provider\/(.+)$/.exec(provider) ?? [];
  if (owner !== undefined && owner !== account) return [owner];
  if (sort === 'saml') return [];
  const named = SHARED_SUBJECTS[host] ?? `${host}:sub`;
  return bound.keys.has(named.toLowerCase()) ? [] : [`signed in by ${host}`];
}

/** Where the application, and not the person, is what a role is given to. */
const SHARED_SUBJECTS: Readonly<Record<string, string>> = {
  'cognito-identity.amazonaws.com': 'cognito-identity.amazonaws.com:aud',
  'accounts.google.com': 'accounts.google.com:aud',
  'www.amazon.com': 'www.amazon.com:app_id',
  'graph.facebook.com': 'graph.facebook.com:app_id',
};
