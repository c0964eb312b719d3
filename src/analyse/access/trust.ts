/** Whether the trust policy of a role is known, and so whom it does not let in. */
import type { Role } from '../../estate/kinds/people.ts';
import { parsePolicy } from './policy/parse.ts';

const whole = new WeakMap<Role, boolean>();

/**
 * False also of a text that AWS would not have taken, such as one whose statement names no Principal: AWS holds no such
 * text, so the role has another one, which may let in anybody.
 */
export function isTrustKnown(role: Role): boolean {
  let known = whole.get(role);
  if (known === undefined) {
    known = role.trust !== undefined && !parsePolicy(role.trust, 'trust').broken;
    whole.set(role, known);
  }
  return known;
}
