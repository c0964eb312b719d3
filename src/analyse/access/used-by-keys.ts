/** What access keys were last used for. AWS tells the service alone, so we take what the user may do in it. */
import type { Estate } from '../../estate/estate.ts';
import { all, find } from '../../estate/estate.ts';
import type { User } from '../../estate/kinds/people.ts';
import { identityOf } from './identity.ts';
import { parseArn } from './policy/arn.ts';
import { instance } from './policy/pattern.ts';

export interface KeyUse {
  readonly principal: User;
  readonly action: string;
  readonly resource: string;
  readonly because: string;
}

const PROBE = 'underpin-probe';

/** For each key in use: one request for each statement that gives its user something in the service it was used for. */
export function actionsUsedByKeys(estate: Estate): readonly KeyUse[] {
  return all(estate, 'accessKey').flatMap((key): readonly KeyUse[] => {
    const user = find(estate, key.user);
    const service = key.lastUsedService?.toLowerCase();
    if (!user || key.active === false || !key.lastUsed || !service || service === 'n/a') return [];
    const because = `the key ${key.id} was last used for ${service}`;
    const found = identityOf(estate, user).policies.policies.flatMap((policy) =>
      policy.document.statements.flatMap((statement) => {
        if (statement.effect === 'Deny') return [];
        const texts = statement.actions.not ? ['*'] : statement.actions.items.map((pattern) => pattern.text);
        const actions = texts.flatMap((text) => {
          if (/^\*/.test(text)) return [`${service}:${PROBE}`];
          return text.startsWith(`${service}:`) ? [text.replaceAll(/[*?]/g, PROBE)] : [];
        });
        const pattern = statement.resources?.not ? undefined : statement.resources?.items[0];
        const resource = place(pattern ? instance(pattern, PROBE) : `arn:aws:${service}:::${PROBE}`, user, service);
        return actions.map((action) => ({ principal: user, action, resource, because }));
      }),
    );
    return [...new Map(found.map((use) => [`${use.action} ${use.resource}`, use])).values()];
  });
}

function place(text: string, user: User, service: string): string {
  const arn = parseArn(text);
  if (!arn) return `arn:aws:${service}:::${PROBE}`;
  const account = arn.account === PROBE ? user.account : arn.account;
  return `arn:aws:${arn.service}:${arn.region}:${account}:${arn.resource}`;
}
