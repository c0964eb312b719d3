/**
 * The planner: an order of moves is searched and every step proven before it is taken. A step that the prover refuses
 * leaves its counterexample; what the counterexample names decides which move is tried next.
 *
 * The idea of letting counterexamples drive the search is that of Snowcap (SIGCOMM 2021, https://doi.org/10.1145/3452296.3472915).
 */
import type { Finding } from '../rules/finding.ts';
import type { Context, Move, Proposal, Refusal, Scope } from './move.ts';
import { moves } from './moves/index.ts';
import type { Preferences } from './preferences.ts';
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

export interface Plan {
  readonly today: Today;
  readonly steps: readonly PlannedStep[];
  readonly refused: readonly Refusal[];
  readonly unproven: readonly Unproven[];
  readonly end: State;
  /** How the search went: tries that the prover refused, and what it learned from them. */
  readonly search: { readonly tried: number; readonly refusedByProver: number; readonly learned: readonly string[] };
}

interface Task {
  readonly move: Move;
  readonly scope: Scope;
}

interface Failure {
  readonly step: string;
  readonly counterexamples: readonly (Counterexample & { readonly condition: string })[];
}

const RISKS = ['additive', 'risky', 'closing', 'last'] as const;

export function makePlan(today: Today, findings: readonly Finding[], preferences: Preferences): Plan {
  const scopes = scopesOf(today.estate);
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
  return { today, steps, refused, unproven: [...unproven.values()], end: state, search };

  function walk(from: State, pending: Task[]): State {
    let at = from;
    const failures = new Map<Task, Failure>();
    for (;;) {
      const next = firstThatHolds(at, pending, failures);
      if (!next) break;
      pending.splice(pending.indexOf(next.task), 1);
      failures.delete(next.task);
      steps.push(...next.steps);
      at = next.after;
    }
    for (const [task, failure] of failures)
      unproven.set(`${task.move.name} ${task.scope.environment}`, {
        move: task.move.name,
        environment: task.scope.environment,
        ...failure,
      });
    return at;
  }

  /** Tries the pending moves, those first that a counterexample named; the first whose steps are all proven is taken. */
  function firstThatHolds(
    at: State,
    pending: Task[],
    failures: Map<Task, Failure>,
  ): { readonly task: Task; readonly steps: readonly PlannedStep[]; readonly after: State } | undefined {
    const estate = estateAt(at);
    for (const task of [...pending].sort((a, b) => RISKS.indexOf(a.move.risk) - RISKS.indexOf(b.move.risk))) {
      const context: Context = { today, state: at, estate, scope: task.scope, preferences };
      const proposal = task.move.propose(context);
      const settled = settle(task, proposal, pending);
      if (!settled) continue;
      search.tried += 1;
      const taken = prove(at, task, settled);
      if ('after' in taken) {
        const { steps: proven, after } = taken;
        unproven.delete(`${task.move.name} ${task.scope.environment}`);
        return { task, steps: proven, after };
      }
      search.refusedByProver += 1;
      const before = failures.get(task);
      if (before === undefined)
        search.learned.push(
          `${task.move.name}${task.scope.environment ? ` (${task.scope.environment})` : ''} has to wait: ${taken.counterexamples[0]?.because ?? ''}`,
        );
      failures.set(task, taken);
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
      case 'ready':
        refuse(proposal.refusals ?? []);
        return proposal.steps.length === 0 ? undefined : proposal;
    }
  }

  function prove(
    at: State,
    task: Task,
    { steps: proposed, variant }: Extract<Proposal, { state: 'ready' }>,
  ): { readonly steps: readonly PlannedStep[]; readonly after: State } | Failure {
    const proven: PlannedStep[] = [];
    let now = at;
    for (const step of proposed) {
      const one = proveStep(now, step);
      if (!one.holds || one.after === undefined)
        return {
          step: step.id,
          counterexamples: CONDITIONS.flatMap((condition) =>
            [...one.proofs[condition].violations, ...one.proofs[condition].unknowns].map((each) => ({
              condition,
              ...each,
            })),
          ),
        };
      proven.push({ ...one, scope: task.scope, variant });
      now = one.after;
    }
    return { steps: proven, after: now };
  }
}

const tasksOf = (wanted: readonly Move[], scopes: readonly Scope[], fits: (move: Move) => boolean): readonly Task[] =>
  scopes.flatMap((scope) => wanted.filter(fits).map((move) => ({ move, scope })));
