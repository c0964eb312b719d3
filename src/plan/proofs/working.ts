/** Whether a flow works at a point of the journey: for every part of its ends, each interface on its own. */
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { mayRead } from '../../analyse/buckets/reader.ts';
import { endOf, type Pair, pairsOf, trafficOf } from '../../analyse/exposure/index.ts';
import { refusedOn } from '../../analyse/internet/answered.ts';
import { reach } from '../../analyse/reachability/index.ts';
import { isApiResource } from '../../analyse/reachability/services.ts';
import type { Hop, Missing } from '../../analyse/verdict.ts';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import { recalled } from '../../estate/memory.ts';
import {
  type ConnectionSet,
  isNoConnection,
  isSubsetConnections,
  isSubsetTraffic,
  overlaps,
  partsOf,
  unionAll,
  unionAllTraffic,
} from '../../estate/sets/index.ts';

export interface Part {
  /** The two ends of this part; stable as long as they are. */
  readonly key: string;
  /** Whether the caller is one thing that may get another address, and not everybody at an address. */
  readonly fromResource: boolean;
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly admitted: ConnectionSet | undefined;
}

/** A part with all that explains its answer. */
export interface ToldPart extends Part {
  readonly hops: readonly Hop[];
  readonly missing: readonly Missing[];
}

export interface Working {
  /** `yes` when every part works; `partly` when some do. */
  readonly answer: 'yes' | 'partly' | 'no' | 'unknown';
  readonly parts: readonly Part[];
}

/** Remembered from one point of the journey to the next, as long as nothing that the flow passes is another. */
export const working = recalled((estate: Estate, flow: Flow): Working => {
  const parts = pairsOf(estate, flow, undefined).map((pair): Part => {
    const { key, fromResource, answer, admitted } = partOf(estate, flow, pair);
    return { key, fromResource, answer, admitted };
  });
  const all = (answer: Part['answer']): boolean => parts.every((part) => part.answer === answer);
  if (all('yes')) return { answer: 'yes', parts };
  if (all('no')) return { answer: 'no', parts };
  return { answer: parts.some((part) => part.answer === 'unknown') ? 'unknown' : 'partly', parts };
});

/** The same parts explained: for what is told of few, and not worked out for all. */
export const told = (estate: Estate, flow: Flow): readonly ToldPart[] =>
  pairsOf(estate, flow, undefined).map((pair) => partOf(estate, flow, pair));

/** What gets there and is refused all the same: by the policy of a bucket, by the rules of a load balancer. */
function refused(estate: Estate, flow: Flow, pair: Pair): Pick<ToldPart, 'answer' | 'hops' | 'missing'> | undefined {
  // the parts of a balancer are its interfaces, and none of them answers otherwise than the others
  const [caller, called] = [flow.from, flow.to].map((end) =>
    end.type === 'resource' ? byId(estate, end.id) : undefined,
  );
  const distribution = caller?.kind === 'distribution' ? caller : undefined;
  if (called?.kind === 'loadBalancer' && flow.ports !== null && flow.ports.from === flow.ports.to) {
    const blocker = refusedOn(estate, called, flow.ports.from, distribution);
    return blocker && { answer: 'no', hops: [blocker], missing: [] };
  }
  if (called?.kind !== 'bucket') return undefined;
  if (pair.from.type === 'internet') return notPublic(estate, called);
  if (!distribution) return undefined;
  const may = mayRead(estate, distribution, called);
  if (may.answer === 'yes') return undefined;
  return may.answer === 'no'
    ? { answer: 'no', hops: [may.blocker], missing: [] }
    : { answer: 'unknown', hops: [], missing: may.missing };
}

/** S3 answers anybody, and says no where neither policy nor ACL lets everybody in. */
function notPublic(estate: Estate, bucket: Bucket): Pick<ToldPart, 'answer' | 'hops' | 'missing'> | undefined {
  const access = bucketAccess(estate, bucket);
  if (access.answer === 'yes') return undefined;
  if (access.answer === 'unknown') return { answer: 'unknown', hops: [], missing: access.missing };
  const detail = `Neither the policy nor the ACL of ${bucket.name} lets everybody in, as far as public access is not blocked.`;
  return { answer: 'no', hops: [{ resource: bucket.id, by: '', code: 'fact', detail }], missing: [] };
}

/** Outside of a VPC a function calls from addresses of AWS, which change; what has a public API asks for none. */
function fromAnywhere(estate: Estate, { from, to }: Pair): boolean {
  const caller = from.type === 'resource' ? byId(estate, from.id) : undefined;
  const called = to.type === 'resource' ? byId(estate, to.id) : undefined;
  return caller?.kind === 'function' && caller.network === null && called !== undefined && isApiResource(called);
}

function partOf(estate: Estate, flow: Flow, pair: Pair): ToldPart {
  const key = [pair.from, pair.to].map((end) => (end.type === 'resource' ? end.id : end.type)).join(' -> ');
  const fromResource = pair.from.type === 'resource';
  const [from, to] = [endOf(estate, pair.from), endOf(estate, pair.to)];
  if (!from || !to) return { key, fromResource, answer: 'unknown', admitted: undefined, hops: [], missing: [] };
  const answer = reach(estate, from, to, trafficOf(flow));
  const shut = answer.answer === 'yes' ? refused(estate, flow, pair) : undefined;
  if (shut) return { key, fromResource, admitted: undefined, ...shut };
  return {
    key,
    fromResource,
    answer: answer.answer,
    admitted: fromAnywhere(estate, pair) ? undefined : answer.admitted,
    get hops() {
      const { verdict } = answer;
      return verdict.answer === 'yes' ? verdict.proof : verdict.answer === 'no' ? verdict.blockers : [];
    },
    get missing() {
      const { verdict } = answer;
      return verdict.answer === 'unknown' ? verdict.missing : [];
    },
  };
}

/** Whether nobody who got through before is kept out: the parts that worked still work, and for all who used them. */
export function keeps(before: Working, after: Working): boolean {
  if (before === after) return true;
  const now = new Map(after.parts.map((part) => [part.key, part]));
  return before.parts.every((was) => {
    if (was.answer !== 'yes') return true;
    const is = now.get(was.key);
    // the interface is another one: then all parts must work
    if (is === undefined) return after.answer === 'yes';
    return (
      is.answer === 'yes' &&
      (was.admitted === undefined ||
        is.admitted === undefined ||
        isSubsetConnections(was.admitted, is.admitted) ||
        (was.fromResource && hasMoved(was.admitted, is.admitted)))
    );
  });
}

/** The caller comes from other addresses altogether, and gets through with all that it sent before. */
function hasMoved(before: ConnectionSet, after: ConnectionSet): boolean {
  if (isNoConnection(before) || isNoConnection(after)) return false;
  const [was, is] = [partsOf(before), partsOf(after)];
  if (overlaps(unionAll(was.map(({ addresses }) => addresses)), unionAll(is.map(({ addresses }) => addresses))))
    return false;
  const needed = unionAllTraffic(was.map(({ traffic }) => traffic));
  return is.every(({ traffic }) => isSubsetTraffic(needed, traffic));
}
