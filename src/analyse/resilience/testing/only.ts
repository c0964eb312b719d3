import type { Flow } from '../../../estate/flow.ts';
import type { Resource } from '../../../estate/resource.ts';
import { type FlowSurvival, survive } from '../survive.ts';
import { estate } from './build.ts';

/** The survival of one flow, by default of the loss of zone a. */
export function only(
  resources: readonly Resource[],
  one: Flow,
  without: Parameters<typeof survive>[1] = { zone: 'a' },
): FlowSurvival {
  const [answer] = survive(estate(resources, [one]), without).flows;
  if (!answer) throw new Error('no flow');
  return answer;
}
