/** The loss of zones at the points of a journey: a step leaves most flows as they are, and they are judged again only where it does not. */
import { type Estate, memoised } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import { recalled, recalledWhole } from '../../estate/memory.ts';
import { judging, survivalsBy, zonesIn } from './survive.ts';

const judgeOf = memoised(judging);
const zonesOf = recalledWhole(zonesIn);
const judged = recalled(
  (estate: Estate, flow: Flow) => new Map(zonesOf(estate).map((zone) => [zone, judgeOf(estate)(zone, flow)])),
);

/** What `survivals` answers. */
export const survivalsAt = recalledWhole((estate) =>
  survivalsBy(estate, (zone, flow) => judged(estate, flow).get(zone) ?? judgeOf(estate)(zone, flow)),
);
