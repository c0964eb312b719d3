/** The end of AWS's support, against the day on which the input was collected. */

export interface SupportEnd {
  /** ISO date of the last day; undefined where AWS has moved it and the new one is not certain. */
  readonly ends: string | undefined;
  /** The support lasts at least until here, where `ends` is not certain. */
  readonly notBefore?: string;
}

export type Support = 'ended' | 'endsSoon' | 'supported' | 'unknown';

/** AWS warns of the end of a Lambda runtime this many days ahead; for databases the same time is fair. */
const SOON_DAYS = 180;
const DAY = 24 * 60 * 60 * 1000;

/** `now` is the day the input was collected (ISO). */
export function supportAt(end: SupportEnd, now: string): Support {
  const today = Date.parse(now);
  if (!Number.isFinite(today)) return 'unknown';
  if (end.ends === undefined)
    return end.notBefore !== undefined && today < Date.parse(end.notBefore) ? 'supported' : 'unknown';
  // the day itself is still supported
  const last = Date.parse(end.ends) + DAY;
  if (today >= last) return 'ended';
  return today >= last - SOON_DAYS * DAY ? 'endsSoon' : 'supported';
}
