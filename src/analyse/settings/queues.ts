/** Queues that others send their failed messages to: they need no dead-letter queue of their own. */
import { all, type Estate, memoised } from '../../estate/estate.ts';

/** Where nothing in the input points at it (subscriptions and event rules can), its name tells. */
const BY_NAME = /(^|[-_.])(dlq|dead[-_]?letters?)([-_.]|$)/i;

/** By the queue's id (its ARN). */
export const deadLetterQueues: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const targets = new Set<string>();
  for (const queue of all(estate, 'queue')) {
    if (queue.deadLetter) targets.add(queue.deadLetter);
    if (BY_NAME.test(queue.name)) targets.add(queue.id);
  }
  for (const one of all(estate, 'function')) if (one.deadLetter) targets.add(one.deadLetter);
  return targets;
});
