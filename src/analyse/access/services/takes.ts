/** Roles that let another role in by its name: whoever works with that one is meant to take them. */
import { all, memoised } from '../../../estate/estate.ts';
import type { Role } from '../../../estate/kinds/people.ts';

/** By the ARN of the role that is let in. A role that lets in itself is none that somebody else has to keep. */
export const lettingIn = memoised((estate): ReadonlyMap<string, readonly Role[]> => {
  const index = new Map<string, Role[]>();
  for (const role of all(estate, 'role')) {
    const named = new Set(role.trust?.match(/arn:aws[a-z-]*:iam::\d{12}:role\/[^"\\]+/g) ?? []);
    for (const arn of named) {
      if (arn === role.id || arn === role.arn) continue;
      const list = index.get(arn);
      if (list) list.push(role);
      else index.set(arn, [role]);
    }
  }
  return index;
});
