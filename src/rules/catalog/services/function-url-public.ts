import { openToAnybody } from '../../../analyse/openness/anybody.ts';
import { join } from '../../example.ts';
import { functionAnswer, functionArn, lambda } from '../../examples/functions.ts';
import { functionAccess } from '../../examples/messages.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const anybody = {
  Sid: 'FunctionURLAllowPublicAccess',
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunctionUrl',
  Resource: functionArn('webhook'),
  Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
};

export const rule = defineRule({
  id: 'function-url-public',
  problem: 7,
  severity: 'medium',
  title: 'A function has a public address that asks for nothing',
  why: 'The address is on the open internet with no firewall, no rate limit and no log of its own before the code. Whatever the function forgets to check, nobody checks, and each call is on your bill.',
  fix: 'Put the function behind CloudFront or the load balancer, or ask for signed requests (AWS_IAM); a webhook checks the signature of its sender before all else.',
  fixedBy: ['service-roles'],
  subject: 'function',
  needs: ['lambda:ListFunctions', 'lambda:ListFunctionUrlConfigs'],
  messages: { open: 'anybody on the internet can call the function {name} by its URL' },
  check(held, estate) {
    if (held.urls === undefined) return unknown(held, 'lambda:ListFunctionUrlConfigs', 'whether a function has a URL');
    if (held.urls.length === 0) return { state: 'notApplicable' };
    const open = held.urls.filter(({ auth }) => auth === 'NONE');
    if (open.length === 0) {
      if (held.urls.some(({ auth }) => auth === undefined))
        return unknown(held, 'lambda:ListFunctionUrlConfigs', 'what the URL of a function asks for');
      return { state: 'pass' };
    }
    // an alias has a policy of its own, which lambda:GetPolicy tells only when it is asked for by name
    const own = open.filter(({ qualifier }) => qualifier === undefined);
    const [alias] = open.filter(({ qualifier }) => qualifier !== undefined);
    const other = alias ? unknown(held, 'lambda:GetPolicy', `the policy of its alias ${alias.qualifier}`) : undefined;
    if (own.length === 0 && other) return other;
    if (held.policy === undefined) return unknown(held, 'lambda:GetPolicy', 'the policy of a function');
    const policy =
      held.policy === null
        ? { open: [], proof: [], missing: [] }
        : openToAnybody(estate, held.arn ?? held.id, ['lambda:InvokeFunctionUrl'], {
            'lambda:FunctionUrlAuthType': 'NONE',
            'lambda:InvokedViaFunctionUrl': 'true',
          });
    if (policy.open.length > 0)
      return {
        state: 'fail',
        message: 'open',
        data: { name: held.name },
        proof: [...own.map(({ url }) => fact(held, '', `${url} asks for no signature (NONE)`)), ...policy.proof],
      };
    if (policy.missing.length > 0) return { state: 'unknown', missing: policy.missing };
    return other ?? { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'],
  examples: {
    bad: join(functionAnswer(lambda('webhook', 'nodejs22.x')), functionAccess('webhook', [anybody], 'NONE')),
    good: join(functionAnswer(lambda('webhook', 'nodejs22.x')), functionAccess('webhook', [anybody], 'AWS_IAM')),
  },
});
