/** Records, one at a time -> evidence. What is kept is bounded (`LIMITS`), however much is read. */
import type { Connection, Evidence, EvidenceInput, LogKind } from '../../estate/evidence.ts';
import type { BalancerLine, BucketLine, DistributionLine } from './access-logs.ts';
import { Hours, iso, Limited, Times, topOf } from './counting.ts';
import { type FlowLine, type FlowRecord, isForward } from './flow-log.ts';
import { type Lookups, networkOf } from './lookups.ts';
import type { Call } from './trail.ts';

export interface Limits {
  /** Interfaces, buckets, balancers, distributions, trails. */
  readonly subjects: number;
  readonly connections: number;
  /** Of one bucket, balancer or principal. */
  readonly names: number;
  readonly principals: number;
  /** How many of a list are told. */
  readonly shown: number;
}

export const LIMITS: Limits = { subjects: 100_000, connections: 200_000, names: 2000, principals: 5000, shown: 20 };

interface ConnectionCount {
  readonly accepted: Times;
  readonly rejected: Times;
  packets: number;
  /** A connection inside is logged at both ends: the larger of the two counts. */
  readonly bytes: { caller: number; listener: number };
  answered: boolean;
}

interface BucketCount {
  readonly direct: Times;
  readonly throughCloudFront: Times;
  readonly signed: Times;
  readonly refused: Times;
  readonly objects: Limited<Times>;
  readonly referers: Limited<Times>;
  readonly userAgents: Limited<Times>;
}

const key = (kind: LogKind, subject: string): string => `${kind} ${subject}`;

export class Tallies {
  private readonly lookups: Lookups;
  private readonly limits: Limits;
  private readonly logged: Limited<Hours>;
  private readonly connections: Limited<ConnectionCount>;
  private readonly buckets: Limited<BucketCount>;
  private readonly balancers: Limited<{ requests: Times; past: Times; unknown: boolean; networks: Limited<Times> }>;
  private readonly distributions: Limited<{ requests: Times; errors: Times }>;
  private readonly principals: Limited<Limited<{ allowed: Times; denied: Times }>>;
  private readonly keys: Limited<Times>;
  private readonly leftOut: Record<LogKind, number> = {
    flowLog: 0,
    balancerLog: 0,
    bucketLog: 0,
    distributionLog: 0,
    trail: 0,
  };
  private undirected = 0;
  private readonly undirectedPorts = new Set<number>();

  constructor(lookups: Lookups, limits: Limits = LIMITS) {
    this.lookups = lookups;
    this.limits = limits;
    const times = (): Times => new Times();
    const names = (): Limited<Times> => new Limited(limits.names, times);
    this.logged = new Limited(limits.subjects, () => new Hours());
    this.connections = new Limited(limits.connections, () => ({
      accepted: times(),
      rejected: times(),
      packets: 0,
      bytes: { caller: 0, listener: 0 },
      answered: false,
    }));
    this.buckets = new Limited(limits.names, () => ({
      direct: times(),
      throughCloudFront: times(),
      signed: times(),
      refused: times(),
      objects: names(),
      referers: names(),
      userAgents: names(),
    }));
    this.balancers = new Limited(limits.names, () => ({
      requests: times(),
      past: times(),
      unknown: false,
      networks: names(),
    }));
    this.distributions = new Limited(limits.names, () => ({ requests: times(), errors: times() }));
    this.principals = new Limited(
      limits.principals,
      () => new Limited(limits.shown * 20, () => ({ allowed: times(), denied: times() })),
    );
    this.keys = new Limited(limits.principals, times);
  }

  /** The log of this kind lacks something that nobody can tell the place of. */
  incomplete(kind: LogKind): void {
    this.leftOut[kind] += 1;
  }

  private seen(kind: LogKind, subject: string, from: number, to = from): Hours | undefined {
    const hours = this.logged.of(key(kind, subject));
    if (hours) hours.add(from, to);
    else this.leftOut[kind] += 1;
    return hours;
  }

  flow(line: FlowLine): void {
    if (line.type === 'flow') {
      this.seen('flowLog', line.record.eni, line.record.start, line.record.end);
      this.connection(line.record);
      return;
    }
    const hours = this.seen('flowLog', line.eni, line.start, line.end);
    if (line.type === 'skipped' && hours) hours.incomplete = 'AWS left records out (SKIPDATA)';
  }

  private connection(record: FlowRecord): void {
    const { lookups } = this;
    if (lookups.handsOn(record.eni)) return;
    const protocol = record.protocol === 6 ? 'tcp' : record.protocol === 17 ? 'udp' : undefined;
    if (protocol === undefined) return;
    const vpc = record.vpc || (lookups.vpcOf(record.eni) ?? '');
    const forward = isForward(record, {
      from: lookups.listens(vpc, record.from, record.fromPort),
      to: lookups.listens(vpc, record.to, record.toPort),
    });
    if (forward === undefined) {
      this.undirected += 1;
      if (!lookups.keepsAddress(record.from)) this.undirectedPorts.add(record.toPort);
      if (!lookups.keepsAddress(record.to)) this.undirectedPorts.add(record.fromPort);
      return;
    }
    const [from, to, port] = forward
      ? [record.from, record.to, record.toPort]
      : [record.to, record.from, record.fromPort];
    const end = (address: string): string => (lookups.keepsAddress(address) ? address : networkOf(address));
    const count = this.connections.of(`${vpc} ${protocol} ${end(from)} ${end(to)} ${port}`);
    if (count === undefined) {
      this.leftOut.flowLog += 1;
      return;
    }
    const times = record.accepted ? count.accepted : count.rejected;
    times.add(record.start, record.end);
    count.bytes[lookups.has(record.eni, to) === true ? 'listener' : 'caller'] += record.bytes;
    if (!record.accepted) return;
    if (forward) count.packets += record.packets;
    else if (record.packets > 0) count.answered = true;
  }

  bucket({ bucket, time, requester, operation, object, status, referer, userAgent }: BucketLine): void {
    this.seen('bucketLog', bucket, time);
    const use = this.buckets.of(bucket);
    if (use === undefined) {
      this.leftOut.bucketLog += 1;
      return;
    }
    // what S3 does by itself (lifecycle, replication) is no request
    if (!/^(?:REST|WEBSITE|SOAP)\./.test(operation)) return;
    if (status !== 200 && status !== 206 && status !== 304) {
      use.refused.add(time);
      return;
    }
    if (requester !== null) {
      (/^svc:cloudfront\.amazonaws\.com$|CloudFront Origin Access Identity/.test(requester)
        ? use.throughCloudFront
        : use.signed
      ).add(time);
      return;
    }
    use.direct.add(time);
    if (object !== null) use.objects.of(object)?.add(time);
    if (referer !== null) use.referers.of(referer)?.add(time);
    use.userAgents.of(userAgent)?.add(time);
  }

  balancer({ balancer, time, client }: BalancerLine): void {
    this.seen('balancerLog', balancer, time);
    const use = this.balancers.of(balancer);
    if (use === undefined) {
      this.leftOut.balancerLog += 1;
      return;
    }
    use.requests.add(time);
    const edge = this.lookups.isCloudFront(client);
    if (edge === null) use.unknown = true;
    else if (!edge) {
      use.past.add(time);
      use.networks.of(this.lookups.keepsAddress(client) ? client : networkOf(client))?.add(time);
    }
  }

  distribution({ host, time, status }: DistributionLine): void {
    this.seen('distributionLog', host, time);
    const use = this.distributions.of(host);
    if (use === undefined) this.leftOut.distributionLog += 1;
    use?.requests.add(time);
    if (status >= 500) use?.errors.add(time);
  }

  call({ time, place, principal, key: accessKey, action, denied }: Call): void {
    this.seen('trail', place, time);
    if (accessKey !== null) this.keys.of(accessKey)?.add(time);
    if (principal === null) return;
    const actions = this.principals.of(principal);
    const count = actions?.of(action);
    if (count === undefined) this.leftOut.trail += 1;
    else (denied ? count.denied : count.allowed).add(time);
  }

  evidence(inputs: readonly EvidenceInput[]): Evidence {
    const { shown } = this.limits;
    return {
      inputs,
      logged: this.logged.sorted().map(([name, hours]) => {
        const space = name.indexOf(' ');
        return {
          kind: name.slice(0, space) as LogKind,
          subject: name.slice(space + 1),
          from: iso(hours.first),
          to: iso(hours.last),
          records: hours.records,
          gaps: hours.gaps(),
          incomplete: hours.incomplete,
        };
      }),
      connections: this.connections.sorted().map(([name, count]) => this.connectionOf(name, count)),
      buckets: this.buckets.sorted().map(([bucket, use]) => ({
        bucket,
        direct: use.direct.tally(),
        throughCloudFront: use.throughCloudFront.tally(),
        signed: use.signed.tally(),
        refused: use.refused.tally(),
        objects: topOf(use.objects, shown),
        referers: topOf(use.referers, shown),
        userAgents: { count: use.userAgents.map.size, more: use.userAgents.leftOut > 0 },
      })),
      balancers: this.balancers.sorted().map(([balancer, use]) => ({
        balancer,
        requests: use.requests.tally(),
        pastCloudFront: use.unknown ? null : use.past.tally(),
        networks: topOf(use.networks, shown),
      })),
      distributions: this.distributions
        .sorted()
        .map(([host, use]) => ({ host, requests: use.requests.tally(), errors: use.errors.tally() })),
      principals: this.principals.sorted().map(([principal, actions]) => ({
        principal,
        calls: actions.sorted().map(([action, { allowed, denied }]) => ({
          action,
          allowed: allowed.tally(),
          denied: denied.tally(),
        })),
        more: actions.leftOut > 0,
      })),
      keys: this.keys.sorted().map(([name, uses]) => ({ key: name, uses: uses.tally() })),
      leftOut: this.leftOut,
      undirected: this.undirected,
      undirectedPorts: [...this.undirectedPorts].sort((a, b) => a - b),
    };
  }

  private connectionOf(name: string, count: ConnectionCount): Connection {
    const [vpc = '', protocol = '', from = '', to = '', port = ''] = name.split(' ');
    return {
      vpc,
      from,
      to,
      outside: from.includes('/') ? 'from' : to.includes('/') ? 'to' : null,
      protocol: protocol === 'udp' ? 'udp' : 'tcp',
      port: Number(port),
      accepted: count.accepted.tally(),
      rejected: count.rejected.tally(),
      packets: count.packets,
      bytes: Math.max(count.bytes.caller, count.bytes.listener),
      answered: count.answered,
    };
  }
}
