/** Events of CloudTrail. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
import { secondsOf } from './words.ts';

export interface Call {
  readonly time: number;
  /** `account/region` */
  readonly place: string;
  /** ARN of the role or user; null for a service of AWS, or where it is not told. */
  readonly principal: string | null;
  readonly key: string | null;
  /** `s3:GetObject` */
  readonly action: string;
  readonly denied: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | null => (typeof value === 'string' && value.length <= 2048 ? value : null);

/** Undefined for what is no event. */
export function callOf(event: unknown): Call | undefined {
  if (!isFields(event)) return undefined;
  const [time, source, name] = [text(event.eventTime), text(event.eventSource), text(event.eventName)];
  if (time === null || source === null || name === null) return undefined;
  const seconds = secondsOf(time);
  if (Number.isNaN(seconds) || !/^[\w.-]{1,100}$/.test(source) || !/^\w{1,128}$/.test(name)) return undefined;
  const who = isFields(event.userIdentity) ? event.userIdentity : {};
  const error = text(event.errorCode) ?? '';
  return {
    time: seconds,
    place: `${text(event.recipientAccountId) ?? text(who.accountId) ?? ''}/${text(event.awsRegion) ?? ''}`,
    principal: principalOf(who),
    key: keyOf(who),
    action: `${source.replace(/\.amazonaws\.com(?:\.cn)?$/, '')}:${name.replace(/\d{4}(?:_\d\d){2}(?:v\d+)?$|\d{8}$/, '')}`,
    denied: /AccessDenied|Unauthorized|^Client\.Unauthorized/.test(error),
  };
}

/** A session counts as its role. */
function principalOf(who: Fields): string | null {
  const session = isFields(who.sessionContext) ? who.sessionContext : {};
  const issuer = isFields(session.sessionIssuer) ? text(session.sessionIssuer.arn) : null;
  const arn = issuer ?? text(who.arn);
  return arn !== null && /^arn:[\w-]+:(?:iam|sts)::\d{12}:[\x21-\x7e]+$/.test(arn) ? arn : null;
}

/** Long-lived keys only: those of sessions are as many as there are sessions. */
function keyOf(who: Fields): string | null {
  const key = text(who.accessKeyId);
  return key !== null && /^AKIA[A-Z0-9]{12,124}$/.test(key) ? key : null;
}

/** What a JSON file may hold beside CloudTrail's own records: answers of `lookup-events` and of CloudWatch Logs. */
export type JsonRecord =
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'message'; readonly message: string };

export function jsonRecord(source: string): JsonRecord | undefined {
  const event = parsed(source);
  if (!isFields(event)) return undefined;
  const inner = text64(event.CloudTrailEvent);
  const call = callOf(inner === null ? event : parsed(inner));
  if (call) return { type: 'call', call };
  const message = text(event.message);
  return message === null ? undefined : { type: 'message', message };
}

const text64 = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
