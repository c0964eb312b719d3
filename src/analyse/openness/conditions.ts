/**
 * Whether a condition of a policy that names everybody keeps strangers out. It does only when it pins down who asks, or
 * from where, with fixed values; what the caller chooses freely keeps nobody out, and of a key that is not known here
 * nobody can tell.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import { parseBlock } from '../../estate/sets/index.ts';
import { isNegated, type Operator, parseOperator } from '../access/policy/operators.ts';
import type { ConditionEntry } from '../access/policy/statement.ts';

/** Of the conditions of one statement: strangers are shut out, get past, or it is not known. */
export type Keeping = 'shut' | 'open' | 'unheard';

/** Keys whose fixed values say who asks, or from where. Addresses inside a VPC do not: anybody's VPC may have them. */
const WHO = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'sns:endpoint',
]);

/** What whoever calls brings along by choice: a header, a date, a tag on the own user, the name of it. */
const CALLERS_CHOICE =
  /^(aws:(securetransport|useragent|referer|requestedregion|currenttime|epochtime|multifactorauth(present|age)|tokenissuetime|principaltype|username|requesttag\/.*|principaltag\/.*|tagkeys|calledvia(first|last)?|viaawsservice|sourceidentity|vpcsourceip)|sns:protocol|s3:(x-amz-.*|prefix|delimiter|max-keys|versionid|authtype|signatureversion|signatureage|tlsversion|requestobjecttag.*))$/i;

/** @param collected The day of the input, for dates: ISO 8601. */
export function keepingOfAllow(entries: readonly ConditionEntry[], collected?: string): Keeping {
  const present = new Set(entries.filter(asksForKey).map(({ key }) => key.toLowerCase()));
  if (entries.some((entry) => pinsDown(entry, present) || isOver(entry, collected))) return 'shut';
  return entries.every((entry) => isMet(entry, collected)) ? 'open' : 'unheard';
}

/** A Deny shuts strangers out when everything it turns on spares fixed values alone: whoever evades one test evades it. */
export function keepingOfDeny(entries: readonly ConditionEntry[]): Keeping {
  if (entries.every(sparesPinned)) return 'shut';
  return entries.some((entry) => !sparesPinned(entry) && isKnown(entry)) ? 'open' : 'unheard';
}

const isKnown = ({ operator, key }: ConditionEntry): boolean =>
  parseOperator(operator) !== undefined && (WHO.has(key.toLowerCase()) || CALLERS_CHOICE.test(key));

/** What strangers can meet: by choice, or since the values are wide or the key may be missing. */
const isMet = (entry: ConditionEntry, collected: string | undefined): boolean =>
  isKnown(entry) &&
  !entry.values.some((value) => value.includes('${')) &&
  !(bounds(entry) !== undefined && collected === undefined);

const asksForKey = ({ operator, values }: ConditionEntry): boolean =>
  parseOperator(operator)?.name === 'Null' && values.length === 1 && values[0]?.toLowerCase() === 'false';

const PINNING = new Set(['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'ArnEquals', 'ArnLike', 'IpAddress']);

/** Holds for those with the fixed values, and for nobody else: not for a request without the key either. */
function pinsDown({ operator, key, values }: ConditionEntry, present: ReadonlySet<string>): boolean {
  const parsed = parseOperator(operator);
  if (!parsed || !PINNING.has(parsed.name)) return false;
  const needsKey = !parsed.ifExists && parsed.qualifier !== 'ForAllValues';
  return (needsKey || present.has(key.toLowerCase())) && areFixed(parsed, key, values);
}

/** In a Deny: holds for everybody but those with the fixed values, and for a request without the key. */
function sparesPinned({ operator, key, values }: ConditionEntry): boolean {
  const parsed = parseOperator(operator);
  if (!parsed) return false;
  // spares the services of AWS, which are no strangers
  if (key.toLowerCase() === 'aws:principalisawsservice')
    return parsed.name === 'Bool' && values.length === 1 && values[0]?.toLowerCase() === 'false';
  const negated = isNegated(parsed.name) && PINNING.has(parsed.name.replace('Not', ''));
  return negated && parsed.qualifier !== 'ForAnyValue' && areFixed(parsed, key, values);
}

const areFixed = (operator: Operator, key: string, values: readonly string[]): boolean =>
  WHO.has(key.toLowerCase()) &&
  values.length > 0 &&
  values.every((value) => isFixed(operator, key.toLowerCase(), value));

/** AWS counts blocks wider than /8 (IPv6: /32) as public, and values with wildcards but for the parts of an ARN. */
function isFixed({ name }: Operator, key: string, value: string): boolean {
  if (value.includes('${')) return false;
  const wild = /[*?]/.test(value);
  switch (key) {
    case 'aws:sourceip': {
      const block = parseBlock(value);
      return block !== undefined && block.prefix >= (value.includes(':') ? 32 : 8);
    }
    // a unique id, and for a role whatever its sessions are called
    case 'aws:userid':
      return /^((AIDA|AROA)[A-Z0-9]{8,}|\d{12})(:.*)?$/.test(value) || /^(AIDA|AROA)[A-Z0-9]{17}\*?$/.test(value);
    case 'aws:principalorgpaths':
    case 'aws:sourceorgpaths':
      return !wild || /^o-[a-z0-9]+\//.test(value);
    case 'sns:endpoint':
      return isOwnEndpoint(value);
    case 'aws:principalarn':
    case 'aws:sourcearn':
      // the bare star of a text runs over colons, so with it the service must be named
      return !wild || (name.startsWith('Arn') ? OF_ACCOUNT : OF_SERVICE).test(value);
    default:
      return !wild;
  }
}

const OF_ACCOUNT = /^arn:[^:*?]+:[^:]*:[^:]*:\d{12}:/;
const OF_SERVICE = /^arn:[^:*?]+:[^:*?]+:[^:]*:\d{12}:/;

/** Subscribers at one's own host, mail domain or account: no wildcard may run past the name. */
const isOwnEndpoint = (value: string): boolean =>
  !/[*?]/.test(value) ||
  OF_SERVICE.test(value) ||
  /^https?:\/\/[^*?/@]+\/[^@]*$/.test(value) ||
  /^[^@]*@[^*?@]+$/.test(value);

/** The end of a time until which a condition holds. */
function bounds({ operator, key, values }: ConditionEntry): readonly string[] | undefined {
  if (!/^aws:(currenttime|epochtime)$/i.test(key)) return undefined;
  const name = parseOperator(operator)?.name ?? '';
  return /^(Date|Numeric)LessThan(Equals)?$/.test(name) ? values : undefined;
}

/** A time that had ended when the input was collected. */
function isOver(entry: ConditionEntry, collected: string | undefined): boolean {
  const ends = bounds(entry);
  const day = collected === undefined ? Number.NaN : Date.parse(collected);
  if (ends === undefined || ends.length === 0 || Number.isNaN(day)) return false;
  return ends.every((end) => (/^\d{5,}$/.test(end) ? Number(end) * 1000 : Date.parse(end)) < day);
}
