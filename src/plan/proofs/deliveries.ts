/**
 * Topics that deliver to a queue: the queue's own policy has to let SNS in, and a delivery that is refused is lost.
 * https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
 */
import { evaluate } from '../../analyse/access/evaluate.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import { changesBetween } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

export function deliveriesRefused(then: Estate, now: Estate, found: Findings): void {
  const queues = new Set(
    changesBetween(then, now).flatMap(({ after, fields }) =>
      after?.kind === 'queue' && fields.includes('policy') ? [after.id as string] : [],
    ),
  );
  if (queues.size === 0) return;
  for (const { topic, protocol, endpoint } of all(now, 'subscription')) {
    if (protocol !== 'sqs' || endpoint === undefined || topic === undefined || !queues.has(endpoint)) continue;
    const [was, is] = [then, now].map((estate) => delivers(estate, topic.id, endpoint));
    if (was !== 'yes' || is === 'yes') continue;
    const name = byId(now, endpoint)?.name ?? endpoint;
    const from = byId(now, topic.id)?.name ?? topic.id;
    if (is === 'no')
      found.violations.push(
        counterexample(endpoint, `the policy of ${name} would not let the topic ${from} deliver to it any more`),
      );
    else
      found.unknowns.push(
        counterexample(
          endpoint,
          `whether the policy of ${name} still lets the topic ${from} deliver to it is not known`,
        ),
      );
  }
}

/** A yes under conditions is none that can be relied on. */
function delivers(estate: Estate, topic: string, queue: string): 'yes' | 'no' | 'unknown' {
  const account = topic.split(':')[4] ?? '';
  const { verdict, conditions } = evaluate(estate, {
    principal: 'sns.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: queue,
    context: {
      'aws:SourceArn': topic,
      'aws:SourceAccount': { anyOf: [[account], null] },
      'aws:SecureTransport': 'true',
    },
  });
  return verdict === 'yes' && conditions.length > 0 ? 'unknown' : verdict;
}
