/** A published version keeps its settings for ever, so a change of the function does not reach who calls a version. */
import { versionsCalled } from '../../analyse/workloads/function-versions.ts';
import type { Estate } from '../../estate/estate.ts';
import type { LambdaFunction } from '../../estate/kinds/compute.ts';
import type { Gate } from '../step.ts';

/** Why a change of the function would not do what it is for; undefined where nothing is known to call a version of it. */
export function keptByVersion(
  estate: Estate,
  fn: LambdaFunction,
): { readonly because: string; readonly change: string } | undefined {
  const called = versionsCalled(estate, fn);
  return called.length === 0
    ? undefined
    : {
        because: `${fn.name} has callers of a published version (${called.join(', ')}), which keeps the settings of its day: a change of the function would not reach them.`,
        change:
          'let the callers name the function itself and delete the alias, then ask for a plan again; or change the function, publish a version and move the alias to it by hand: the plan does not follow versions',
      };
}

/** Where nobody read the aliases, a person looks for them before the change. */
export const versionsGate = (estate: Estate, fns: readonly LambdaFunction[]): readonly Gate[] =>
  fns.flatMap((fn): readonly Gate[] =>
    fn.qualifiers !== undefined || versionsCalled(estate, fn).length > 0
      ? []
      : [
          {
            type: 'query',
            check: `${fn.name} has no alias, and nothing calls a version of it: a version would keep its settings of today.`,
            query: `aws lambda list-aliases --region ${fn.region} --function-name ${fn.name}`,
          },
        ],
  );
