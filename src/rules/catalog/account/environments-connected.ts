import { type Crossing, crossings, isUsed } from '../../../analyse/environments/crossings.ts';
import { environmentOf } from '../../../analyse/environments/environments.ts';
import type { Hop } from '../../../analyse/verdict.ts';
import { unreadWorkloads } from '../../../analyse/workloads/unread.ts';
import { byId, type Estate, memoised } from '../../../estate/estate.ts';
import type { Resource } from '../../../estate/resource.ts';
import { join } from '../../example.ts';
import { service, serviceAnswer } from '../../examples/containers.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { callerAnswer } from '../../examples/records.ts';
import { computeAnswer, taskDefinition, taskDefinitionAnswer, taskDefinitionArn } from '../../examples/tasks.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const example = (host: string) =>
  join(
    callerAnswer(),
    computeAnswer(),
    { 'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: [] } },
    serviceAnswer(service('web-prod', { taskDefinition: taskDefinitionArn('web-prod') })),
    taskDefinitionAnswer(taskDefinition('web-prod', { DB_HOST: `${host}.abcdefghijkl.eu-west-1.rds.amazonaws.com` })),
    databaseAnswer(database('shop-prod'), database('shop-dev')),
  );

export const rule = defineRule({
  id: 'environments-connected',
  problem: 8,
  severity: 'high',
  title: 'One environment reaches into another',
  why: 'A test run then changes real orders, or production stops when somebody tidies up dev. The two can not be taken apart, nor rehearse a change, before this connection is gone.',
  fix: 'Each environment gets its own copy of what it uses; a peering between them goes when no flow needs it. It has to be so before dev moves to an account of its own.',
  fixedBy: ['dev-account'],
  subject: 'account',
  needs: ['ec2:DescribeInstances', 'rds:DescribeDBInstances', 'ec2:DescribeVpcPeeringConnections'],
  messages: { used: '{crossings}', peered: '{crossings}' },
  check(account, estate) {
    const found = (byAccount(estate).get(account.account) ?? []).slice();
    const flows = found.filter(({ by }) => by.type === 'flow');
    if (found.length > 0) {
      const told = flows.length > 0 ? flows : found;
      const production = found.some((one) => [one.fromEnvironment, one.toEnvironment].includes('production'));
      return {
        state: 'fail',
        message: flows.length > 0 ? 'used' : 'peered',
        data: { crossings: listed(told.map(text)) },
        severity: flows.length > 0 && production ? 'high' : 'medium',
        proof: found.flatMap((one) => proofOf(estate, one)),
        related: found.flatMap(({ from, to }) => [from, to]),
      };
    }
    const unread = unreadWorkloads(estate, account.account);
    if (unread.length > 0) return { state: 'unknown', missing: unread };
    const lost = unmatchedHosts(estate).get(account.account);
    if (lost)
      return unknown(lost.from, lost.operation, `the data store at ${lost.host}, which ${lost.from.name} uses,`);
    const undecided = undecidedFlows(estate).get(account.account);
    if (undecided)
      return unknown(
        undecided,
        'tags',
        `which environment ${undecided.name} and others belong to (a tag Environment=…)`,
      );
    if (!estate.flows.some(({ from }) => from.type === 'resource')) return { state: 'notApplicable' };
    return { state: 'pass' };
  },
  sources: [
    'https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html',
  ],
  examples: { bad: example('shop-dev'), good: example('shop-prod') },
});

const byAccount: (estate: Estate) => ReadonlyMap<string, readonly Crossing[]> = memoised((estate) => {
  const accounts = new Map<string, Crossing[]>();
  for (const crossing of crossings(estate)) {
    const list = accounts.get(crossing.from.account);
    if (list) list.push(crossing);
    else accounts.set(crossing.from.account, [crossing]);
  }
  return accounts;
});

/** A resource that the input did not name is of its peers' environment only for want of its name. */
const nameless = ({ name }: Resource): boolean => name.startsWith('unidentified:');

/** By account, the first thing that talks to another and of which nothing tells the environment. */
const undecidedFlows: (estate: Estate) => ReadonlyMap<string, Resource> = memoised((estate) => {
  const environments = environmentOf(estate);
  const first = new Map<string, Resource>();
  for (const flow of estate.flows) {
    if (flow.from.type !== 'resource' || flow.to.type !== 'resource' || !isUsed(flow)) continue;
    for (const { id } of [flow.from, flow.to]) {
      const resource = byId(estate, id);
      if (resource && (!environments.has(resource.id) || nameless(resource)) && !first.has(resource.account))
        first.set(resource.account, resource);
    }
  }
  return first;
});

/** By account, the first use of a data store's address that belongs to nothing in the input. */
const unmatchedHosts: (
  estate: Estate,
) => ReadonlyMap<string, { readonly from: Resource; readonly host: string; readonly operation: string }> = memoised(
  (estate) => {
    const lost = new Map<string, { readonly from: Resource; readonly host: string; readonly operation: string }>();
    for (const { from, to } of estate.flows) {
      if (from.type !== 'resource' || to.type !== 'host') continue;
      const [, service] = /\.(rds|cache)\.amazonaws\.com(?:\.cn)?$/.exec(to.host) ?? [];
      const user = byId(estate, from.id);
      if (!service || !user || lost.has(user.account)) continue;
      const operation = service === 'rds' ? 'rds:DescribeDBInstances' : 'elasticache:DescribeCacheClusters';
      lost.set(user.account, { from: user, host: to.host, operation });
    }
    return lost;
  },
);

const SHOWN = 3;
const listed = (texts: readonly string[]): string =>
  texts.length > SHOWN ? `${texts.slice(0, SHOWN).join('; ')}; and ${texts.length - SHOWN} more` : texts.join('; ');

const text = ({ from, to, fromEnvironment, toEnvironment, by }: Crossing): string =>
  by.type === 'flow'
    ? `${from.name} (${fromEnvironment}) uses ${to.kind} ${to.name} (${toEnvironment})`
    : `the networks ${from.name} (${fromEnvironment}) and ${to.name} (${toEnvironment}) are peered`;

function proofOf(estate: Estate, { from, to, by }: Crossing): readonly Hop[] {
  const evidence: readonly Hop[] =
    by.type === 'flow'
      ? by.flow.evidence.map(({ detail, source }) => ({
          resource: from.id,
          by: to.id,
          code: 'flow',
          detail,
          provenance: source,
        }))
      : [fact(by.peering, 'Status.Code', `the peering ${by.peering.name} is active`)];
  return [...evidence, ...[from, to].flatMap((resource) => because(estate, resource))];
}

function because(estate: Estate, resource: Resource): readonly Hop[] {
  const claim = environmentOf(estate).get(resource.id);
  if (!claim) return [];
  const { detail } = claim.because;
  return [
    {
      ...claim.because,
      detail: `${resource.kind} ${resource.name} is ${claim.environment}: ${detail.charAt(0).toLowerCase()}${detail.slice(1)}`,
    },
  ];
}
