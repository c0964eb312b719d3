/**
 * Whether a workload that works with another role than before, or that takes over from another, may still do what is seen
 * to be used. `lockout.ts` asks the same of principals that stay; here the workload stays and the principal changes.
 */
import type { Estate } from '../../estate/estate.ts';
import { byId, memoised } from '../../estate/estate.ts';
import { type Workload, workloads } from '../workloads/workloads.ts';
import type { AccessAnswer } from './answer.ts';
import { evaluate } from './evaluate.ts';
import { needsOf, type ServiceNeed } from './services/needs.ts';

export interface HandoverGap {
  readonly workload: Workload;
  readonly action: string;
  readonly resource: string;
  readonly because: string;
  /** False: the evidence shows the thing, not that this very action is used, or the answer is not known. */
  readonly certain: boolean;
  /** Whether all that is open is if the role of another account lets the new principal in: only its owner can tell. */
  readonly foreign: boolean;
}

const byPlace = memoised(
  (estate): ReadonlyMap<string, Workload> =>
    new Map(workloads(estate).map((workload) => [`${workload.use} ${workload.id}`, workload])),
);

/** `predecessors`: ids of those whose work a resource takes over. */
export function handoverGaps(
  before: Estate,
  after: Estate,
  predecessors: (id: string) => readonly string[],
): readonly HandoverGap[] {
  return workloads(after).flatMap((workload) => {
    if (!workload.runs) return [];
    const earlier = [workload.id, ...predecessors(workload.id)].flatMap(
      (id) => byPlace(before).get(`${workload.use} ${id}`) ?? [],
    );
    const [was] = earlier;
    if (was && was.role === workload.role && was.holder === workload.holder && was.definition === workload.definition)
      return [];
    return wanted(before, after, workload, was).flatMap((need) => gapsOf(after, workload, need));
  });
}

/** What the workload needs of its role after the change and, as far as we know, had or must have. */
function wanted(before: Estate, after: Estate, workload: Workload, was: Workload | undefined): readonly ServiceNeed[] {
  const now = needsOf(after, workload);
  const surely = now.filter(({ sure }) => sure);
  if (was === undefined) return mayHaveNone(workload) ? [] : surely;
  const needed = needsOf(before, was);
  if (was.role === workload.role) {
    const known = new Set(needed.map(keyOf));
    return mayHaveNone(workload) ? [] : surely.filter((need) => !known.has(keyOf(need)));
  }
  // a key in the environment wins over the role, so what the role allowed is not what the program could do
  const byKey = was.environment.some(({ accessKeyId }) => accessKeyId !== undefined);
  const { role } = was;
  const had = needed.filter(
    (need) => byKey || (role !== null && everyOf(need, (one) => mayHaveDone(before, role, one))),
  );
  return [...new Map([...had, ...surely].map((need) => [keyOf(need), need])).values()];
}

/** On instances of one's own the agent pulls images and writes logs with the role of the machine. */
const mayHaveNone = ({ use, role }: Workload): boolean => role === null && (use === 'execution' || use === 'task');

const keyOf = ({ actions, resources }: ServiceNeed): string => `${actions.join()} ${resources.join()}`;

interface Ask {
  readonly action: string;
  readonly resource: string;
}

const asksOf = ({ actions, resources }: ServiceNeed): readonly Ask[] =>
  actions.flatMap((action) =>
    resources.map((text) => ({ action, resource: text === '*' ? '*' : text.replaceAll('*', 'underpin-probe') })),
  );

const everyOf = (need: ServiceNeed, holds: (ask: Ask) => boolean): boolean => asksOf(need).every(holds);

const answerOf = (estate: Estate, role: string, { action, resource }: Ask): AccessAnswer =>
  evaluate(estate, { principal: role, action, resource });

const may = (estate: Estate, role: string, ask: Ask): boolean => answerOf(estate, role, ask).verdict === 'yes';

/** Whom the role of another account lets in stands there: who has it in its settings is taken to be let in. */
const mayHaveDone = (estate: Estate, role: string, ask: Ask): boolean =>
  may(estate, role, ask) || (isForeignRole(estate, ask) && answerOf(estate, role, ask).verdict === 'unknown');

const isForeignRole = (estate: Estate, { action, resource }: Ask): boolean =>
  action === 'sts:AssumeRole' && byId(estate, resource) === undefined;

function gapsOf(after: Estate, workload: Workload, need: ServiceNeed): readonly HandoverGap[] {
  const { role } = workload;
  return asksOf(need).flatMap((ask): readonly HandoverGap[] => {
    const verdict = role === null ? 'no' : answerOf(after, role, ask).verdict;
    if (verdict === 'yes') return [];
    return [
      {
        workload,
        ...ask,
        because: need.because,
        certain: need.sure && verdict === 'no',
        foreign: verdict === 'unknown' && isForeignRole(after, ask),
      },
    ];
  });
}
