/**
 * The planner: an order of moves is searched and every step proven before it is taken. A step that the prover refuses
 * leaves its counterexample; what the counterexample names decides which move is tried next.
 *
 * The idea of letting counterexamples drive the search is that of Snowcap (SIGCOMM 2021, https://doi.org/10.1145/3452296.3472915).
 */
import type { Estate } from '../estate/estate.ts';
import type { Finding } from '../rules/finding.ts';
import type { Context, Move, Proposal, Refusal, Scope } from './move.ts';
import { moves } from './moves/index.ts';
import type { Preferences } from './preferences.ts';
import { changesBetween } from './proofs/difference.ts';
import { CONDITIONS, type Counterexample } from './proofs/proof.ts';
import { type Proven, proveStep } from './prove.ts';
import { ACCOUNT, scopesOf } from './scopes.ts';
import { worthDoing } from './selection.ts';
import { estateAt, type State, startOf } from './state.ts';
import type { Today } from './today.ts';

export interface PlannedStep extends Proven {
  readonly scope: Scope;
  readonly variant: string | undefined;
}

/** A move that no order made safe: the step that fails, and why. */
export interface Unproven {
  readonly move: string;
  readonly environment: string | null;
  readonly step: string;
  readonly counterexamples: readonly (Counterexample & { readonly condition: string })[];
}

/** A move that something would be mended by, and for which something never came. */
export interface Waiting {
  readonly move: string;
  readonly environment: string | null;
  readonly for: string;
}

export interface Plan {
  readonly today: Today;
  readonly steps: readonly PlannedStep[];
  readonly refused: readonly Refusal[];
  readonly unproven: readonly Unproven[];
  readonly waiting: readonly Waiting[];
  readonly end: State;
  /** How the search went: tries that the prover refused, and what it learned from them. */
  readonly search: { readonly tried: number; readonly refusedByProver: number; readonly learned: readonly string[] };
}

interface Task {
  readonly move: Move;
  readonly scope: Scope;
}

interface Refused {
  readonly step: string;
  readonly counterexamples: readonly (Counterexample & { readonly condition: string })[];
  /** Ids that the counterexamples name: what changes them may help. */
  readonly subjects: readonly string[];
}

interface Failure extends Refused {
  readonly at: State;
  readonly estate: Estate;
  readonly proposed: string;
}

const keyOf = ({ move, scope }: Task): string => `${move.name} ${scope.environment}`;
const nameOf = ({ move, scope }: Task): string =>
  scope.environment ? `${move.name} (${scope.environment})` : move.name;

const RISKS = ['additive', 'risky', 'closing', 'last'] as const;

export function makePlan(today: Today, findings: readonly Finding[], preferences: Preferences): Plan {
  const scopes = scopesOf(today.estate);
  const accepted = preferences.acceptedSeconds ?? Number.POSITIVE_INFINITY;
  const wanted = worthDoing(moves, findings, preferences);
  const refused: Refusal[] = [];
  const unproven = new Map<string, Unproven>();
  const steps: PlannedStep[] = [];
  const search = { tried: 0, refusedByProver: 0, learned: [] as string[] };
  let state = startOf(today);

  /** Everything of one round: the account's first additive moves, one environment after the other, the account's closing ones. */
  const rounds: readonly (readonly Task[])[] = [
    tasksOf(wanted, [ACCOUNT], (move) => move.scope === 'account' && move.risk === 'additive'),
    ...scopes.map((scope) => tasksOf(wanted, [scope], (move) => move.scope === 'environment')),
    tasksOf(wanted, [ACCOUNT], (move) => move.scope === 'account' && move.risk !== 'additive'),
  ];
  let left: Task[] = [];
  for (const round of rounds) {
    left = [...left, ...round];
    state = walk(state, left);
  }
  const waiting = left.flatMap(({ move, scope }): readonly Waiting[] => {
    const proposal = move.propose({ today, state, estate: estateAt(state), scope, preferences });
    return proposal.state === 'waits' ? [{ move: move.name, environment: scope.environment, for: proposal.for }] : [];
  });
  return { today, steps, refused, unproven: [...unproven.values()], waiting, end: state, search };

  function walk(from: State, pending: Task[]): State {
    let at = from;
    const failures = new Map<Task, Failure>();
    for (;;) {
      const next = firstThatHolds(at, pending, failures, false) ?? firstThatHolds(at, pending, failures, true);
      if (!next) break;
      pending.splice(pending.indexOf(next.task), 1);
      failures.delete(next.task);
      steps.push(...next.steps);
      at = next.after;
    }
    for (const [task, { step, counterexamples }] of failures)
      unproven.set(keyOf(task), { move: task.move.name, environment: task.scope.environment, step, counterexamples });
    return at;
  }

  /**
   * The first pending move all of whose steps are proven. Moves that change what a counterexample named are tried before
   * the others of their risk, and a refused one is tried again when something that it fell over has changed.
   */
  function firstThatHolds(
    at: State,
    pending: Task[],
    failures: Map<Task, Failure>,
    lastTry: boolean,
  ): { readonly task: Task; readonly steps: readonly PlannedStep[]; readonly after: State } | undefined {
    const estate = estateAt(at);
    const ready = [...pending].flatMap((task) => {
      const context: Context = { today, state: at, estate, scope: task.scope, preferences };
      const proposal = settle(task, task.move.propose(context), pending);
      return proposal ? [{ task, proposal }] : [];
    });
    const named = new Set([...failures.values()].flatMap(({ subjects }) => subjects));
    const helps = ({ task, proposal }: (typeof ready)[number]): boolean => {
      if (named.size === 0 || failures.has(task)) return false;
      const text = JSON.stringify(proposal.steps);
      return [...named].some((subject) => text.includes(subject));
    };
    const rank = (one: (typeof ready)[number]): number =>
      (failures.has(one.task) ? 100 : 0) + RISKS.indexOf(one.task.move.risk) * 2 + (helps(one) ? 0 : 1);
    const ranked = ready.map((one) => ({ one, at: rank(one) })).sort((a, b) => a.at - b.at);
    for (const {
      one: { task, proposal },
    } of ranked) {
      const failed = failures.get(task);
      const text = JSON.stringify(proposal.steps);
      if (failed && failed.proposed === text && (failed.at === at || (!lastTry && !mayHelp(failed, at)))) continue;
      search.tried += 1;
      const taken = prove(at, task, proposal);
      if ('after' in taken) {
        const { steps: proven, after } = taken;
        unproven.delete(keyOf(task));
        return { task, steps: proven, after };
      }
      search.refusedByProver += 1;
      const [first] = taken.counterexamples;
      const lesson = `${nameOf(task)} has to wait: ${first?.subject ?? ''}: ${first?.because ?? ''}`;
      if (!search.learned.includes(lesson)) search.learned.push(lesson);
      failures.set(task, { ...taken, at, estate, proposed: text });
    }
    return undefined;
  }

  /** The steps of a proposal; undefined when there are none, and the task is then settled or waits. */
  function settle(task: Task, proposal: Proposal, pending: Task[]): Extract<Proposal, { state: 'ready' }> | undefined {
    const refuse = (list: readonly Omit<Refusal, 'move' | 'environment'>[]): void => {
      for (const one of list) {
        const refusal = { move: task.move.name, environment: task.scope.environment, ...one };
        if (!refused.some((known) => JSON.stringify(known) === JSON.stringify(refusal))) refused.push(refusal);
      }
    };
    switch (proposal.state) {
      case 'notNeeded':
      case 'waits':
        return undefined;
      case 'refused':
        pending.splice(pending.indexOf(task), 1);
        refuse(proposal.refusals);
        return undefined;
      case 'ready': {
        refuse(proposal.refusals ?? []);
        const dear = proposal.steps.find(({ clientsNotice }) => clientsNotice.to > accepted);
        if (dear) {
          pending.splice(pending.indexOf(task), 1);
          refuse([
            {
              subject: dear.id,
              because: `${dear.title}: clients may notice up to ${dear.clientsNotice.to} s, and you accept ${accepted} s.`,
              change: `raise acceptedSeconds to ${dear.clientsNotice.to}, or skip ${task.move.name}`,
            },
          ]);
          return undefined;
        }
        return proposal.steps.length === 0 ? undefined : proposal;
      }
    }
  }

  function prove(
    at: State,
    task: Task,
    { steps: proposed, variant }: Extract<Proposal, { state: 'ready' }>,
  ): { readonly steps: readonly PlannedStep[]; readonly after: State } | Refused {
    const proven: PlannedStep[] = [];
    let now = at;
    for (const step of proposed) {
      const one = proveStep(now, step);
      if (!one.holds || one.after === undefined) return refusal(one);
      proven.push({ ...one, scope: task.scope, variant });
      now = one.after;
    }
    return { steps: proven, after: now };
  }
}

/** Whether something that the counterexamples name is another thing by now. */
function mayHelp({ subjects, at: then, estate }: Failure, now: State): boolean {
  if (then.waysIn !== now.waysIn && then.waysIn.length !== now.waysIn.length) return true;
  const named = subjects.join('\n');
  return changesBetween(estate, estateAt(now)).some(({ before, after }) => {
    const one = after ?? before;
    return one !== undefined && (named.includes(one.id) || named.includes(one.name));
  });
}

function refusal({ step, proofs }: Proven): Refused {
  const counterexamples = CONDITIONS.flatMap((condition) =>
    [...proofs[condition].violations, ...proofs[condition].unknowns].map((each) => ({ condition, ...each })),
  );
  const subjects = counterexamples.flatMap(({ subject, hops }) => [
    ...subject.split(/ -> | /),
    ...hops.map(({ resource }) => resource),
  ]);
  return { step: step.id, counterexamples, subjects: [...new Set(subjects)].filter((one) => one.length > 4) };
}

const tasksOf = (wanted: readonly Move[], scopes: readonly Scope[], fits: (move: Move) => boolean): readonly Task[] =>
  scopes.flatMap((scope) => wanted.filter(fits).map((move) => ({ move, scope })));
