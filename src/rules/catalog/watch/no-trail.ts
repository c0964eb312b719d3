import { inhabitedAccounts } from '../../../analyse/watch/inhabited.ts';
import { entriesOf, statusOf } from '../../../estate/coverage.ts';
import { all } from '../../../estate/estate.ts';
import { absence } from '../../absence.ts';
import { join } from '../../example.ts';
import { network } from '../../examples/network.ts';
import { trailAnswer } from '../../examples/records.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const LIST = 'cloudtrail:DescribeTrails';
const STATUS = 'cloudtrail:GetTrailStatus';
const SELECTORS = 'cloudtrail:GetEventSelectors';

export const rule = defineRule({
  id: 'no-trail',
  problem: 10,
  severity: 'medium',
  title: 'No CloudTrail trail records what is done in the account',
  why: 'When something was deleted or a key was stolen, nobody can say who did what. CloudTrail’s own history reaches back 90 days, misses data events, and cannot be searched across regions.',
  fix: 'One trail of all regions into a bucket of its own; its first copy of management events is free.',
  fixedBy: ['evidence-first'],
  subject: 'account',
  needs: [LIST],
  messages: {
    none: 'no CloudTrail trail records account {account}: none of all regions, and none of {regions}',
    stopped: 'account {account} has {n} trail(s), and none of them is logging',
    blind:
      'account {account} has a trail of all regions, {name}, that records data events or reads alone: who changes what leaves no trace',
    failing: 'account {account} has a trail of all regions, {name}, whose records do not arrive in its bucket ({why})',
    regional: 'account {account} records {regions} only: what is done in other regions leaves no trace',
  },
  check(subject, estate) {
    const trails = all(estate, 'trail');
    const { account } = subject;
    const own = trails.filter((trail) => trail.account === account);
    const everywhere = own.filter((trail) => trail.logging === true && trail.multiRegion === true);
    if (everywhere.some((trail) => trail.management === true && typeof trail.failure !== 'string'))
      return { state: 'pass' };
    if (statusOf(estate.coverage, LIST, { account }) !== 'read')
      return unknown(subject, LIST, 'which trails an account has');
    if (!inhabitedAccounts(estate).has(account)) return { state: 'notApplicable' };
    // an organization's trail is told once, under the account that was read first
    if (trails.length > own.length)
      return unknown(subject, LIST, 'whether a trail of another account records this one too');
    const regions = [
      ...new Set(entriesOf(estate.coverage, LIST).flatMap((one) => (one.account === account ? one.region : []))),
    ].sort();
    if (own.length === 0)
      return {
        state: 'fail',
        message: 'none',
        data: { account, regions: regions.join(', ') },
        proof: absence(estate, subject, LIST, { account }, 'no trail'),
      };
    const logging = own.filter((trail) => trail.logging !== false);
    if (logging.length === 0)
      return {
        state: 'fail',
        message: 'stopped',
        data: { account, n: own.length },
        proof: own.map((trail) => fact(trail, '', `${STATUS} says that ${trail.name} is not logging`)),
        related: own,
      };
    if (logging.some((trail) => trail.logging === undefined))
      return unknown(subject, STATUS, 'whether each trail is logging');
    if (logging.some((trail) => trail.multiRegion === undefined))
      return unknown(subject, LIST, 'whether each trail records all regions');
    const [first] = everywhere;
    if (first !== undefined) {
      if (everywhere.some((trail) => trail.management === undefined && typeof trail.failure !== 'string'))
        return unknown(subject, SELECTORS, 'whether each trail records management events');
      const broken = everywhere.find((trail) => trail.management !== false && typeof trail.failure === 'string');
      const one = broken ?? first;
      return {
        state: 'fail',
        message: broken ? 'failing' : 'blind',
        data: { account, name: one.name, why: broken?.failure ?? '' },
        proof: everywhere.map((trail) =>
          typeof trail.failure === 'string'
            ? fact(trail, '', `${STATUS} says of the last delivery of ${trail.name}: ${trail.failure}`)
            : fact(trail, '', `${SELECTORS} says that ${trail.name} records no changes of the account`),
        ),
        related: everywhere,
      };
    }
    return {
      state: 'fail',
      message: 'regional',
      data: { account, regions: [...new Set(logging.map((trail) => trail.region))].sort().join(', ') },
      severity: 'low',
      proof: logging.map((trail) => fact(trail, 'IsMultiRegionTrail', `${trail.name} records ${trail.region} only`)),
      related: logging,
    };
  },
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-a-trail-using-the-console-first-time.html',
  ],
  examples: {
    bad: join(network(), trailAnswer({})),
    good: trailAnswer({ audit: { multiRegion: true, logging: true } }),
  },
});
