import type { Terminal } from './command.ts';

/** The day and not the moment: what is asked twice is answered in the same bytes. */
export const startOfToday = (): string => `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;

/** What the command line needs of the process that it runs in. */
export interface World extends Pick<Terminal, 'out' | 'err' | 'input' | 'today' | 'environment'> {
  /** The width of the screen that stdout is; undefined where it is none. */
  readonly columns: number | undefined;
  /** Whether stderr is a screen. */
  readonly watched: boolean;
  /** As Node names it. */
  readonly platform: NodeJS.Platform;
}
