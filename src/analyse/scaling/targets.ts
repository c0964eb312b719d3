/**
 * What Application Auto Scaling may change the number of.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html
 */
import { statusOf } from '../../estate/coverage.ts';
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';

export const SCALABLE_TARGETS = 'application-autoscaling:DescribeScalableTargets';

const targetsOf: (estate: Estate) => ReadonlyMap<string, ResourceOf<'scalableTarget'>> = memoised((estate) => {
  const index = new Map<string, ResourceOf<'scalableTarget'>>();
  for (const target of all(estate, 'scalableTarget'))
    index.set([target.account, target.region, target.resourceId, target.dimension].join(' '), target);
  return index;
});

/** `resourceId` as AWS writes it: `service/<cluster>/<service>`, `cluster:<identifier>`. */
export const scalableTargetOf = (
  estate: Estate,
  of: Resource,
  resourceId: string,
  dimension: string,
): ResourceOf<'scalableTarget'> | undefined =>
  targetsOf(estate).get([of.account, of.region, resourceId, dimension].join(' '));

/** Places (`account region`) with a target of which it is not told what it changes the number of. */
const vagueIn: (estate: Estate) => ReadonlySet<string> = memoised(
  (estate) =>
    new Set(
      all(estate, 'scalableTarget').flatMap(({ account, region, resourceId, dimension }) =>
        resourceId === undefined || dimension === undefined ? [`${account} ${region}`] : [],
      ),
    ),
);

/** Whether the targets of a namespace (`ecs`, `rds`) were listed where a resource lives, each with what it scales: AWS is asked for one namespace at a time. */
export function scalingWasRead(estate: Estate, { account, region }: Resource, namespace: string): boolean {
  if (vagueIn(estate).has(`${account} ${region}`)) return false;
  const asked = (target: string) => statusOf(estate.coverage, SCALABLE_TARGETS, { account, region, target });
  const whole = asked('');
  const own = asked(`ServiceNamespace=${namespace}`);
  if (whole === 'notAsked') return own === 'read';
  return whole === 'read' && (own === 'read' || own === 'notAsked');
}
