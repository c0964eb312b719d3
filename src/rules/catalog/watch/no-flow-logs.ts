import { LISTINGS_OF_TENANTS } from '../../../analyse/internet/tenants.ts';
import { flowLogging } from '../../../analyse/watch/flow-logs.ts';
import { statusOf } from '../../../estate/coverage.ts';
import { all, memoised } from '../../../estate/estate.ts';
import type { ResourceOf } from '../../../estate/resource.ts';
import { absence } from '../../absence.ts';
import { join } from '../../example.ts';
import { instance, instanceAnswer, network, VPC } from '../../examples/network.ts';
import { flowLogAnswer } from '../../examples/records.ts';
import { missingIn } from '../../implied.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'ec2:DescribeFlowLogs';

type FlowLog = ResourceOf<'flowLog'>;
/** What connects is what matters here: a log of rejected packets alone does not show it. */
const shows = (log: FlowLog): boolean =>
  log.state === 'ACTIVE' && log.traffic !== undefined && log.traffic !== 'REJECT' && !fails(log);
/** Active, and nothing arrives: the role may not write, or the log group is gone. */
const fails = (log: FlowLog): boolean => typeof log.failure === 'string';
const mayShow = (log: FlowLog): boolean =>
  shows(log) || (!fails(log) && (log.state === undefined || log.traffic === undefined));

/** By account and region: what would tell the network of an interface that does not. */
const placelessIn = memoised((estate): ReadonlyMap<string, string> => {
  const placeless = all(estate, 'networkInterface').filter(({ vpc }) => vpc === undefined || vpc.id === 'unknown');
  return new Map(placeless.map(({ account, region, source }) => [`${account} ${region}`, source.operation]));
});

export const rule = defineRule({
  id: 'no-flow-logs',
  problem: 10,
  severity: 'medium',
  title: 'Nothing records who connects to whom in a network',
  why: 'Before a rule of a security group is closed, somebody must know who still uses it, and only flow logs tell. After a break-in they are the one record of where the data went.',
  fix: 'Flow logs of the VPC, all traffic, kept for some weeks; nobody notices that they are on.',
  fixedBy: ['evidence-first'],
  subject: 'vpc',
  needs: ['ec2:DescribeVpcs', OPERATION],
  messages: {
    none: '{name} has no flow logs',
    rejected: '{name} has flow logs of rejected traffic only: they do not show who is connected',
    failing: '{name} has flow logs that do not arrive where they are sent ({why})',
    partly: '{name} has flow logs in {n} of the {m} subnets that are used',
  },
  check(subject, estate) {
    const { account, region, name } = subject;
    const { logsOf, untold, usedSubnetsOf } = flowLogging(estate);
    const own = logsOf.get(subject.id) ?? [];
    if (own.some(shows)) return { state: 'pass' };
    const read = (operation: string): boolean => statusOf(estate.coverage, operation, { account, region }) === 'read';
    if (!read(OPERATION) || untold.has(`${account} ${region}`) || own.some(mayShow))
      return unknown(subject, OPERATION, 'whether a network has flow logs');
    const used = [...(usedSubnetsOf.get(subject.id) ?? [])];
    if (used.length === 0) {
      const [unseen] = missingIn(estate, LISTINGS_OF_TENANTS, { account, region });
      const placeless = placelessIn(estate).get(`${account} ${region}`);
      if (unseen === undefined && placeless === undefined) return { state: 'notApplicable' };
      return unknown(subject, unseen ?? placeless ?? OPERATION, 'what stands in a network');
    }
    const logs = used.map((subnet) => (subnet === undefined ? [] : (logsOf.get(subnet) ?? [])));
    const logged = logs.filter((list) => list.some(shows)).length;
    if (logged === used.length) return { state: 'pass' };
    if (logs.some((list) => list.some((log) => !shows(log) && mayShow(log))))
      return unknown(subject, OPERATION, 'the state of the flow logs of a network');
    const proof = [
      fact(subject, '', `${name} (${subject.id}) is in use: interfaces stand in ${used.length} subnet(s)`),
      ...own.map((log) =>
        fact(log, 'TrafficType', `${log.id} of ${name} logs ${log.traffic ?? '?'} and is ${log.state ?? '?'}`),
      ),
      ...absence(
        estate,
        subject,
        OPERATION,
        { account, region },
        `no active log of all or accepted traffic for ${subject.id}`,
      ),
    ];
    if (logged > 0)
      return { state: 'fail', message: 'partly', data: { name, n: logged, m: used.length }, severity: 'low', proof };
    const failing = own.find((log) => log.state === 'ACTIVE' && log.traffic !== 'REJECT' && fails(log));
    if (failing) return { state: 'fail', message: 'failing', data: { name, why: failing.failure ?? '' }, proof };
    const rejected = own.some((log) => log.state === 'ACTIVE');
    return { state: 'fail', message: rejected ? 'rejected' : 'none', data: { name }, proof };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html'],
  examples: {
    bad: join(network(), instanceAnswer(instance('i-0web0000000000001', 'web')), flowLogAnswer()),
    good: join(network(), instanceAnswer(instance('i-0web0000000000001', 'web')), flowLogAnswer(VPC)),
  },
});
