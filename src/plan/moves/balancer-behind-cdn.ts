import { distributionsUnread } from '../../analyse/internet/distributions.ts';
import { distributionsBefore, hiddenOrigins } from '../../analyse/internet/fronting.ts';
import { forwards, rulesOf } from '../../analyse/internet/web.ts';
import { statusOf } from '../../estate/coverage.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { Listener, LoadBalancer } from '../../estate/kinds/balance.ts';
import type { Context, Move, Refusal } from '../move.ts';
import {
  cloudFrontList,
  type Fronting,
  groupsAlone,
  headerRule,
  listenersOf,
  rulesWithHeader,
  type Serving,
  servingOf,
  unserved,
} from '../structure/balancer-front.ts';
import { balancerSteps } from '../structure/balancer-steps.ts';
import { unfitForCloudFront } from '../structure/cloudfront-fit.ts';
import { declaredOf } from '../structure/declared.ts';
import { leadingTo } from '../structure/domains.ts';
import { INGRESS } from '../structure/groups.ts';

const RESTRICT =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html';
const ORIGIN =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html';
const PREFIX_LISTS = 'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html';
const ALIAS =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html';

/** Rules of a group that CloudFront's list counts for, and how many a group may have unless the quota is raised. */
const LIST_WEIGHT = 55;
const RULES_A_GROUP = 60;

type Refused = Omit<Refusal, 'move' | 'environment'>;
type Waits = { readonly waits: string };

export const move: Move = {
  name: 'balancer-behind-cdn',
  title: 'The load balancer stands behind CloudFront, and takes nobody else',
  about: 'Customers are met near where they are, and one way leads to the service.',
  scope: 'environment',
  risk: 'closing',
  preconditions: [
    'the public names of the balancer are known',
    'the balancer has a group of its own',
    'it asks its clients for nothing that CloudFront does not bring: no certificate, no address, no HTTP/2',
    'nothing but CloudFront asks it when it is closed: the logs show it',
  ],
  undo: 'the records lead to the balancer again, within a minute, until it is closed; each closing is taken back in seconds',
  sources: [
    {
      claim: 'the certificate of the balancer has to be for its own name or for the Host that is passed on, else 502',
      url: ORIGIN,
      certainty: 'documented',
    },
    {
      claim: 'a secret header and the list of CloudFront together keep all others out',
      url: RESTRICT,
      certainty: 'documented',
    },
    {
      claim: `the list of CloudFront counts for ${LIST_WEIGHT} rules of a group`,
      url: PREFIX_LISTS,
      certainty: 'documented',
    },
    {
      claim: 'an alias record has no TTL of its own; 60 seconds for a load balancer',
      url: ALIAS,
      certainty: 'estimate',
    },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const judged = all(estate, 'loadBalancer')
      .filter((one) => scope.holds(one))
      .flatMap((one) => judge(context, one) ?? []);
    const waiting = judged.flatMap((one) => ('waits' in one ? [one.waits] : []));
    if (waiting[0] !== undefined) return { state: 'waits', for: waiting[0] };
    const refusals = judged.flatMap((one) => ('refusals' in one ? one.refusals : []));
    const found = judged.flatMap((one) => ('fronting' in one && one.fronting ? [one.fronting] : []));
    if (found.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    const steps = found.flatMap((one) => balancerSteps(context, one, found.length > 1, move.sources));
    return { state: 'ready', steps, refusals };
  },
};

type Judged = Waits | { readonly refusals: readonly Refused[]; readonly fronting?: Fronting };

function judge(context: Context, balancer: LoadBalancer): Judged | undefined {
  const { estate, state } = context;
  const refuse = (because: string, change: string): Judged => ({
    refusals: [{ subject: balancer.id, because, change }],
  });
  if (balancer.scheme === 'internal' || balancer.type === 'network' || balancer.type === 'gateway') return undefined;
  if (balancer.classic !== undefined || balancer.type === 'classic')
    return refuse(
      `${balancer.name} is a classic load balancer, which knows no rules.`,
      'Make an application load balancer beside it, and let the names lead there.',
    );
  if (balancer.scheme === undefined || balancer.type === undefined || balancer.dnsName === undefined)
    return refuse(`What ${balancer.name} is, is not known.`, 'Collect elbv2:DescribeLoadBalancers.');
  const unread = unreadFor(context, balancer);
  if (unread !== undefined)
    return refuse(`What ${unread} tells of ${balancer.name} is not known.`, `Collect ${unread}.`);
  const [front] = distributionsBefore(estate, balancer);
  if (front) return behind(context, balancer, front.distribution.name);
  const declared = declaredOf(state, balancer);
  const listeners = listenersOf(estate, balancer);
  const servings = listeners.map((listener) => servingOf(state, estate, listener));
  if (!declared || servings.includes(undefined))
    return refuse(`${balancer.name} is not wholly under the program's care.`, 'Collect its listeners and their rules.');
  const known = servings.filter((one) => one !== undefined);
  const odd = listeners.find(
    ({ port, protocol }) => !(port === 443 && protocol === 'HTTPS') && !(port === 80 && protocol === 'HTTP'),
  );
  if (odd)
    return refuse(
      `${balancer.name} listens on ${odd.protocol ?? ''} ${odd.port ?? ''} too, which CloudFront does not take.`,
      'Move who uses that port to 443, and take the listener away.',
    );
  if (known.length === 0) return refuse(`${balancer.name} listens on nothing.`, 'Delete it, or give it a listener.');
  const unfit = unfitForCloudFront(balancer, estate, state);
  if (unfit.length > 0)
    return {
      refusals: unfit.map((one) => ({ subject: balancer.id, ...one })),
    };
  const secure = known.find(({ listener }) => listener.port === 443);
  const plain = known.filter(({ listener }) => listener.port === 80 && serves(estate, listener));
  const names = namesOf(estate, balancer, secure);
  if (typeof names === 'string')
    return refuse(
      names,
      'Give the service a name of its own in a zone of Route 53, and let those who use it come by that name.',
    );
  const records = names.records.map((record) => ({ record, declared: declaredOf(state, record) }));
  const stray = records.find(
    ({ record, declared: one }) => !one || record.weight !== undefined || record.setIdentifier !== undefined,
  );
  if (stray)
    return refuse(
      `${stray.record.host} leads to ${balancer.name} by one of several records, or by one that the program does not have.`,
      'Make it a plain record of its zone, or let it lead to the distribution by hand.',
    );
  const lacking = secure ? unserved(estate, secure.listener, names.names) : names.names;
  if (lacking === undefined)
    return refuse(
      `For which names ${balancer.name} has certificates is not known.`,
      'Collect acm:ListCertificates and elbv2:DescribeListenerCertificates.',
    );
  const prefixList = cloudFrontList(estate, balancer);
  if (prefixList === undefined)
    return refuse(
      `Which prefix list of ${balancer.region} holds the addresses of CloudFront is not known.`,
      'Collect ec2:DescribeManagedPrefixLists.',
    );
  const groups = groupsAlone(state, estate, balancer);
  if (groups === undefined) return { waits: `a group of its own for ${balancer.name}` };
  const full = groups.find((group) => rulesIn(context, group.id) + LIST_WEIGHT > RULES_A_GROUP);
  if (full)
    return refuse(
      `The group ${full.name} has no room for the list of CloudFront, which counts for ${LIST_WEIGHT} of ${RULES_A_GROUP} rules.`,
      'Take rules out of it, or have the quota raised.',
    );
  const around = callersAround(estate, balancer, new Set(names.records.map(({ id }) => id)));
  const refusals: Refused[] = around.map((caller) => ({
    subject: balancer.id,
    because: `${caller} asks ${balancer.name} by its own name, so it cannot be closed to all but CloudFront.`,
    change: `Let it use ${names.names[0] ?? 'the public name'}.`,
  }));
  if (secure && (!headerRule(secure) || !rulesWithHeader(secure)))
    refusals.push({
      subject: balancer.id,
      because: `A rule of ${balancer.name} has no room for a further condition, or no rule can come after the last, so the secret header cannot be asked for.`,
      change: 'Split the rule, or renumber the last one. Until then the list of CloudFront alone keeps others out.',
    });
  return {
    refusals,
    fronting: {
      balancer,
      declared,
      secure,
      plain,
      unserved: lacking,
      groups,
      prefixList,
      names: names.names,
      records: records.flatMap(({ record, declared: one }) => (one ? [{ record, declared: one }] : [])),
      closing: around.length === 0,
    },
  };
}

/** A distribution stands before it already: who made it knows its header. What is left is said. */
function behind({ estate }: Context, balancer: LoadBalancer, front: string): Judged | undefined {
  const open = listenersOf(estate, balancer).filter(
    (listener) => listener.protocol === 'HTTP' && serves(estate, listener),
  );
  if (open.length === 0) return undefined;
  return {
    refusals: [
      {
        subject: balancer.id,
        because: `${front} stands before ${balancer.name} already, which still serves without encryption; by which protocol it is asked is the distribution's to say.`,
        change: 'Let the distribution ask by HTTPS, then let port 80 redirect.',
      },
    ],
  };
}

const serves = (estate: Estate, listener: Listener): boolean =>
  forwards(listener.actions) || rulesOf(estate, listener).some(({ actions }) => forwards(actions));

function unreadFor({ estate }: Context, { account, region }: LoadBalancer): string | undefined {
  const [distributions] = [...distributionsUnread(estate, account), ...hiddenOrigins(estate)];
  if (distributions) return distributions.operation;
  return ['elbv2:DescribeListeners', 'elbv2:DescribeRules'].find(
    (operation) => statusOf(estate.coverage, operation, { account, region }) !== 'read',
  );
}

interface Names {
  readonly names: readonly string[];
  readonly records: ReturnType<typeof leadingTo>['records'];
}

/** The names that customers use: by the records that lead here, else by the certificates. A text says why there are none. */
function namesOf(estate: Estate, balancer: LoadBalancer, secure: Serving | undefined): Names | string {
  const found = leadingTo(estate, [balancer.dnsName ?? '']);
  if (found.names.length > 0) return found;
  if (statusOf(estate.coverage, 'route53:ListHostedZones', { account: balancer.account, region: 'global' }) !== 'read')
    return `Which names lead to ${balancer.name} is not known.`;
  const certified = (secure?.listener.certificates ?? []).flatMap(({ id }) => {
    const one = byId(estate, id);
    return one?.kind === 'certificate' ? (one.domains ?? []) : [];
  });
  return certified.length > 0
    ? { names: [...new Set(certified.map((name) => name.toLowerCase()))].sort(), records: [] }
    : `Nothing tells by which name customers come to ${balancer.name}; its own name can lead nowhere else.`;
}

const rulesIn = ({ state }: Context, group: string): number =>
  [...state.world.declared.values()].filter(({ type, inputs }) => type === INGRESS && inputs.securityGroupId === group)
    .length;

/** Who of our own comes by another name than those that move: by the balancer's own, or by one of a private zone. */
const callersAround = (estate: Estate, balancer: LoadBalancer, moving: ReadonlySet<string>): readonly string[] => [
  ...new Set(
    estate.flows.flatMap((flow) => {
      if (flow.to.type !== 'resource' || flow.to.id !== balancer.id || flow.from.type !== 'resource') return [];
      const caller = byId(estate, flow.from.id);
      const around = flow.evidence.some(({ records }) => !records?.some((id) => moving.has(id)));
      return around ? [caller?.name ?? flow.from.id] : [];
    }),
  ),
];
