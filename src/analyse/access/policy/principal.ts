/**
 * Who a request comes from, and whether a Principal element names them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import type { Tri } from '../conditions/test.ts';
import { parseArn } from './arn.ts';
import type { PrincipalEntry, Selection } from './statement.ts';

export type Caller =
  | { readonly type: 'user'; readonly arn: string; readonly account: string }
  /** Whoever holds the role's credentials; `session` is the ARN of one particular session when it is known. */
  | { readonly type: 'role'; readonly arn: string; readonly account: string; readonly session: string | null }
  | { readonly type: 'root'; readonly arn: string; readonly account: string }
  /** An AWS service by its name: `lambda.amazonaws.com`. */
  | { readonly type: 'service'; readonly name: string }
  | { readonly type: 'federated'; readonly provider: string }
  | { readonly type: 'anonymous' };

/**
 * How a statement names the caller: `self` by its own ARN or name, `session` by the ARN of its session, `anybody` by a star, `account` only through its account,
 * which leaves the decision to the account's own policies.
 */
export type Naming = 'self' | 'session' | 'anybody' | 'account' | 'none';

const STRENGTH: readonly Naming[] = ['none', 'account', 'anybody', 'self', 'session'];

export const accountOf = (caller: Caller): string | undefined => ('account' in caller ? caller.account : undefined);

/** Providers of identities that have no ARN: a trust names them as Federated. */
const WEB_IDENTITY: ReadonlySet<string> = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

export function parseCaller(text: string): Caller | undefined {
  if (text === '*') return { type: 'anonymous' };
  const arn = parseArn(text);
  if (!arn) {
    if (/^\d{12}$/.test(text)) return { type: 'root', arn: `arn:aws:iam::${text}:root`, account: text };
    if (WEB_IDENTITY.has(text)) return { type: 'federated', provider: text };
    return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text) ? { type: 'service', name: text } : undefined;
  }
  const { account, resource, partition } = arn;
  if (resource === 'root') return { type: 'root', arn: text, account };
  if (resource.startsWith('user/')) return { type: 'user', arn: text, account };
  if (resource.startsWith('role/')) return { type: 'role', arn: text, account, session: null };
  if (arn.service === 'sts' && resource.startsWith('assumed-role/')) {
    // The session's ARN leaves out the role's path, so a role with a path is found by name in the estate.
    const name = resource.split('/')[1] ?? '';
    return { type: 'role', arn: `arn:${partition}:iam::${account}:role/${name}`, account, session: text };
  }
  if (resource.startsWith('saml-provider/') || resource.startsWith('oidc-provider/'))
    return { type: 'federated', provider: text };
  return undefined;
}

function namedBy(entry: PrincipalEntry, caller: Caller): Naming {
  if (entry.value === '*' && entry.type === 'AWS') return 'anybody';
  switch (caller.type) {
    case 'service':
      return entry.type === 'Service' && (entry.value === caller.name || entry.value === '*') ? 'self' : 'none';
    case 'federated':
      // One of AWS's own names may be written as a service too.
      return (entry.type === 'Federated' && (entry.value === caller.provider || entry.value === '*')) ||
        (entry.type === 'Service' && entry.value === caller.provider)
        ? 'self'
        : 'none';
    case 'anonymous':
      return 'none';
    case 'user':
    case 'role':
    case 'root':
      if (entry.type !== 'AWS') return 'none';
      if (entry.value === caller.arn) return 'self';
      if (caller.type === 'role' && caller.session !== null && entry.value === caller.session) return 'session';
      if (entry.value === caller.account || isRootOf(entry.value, caller.account))
        return caller.type === 'root' ? 'self' : 'account';
      return 'none';
  }
}

const isRootOf = (value: string, account: string): boolean => {
  const arn = parseArn(value);
  return arn?.service === 'iam' && arn.account === account && arn.resource === 'root';
};

const strongest = (selection: Selection<PrincipalEntry>, caller: Caller): Naming =>
  selection.items
    .map((entry) => namedBy(entry, caller))
    .reduce<Naming>((best, next) => (STRENGTH.indexOf(next) > STRENGTH.indexOf(best) ? next : best), 'none');

/** How an Allow names the caller. NotPrincipal with Allow means everybody but those named. */
export function allowNaming(selection: Selection<PrincipalEntry>, caller: Caller): Naming {
  const naming = strongest(selection, caller);
  if (!selection.not) return naming;
  return naming === 'none' ? 'anybody' : 'none';
}

/**
 * Whether a Deny meets the caller. One that names an account meets everybody in it. NotPrincipal spares a caller only
 * when both the caller and its account are listed; with the account left out, AWS says that it may be denied too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function denyMeets(selection: Selection<PrincipalEntry>, caller: Caller): Tri {
  const naming = strongest(selection, caller);
  if (!selection.not) return naming !== 'none' || perhapsCanonical(selection, caller);
  if (naming === 'none' || naming === 'account') return true;
  if (naming === 'anybody' || caller.type === 'service' || caller.type === 'federated' || caller.type === 'root')
    return false;
  const account = accountOf(caller) ?? '';
  const accountListed = selection.items.some((entry) => entry.value === account || isRootOf(entry.value, account));
  const sessionListed = caller.type !== 'role' || naming === 'session';
  if (accountListed && sessionListed) return false;
  return [{ operator: 'NotPrincipal', key: 'Principal', values: selection.items.map((entry) => entry.value) }];
}

/** A canonical user id stands for an account, and nothing tells for which. */
function perhapsCanonical({ items }: Selection<PrincipalEntry>, caller: Caller): Tri {
  if (accountOf(caller) === undefined) return false;
  const values = items.flatMap(({ type, value }) => (type === 'CanonicalUser' ? [value] : []));
  return values.length > 0 && [{ operator: 'Principal', key: 'Principal', values }];
}
