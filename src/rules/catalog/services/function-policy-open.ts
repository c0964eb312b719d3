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

/** What a policy of a function can let other accounts do, the gravest first. */
const CHANGES = [
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'lambda:AddPermission',
  'lambda:RemovePermission',
  'lambda:PublishVersion',
  'lambda:CreateAlias',
  'lambda:UpdateAlias',
  'lambda:DeleteFunction',
  'lambda:PutFunctionConcurrency',
];
const CALLS = ['lambda:InvokeFunction', 'lambda:InvokeAsync'];
const LOOKS = ['lambda:GetFunction', 'lambda:GetFunctionConfiguration', 'lambda:GetPolicy'];

/** Asked for straight, past any URL that the function has. */
const STRAIGHT = { 'lambda:InvokedViaFunctionUrl': 'false', 'lambda:FunctionUrlAuthType': null };

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
  messages: {
    open: 'anybody with an AWS account can call the function {name}',
    changed: 'anybody with an AWS account can change the function {name}, its code or who may call it',
    seen: 'anybody with an AWS account can see the settings of the function {name}, or its code',
    weakly:
      'anybody with an AWS account can use the function {name}: the only condition, on {keys}, can be met by anybody',
  },
  check(held, estate) {
    if (held.policy === undefined) return unknown(held, 'lambda:GetPolicy', 'the policy of a function');
    if (held.policy === null) return { state: 'notApplicable' };
    const asked = [...CHANGES, ...CALLS, ...LOOKS];
    const { open, weakly, proof, missing } = openToAnybody(estate, held.arn ?? held.id, asked, STRAIGHT);
    if (open.length > 0) {
      const may = (actions: readonly string[]): boolean => actions.some((action) => open.includes(action));
      const message = may(CHANGES) ? 'changed' : may(CALLS) ? 'open' : 'seen';
      return {
        state: 'fail',
        message: weakly.length > 0 ? 'weakly' : message,
        data: { name: held.name, keys: weakly.join(', ') },
        severity: message === 'changed' ? 'high' : 'medium',
        proof,
      };
    }
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
