/**
 * Which conditions of a statement surely bind it to the own account, organization or network. Only an operator that asks
 * for a value does: with IfExists, a negation or Null a request that does not carry the key passes as well.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { all, byId, type Estate } from '../../estate/estate.ts';

export interface Bound {
  /** Nobody but the own account, organization or network meets it. */
  readonly own: boolean;
  /** Numbers of other accounts that it names literally: they meet it. */
  readonly accounts: readonly string[];
  /** Keys, in lower case, of which a value is asked that is more than a pattern for everything. */
  readonly keys: ReadonlySet<string>;
}

const ASKS = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;

export function boundBy(condition: unknown, account: string, estate: Estate): Bound {
  let own = false;
  const [accounts, keys] = [new Set<string>(), new Set<string>()];
  for (const [operator, block] of Object.entries(asRecord(condition))) {
    if (!ASKS.test(operator)) continue;
    for (const [name, value] of Object.entries(asRecord(block))) {
      const key = name.toLowerCase();
      const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
      if (values.length === 0) continue;
      if (values.every((one) => !onlyPattern(one))) keys.add(key);
      const whose = values.map((one) => ownerOf(key, one, account, estate));
      if (whose.every((one) => one === account)) own = true;
      else for (const one of whose) if (one !== undefined && one !== account) accounts.add(one);
    }
  }
  return { own, accounts: own ? [] : [...accounts].sort(), keys };
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** `*`, `repo:*`, `repo:our-*`: whose it is says the part behind the first mark, which anybody may have made to fit a pattern. */
const onlyPattern = (value: string): boolean => {
  const [first = '', second] = value.split(/[:/]/);
  return /^$|[*?]/.test(second ?? first);
};

/** The account whose requests carry this value; undefined where it is not told, or may be anybody's. */
function ownerOf(key: string, value: string, account: string, estate: Estate): string | undefined {
  switch (key) {
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return /^\d{12}$/.test(value) ? value : undefined;
    case 'aws:sourcearn':
    case 'aws:principalarn':
    case 'aws:sourcevpcarn':
      return ofArn(value, account, estate);
    case 'aws:principalorgid':
    case 'aws:sourceorgid':
      return all(estate, 'account').some(({ organization }) => organization === value) ? account : undefined;
    case 'aws:sourcevpc':
    case 'aws:sourcevpce':
      return byId(estate, value) === undefined ? undefined : account;
    case 'lambda:functionurlauthtype':
      // what an open URL lets in is seen as a way in
      return value === 'NONE' ? account : undefined;
    default:
      return undefined;
  }
}

/** Buckets have no account in their ARN: one that was read is the own account's. */
function ofArn(arn: string, account: string, estate: Estate): string | undefined {
  const [start, , service = '', , owner = '', ...rest] = arn.split(':');
  if (start !== 'arn') return undefined;
  if (/^\d{12}$/.test(owner)) return owner;
  if (owner === '' && service === 's3' && byId(estate, `arn:aws:s3:::${rest.join(':')}`) !== undefined) return account;
  return undefined;
}
