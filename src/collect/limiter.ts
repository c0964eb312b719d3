/**
 * How fast AWS is asked: one pace for everything, since the account's own programs share the limits that AWS sets on
 * it. The first answer of "too many" halves the pace and makes a pause; it recovers slowly.
 */

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Requests a second below which the pace never falls. */
const SLOWEST = 0.25;
/** The pause after a throttled request, and the time in which several of them count as one. */
const PAUSE = 1_000;
/** The part of the full pace that every hundred good answers give back. */
const RECOVERY = 0.25;

export class Limiter {
  private readonly fastest: number;
  private readonly clock: Clock;
  private pace: number;
  private next = 0;
  private slowedAt = Number.NEGATIVE_INFINITY;

  /** `rate`: requests a second. */
  constructor(rate: number, clock: Clock) {
    this.fastest = rate;
    this.pace = rate;
    this.clock = clock;
  }

  /** Requests a second at present. */
  get rate(): number {
    return this.pace;
  }

  /** Waits for this request's turn. */
  async turn(): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(now, this.next);
    this.next = at + 1_000 / this.pace;
    if (at > now) await this.clock.sleep(at - now);
  }

  throttled(): void {
    const now = this.clock.now();
    if (now - this.slowedAt < PAUSE) return;
    this.slowedAt = now;
    this.pace = Math.max(SLOWEST, this.pace / 2);
    this.next = Math.max(this.next, now + PAUSE);
  }

  answered(): void {
    this.pace = Math.min(this.fastest, this.pace + (this.fastest * RECOVERY) / 100);
  }
}

/** At most so many at a time. */
export class Gate {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(most: number) {
    this.free = most;
  }

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
