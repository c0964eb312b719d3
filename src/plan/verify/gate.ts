/**
 * What logs say of a gate. A use that was seen fails it wherever it stands; that none was seen passes it only where the log of
 * that very thing is whole for the whole time, and fresh.
 */
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { Evidence, Logged, LogKind, Question, Tally } from '../../estate/evidence.ts';

export interface GateAnswer {
  /** Null: the logs do not decide it. */
  readonly passed: boolean | null;
  readonly because: string;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const seconds = (time: string): number => Date.parse(time) / 1000;
const date = (time: number | string): string =>
  (typeof time === 'string' ? time : new Date(time * 1000).toISOString()).slice(0, 10);

/**
 * For so long (hours) a log may say nothing and still be one. A flow log tells also that nothing went by (NODATA), every ten minutes
 * at least; the others are silent where nobody asks, and come late.
 */
const SILENCE: Readonly<Record<LogKind, number>> = {
  flowLog: 1,
  balancerLog: 12,
  bucketLog: 24,
  distributionLog: 24,
  trail: 24,
};

/** Logs that end longer than this before the inventory was collected tell of another time. */
const FRESH = 2 * DAY;

const unknown = (because: string): GateAnswer => ({ passed: null, because });

export function gateOf(estate: Estate, evidence: Evidence, question: Question): GateAnswer {
  switch (question.type) {
    case 'directReads': {
      const use = evidence.buckets.find(({ bucket }) => bucket === question.bucket);
      const what = `direct reads of ${question.bucket}`;
      return ofSubjects(
        estate,
        evidence,
        'bucketLog',
        [question.bucket],
        question.days * DAY,
        use ? [use.direct] : [],
        what,
      );
    }
    case 'requests':
    case 'pastCloudFront': {
      const subject = question.balancer.replace(/^.*:loadbalancer\//, '');
      const use = evidence.balancers.find(({ balancer }) => balancer === subject);
      const past = question.type === 'pastCloudFront';
      if (past && use?.pastCloudFront === null)
        return unknown(
          'The addresses of CloudFront are not in the input (its managed prefix list), so nobody can tell who came past it.',
        );
      const tally = past ? use?.pastCloudFront : use?.requests;
      const what = past ? `requests to ${subject} from addresses that are not CloudFront's` : `requests to ${subject}`;
      return ofSubjects(estate, evidence, 'balancerLog', [subject], question.hours * HOUR, tally ? [tally] : [], what);
    }
    case 'fromOutside':
      return fromOutside(estate, evidence, question);
    case 'keyUse': {
      const use = evidence.keys.find(({ key }) => key === question.key);
      const seen = use && within(use.uses, windowOf(evidence, 'trail', question.days * DAY));
      return seen === true
        ? { passed: false, because: `The trail shows a use of ${question.key} on ${date(use?.uses.last ?? '')}.` }
        : unknown(
            `The trail shows no use of ${question.key}, but it does not hold calls to data (objects, messages): ask for the last use.`,
          );
    }
    case 'refusedCalls': {
      const window = windowOf(evidence, 'trail', question.days * DAY);
      const refused = evidence.principals
        .filter(({ principal }) => question.roles.some((role) => principal === role || principal.endsWith(`/${role}`)))
        .flatMap(({ principal, calls }) =>
          calls.flatMap(({ action, denied }) =>
            within(denied, window) ? [`${action} of ${principal.replace(/^.*\//, '')}`] : [],
          ),
        );
      return refused.length > 0
        ? { passed: false, because: `The trail shows refused calls: ${few(refused)}.` }
        : unknown(
            'The trail shows no refused call, but it does not hold calls to data (objects, messages): look into the logs of the programs, too.',
          );
    }
  }
}

const few = (list: readonly string[]): string =>
  list.slice(0, 5).join(', ') + (list.length > 5 ? ` and ${list.length - 5} more` : '');

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The time up to the last record of a kind. */
function windowOf({ logged }: Evidence, kind: LogKind, length: number): Window | undefined {
  const ends = logged.filter((one) => one.kind === kind).map(({ to }) => seconds(to));
  const to = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return Number.isFinite(to) ? { from: to - length, to } : undefined;
}

const within = ({ last }: Tally, window: Window | undefined): boolean =>
  last !== null && window !== undefined && seconds(last) >= window.from;

/** The common case: nothing may have been seen, and the logs of some things have to be whole. */
function ofSubjects(
  estate: Estate,
  evidence: Evidence,
  kind: LogKind,
  subjects: readonly string[],
  length: number,
  tallies: readonly Tally[],
  what: string,
): GateAnswer {
  const logs = new Map(evidence.logged.filter((one) => one.kind === kind).map((one) => [one.subject, one]));
  const found = subjects.flatMap((subject) => logs.get(subject) ?? []);
  const to = found.reduce((last, one) => Math.max(last, seconds(one.to)), Number.NEGATIVE_INFINITY);
  const window = { from: to - length, to };
  const seen = tallies.filter((tally) => within(tally, window));
  const [worst] = [...seen].sort((a, b) => ((a.last ?? '') < (b.last ?? '') ? 1 : -1));
  if (worst) return { passed: false, because: `There are ${what}, the last on ${date(worst.last ?? '')}.` };
  for (const subject of subjects) {
    const log = logs.get(subject);
    const doubt = log === undefined ? `there is no log of ${subject}` : doubtIn(log, window);
    if (doubt !== undefined) return unknown(`No ${what} were seen, but ${doubt}.`);
  }
  if (evidence.leftOut[kind] > 0)
    return unknown(`No ${what} were seen, but ${evidence.leftOut[kind]} records could not be read or kept.`);
  const now = estate.collectedAt;
  if (now === undefined)
    return unknown(`No ${what} were seen up to ${date(to)}, but the input does not tell when it was collected.`);
  if (seconds(now) - to > FRESH)
    return unknown(
      `No ${what} were seen up to ${date(to)}, but the inventory is of ${date(now)}: newer logs are needed.`,
    );
  return { passed: true, because: `No ${what} from ${date(window.from)} to ${date(to)}.` };
}

/** Why a log does not cover a time; undefined when it does. */
function doubtIn(log: Logged, { from, to }: Window): string | undefined {
  const silence = SILENCE[log.kind] * HOUR;
  if (log.incomplete !== null) return `the log of ${log.subject} is not whole: ${log.incomplete}`;
  if (seconds(log.from) > from + silence) return `the log of ${log.subject} begins only on ${date(log.from)}`;
  if (seconds(log.to) < to - silence) return `the log of ${log.subject} ends on ${date(log.to)}`;
  const gap = log.gaps.find((one) => seconds(one.to) > from && seconds(one.to) - seconds(one.from) > silence - HOUR);
  return gap && `the log of ${log.subject} has nothing from ${gap.from} to ${gap.to}`;
}

/** Every interface that the internet can call has to be logged: one that is not may be the very door. */
function fromOutside(
  estate: Estate,
  evidence: Evidence,
  { vpc, ports, days }: Extract<Question, { type: 'fromOutside' }>,
): GateAnswer {
  const faces = all(estate, 'networkInterface').filter((face) => face.vpc === undefined || face.vpc.id === vpc);
  const open = faces.filter((face) => face.hasPublicAddress !== false || (face.ipv6 ?? ['?']).length > 0);
  const tallies = evidence.connections
    .filter((one) => one.outside === 'from' && ports.includes(one.port) && (one.vpc === '' || one.vpc === vpc))
    .map(({ accepted }) => accepted);
  const what = `accepted connections from outside to ${ports.join(', ')}`;
  if (byId(estate, vpc) === undefined) return unknown(`The network ${vpc} is not in the input.`);
  if (open.length === 0) return unknown(`No interface of ${vpc} with a public address is in the input.`);
  const answer = ofSubjects(
    estate,
    evidence,
    'flowLog',
    open.map(({ id }) => id),
    days * DAY,
    tallies,
    what,
  );
  if (answer.passed === true && !logsAccepted(estate, evidence, vpc))
    return unknown(`Whether the flow logs of ${vpc} hold accepted connections is not known (ec2:DescribeFlowLogs).`);
  const either = ports.filter((port) => evidence.undirectedPorts.includes(port));
  return answer.passed === true && either.length > 0
    ? unknown(`No ${what} were seen, but of some records of ${either.join(', ')} nobody can tell who called whom.`)
    : answer;
}

/** A log of rejected traffic only has records all the time, and never the ones that are asked for. */
const logsAccepted = (estate: Estate, evidence: Evidence, vpc: string): boolean =>
  evidence.connections.some((one) => one.vpc === vpc && one.accepted.count > 0) &&
  all(estate, 'flowLog').some(
    ({ of, traffic, state }) => of === vpc && state === 'ACTIVE' && (traffic === 'ALL' || traffic === 'ACCEPT'),
  );
