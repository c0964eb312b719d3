/**
 * Names with several answers. Route 53 leaves out the records whose health check fails, so clients of a lost end get
 * one of the others once the check has noticed and the record's time to live is over. Without a check they go on
 * getting the lost one: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
 */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Flow, FlowEvidence } from '../../estate/flow.ts';
import { grouped } from '../../estate/grouped.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import type { Missing } from '../verdict.ts';
import { hop, lacks } from './codes.ts';
import { NAME_ANSWERS_OTHERS } from './failover.ts';
import { type Standing, standsAfter, together, unknown } from './standing.ts';

type DnsRecord = ResourceOf<'dnsRecord'>;

const setKey = ({ hostedZone, host, type }: DnsRecord): string => `${hostedZone?.id} ${host} ${type}`;

/** Records that answer for one name in turn. */
const setsOf = memoised((estate: Estate) =>
  grouped(all(estate, 'dnsRecord'), (record) => [record.setIdentifier === undefined ? undefined : setKey(record)]),
);

const flowsBy = memoised((estate: Estate) =>
  grouped(estate.flows, ({ evidence }) => evidence.flatMap(({ records }) => records ?? [])),
);

const alarmsOf = memoised((estate: Estate) =>
  // by AWS's own name: what people call it may be a tag
  grouped(all(estate, 'alarm'), (one) => [`${one.account} ${one.id.replace(/^.*:alarm:/, '')}`]),
);

type Stands = (flow: Flow) => boolean | undefined;

/**
 * What becomes of a lost flow whose clients know the lost end by such names only; undefined when no name helps.
 * `stands` tells of another flow whether it is left; undefined when that is not known.
 */
export function heldByNames(estate: Estate, flow: Flow, stands: Stands): Standing | undefined {
  const lost = flow.to.type === 'resource' ? byId(estate, flow.to.id) : undefined;
  const reasons = flow.evidence.filter(({ type }) => type !== 'open');
  if (!lost || reasons.length === 0) return undefined;
  const held: Standing[] = [];
  for (const reason of reasons) {
    const standing = heldByName(estate, flow, reason, lost, stands);
    if (standing === undefined) return undefined;
    held.push(standing);
  }
  return together(held);
}

function heldByName(
  estate: Estate,
  flow: Flow,
  { records }: FlowEvidence,
  lost: Resource,
  stands: Stands,
): Standing | undefined {
  let untold: Standing | undefined;
  for (const id of records ?? []) {
    const record = byId(estate, id);
    if (record?.kind !== 'dnsRecord') continue;
    const others = (setsOf(estate).get(setKey(record)) ?? []).filter((one) => one.id !== record.id);
    const standings = others.map((other) => {
      const told = (flowsBy(estate).get(other.id) ?? []).filter((one) => sameClient(one, flow)).map(stands);
      return { other, stands: told.includes(true) ? true : told.includes(undefined) ? undefined : false };
    });
    const left = standings.flatMap(({ other, stands: told }) => (told === true ? [other] : []));
    const [open] = standings.filter(({ stands: told }) => told === undefined);
    if (left.length === 0 && open === undefined) continue;
    const noticed = notices(estate, record, lost);
    if (noticed === false) return undefined;
    if (left.length === 0) {
      const detail = `Whether what ${record.host} answers instead (${open?.other.setIdentifier}) is left is not told.`;
      untold ??= unknown(lacks(record, detail, record.source.operation));
      continue;
    }
    if (noticed !== true) return unknown(noticed);
    const answers = left.map(({ setIdentifier }) => setIdentifier).join(', ');
    const detail = `${record.host} has a health check for ${lost.name}; when it fails, Route 53 answers with ${answers} instead.`;
    return standsAfter(NAME_ANSWERS_OTHERS, hop('name-answers-others', record, detail, record.healthCheck ?? ''));
  }
  return untold;
}

const sameClient = (one: Flow, other: Flow): boolean =>
  one.id !== other.id &&
  one.protocol === other.protocol &&
  JSON.stringify(one.from) === JSON.stringify(other.from) &&
  JSON.stringify(one.ports) === JSON.stringify(other.ports);

/** Whether the record's check fails when the resource is lost. */
function notices(estate: Estate, record: DnsRecord, lost: Resource): boolean | Missing {
  if (record.healthCheck === null) return false;
  const check = record.healthCheck === undefined ? undefined : byId(estate, record.healthCheck);
  if (record.healthCheck === undefined)
    return lacks(record, `Whether ${record.name} has a health check is not told.`, 'route53:ListResourceRecordSets');
  if (check?.kind !== 'healthCheck')
    return lacks(record, `The health check of ${record.name} is not in the input.`, 'route53:ListHealthChecks');
  const untold = (what: string, operation = 'route53:ListHealthChecks'): Missing =>
    lacks(check, `${what}, so whether it notices the loss of ${lost.name} is not known.`, operation);
  if (check.disabled === true) return false;
  if (check.disabled === undefined || check.inverted !== false)
    return untold(`The health check of ${record.name} is inverted, or the input does not tell`);
  if (check.type !== 'CLOUDWATCH_METRIC')
    return untold(`The health check of ${record.name} is of type ${check.type ?? 'unknown'}, which is not judged here`);
  // A lost machine sends no metrics. Route 53 reads the alarm's data and not its state, so only this setting counts:
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
  if (check.withoutData === undefined) return untold(`What ${check.name} says without data is not told`);
  if (check.withoutData !== 'Unhealthy') return false;
  const alarms = alarmsOf(estate).get(`${check.account} ${check.alarm ?? ''}`) ?? [];
  const watched = alarms.length === 1 ? Object.values(alarms[0]?.dimensions ?? {}) : [];
  if (watched.length === 0)
    return untold(`What alarm ${check.alarm ?? 'of it'} watches is not told`, 'cloudwatch:DescribeAlarms');
  const names = [lost.id, lost.name, 'identifier' in lost ? lost.identifier : undefined];
  return watched.some((one) => names.includes(one))
    ? true
    : untold(`Alarm ${check.alarm} watches ${watched.join(', ')}`, 'cloudwatch:DescribeAlarms');
}
