/** Which networks have flow logs. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';

export interface FlowLogging {
  /** By the id of the VPC, subnet or interface that is logged. */
  readonly logsOf: ReadonlyMap<string, readonly ResourceOf<'flowLog'>[]>;
  /** Flow logs that do not tell what they log, by `account region`. */
  readonly untold: ReadonlySet<string>;
  /** Subnets of a VPC in which something stands; `undefined` among them for an interface whose subnet is not told. */
  readonly usedSubnetsOf: ReadonlyMap<string, ReadonlySet<string | undefined>>;
}

export const flowLogging: (estate: Estate) => FlowLogging = memoised((estate) => {
  const logsOf = new Map<string, ResourceOf<'flowLog'>[]>();
  const untold = new Set<string>();
  for (const log of all(estate, 'flowLog')) {
    if (log.of === undefined) {
      untold.add(`${log.account} ${log.region}`);
      continue;
    }
    const list = logsOf.get(log.of);
    if (list) list.push(log);
    else logsOf.set(log.of, [log]);
  }
  const usedSubnetsOf = new Map<string, Set<string | undefined>>();
  for (const one of all(estate, 'networkInterface')) {
    if (!one.vpc) continue;
    const used = usedSubnetsOf.get(one.vpc.id) ?? new Set();
    used.add(one.subnet?.id);
    usedSubnetsOf.set(one.vpc.id, used);
  }
  return { logsOf, untold, usedSubnetsOf };
});
