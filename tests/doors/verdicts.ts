/** What an audit says, in a form that is the same through every door. */
import type { Estate } from '../../src/estate/estate.ts';
import { rules } from '../../src/rules/catalog/index.ts';
import { audit } from '../../src/rules/run.ts';
import { labelled } from './labels.ts';

/** By rule and subject: `fail: the sentence`, `pass` or `unknown`. */
export function verdicts(estate: Estate): ReadonlyMap<string, string> {
  const label = labelled(estate);
  return new Map(
    audit(estate, rules).flatMap(({ rule, state, claim, resources }) => {
      const [subject, ...others] = resources;
      if (state === 'notApplicable' || subject === undefined) return [];
      if (state !== 'fail') return resources.map(({ id }) => [`${rule} ${label.of(id)}`, state as string] as const);
      const beside = others.map(({ id }) => label.of(id)).sort();
      return [[`${rule} ${label.of(subject.id)}`, `fail: ${label.in(claim)} [${beside.join(', ')}]`] as const];
    }),
  );
}
