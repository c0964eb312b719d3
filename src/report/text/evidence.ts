/** What the logs show, as text. */
import type { LogKind } from '../../estate/evidence.ts';
import type { EvidenceResult, LogSummary } from '../evidence.ts';
import { hanging, harmless, heading, type Page, plural } from './layout.ts';

const SHOWN = 10;

export function evidenceLines(result: EvidenceResult, page: Page): readonly string[] {
  const point = (text: string): readonly string[] => hanging(page, '  - ', harmless(text));
  const { flows } = result;
  const more = flows.undeclared.length - SHOWN;
  return [
    heading(page, 'What the logs show'),
    ...result.logs.flatMap((log) => point(logText(log))),
    ...result.inputs.flatMap((input) =>
      input.malformed > 0
        ? point(
            `${input.path}: ${plural(input.malformed, 'record is', 'records are')} not as AWS writes them, and were left out.`,
          )
        : [],
    ),
    ...result.inputs.flatMap((input) =>
      input.truncated > 0
        ? point(`${input.path}: ${plural(input.truncated, 'file ends', 'files end')} in the middle.`)
        : [],
    ),
    ...result.inputs.flatMap((input) =>
      input.unrecognised > 0
        ? point(`${input.path}: ${plural(input.unrecognised, 'file is', 'files are')} no log known here.`)
        : [],
    ),
    ...(flows.confirmed > 0 ? point(`${plural(flows.confirmed, 'known flow is', 'known flows are')} confirmed.`) : []),
    ...flows.guessed
      .slice(0, SHOWN)
      .flatMap(({ flow, from, last }) =>
        point(
          `It was only open, and it is used, the last time on ${last?.slice(0, 10)} from ${from.join(', ')}: ${flow}`,
        ),
      ),
    ...flows.undeclared
      .slice(0, SHOWN)
      .flatMap(({ flow, first, last }) =>
        point(`Nobody declared it, and it is used (${first?.slice(0, 10)} to ${last?.slice(0, 10)}): ${flow}`),
      ),
    ...(more > 0 ? point(`${plural(more, 'other flow', 'other flows')} that nobody declared.`) : []),
    ...(flows.endsNotKnown > 0
      ? point(`${plural(flows.endsNotKnown, 'connection has', 'connections have')} an end that is not in the input.`)
      : []),
    ...(flows.knocks > 0
      ? point(`${plural(flows.knocks, 'network', 'networks')} outside only knocked: a few packets.`)
      : []),
    ...result.buckets.flatMap(({ bucket, direct, throughCloudFront, signed, referers }) =>
      point(
        `${bucket}: ${direct.count} direct reads by anybody${direct.last === null ? '' : `, the last on ${direct.last.slice(0, 10)}`}; ${throughCloudFront.count} by CloudFront, ${signed.count} signed.${
          referers.list.length > 0
            ? ` Pages that link there: ${referers.list
                .slice(0, 3)
                .map(({ name }) => name)
                .join(', ')}.`
            : ''
        }`,
      ),
    ),
    ...result.balancers.flatMap(({ balancer, requests, pastCloudFront }) =>
      point(
        `${balancer}: ${requests.count} requests, ${pastCloudFront === null ? 'and whether they came past CloudFront is not known' : `${pastCloudFront.count} of them not from CloudFront`}.`,
      ),
    ),
    ...(result.silent.length > 0
      ? point(
          `The trail shows no call of ${plural(result.silent.length, 'role or user', 'roles and users')}; calls to data (objects, messages) are not in it: ${result.silent
            .slice(0, 5)
            .map((id) => id.replace(/^.*[:/]/, ''))
            .join(', ')}${result.silent.length > 5 ? ', …' : ''}`,
        )
      : []),
    ...result.unusedGrants
      .slice(0, SHOWN)
      .flatMap(({ principal, services }) =>
        point(`${principal.replace(/^.*\//, '')} may use ${services.join(', ')}, and the trail shows no call of it.`),
      ),
  ];
}

const NAMES: Readonly<Record<LogKind, string>> = {
  flowLog: 'Flow logs',
  balancerLog: 'Access logs of load balancers',
  bucketLog: 'Access logs of buckets',
  distributionLog: 'Access logs of CloudFront',
  trail: 'CloudTrail',
};

const logText = ({ kind, subjects, from, to, interrupted, leftOut }: LogSummary): string =>
  `${NAMES[kind]}: ${from.slice(0, 16).replace('T', ' ')} to ${to.slice(0, 16).replace('T', ' ')} UTC, of ${subjects}${interrupted > 0 ? `, ${interrupted} with interruptions` : ''}${leftOut > 0 ? `; ${leftOut} records could not be read or kept, so what is missing is not known to be unused` : ''}.`;
