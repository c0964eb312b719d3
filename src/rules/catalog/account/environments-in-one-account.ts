import { environmentsOf } from '../../../analyse/environments/environments.ts';
import type { Hop } from '../../../analyse/verdict.ts';
import { all, byId, type Estate, memoised } from '../../../estate/estate.ts';
import { grouped } from '../../../estate/grouped.ts';
import type { Resource } from '../../../estate/resource.ts';
import { join } from '../../example.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { defineRule } from '../../rule.ts';

/** Kinds that run or keep something: a log group left over from a test does not make an environment. */
const LIVE = new Set([
  'instance',
  'ecsService',
  'function',
  'database',
  'cache',
  'loadBalancer',
  'bucket',
  'table',
  'queue',
]);

/** By account, what runs or keeps something. The bucket of a trail is the account's own: it records all environments. */
const liveByAccount: (estate: Estate) => ReadonlyMap<string, readonly Resource[]> = memoised((estate) => {
  const records = new Set(all(estate, 'trail').map(({ bucket }) => bucket));
  return grouped(estate.resources, (one) =>
    LIVE.has(one.kind) && !(one.kind === 'bucket' && records.has(one.name)) ? [one.account] : [],
  );
});

interface Share {
  readonly resource: Resource;
  readonly because: Hop;
}

/** Environments of an account with what runs in them, most first. */
const environmentsByAccount: (estate: Estate) => ReadonlyMap<string, ReadonlyMap<string, readonly Share[]>> = memoised(
  (estate) => {
    const accounts = new Map<string, Map<string, Share[]>>();
    for (const [id, { environment, because }] of environmentsOf(estate).of) {
      const resource = byId(estate, id);
      if (!resource || !LIVE.has(resource.kind)) continue;
      const environments = accounts.get(resource.account) ?? new Map<string, Share[]>();
      accounts.set(resource.account, environments);
      const shares = environments.get(environment);
      if (shares) shares.push({ resource, because });
      else environments.set(environment, [{ resource, because }]);
    }
    return accounts;
  },
);

export const rule = defineRule({
  id: 'environments-in-one-account',
  problem: 8,
  severity: 'high',
  title: 'Production and other environments live in one account',
  why: 'A mistake in dev (a wrong delete, a leaked key, an exhausted quota) then is a mistake in production, since the account is the only wall AWS really keeps. And nobody can give a developer free hand in dev without giving the keys to production.',
  fix: 'Leave the live account to production and make dev anew in an account of its own, from the same program with another stack.',
  fixedBy: ['dev-account', 'environment-retired'],
  subject: 'account',
  needs: ['ec2:DescribeInstances', 'rds:DescribeDBInstances'],
  messages: { mixed: 'account {account} holds {environments}' },
  check(account, estate) {
    const environments = [
      ...(environmentsByAccount(estate).get(account.id) ?? new Map<string, readonly Share[]>()),
    ].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    if (environments.length < 2) {
      const live = liveByAccount(estate).get(account.id) ?? [];
      if (live.length === 0) return { state: 'notApplicable' };
      const { of } = environmentsOf(estate);
      const [first, ...others] = live.filter(({ id }) => !of.has(id));
      if (first === undefined) return { state: 'pass' };
      const reason =
        others.length === 0
          ? `no tag or name tells which environment ${first.name} belongs to: tag it Environment=…`
          : `no tag or name tells which environment ${first.name} and ${others.length} more belong to: tag them Environment=…`;
      return { state: 'unknown', missing: [{ operation: 'tags', reason, resource: account.id }] };
    }
    return {
      state: 'fail',
      message: 'mixed',
      data: {
        account: account.name === account.id ? account.id : `${account.id} (${account.name})`,
        environments: environments.map(([name, shares]) => `${name} (${shares.length} resources)`).join(' and '),
      },
      severity: environments.some(([name]) => name === 'production') ? 'high' : 'medium',
      proof: environments.flatMap(([name, shares]) =>
        shares.slice(0, 3).map(({ resource, because }) => ({
          ...because,
          detail: `${resource.kind} ${resource.name} is ${name}: ${because.detail.charAt(0).toLowerCase()}${because.detail.slice(1)}`,
        })),
      ),
      related: environments.flatMap(([, shares]) => shares.map(({ resource }) => resource)),
    };
  },
  sources: [
    'https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html',
  ],
  examples: {
    bad: join(
      {
        'sts:GetCallerIdentity': { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' },
        'ec2:DescribeInstances': { Reservations: [] },
      },
      databaseAnswer(
        database('shop-prod', { TagList: [{ Key: 'Environment', Value: 'prod' }] }),
        database('shop-dev', { TagList: [{ Key: 'Environment', Value: 'dev' }] }),
      ),
    ),
    good: join(
      {
        'sts:GetCallerIdentity': { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' },
        'ec2:DescribeInstances': { Reservations: [] },
      },
      databaseAnswer(
        database('shop', { TagList: [{ Key: 'Environment', Value: 'prod' }] }),
        database('reports', { TagList: [{ Key: 'Environment', Value: 'prod' }] }),
      ),
    ),
  },
});
