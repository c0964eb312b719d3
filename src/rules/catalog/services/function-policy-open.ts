import { openToAnybody } from '../../../analyse/openness/anybody.ts';
import { join } from '../../example.ts';
import { functionAnswer, functionArn, lambda } from '../../examples/functions.ts';
import { functionAccess } from '../../examples/messages.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const invoke = (Principal: unknown, rest: object = {}): object => ({
  Sid: 'invoke',
  Effect: 'Allow',
  Principal,
  Action: 'lambda:InvokeFunction',
  Resource: functionArn('mailer'),
  ...rest,
});

export const rule = defineRule({
  id: 'function-policy-open',
  problem: 7,
  severity: 'medium',
  title: 'Any AWS account may call a function',
  why: 'Whoever knows the name of the function calls it with what they like, as often as they like: it runs with its own role and on your bill. The policy of a function is the only thing that asks who calls.',
  fix: 'The policy names the service and the very topic, bucket or API that calls (aws:SourceArn); other functions and services call it by their roles.',
  fixedBy: ['service-roles'],
  subject: 'function',
  needs: ['lambda:ListFunctions', 'lambda:GetPolicy'],
  messages: { open: 'anybody with an AWS account can call the function {name}' },
  check(held, estate) {
    if (held.policy === undefined) return unknown(held, 'lambda:GetPolicy', 'the policy of a function');
    if (held.policy === null) return { state: 'notApplicable' };
    const { open, proof, missing } = openToAnybody(estate, held.arn ?? held.id, ['lambda:InvokeFunction']);
    if (open.length > 0) return { state: 'fail', message: 'open', data: { name: held.name }, proof };
    return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html'],
  examples: {
    bad: join(functionAnswer(lambda('mailer', 'nodejs22.x')), functionAccess('mailer', [invoke('*')])),
    good: join(
      functionAnswer(lambda('mailer', 'nodejs22.x')),
      functionAccess('mailer', [
        invoke(
          { Service: 'sns.amazonaws.com' },
          { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:events' } } },
        ),
      ]),
    ),
  },
});
