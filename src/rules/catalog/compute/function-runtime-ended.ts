import { supportAt } from '../../../analyse/support/ends.ts';
import { RUNTIMES_AS_OF, RUNTIMES_SOURCE, runtimeSupport } from '../../../analyse/support/runtimes.ts';
import { functionAnswer, lambda } from '../../examples/functions.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'lambda:ListFunctions';

export const rule = defineRule({
  id: 'function-runtime-ended',
  problem: 5,
  severity: 'medium',
  title: 'A Lambda function runs on a runtime that AWS no longer patches',
  why: 'Holes found in the language after that date stay open in your function. Later AWS also refuses to update its code, so the next urgent fix cannot be deployed.',
  fix: 'Move the function to a current runtime and test it; a runtime is one setting, but a major version can break code.',
  fixedBy: ['functions-renewed'],
  subject: 'function',
  needs: [OPERATION],
  messages: {
    ended: '{name} runs on {runtime}, which AWS stopped patching on {date}',
    soon: '{name} runs on {runtime}, which AWS stops patching on {date}',
  },
  check(subject, estate) {
    const { name, runtime } = subject;
    if (subject.packageType === 'Image') return { state: 'notApplicable' };
    if (runtime === undefined)
      return unknown(subject, OPERATION, 'the runtime of a function (one from a container image has none)');
    if (estate.collectedAt === undefined)
      return unknown(subject, OPERATION, 'the day on which the input was collected (collectedAt)');
    const end = runtimeSupport(runtime);
    const support = end && supportAt(end, estate.collectedAt);
    if (end === undefined || support === undefined || support === 'unknown')
      return {
        state: 'unknown',
        missing: [
          {
            operation: OPERATION,
            reason: `until when AWS supports ${runtime} is not certain to this version (compared ${RUNTIMES_AS_OF})`,
            resource: subject.id,
          },
        ],
      };
    if (support === 'supported') return { state: 'pass' };
    const date = end.ends ?? '';
    return {
      state: 'fail',
      message: support === 'ended' ? 'ended' : 'soon',
      data: { name, runtime, date },
      severity: support === 'ended' ? 'medium' : 'low',
      proof: [
        fact(subject, 'Runtime', `${name} runs on ${runtime}`),
        {
          resource: subject.id,
          by: runtime,
          code: 'dated-list',
          detail: `AWS gives ${date} as the deprecation date of ${runtime} (${RUNTIMES_SOURCE}, compared ${RUNTIMES_AS_OF})`,
        },
      ],
    };
  },
  sources: [RUNTIMES_SOURCE],
  examples: {
    bad: functionAnswer(lambda('resize-images', 'nodejs16.x')),
    good: functionAnswer(lambda('resize-images', 'nodejs22.x')),
  },
});
