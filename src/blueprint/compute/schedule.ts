/** What a schedule means: pure, no Pulumi. */
import { refuse } from '../refuse.ts';

/** CloudWatch looks back a week at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const MOST_HOURS = 168;

const HOURS = { minute: 1 / 60, hour: 1, day: 24 } as const;

/** Refuses what EventBridge Scheduler does not take: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function checkSchedule(job: string, schedule: string): void {
  if (!/^(cron\(\S+( \S+){5}\)|rate\([1-9]\d* (minute|hour|day)s?\)|at\(\S+\))$/.test(schedule)) {
    refuse(job, `'${schedule}' is no schedule.`, 'Write it like cron(0 3 * * ? *) or rate(1 hour).');
  }
}

/**
 * Hours within which the next run begins, with an hour to spare (a day is 25 hours long when summer ends), for a rate and for a
 * cron expression of every day; undefined where the expression tells no such number.
 */
export function longestSilence(schedule: string): number | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule);
  if (rate !== null) {
    const [, count, unit] = rate;
    const hours = Number(count) * (unit === 'day' || unit === 'hour' ? HOURS[unit] : HOURS.minute);
    return within(Math.ceil(hours) + 1);
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(schedule);
  if (cron === null) return undefined;
  const [, minute, hour, day, month, weekday, year] = cron;
  const always = (field: string | undefined): boolean => field === '*' || field === '?';
  if (![day, month, weekday, year].every(always)) return undefined;
  if (hour === '*' && minute !== undefined) return 2;
  return 25;
}

const within = (hours: number): number | undefined => (hours <= MOST_HOURS ? hours : undefined);
