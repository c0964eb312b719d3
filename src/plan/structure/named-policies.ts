/**
 * Policies of queues and topics that let everybody in: what is seen to deliver gets a statement that names it, and the open
 * statements go. Roles of the same account need no line in such a policy.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html
 */
import { openToAnybody } from '../../analyse/openness/anybody.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { Queue, Topic } from '../../estate/kinds/data.ts';
import type { Delete, Update } from '../edit.ts';
import type { Refusal } from '../move.ts';
import type { State } from '../state.ts';
import { declaredAllOf } from './declared.ts';
import { documentOf } from './roles.ts';

export interface Narrowing {
  readonly of: Queue | Topic;
  /** Undefined where nothing has to be named first. */
  readonly named: Update | undefined;
  readonly closed: Update | Delete;
  readonly deliverers: readonly string[];
}

type Refused = Omit<Refusal, 'move' | 'environment'>;

const POLICY = { queue: 'aws:sqs/queuePolicy:QueuePolicy', topic: 'aws:sns/topicPolicy:TopicPolicy' } as const;
const ASKED = {
  queue: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage'],
  topic: ['sns:Subscribe', 'sns:Publish', 'sns:DeleteTopic'],
} as const;

/** Undefined where nobody unnamed is let in. */
export function narrowing(estate: Estate, state: State, one: Queue | Topic): Narrowing | Refused | undefined {
  if (typeof one.policy !== 'string') return undefined;
  if (openToAnybody(estate, one.arn ?? one.id, ASKED[one.kind]).open.length === 0) return undefined;
  const mine = declaredAllOf(state, one).find(({ type }) => type === POLICY[one.kind]);
  const statements = statementsOf(one.policy);
  if (!mine || !statements)
    return {
      subject: one.id,
      because: `the policy of ${one.name} is not under the program's care.`,
      change: 'collect what was not read of it, or narrow it by hand',
    };
  const kept = statements.filter((statement) => !isOpen(statement));
  if (kept.length === statements.length)
    return {
      subject: one.id,
      because: `the policy of ${one.name} lets everybody in under a condition that strangers can meet, and who relies on it is not known.`,
      change: 'name in it who calls, by account, role or aws:SourceArn, or take the statement away by hand',
    };
  const deliverers = deliverersTo(estate, one);
  const fresh = deliverers
    .map(({ statement }) => statement)
    .filter((statement) => !kept.some((known) => isSame(known, statement)));
  const write = (list: readonly object[]): Update => ({
    op: 'update',
    type: mine.type,
    name: mine.name,
    properties: { policy: documentOf(list) },
  });
  const rest = [...kept, ...fresh];
  return {
    of: one,
    named: fresh.length === 0 ? undefined : write([...statements, ...fresh]),
    closed: rest.length === 0 ? { op: 'delete', type: mine.type, name: mine.name } : write(rest),
    deliverers: deliverers.map(({ name }) => name),
  };
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

function statementsOf(policy: string): readonly Statement[] | undefined {
  try {
    const { Statement } = Object(JSON.parse(policy));
    const list: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return list.filter((one): one is Statement => typeof one === 'object' && one !== null);
  } catch {
    return undefined;
  }
}

/** Conditions that whoever calls fulfils by choice keep nobody out. */
const BY_CHOICE = /^aws:(?:SecureTransport|UserAgent|Referer|RequestedRegion|CurrentTime|EpochTime)$/i;

function isOpen({ Effect, Principal, Condition }: Statement): boolean {
  const everybody = Principal === '*' || [Object(Principal).AWS].flat().includes('*');
  const keys = Object.values(Object(Condition)).flatMap((tests) => Object.keys(Object(tests)));
  return Effect === 'Allow' && everybody && keys.every((key) => BY_CHOICE.test(key));
}

const bare = (statement: object): string => JSON.stringify({ ...statement, Sid: undefined });
const isSame = (a: object, b: object): boolean => bare(a) === bare(b);

/** Topics that deliver to a queue, buckets that tell it of their objects. */
function deliverersTo(
  estate: Estate,
  one: Queue | Topic,
): readonly { readonly name: string; readonly statement: object }[] {
  const arn = one.arn ?? one.id;
  const action = one.kind === 'queue' ? 'sqs:SendMessage' : 'sns:Publish';
  const allow = (sid: string, service: string, source: string, more: object = {}): object => ({
    Sid: sid.replace(/[^A-Za-z0-9]/g, ''),
    Effect: 'Allow',
    Principal: { Service: service },
    Action: action,
    Resource: arn,
    Condition: { ArnEquals: { 'aws:SourceArn': source }, ...more },
  });
  const topics = all(estate, 'subscription').flatMap(({ protocol, endpoint, topic }) =>
    one.kind === 'queue' && protocol === 'sqs' && endpoint === arn && topic
      ? [
          {
            name: nameOf(estate, topic.id),
            statement: allow(`From${nameOf(estate, topic.id)}`, 'sns.amazonaws.com', topic.id),
          },
        ]
      : [],
  );
  const buckets = estate.flows.flatMap(({ from, to }) => {
    if (from.type !== 'resource' || to.type !== 'resource' || to.id !== one.id) return [];
    const bucket = byId(estate, from.id);
    if (bucket?.kind !== 'bucket') return [];
    const more = { StringEquals: { 'aws:SourceAccount': bucket.account } };
    const statement = allow(`From${bucket.name}`, 's3.amazonaws.com', `arn:aws:s3:::${bucket.name}`, more);
    return [{ name: bucket.name, statement }];
  });
  return [...new Map([...topics, ...buckets].map((each) => [each.name, each])).values()];
}

const nameOf = (estate: Estate, id: string): string => byId(estate, id)?.name ?? id.replace(/^.*:/, '');
