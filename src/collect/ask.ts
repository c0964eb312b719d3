/** One request to AWS: in its turn, again when that helps, kept in the journal without its secrets. */
import { withoutSecrets } from '../inventory/credentials.ts';
import { redacted } from '../inventory/redact.ts';
import { UserError } from '../inventory/user-error.ts';
import { type Journal, type Outcome, type Request, requestKey } from './journal.ts';
import { type Clock, Gate, type Limiter } from './limiter.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** `again`: even if it was answered before, and not kept. */
export type Ask = (request: Request, again?: boolean) => Promise<Outcome>;

export interface Asking {
  readonly send: (request: Request) => Promise<unknown>;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** From 0 to 1: spreads the waiting times, so that those who wait do not come back together. */
  readonly chance: () => number;
  readonly journal: Journal;
  readonly onThrottled: () => void;
}

/** Tries of a request that AWS throttles, and of one that breaks. */
const TRIES = { throttled: 8, broken: 3 } as const;
/** Milliseconds before the second try of a throttled request; doubles with each further one. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** Requests at a time in a region. */
const AT_A_TIME = 8;
/** So many requests in a row that nobody answered, and the region is not asked any further. */
const SILENCE = 6;

interface RegionState {
  readonly gate: Gate;
  silent: number;
}

export function asker({ send, limiter, clock, chance, journal, onThrottled }: Asking): Ask {
  const regions = new Map<string, RegionState>();
  const stateOf = (request: Request): RegionState => {
    const key = `${request.account} ${request.region}`;
    const state = regions.get(key) ?? { gate: new Gate(AT_A_TIME), silent: 0 };
    regions.set(key, state);
    return state;
  };

  /** Why nothing is asked any more. */
  let ended: UserError | undefined;

  async function tryOften(request: Request, state: RegionState): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      // what was asked before is asked to the end: it may have been a short break of the network that silenced them all
      if (attempt === 1 && state.silent >= SILENCE)
        return { error: { name: 'TimeoutError', message: 'not asked: nobody has answered in this region' } };
      await limiter.turn();
      if (ended) throw ended;
      let refusal: Refusal;
      try {
        const output = redacted(request.operation, await send(request));
        limiter.answered();
        state.silent = 0;
        return { output };
      } catch (error) {
        refusal = refusalOf(error);
      }
      const { name, message, kind } = refusal;
      if (kind === 'expired') {
        ended ??= expired(message);
        throw ended;
      }
      state.silent = !refusal.silent ? 0 : name === 'ENOTFOUND' ? state.silent : state.silent + 1;
      if (kind === 'throttled') {
        limiter.throttled();
        onThrottled();
      }
      if (kind === 'final' || attempt >= TRIES[kind]) return { error: { name, message: withoutSecrets(message) } };
      await clock.sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.5 + chance() / 2));
    }
  }

  const asked = (request: Request): Promise<Outcome> => {
    const state = stateOf(request);
    return state.gate.through(() => tryOften(request, state));
  };
  const kept = async (request: Request): Promise<Outcome> => {
    const outcome = await asked(request);
    journal.add(request, outcome);
    return outcome;
  };
  /** Questions that wait for their answer: who asks the same meanwhile waits with them. */
  const open = new Map<string, Promise<Outcome>>();
  return async (request, again = false) => {
    if (again) return asked(request);
    const known = journal.get(request);
    if (known) return known;
    const key = requestKey(request);
    const waiting = open.get(key) ?? kept(request).finally(() => open.delete(key));
    open.set(key, waiting);
    return waiting;
  };
}

const expired = (message: string): UserError =>
  new UserError(`the credentials are not valid any more (${message})`, {
    fix: 'sign in again and run the same command: it goes on where it stopped',
  });
