/** The steps from a public load balancer behind a distribution to a private one. */
import { addressOf, type Delete, type Named, referencesIn } from '../edit.ts';
import type { Context } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Source, type Step, type Succession, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import type { Common } from './balancer-front.ts';
import { madeBy, outputOf } from './distributions.ts';
import { ownGroup } from './groups.ts';
import { slug } from './names.ts';
import { type Private, type Public, privateOf } from './private-balancer.ts';
import { groupIdsOf, usersOfGroups } from './sharing.ts';
import { withoutGroup } from './twin-rules.ts';

/** Hours in which the public balancer gets no request before it goes. */
const WATCH_HOURS = 48;

export function privateSteps(
  context: Context,
  old: Public,
  several: boolean,
  sources: readonly Source[],
): readonly Step[] {
  const { scope, state } = context;
  const fresh = privateOf(state, old);
  const begin = `${scope.stem}-private${several ? `-${slug(old.balancer.name)}` : ''}`;
  const common: Common = { move: 'vpc-origin', environment: scope.environment, sources };
  const arn = outputOf(madeBy(state, fresh.made, fresh.balancer), 'arn');
  const successions: readonly Succession[] = [
    { from: old.balancer.id, to: [arn], because: `${fresh.name} has the same rules and the same tasks behind it` },
    {
      from: old.balancer.id,
      to: [old.distribution.id],
      only: 'internet',
      because: 'whoever comes from outside comes by the distribution',
    },
  ];
  return [
    ...beside(common, begin, old, fresh, arn),
    ...over(common, begin, old, fresh),
    ...away(context, common, begin, old, fresh, successions),
  ];
}

const suffixOf = (id: string): string => id.replace(/^.*:loadbalancer\//, '');
const servicesOf = ({ targets }: Public): string =>
  [...new Set(targets.flatMap(({ services }) => services.map(({ service }) => service.name)))].join(', ');
const describing = ({ targets }: Public): string =>
  [...new Map(targets.flatMap(({ services }) => services).map(({ service }) => [service.id, service])).values()]
    .map(
      ({ name, cluster }) =>
        `aws ecs describe-services --cluster ${cluster?.id.replace(/^.*\//, '') ?? ''} --services ${name} --query 'services[].deployments[].[rolloutState,runningCount,failedTasks]'`,
    )
    .join(' && ');
const errors = (balancer: string, metric: string, since: string): string =>
  `aws cloudwatch get-metric-statistics --namespace AWS/ApplicationELB --metric-name ${metric} --dimensions Name=LoadBalancer,Value=${balancer} --start-time $(date -u -d '${since}' +%FT%TZ) --end-time $(date -u +%FT%TZ) --period 3600 --statistics Sum`;

function beside(common: Common, begin: string, old: Public, fresh: Private, arn: string): readonly Step[] {
  const { balancer, distribution } = old;
  const undo = { how: 'delete what was made', until: 'the distribution asks it', exact: true };
  return [
    step({
      ...common,
      id: `${begin}-made`,
      title: `An internal load balancer beside ${balancer.name}`,
      kind: 'expand',
      why: 'A public load balancer cannot become an internal one, so a second comes beside it, in the private subnets. Its group admits CloudFront only; nobody asks it yet.',
      edits: fresh.made,
      gate: [{ type: 'inventory', check: `${fresh.name} is active in each of its zones` }],
      duration: minutes(3, 10),
      clientsNotice: NOTHING_NOTICED,
      undo,
    }),
    step({
      ...common,
      id: `${begin}-served`,
      title: `${servicesOf(old)} behind both load balancers`,
      kind: 'expand',
      why: 'A target group is of one load balancer, so the services register in new ones too. They keep the old ones: ECS starts a new deployment, in which new tasks are healthy before old ones end.',
      edits: fresh.served,
      gate: [
        {
          type: 'query',
          check: 'Every deployment is COMPLETED, and the targets of both groups are healthy.',
          query: describing(old),
        },
      ],
      duration: minutes(5, 20),
      clientsNotice: {
        from: 0,
        to: 5,
        what: 'Requests: nothing. Open WebSockets end once with the old tasks, and connect again.',
      },
      undo: { ...undo, how: 'the former target groups of the services, then delete the listener' },
    }),
    step({
      ...common,
      id: `${begin}-origin`,
      title: `${distribution.name} gets a second, private origin`,
      kind: 'expand',
      why: 'CloudFront makes an interface of its own in the VPC. It still asks the public load balancer.',
      edits: fresh.second,
      gate: [
        {
          type: 'query',
          check: 'The VPC origin and the distribution are Deployed.',
          query: `aws cloudfront list-vpc-origins --query "VpcOriginList.Items[?Name=='${fresh.name}'].Status" --output text`,
        },
        {
          type: 'person',
          check: `In a distribution for tests with the same private origin everything is as it is by the public one: sign in, an upload, a WebSocket, the longest request.`,
        },
      ],
      duration: minutes(15, 60),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'take the second origin away', until: 'the distribution asks it', exact: true },
      declares: {
        exposes: [{ resource: arn, because: `it serves what ${balancer.name} serves, to the distribution only` }],
      },
    }),
  ];
}

function over(common: Common, begin: string, { balancer, distribution }: Public, fresh: Private): readonly Step[] {
  const undo = { how: 'let it ask the public load balancer again', until: 'that one loses its targets', exact: true };
  return [
    step({
      ...common,
      id: `${begin}-switched`,
      title: `${distribution.name} asks the private load balancer`,
      kind: 'switch',
      why: 'One change of the distribution. Both load balancers serve from the same tasks, so it does not matter which place of CloudFront knows of it first.',
      edits: [fresh.switched],
      gate: [
        {
          type: 'query',
          check: 'For an hour 5xx answers of the private load balancer and of CloudFront stay as they were.',
          query: `aws cloudfront get-distribution --id ${distribution.id.replace(/^.*\//, '')} --query Distribution.Status && aws elbv2 describe-load-balancers --names ${fresh.name} --query 'LoadBalancers[].State.Code'`,
        },
      ],
      duration: minutes(5, 75),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'Nothing for requests. Open WebSockets stay with the public load balancer until they end.',
      },
      undo,
    }),
    step({
      ...common,
      id: `${begin}-watch`,
      title: `${WATCH_HOURS} hours in which nobody asks ${balancer.name}`,
      kind: 'watch',
      why: 'Whoever still knows the public load balancer by its own name shows up as a request.',
      gate: [
        {
          type: 'query',
          check: `The last ${WATCH_HOURS} hours have no request at all: every sum is 0, or there is none.`,
          query: errors(suffixOf(balancer.id), 'RequestCount', `-${WATCH_HOURS} hours`),
          asks: { type: 'requests', balancer: balancer.id, hours: WATCH_HOURS },
        },
      ],
      duration: days(2, 7),
      clientsNotice: NOTHING_NOTICED,
      undo,
    }),
  ];
}

function away(
  context: Context,
  common: Common,
  begin: string,
  old: Public,
  fresh: Private,
  successions: readonly Succession[],
): readonly Step[] {
  const { balancer, distribution, declared } = old;
  const shield = declared.properties.enableDeletionProtection === true;
  return [
    step({
      ...common,
      id: `${begin}-alone`,
      title: `${distribution.name} forgets the public load balancer`,
      kind: 'contract',
      why: 'It is not asked any more. As long as it stands, the way back is one change.',
      edits: [
        fresh.alone,
        ...(shield
          ? [
              {
                op: 'update' as const,
                type: declared.type,
                name: declared.name,
                properties: { enableDeletionProtection: false },
              },
            ]
          : []),
      ],
      gate: [{ type: 'inventory', check: `${distribution.name} has the private origin only` }],
      duration: minutes(5, 30),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'the origin again', until: 'the public load balancer is deleted', exact: true },
      successions,
    }),
    step({
      ...common,
      id: `${begin}-public-gone`,
      title: `${balancer.name} is deleted`,
      kind: 'contract',
      why: 'Nobody asks it. The services leave its target groups first, by a new deployment; then nothing of them has a public address.',
      edits: [...fresh.left, ...goneWith(context, old)],
      gate: [{ type: 'query', check: 'Every deployment is COMPLETED, and the site answers.', query: describing(old) }],
      duration: minutes(5, 20),
      clientsNotice: {
        from: 0,
        to: 5,
        what: 'Requests: nothing. Open WebSockets end once with the old tasks, and connect again.',
      },
      undo: { how: 'make it again beside the private one; it gets another name of AWS', until: 'always', exact: false },
      successions,
    }),
  ];
}

/** The balancer with all that is its alone: listeners, rules, target groups, its own group. */
function goneWith(
  { state, estate }: Context,
  { balancer, declared, secure, plain, targets }: Public,
): readonly Delete[] {
  const parts: DeclaredResource[] = [
    ...[secure, ...plain].flatMap((one) => [...one.rules, one.declared]),
    ...targets.map((one) => one.declared),
    declared,
  ];
  const own = ownGroup(state, balancer);
  const users = own && usersOfGroups(estate).get(own.id);
  const alone =
    own && (groupIdsOf(balancer) ?? []).includes(own.id) && [...(users ?? [])].every((id) => id === balancer.id);
  const named: readonly Named[] = [...parts, ...(alone ? withoutGroup(state, balancer) : [])];
  const going = new Set(named.map(addressOf));
  // a certificate or a firewall hung on the listener goes with it
  const hanging = [...state.world.declared.values()].filter(
    (one) =>
      one.type === 'aws:lb/listenerCertificate:ListenerCertificate' &&
      referencesIn(one.properties).some(({ address }) => going.has(address)),
  );
  return [...hanging, ...named].map(({ type, name }): Delete => ({ op: 'delete', type, name }));
}
