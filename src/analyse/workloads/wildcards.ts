/** Whole services that a role may use without limit: `sqs:*` on every resource, nothing taken away again. */
import type { Estate } from '../../estate/estate.ts';
import type { Role } from '../../estate/kinds/people.ts';
import { evaluate } from '../access/evaluate.ts';
import { arnOf, identityOf } from '../access/identity.ts';
import { isEverything } from '../access/policy/pattern.ts';
import type { Statement } from '../access/policy/statement.ts';
import type { Hop, Missing } from '../verdict.ts';

export interface Wildcards {
  /** Service prefixes, sorted. */
  readonly services: readonly string[];
  readonly proof: readonly Hop[];
  readonly missing: readonly Missing[];
}

/** An action and a resource that no policy names: only a wildcard allows them. */
const PROBE = 'UnderpinProbe';

export function wildcardServices(estate: Estate, role: Role): Wildcards {
  const { policies, missing, mayOnlyAllow } = identityOf(estate, role).policies;
  const named = new Set(policies.flatMap((policy) => policy.document.statements.flatMap(servicesOf)));
  const services: string[] = [];
  const proof = new Map<string, Hop>();
  const unread: Missing[] = [...missing, ...mayOnlyAllow.map((item) => item.missing)];
  for (const service of [...named].sort()) {
    const answer = evaluate(estate, {
      principal: arnOf(role),
      action: `${service}:${PROBE}`,
      resource: `arn:aws:${service}:${role.region === 'global' ? 'us-east-1' : role.region}:${role.account}:${PROBE}`,
      context: { 'aws:RequestedRegion': { anyOf: [] } },
    });
    if (answer.verdict === 'unknown') unread.push(...answer.missing);
    if (answer.verdict !== 'yes' || answer.conditions.length > 0) continue;
    services.push(service);
    for (const hop of answer.chain) proof.set(`${hop.resource} ${hop.by}`, hop);
  }
  return { services, proof: [...proof.values()], missing: unread };
}

function servicesOf({ effect, actions, resources }: Statement): readonly string[] {
  if (effect === 'Deny' || actions.not || (resources && !resources.not && !resources.items.some(isEverything)))
    return [];
  return actions.items.flatMap(({ text }) => {
    const [service, action] = text.toLowerCase().split(':');
    return service && action === '*' && !/[*?]/.test(service) ? [service] : [];
  });
}
