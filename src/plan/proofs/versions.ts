/**
 * Who calls a published version of a function sees nothing of a change of the function: the version stays where it is and
 * works as the role that it has.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
import { versionsBehind, versionsCalled } from '../../analyse/workloads/function-versions.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Role } from '../../estate/kinds/people.ts';
import { estateAt, type State } from '../state.ts';
import { changesBetween } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

/** What a version keeps. */
const KEPT: ReadonlySet<string> = new Set(['architectures', 'environment', 'network', 'role', 'runtime']);

export function versionsStay(before: State, after: State, found: Findings): void {
  const [then, now] = [estateAt(before), estateAt(after)];
  for (const { before: one, after: stays, fields } of changesBetween(then, now)) {
    if (one?.kind === 'role' && stays === undefined) roleGone(then, one, found);
    if (one?.kind !== 'function' || !fields.some((field) => KEPT.has(field))) continue;
    const called = versionsCalled(then, one);
    if (called.length > 0)
      found.unknowns.push(
        counterexample(
          one.id,
          `${one.name} has callers of a published version (${called.join(', ')}), which the change does not reach`,
        ),
      );
  }
}

/** A version keeps the role of its day, which need not be that of the function. */
function roleGone(then: Estate, role: Role, found: Findings): void {
  if (role.trust !== undefined && !role.trust.includes('lambda.amazonaws.com')) return;
  for (const fn of all(then, 'function')) {
    if (fn.account !== role.account) continue;
    const roles = versionsBehind(then, fn)?.map((one) => one.role);
    if (roles?.includes(role.id))
      found.violations.push(counterexample(role.id, `a published version of ${fn.name} works as ${role.name}`));
    else if (!roles || roles.includes(undefined))
      found.unknowns.push(
        counterexample(
          role.id,
          `a published version of ${fn.name} may work as ${role.name}`,
          [],
          [
            {
              operation: 'lambda:ListVersionsByFunction',
              reason: `the versions of ${fn.name} were not all read`,
              resource: fn.id,
            },
          ],
        ),
      );
  }
}
