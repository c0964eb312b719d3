/**
 * What a bucket policy lets everybody do, by AWS's meaning of "public": a grant to everybody counts unless a condition
 * pins down who may ask, with fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import { actionsOf } from '../access/catalog/catalog.ts';
import { parsePolicy } from '../access/policy/parse.ts';
import { matches, type Pattern } from '../access/policy/pattern.ts';
import type { ConditionEntry, Statement } from '../access/policy/statement.ts';
import { keepingOfAllow, keepingOfDeny } from '../openness/conditions.ts';

/** `inspect`: settings, labels and access lists, but not what is in the objects. */
export type Deed = 'read' | 'list' | 'write' | 'inspect';
export const DEEDS: readonly Deed[] = ['read', 'list', 'write', 'inspect'];

/** By its verb, so that an action that is new to us counts too. Whatever does not only look is a change. */
function deedOf(action: string): Deed {
  const verb = action.replace(/^s3:/, '');
  if (/^(get|select)object(version)?(torrent|annotation)?(forreplication)?$/.test(verb)) return 'read';
  if (/^(list|head)/.test(verb)) return 'list';
  return /^(get|describe)/.test(verb) ? 'inspect' : 'write';
}

/** Actions on other things than a bucket and its objects, which the policy of a bucket can not grant. */
const ELSEWHERE =
  /accesspoint|accessgrant|storagelens|jobs?(tagging|priority|status)?$|allmybuckets|accountpublic|dataaccess$|^(createbucket|tagresource|untagresource|listtagsforresource)$/;

const OF_BUCKETS: readonly string[] = [...(actionsOf('s3')?.keys() ?? [])]
  .filter((name) => !ELSEWHERE.test(name))
  .map((name) => `s3:${name}`);

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
  const denies = deniesOf(document.statements);
  return document.statements.flatMap((statement): readonly Grant[] => {
    if (!mayPass(statement) || throughAccessPoints(statement.conditions)) return [];
    const open = actionsIn(statement).filter((action) => !denies.some((deny) => shuts(deny, action, statement)));
    const deeds = DEEDS.filter((deed) => open.some((action) => deedOf(action) === deed));
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

/**
 * Whether the policy leaves the decision to the access points of the bucket, each of which has a policy of its own.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function leftToAccessPoints(policy: string): boolean {
  const document = parsePolicy(policy, 'resource');
  if (document.broken) return false;
  const denies = deniesOf(document.statements);
  return document.statements.some(
    (statement) =>
      mayPass(statement) &&
      (throughAccessPoints(statement.conditions) || denies.some((deny) => throughAccessPoints(deny.conditions))) &&
      actionsIn(statement).some(
        (action) => !denies.some((deny) => !throughAccessPoints(deny.conditions) && shuts(deny, action, statement)),
      ),
  );
}

const POINTS = /^s3:dataaccesspoint(account|arn)$/i;
const throughAccessPoints = (conditions: readonly ConditionEntry[]): boolean =>
  conditions.some(({ key }) => POINTS.test(key));

const deniesOf = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter((one) => one.effect === 'Deny' && isEverybody(one));

const mayPass = (statement: Statement): boolean =>
  statement.effect === 'Allow' && isEverybody(statement) && keepingOfAllow(statement.conditions) !== 'shut';

/** Every action that a statement is about, and names that AWS may have by now, as they are written. */
function actionsIn(statement: Statement): readonly string[] {
  const { items, not } = statement.actions;
  const known = OF_BUCKETS.filter((action) => acts(statement, action));
  const unknown = not
    ? []
    : items.flatMap(({ text, tokens }) =>
        text.startsWith('s3:') &&
        !ELSEWHERE.test(text.slice(3)) &&
        !OF_BUCKETS.some((action) => matches(tokens, action))
          ? [text]
          : [],
      );
  return [...known, ...unknown];
}

/** `Principal: "*"`, `{"AWS": "*"}`, or everybody but some. */
const isEverybody = ({ principals }: Statement): boolean =>
  principals !== null &&
  (principals.not || principals.items.some(({ type, value }) => type === 'AWS' && value === '*'));

const acts = ({ actions }: Statement, action: string): boolean =>
  actions.items.some((pattern) => matches(pattern.tokens, action)) !== actions.not;

function aboutAll({ resources }: Statement, bucketArn: string): boolean {
  if (resources === null || resources.not) return true;
  // a grant on the bucket itself is about no object, so about no folder either
  return (
    resources.items.every(({ text }) => text === bucketArn) ||
    resources.items.some(({ tokens }) => matches(tokens, `${bucketArn}/any/object-at.all`))
  );
}

/** Whether a Deny to everybody takes a grant away: as a whole, or from all but those its condition spares. */
const shuts = (deny: Statement, action: string, allow: Statement): boolean =>
  acts(deny, action) &&
  deny.principals?.not === false &&
  covers(deny, allow) &&
  keepingOfDeny(deny.conditions.filter(({ key }) => !POINTS.test(key))) === 'shut';

const covers = (deny: Statement, allow: Statement): boolean =>
  deny.resources !== null &&
  !deny.resources.not &&
  allow.resources !== null &&
  !allow.resources.not &&
  allow.resources.items.every((wanted) => deny.resources?.items.some((pattern) => contains(pattern, wanted)));

/**
 * Whether every text that fits `narrow` fits `wide`. A star of the one stands for nothing and for a run that only a star
 * of the other can take, of letters that no policy has.
 */
function contains(wide: Pattern, narrow: Pattern): boolean {
  if (wide.text === narrow.text && !wide.hasVariables) return true;
  const run = '\u{F0000}'.repeat(wide.text.length + 1);
  return ['', run].every((star) => matches(wide.tokens, narrow.text.replaceAll('?', '\uE000').replaceAll('*', star)));
}
