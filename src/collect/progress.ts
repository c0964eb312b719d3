/** How far a run is, in a line of words. */
import type { Clock } from './limiter.ts';
import type { Place } from './place.ts';

/** Milliseconds between two lines where each stays, and where one replaces the other. */
const EVERY = { lines: 10_000, live: 200 } as const;

export class Progress {
  private readonly clock: Clock;
  private readonly live: boolean;
  private readonly write: (text: string) => void;
  private rate: () => number = () => 1;
  private total = 0;
  private finished = 0;
  private slowed = 0;
  private shownAt: number;
  private width = 0;

  /** `live`: the line is written over itself; otherwise a new line every ten seconds. */
  constructor(clock: Clock, live: boolean, write: (text: string) => void) {
    this.clock = clock;
    this.live = live;
    this.write = write;
    this.shownAt = clock.now();
  }

  readonly pace = (rate: () => number): void => {
    this.rate = rate;
  };

  readonly planned = (_place: Place, requests: number): void => {
    this.total += requests;
  };

  readonly throttled = (): void => {
    this.slowed += 1;
  };

  readonly done = (place: Place, operation: string): void => {
    this.finished += 1;
    const now = this.clock.now();
    if (now - this.shownAt < (this.live ? EVERY.live : EVERY.lines)) return;
    this.shownAt = now;
    this.show(this.line(place, operation));
  };

  readonly note = (text: string): void => {
    this.clear();
    this.write(`${text}\n`);
  };

  /** Takes the live line away. */
  clear(): void {
    if (this.live && this.width > 0) this.write(`\r${' '.repeat(this.width)}\r`);
    this.width = 0;
  }

  private show(line: string): void {
    this.write(this.live ? `\r${line.padEnd(this.width)}` : `${line}\n`);
    this.width = this.live ? line.length : 0;
  }

  private line({ region }: Place, operation: string): string {
    const [service = ''] = operation.split(':');
    const seconds = Math.ceil((this.total - this.finished) / this.rate());
    return [
      region,
      service,
      `${this.finished}/${this.total}`,
      ...(this.slowed > 0 ? [`${this.slowed} throttled`] : []),
      `about ${seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} left`,
    ].join(' · ');
  }
}
