/** An account of paper: answers from an inventory, as if AWS gave them. */
import { readFileSync } from 'node:fs';
import type { Options } from '../collect.ts';
import type { Request } from '../journal.ts';
import type { Clock } from '../limiter.ts';
import type { Session } from '../sessions.ts';

interface Recorded {
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message?: string };
  readonly region?: string;
}

/** What the SDK throws when AWS says no. */
export class Refused extends Error {
  readonly $fault = 'client';
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, message = '', httpStatusCode = 400) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

/** Parameters that shape an answer and do not choose what it is about. */
const SHAPING =
  /^(max|next|marker|include|limit|showcache|owner|filter|position|paginationtoken|attributenames|resourcesperpage)/i;

function answers(recorded: Recorded, request: Request, region: string): boolean {
  if (!/^(s3|iam|route53|cloudfront|organizations|sts|s3control):/.test(request.operation))
    if ((recorded.region ?? region) !== request.region) return false;
  const keys = new Set([...Object.keys(recorded.input ?? {}), ...Object.keys(request.input)]);
  return [...keys].every((key) => {
    if (SHAPING.test(key)) return true;
    const [told, asked] = [recorded.input?.[key], request.input[key]];
    if (Array.isArray(told) && Array.isArray(asked)) return asked.some((one) => told.includes(one));
    return told === asked || String(told).replace('/hostedzone/', '') === String(asked).replace('/hostedzone/', '');
  });
}

/** A session whose account answers as the inventory in the file says; what is not in it, AWS refuses. */
export function replay(file: string, asked: Request[] = []): Session {
  const inventory: {
    readonly account: string;
    readonly region: string;
    readonly responses: Readonly<Record<string, readonly Recorded[]>>;
  } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    account: inventory.account,
    partition: 'aws',
    region: inventory.region,
    sdk: {
      async send(request) {
        asked.push(request);
        const all = inventory.responses[request.operation]?.filter((one) => answers(one, request, inventory.region));
        const [found, ...more] = all ?? [];
        if (!found) throw new Refused('AccessDenied', `not recorded: ${JSON.stringify(request)}`, 403);
        if (found.error) throw new Refused(found.error.name, found.error.message);
        const lists = Object.values(request.input).some(Array.isArray) ? more : [];
        return lists.reduce<unknown>((whole, { output }) => together(whole, output), structuredClone(found.output));
      },
      close() {},
    },
  };
}

/** What was recorded in several answers, asked for in one. */
const together = (before: unknown, after: unknown): unknown =>
  Object.fromEntries(
    Object.entries(before ?? {}).map(([key, value]) => {
      const more: unknown = Object.entries(after ?? {}).find(([other]) => other === key)?.[1];
      return [key, Array.isArray(value) && Array.isArray(more) ? [...value, ...more] : value];
    }),
  );

/** A clock that runs as fast as it is asked to. */
export function fastClock(start = Date.parse('2026-11-22T13:00:00Z')): Clock {
  let now = start;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

export const quiet: Options['watch'] = { planned() {}, done() {}, note() {}, throttled() {}, pace() {} };

export const optionsFor = (output: string, sessions: readonly Session[], rest: Partial<Options> = {}): Options => ({
  sessions,
  regions: [],
  output,
  rate: 5,
  fresh: false,
  clock: fastClock(),
  chance: () => 0.5,
  watch: quiet,
  ...rest,
});
