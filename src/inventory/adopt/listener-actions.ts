/** What a listener or a rule does with a request, as the arguments that declare it. */
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import type { Properties, Value } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';

/** The actions of a field; a text says why they can not be declared. */
export function actionsOf(item: Item, field: string): readonly Properties[] | string {
  const actions: Properties[] = [];
  for (const one of allItems(item, field) ?? [undefined]) {
    const action = one ? actionOf(one) : `${item.context.operation} did not tell ${field}`;
    if (typeof action === 'string') return action;
    actions.push(action);
  }
  return actions;
}

function actionOf(item: Item): Properties | string {
  const type = item.string('Type');
  const more = { type: type ?? '', ...said({ order: item.number('Order') }) };
  switch (type) {
    case 'forward': {
      const ends = forwardOf(item);
      return ends ? { ...more, ...ends } : `${item.context.operation} did not tell where a forward action leads`;
    }
    case 'redirect': {
      const redirect = item.item('RedirectConfig');
      return redirect ? { ...more, redirect: redirectOf(redirect) } : untold(item, 'RedirectConfig');
    }
    case 'fixed-response': {
      const fixed = item.item('FixedResponseConfig');
      return fixed ? { ...more, fixedResponse: fixedOf(fixed) } : untold(item, 'FixedResponseConfig');
    }
    case 'authenticate-cognito': {
      const sign = item.item('AuthenticateCognitoConfig');
      return sign ? { ...more, authenticateCognito: cognitoOf(sign) } : untold(item, 'AuthenticateCognitoConfig');
    }
    case 'authenticate-oidc':
      return 'its sign-in has a client secret, which AWS tells nobody';
    default:
      return `an action of type ${type ?? 'unknown'} is not adopted`;
  }
}

const untold = (item: Item, field: string): string => `${item.context.operation} did not tell ${field}`;

/** One group stands in the short form; weights and stickiness need the block. */
function forwardOf(item: Item): Properties | undefined {
  const forward = item.item('ForwardConfig');
  const groups = forward ? allItems(forward, 'TargetGroups') : undefined;
  if (item.has('ForwardConfig') && groups === undefined) return undefined;
  const targets = (groups ?? [item]).map((group) => ({
    arn: group.string('TargetGroupArn'),
    weight: group.number('Weight') ?? 1,
  }));
  const known = targets.flatMap(({ arn, weight }) => (arn === undefined ? [] : [{ arn, weight }]));
  const [first] = known;
  if (first === undefined || known.length !== targets.length) return undefined;
  const sticky = forward?.item('TargetGroupStickinessConfig');
  const duration = sticky?.boolean('Enabled') ? sticky.number('DurationSeconds') : undefined;
  if (known.length === 1 && first.weight === 1 && duration === undefined) return { targetGroupArn: first.arn };
  return {
    forward: { targetGroups: known, ...(duration === undefined ? {} : { stickiness: { enabled: true, duration } }) },
  };
}

const redirectOf = (item: Item): Properties =>
  said({
    host: item.string('Host'),
    path: item.string('Path'),
    port: item.string('Port'),
    protocol: item.string('Protocol'),
    query: item.string('Query'),
    statusCode: item.string('StatusCode'),
  });

const fixedOf = (item: Item): Properties =>
  said({
    contentType: item.string('ContentType'),
    messageBody: item.string('MessageBody'),
    statusCode: item.string('StatusCode'),
  });

function cognitoOf(item: Item): Properties {
  const extra = item.item('AuthenticationRequestExtraParams')?.value;
  const parameters = Object.entries(extra ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const authenticationRequestExtraParams: Value | undefined =
    parameters.length === 0 ? undefined : Object.fromEntries(parameters);
  return said({
    userPoolArn: item.string('UserPoolArn'),
    userPoolClientId: item.string('UserPoolClientId'),
    userPoolDomain: item.string('UserPoolDomain'),
    scope: item.string('Scope'),
    sessionCookieName: item.string('SessionCookieName'),
    sessionTimeout: item.number('SessionTimeout'),
    onUnauthenticatedRequest: item.string('OnUnauthenticatedRequest'),
    authenticationRequestExtraParams,
  });
}
