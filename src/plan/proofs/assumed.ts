/**
 * Whether what runs may still work as its role: a role whose trust does not let in the service that starts the task, the
 * function or the machine gives it nothing, whatever the role itself is allowed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
 */
import type { AccessAnswer } from '../../analyse/access/answer.ts';
import { evaluate } from '../../analyse/access/evaluate.ts';
import { type RoleKind, type Workload, workloads } from '../../analyse/workloads/workloads.ts';
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import { grouped } from '../../estate/grouped.ts';
import { counterexample, type Findings } from './proof.ts';

const SERVICE: Readonly<Record<RoleKind, string>> = {
  task: 'ecs-tasks.amazonaws.com',
  execution: 'ecs-tasks.amazonaws.com',
  function: 'lambda.amazonaws.com',
  instance: 'ec2.amazonaws.com',
};

const byPlace = memoised((estate) => grouped(workloads(estate), (one) => [placeOf(one)]));

const placeOf = ({ use, id }: Workload): string => `${use} ${id}`;

/** `given`: what the step says of itself that it takes away. */
export function rolesNotAssumed(then: Estate, now: Estate, given: ReadonlySet<string>, found: Findings): void {
  for (const workload of workloads(now)) {
    const { role, use, id, says } = workload;
    if (!workload.runs || role === null || given.has(id)) continue;
    const earlier = byPlace(then).get(placeOf(workload)) ?? [];
    const was = earlier.find((one) => one.role === role) ?? earlier[0];
    // the very same text of the very same role
    if (was?.role === role && byId(then, role) === byId(now, role)) continue;
    const is = mayWorkAs(now, workload);
    if (was !== undefined && was.role !== null && amount(is) >= amount(mayWorkAs(then, was)) && same(is, then, was))
      continue;
    const name = role.replace(/^.*[:/]/, '');
    if (is.verdict === 'no')
      found.violations.push(
        counterexample(
          id,
          `${says} works with the role ${name}, whose trust does not let in ${SERVICE[use]}: it would have no permission at all`,
          is.chain,
        ),
      );
    else if (is.verdict === 'unknown' || is.conditions.length > 0)
      found.unknowns.push(
        counterexample(
          id,
          `whether the trust of the role ${name} lets ${SERVICE[use]} work as it for ${says} is not known`,
          [],
          is.missing,
        ),
      );
  }
}

/** A service says for which account it comes, or says nothing of it. */
const mayWorkAs = (estate: Estate, { role, use, holder }: Workload): AccessAnswer =>
  evaluate(estate, {
    principal: SERVICE[use],
    action: 'sts:AssumeRole',
    resource: role ?? '',
    context: { 'aws:SourceAccount': { anyOf: [[holder.account], null] } },
  });

const amount = ({ verdict, conditions }: AccessAnswer): number =>
  verdict === 'no' ? 0 : verdict === 'unknown' ? 1 : conditions.length > 0 ? 2 : 3;

/** What turns on the same conditions as before is what it was. */
const same = (is: AccessAnswer, then: Estate, was: Workload): boolean =>
  amount(is) !== 2 || saysOf(is) === saysOf(mayWorkAs(then, was));

const saysOf = ({ conditions }: AccessAnswer): string =>
  conditions
    .map(({ says, holds }) => `${says} ${holds}`)
    .sort()
    .join();
