/**
 * What a bucket policy lets everybody do, by AWS's meaning of "public": a grant to everybody counts unless a condition
 * pins down who may ask, with fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import { parseBlock } from '../../estate/sets/index.ts';
import { parsePolicy } from '../access/policy/parse.ts';
import { matches } from '../access/policy/pattern.ts';
import type { ConditionEntry, Statement } from '../access/policy/statement.ts';

export type Deed = 'read' | 'list' | 'write';

const ACTIONS: Readonly<Record<Deed, readonly string[]>> = {
  read: ['s3:getobject'],
  list: ['s3:listbucket'],
  write: ['s3:putobject', 's3:deleteobject', 's3:putbucketpolicy', 's3:putobjectacl'],
};
export const DEEDS: readonly Deed[] = ['read', 'list', 'write'];

export interface Grant {
  readonly deeds: readonly Deed[];
  /** The Sid, else the place in the policy. */
  readonly statement: string;
  /** Place in the policy, from 0. */
  readonly index: number;
  /** Whether it is about all objects, not a folder of them. */
  readonly everything: boolean;
  /** Keys of conditions that anybody can meet (a Referer header, a secure connection). */
  readonly weakly: readonly string[];
}

/** Undefined when the policy can not be understood. */
export function grantsToEverybody(policy: string, bucketArn: string): readonly Grant[] | undefined {
  const document = parsePolicy(policy, 'resource');
  if (document.broken) return undefined;
  const denies = document.statements.filter((one) => one.effect === 'Deny' && isEverybody(one));
  return document.statements.flatMap((statement): readonly Grant[] => {
    if (statement.effect !== 'Allow' || !isEverybody(statement) || statement.conditions.some(pinsDown)) return [];
    const deeds = DEEDS.filter((deed) =>
      ACTIONS[deed].some((action) => acts(statement, action) && !denies.some((deny) => shuts(deny, action, statement))),
    );
    if (deeds.length === 0) return [];
    return [
      {
        deeds,
        statement: statement.sid ?? `statement ${statement.index + 1}`,
        index: statement.index,
        everything: aboutAll(statement, bucketArn),
        weakly: [...new Set(statement.conditions.map((condition) => condition.key))],
      },
    ];
  });
}

/** `Principal: "*"`, `{"AWS": "*"}`, or everybody but some. */
const isEverybody = ({ principals }: Statement): boolean =>
  principals !== null &&
  (principals.not || principals.items.some(({ type, value }) => type === 'AWS' && value === '*'));

const acts = ({ actions }: Statement, action: string): boolean =>
  actions.items.some((pattern) => matches(pattern.tokens, action)) !== actions.not;

function aboutAll({ resources }: Statement, bucketArn: string): boolean {
  if (resources === null || resources.not) return true;
  return resources.items.some(({ tokens }) => matches(tokens, `${bucketArn}/any/object-at.all`));
}

/** Whether a Deny to everybody takes a grant away: as a whole, or from all but those its condition spares. */
const shuts = (deny: Statement, action: string, allow: Statement): boolean =>
  acts(deny, action) &&
  deny.principals?.not === false &&
  covers(deny, allow) &&
  (deny.conditions.length === 0 || (deny.conditions.length === 1 && deny.conditions.every(sparesPinned)));

const covers = (deny: Statement, allow: Statement): boolean =>
  deny.resources !== null &&
  !deny.resources.not &&
  allow.resources !== null &&
  !allow.resources.not &&
  allow.resources.items.every((wanted) =>
    deny.resources?.items.some(({ text, tokens }) => text === wanted.text || matches(tokens, wanted.text)),
  );

/** Keys whose fixed values say who asks, or from where. */
const WHO = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpcsourceip',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** Holds for those with the fixed values, and for nobody else. */
const pinsDown = ({ operator, key, values }: ConditionEntry): boolean =>
  /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress)$/i.test(operator) &&
  areFixed(key, values);

/** In a Deny: holds for everybody but those with the fixed values. */
const sparesPinned = ({ operator, key, values }: ConditionEntry): boolean =>
  /^(ForAllValues:)?(StringNot(Equals|Like|EqualsIgnoreCase)|ArnNot(Equals|Like)|NotIpAddress)(IfExists)?$/i.test(
    operator,
  ) && areFixed(key, values);

const areFixed = (key: string, values: readonly string[]): boolean =>
  WHO.has(key.toLowerCase()) && values.length > 0 && values.every((value) => isFixed(key.toLowerCase(), value));

/** AWS counts blocks wider than /8 (IPv6: /32) as public, and values with wildcards but for the parts of an ARN. */
function isFixed(key: string, value: string): boolean {
  if (value.includes('${')) return false;
  if (key === 'aws:sourceip' || key === 'aws:vpcsourceip') {
    const block = parseBlock(value);
    return block !== undefined && block.prefix >= (value.includes(':') ? 32 : 8);
  }
  if (key.endsWith('arn')) return /^arn:[^:*?]+:[^:]*:[^:]*:\d{12}:/.test(value) || !/[*?]/.test(value);
  if (key === 'aws:userid') return /^[^*?]/.test(value);
  return !/^[*?]/.test(value) && (key === 'aws:principalorgpaths' || !/[*?]/.test(value));
}
