/**
 * What anybody at all may do on a resource, by the resource's own policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
import type { Estate } from '../../estate/estate.ts';
import type { AccessAnswer } from '../access/answer.ts';
import type { ContextInput } from '../access/context.ts';
import { evaluate } from '../access/evaluate.ts';
import type { Hop, Missing } from '../verdict.ts';

/** Conditions that whoever calls fulfils by choice: they keep nobody out. */
const CALLERS_CHOICE = new Set([
  'aws:securetransport',
  'aws:useragent',
  'aws:referer',
  'aws:requestedregion',
  'aws:currenttime',
  'aws:epochtime',
  'sns:protocol',
  'sns:endpoint',
]);

export interface Openness {
  /** The actions that anybody may do, in the order asked. */
  readonly open: readonly string[];
  readonly proof: readonly Hop[];
  /** Set when some action can not be decided. */
  readonly missing: readonly Missing[];
}

export function openToAnybody(
  estate: Estate,
  resource: string,
  actions: readonly string[],
  context: ContextInput = {},
): Openness {
  const open: string[] = [];
  const proof = new Map<string, Hop>();
  const missing: Missing[] = [];
  for (const action of actions) {
    const answer = evaluate(estate, {
      principal: '*',
      action,
      resource,
      context: { 'aws:SecureTransport': 'true', ...context },
    });
    if (answer.verdict === 'unknown') missing.push(...answer.missing);
    if (!isOpen(answer)) continue;
    open.push(action);
    for (const { holder, sid, index, source } of answer.statements) {
      const which = sid === null || sid === '' ? `statement ${index + 1}` : `statement “${sid}”`;
      proof.set(`${holder} ${index}`, {
        resource: holder,
        by: sid ?? String(index),
        code: 'access-resource',
        detail: `${which} of its policy allows it to everybody`,
        ...(source ? { provenance: source } : {}),
      });
    }
  }
  return { open, proof: [...proof.values()], missing };
}

const isOpen = ({ verdict, conditions }: AccessAnswer): boolean =>
  verdict === 'yes' &&
  conditions.every(({ holds, tests }) => holds && tests.every(({ key }) => CALLERS_CHOICE.has(key.toLowerCase())));
