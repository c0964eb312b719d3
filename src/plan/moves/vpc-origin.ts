import { distributionsUnread } from '../../analyse/internet/distributions.ts';
import { distributionsBefore, hiddenOrigins } from '../../analyse/internet/fronting.ts';
import { forwards, rulesOf } from '../../analyse/internet/web.ts';
import { ALL_VIEWER } from '../../blueprint/edge/policies.ts';
import { statusOf } from '../../estate/coverage.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { LoadBalancer, TargetGroup } from '../../estate/kinds/balance.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { cloudFrontList, listenersOf, servingOf } from '../structure/balancer-front.ts';
import { declaredOf } from '../structure/declared.ts';
import { leadingTo } from '../structure/domains.ts';
import { type Behind, behavioursOf, originsOf, type Public, type Targets } from '../structure/private-balancer.ts';
import { privateSteps } from '../structure/private-balancer-steps.ts';
import { groupIdsOf, usersOfGroups } from '../structure/sharing.ts';
import { inTwoZones, tierSubnets } from '../structure/tiers.ts';

const VPC_ORIGINS =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html';
const MIGRATE =
  'https://aws.amazon.com/blogs/networking-and-content-delivery/migrate-amazon-cloudfront-public-origins-to-private-vpc-origins';
const SERVICE_GROUPS =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html';

/** Target groups that one ECS service may register in. */
const GROUPS_A_SERVICE = 5;

type Refused = Omit<Refusal, 'move' | 'environment'>;
type Judged = { readonly waits: string } | { readonly refused: Refused } | { readonly found: Public };

export const move: Move = {
  name: 'vpc-origin',
  title: 'The load balancer has no public address any more',
  about: 'CloudFront enters the VPC by a way of its own, and nothing of the service is on the internet.',
  scope: 'environment',
  risk: 'last',
  optional: true,
  preconditions: [
    'the team wishes it: it is named in `want`',
    'a distribution passes on to the load balancer, and nobody else asks it',
    'what it serves are tasks of ECS with addresses of their own',
    'private subnets in two zones, and an internet gateway in the VPC',
  ],
  undo: 'the distribution asks the public balancer again, within minutes, until that one is deleted',
  sources: [
    {
      claim: 'a distribution may ask an internal balancer, in a VPC that has an internet gateway',
      url: VPC_ORIGINS,
      certainty: 'documented',
    },
    {
      claim: 'a public balancer cannot become internal, so a second one comes beside it and requests move over',
      url: MIGRATE,
      certainty: 'composed',
    },
    {
      claim: `a service may be in ${GROUPS_A_SERVICE} target groups; a change starts a new deployment`,
      url: SERVICE_GROUPS,
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const { estate, scope, preferences } = context;
    if (!(preferences.want ?? []).includes('vpc-origin')) return { state: 'notNeeded' };
    const judged = all(estate, 'loadBalancer')
      .filter((one) => scope.holds(one))
      .flatMap((one) => judge(context, one) ?? []);
    const waiting = judged.flatMap((one) => ('waits' in one ? [one.waits] : []));
    if (waiting[0] !== undefined) return { state: 'waits', for: waiting[0] };
    const refusals = judged.flatMap((one) => ('refused' in one ? [one.refused] : []));
    const found = judged.flatMap((one) => ('found' in one ? [one.found] : []));
    // two balancers behind one distribution would each write its origins anew
    const [first, ...later] = found.filter((one, n) => found.findIndex(({ front }) => front === one.front) === n);
    if (first === undefined) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    const list = [first, ...later];
    const steps = list.flatMap((one) => privateSteps(context, one, list.length > 1, move.sources));
    return { state: 'ready', steps, refusals };
  },
};

function judge(context: Context, balancer: LoadBalancer): Judged | undefined {
  const { estate, state } = context;
  const refuse = (because: string, change: string): Judged => ({
    refused: { subject: balancer.id, because, change },
  });
  const { name } = balancer;
  if (balancer.scheme === 'internal') return undefined;
  if (balancer.classic !== undefined || balancer.type === 'classic')
    return refuse(
      `${name} is a classic load balancer, which CloudFront cannot enter.`,
      'Make an application load balancer beside it, and let the names lead there.',
    );
  if (balancer.type === 'network' || balancer.type === 'gateway')
    return refuse(
      `${name} is a ${balancer.type} load balancer, of which this move does not know what it carries.`,
      'Make an internal one beside it by hand, or leave it as it is.',
    );
  if (balancer.scheme === undefined || balancer.type === undefined || balancer.dnsName === undefined)
    return refuse(`What ${name} is, is not known.`, 'Collect elbv2:DescribeLoadBalancers.');
  const unread = unreadFor(estate, balancer);
  if (unread !== undefined) return refuse(`What ${unread} tells of ${name} is not known.`, `Collect ${unread}.`);
  const fronts = distributionsBefore(estate, balancer);
  const [front] = fronts;
  if (front === undefined) return { waits: `a distribution before ${name}` };
  const leading = leadingTo(estate, [balancer.dnsName]);
  if (leading.names.length > 0) return { waits: `${leading.names.join(', ')} to lead to ${front.distribution.name}` };
  if (fronts.length > 1)
    return refuse(
      `${name} is an origin more than once: of ${fronts.map(({ distribution }) => distribution.name).join(', ')}.`,
      'Leave one distribution with one origin before it.',
    );
  const { distribution, origin } = front;
  if (origin.protocolPolicy !== 'https-only' || (origin.httpsPort ?? 443) !== 443)
    return refuse(`${distribution.name} does not ask ${name} by HTTPS on 443 only.`, 'Let it ask by HTTPS first.');
  const caller = otherCaller(estate, balancer, distribution.id);
  if (caller !== undefined)
    return refuse(`${caller} asks ${name} itself, past the distribution.`, 'Let it use the public name.');
  if (balancer.webAcl !== null)
    return refuse(
      balancer.webAcl === undefined
        ? `Whether a web ACL stands before ${name} is not known.`
        : `A web ACL stands before ${name}, which a new balancer would not have.`,
      balancer.webAcl === undefined ? 'Collect wafv2:ListResourcesForWebACL.' : 'Put it before the distribution.',
    );
  const [declared, outer] = [declaredOf(state, balancer), declaredOf(state, distribution)];
  const servings = listenersOf(estate, balancer).map((one) => servingOf(state, estate, one));
  const known = servings.filter((one) => one !== undefined);
  if (!declared || !outer || known.length < servings.length)
    return refuse(
      `${name}, its listeners or ${distribution.name} are not wholly under the program's care.`,
      'Collect elbv2:DescribeRules, elbv2:DescribeListenerAttributes and cloudfront:GetDistributionConfig.',
    );
  const shape = oddFront(outer, origin.id, balancer, declared.name);
  if (shape !== undefined) return refuse(shape, 'Change the distribution first, or leave the balancer as it is.');
  const secure = known.find(({ listener }) => listener.port === 443 && listener.protocol === 'HTTPS');
  const plain = known.filter((one) => one !== secure);
  const odd = plain.find(
    ({ listener }) =>
      listener.port !== 80 ||
      listener.protocol !== 'HTTP' ||
      [listener, ...rulesOf(estate, listener)].some(({ actions }) => actions === undefined || forwards(actions)),
  );
  if (!secure || odd)
    return refuse(
      odd
        ? `${name} serves on ${odd.listener.protocol ?? ''} ${odd.listener.port ?? ''} too, which CloudFront does not ask.`
        : `${name} does not listen on 443.`,
      'Let everything be served by HTTPS on 443.',
    );
  if (secure.listener.certificates?.length !== 1 || secure.declared.properties.mutualAuthentication !== undefined)
    return refuse(
      `${name} has several certificates, asks its clients for one, or does not tell.`,
      'Leave one certificate for all names.',
    );
  const actions = [secure.listener, ...rulesOf(estate, secure.listener)].map((one) => one.actions);
  const strange = actions.flat().find((one) => !['forward', 'redirect', 'fixed-response'].includes(one?.type ?? ''));
  if (strange || actions.includes(undefined))
    return refuse(
      `A rule of ${name} does something that is not known here (${strange?.type ?? 'not told'}).`,
      'Change the rule first.',
    );
  const vpc = find(estate, balancer.vpc);
  if (!vpc || !all(estate, 'internetGateway').some(({ vpcs }) => vpcs?.some(({ id }) => id === vpc.id)))
    return refuse(
      `No internet gateway of the VPC of ${name} is known, and CloudFront enters only a VPC that has one.`,
      'Collect ec2:DescribeInternetGateways, or attach one: no traffic goes by it.',
    );
  const subnets = tierSubnets(estate, vpc, 'app');
  if (!inTwoZones(subnets)) return { waits: `private subnets in two zones of ${vpc.name}` };
  const prefixList = cloudFrontList(estate, balancer);
  if (prefixList === undefined)
    return refuse(
      `Which prefix list of ${balancer.region} holds the addresses of CloudFront is not known.`,
      'Collect ec2:DescribeManagedPrefixLists.',
    );
  const targets: Targets[] = [];
  const ids = new Set(
    actions.flatMap((each) => (each ?? []).flatMap((one) => one.targetGroups.map(({ ref }) => ref.id))),
  );
  for (const id of ids) {
    const group = byId(estate, id);
    const told = group?.kind === 'targetGroup' ? targetsOf(context, group, ids.size) : 'A target group is not known.';
    if (typeof told === 'string')
      return refuse(told, 'Bring it under ECS with addresses of its own (awsvpc), or move it by hand.');
    targets.push(told);
  }
  if (targets.length === 0) return refuse(`${name} sends requests nowhere.`, 'Delete it.');
  return {
    found: {
      balancer,
      declared,
      distribution,
      front: outer,
      originId: origin.id,
      secure,
      plain,
      targets,
      vpc,
      subnets,
      prefixList,
    },
  };
}

function unreadFor(estate: Estate, { account, region }: LoadBalancer): string | undefined {
  const [hidden] = [...distributionsUnread(estate, account), ...hiddenOrigins(estate)];
  if (hidden) return hidden.operation;
  return ['elbv2:DescribeListeners', 'elbv2:DescribeRules', 'elbv2:DescribeTargetGroups', 'ecs:DescribeServices'].find(
    (operation) => statusOf(estate.coverage, operation, { account, region }) !== 'read',
  );
}

/** Somebody of our own who comes by the balancer's own name: that name goes with it. */
function otherCaller(estate: Estate, balancer: LoadBalancer, front: string): string | undefined {
  for (const { from, to } of estate.flows)
    if (to.type === 'resource' && to.id === balancer.id && from.type === 'resource' && from.id !== front)
      return byId(estate, from.id)?.name ?? from.id;
  return undefined;
}

const list = (value: Value | undefined): readonly Properties[] =>
  Array.isArray(value) ? value.filter(isProperties) : [];
const isRedacted = (value: Value | undefined): boolean =>
  isProperties(value) && typeof value.$secret === 'string' && !value.$secret.startsWith('config:');

/** What a distribution does that a VPC origin does not take, or that is not known here. */
function oddFront(
  front: Public['front'],
  originId: string,
  { dnsName }: LoadBalancer,
  declared: string,
): string | undefined {
  const origin = originsOf(front).find((one) => one.originId === originId);
  const behaviours = behavioursOf(front, originId);
  const { domainName } = origin ?? {};
  const direct = typeof domainName === 'string' && (domainName === dnsName || domainName.includes(`::${declared}#`));
  if (origin === undefined || !isProperties(origin.customOriginConfig) || !direct)
    return `${front.name} asks by another name than the balancer's own.`;
  if (list(origin.customHeaders).some(({ value }) => isRedacted(value)))
    return `${front.name} adds a header whose value is not known here.`;
  if (list(front.properties.originGroups).length > 0) return `${front.name} has origin groups.`;
  if (behaviours.length === 0) return `No cache behaviour of ${front.name} asks the balancer.`;
  if (behaviours.some(({ originRequestPolicyId }) => originRequestPolicyId !== ALL_VIEWER))
    return `${front.name} does not pass on everything that the customer sends, the Host among it, for which the certificate is.`;
  if (behaviours.some(({ grpcConfig }) => isProperties(grpcConfig) && grpcConfig.enabled !== false))
    return `${front.name} carries gRPC, of which it is not known whether a VPC origin takes it.`;
  const edge = behaviours.flatMap(({ lambdaFunctionAssociations }) => list(lambdaFunctionAssociations));
  return edge.some(({ eventType }) => eventType !== 'viewer-request' && eventType !== 'viewer-response')
    ? `${front.name} runs a function between CloudFront and the balancer.`
    : undefined;
}

/** The tasks behind a target group; a text says what is not understood. */
function targetsOf({ estate, state }: Context, group: TargetGroup, more: number): Targets | string {
  const declared = declaredOf(state, group);
  if (!declared) return `${group.name} is not under the program's care.`;
  const { protocolVersion = 'HTTP1', healthCheck } = declared.properties;
  if (protocolVersion === 'GRPC')
    return `${group.name} speaks gRPC, of which it is not known whether a VPC origin takes it.`;
  const services = all(estate, 'ecsService').filter(({ loadBalancers }) =>
    loadBalancers?.some(({ targetGroup }) => targetGroup?.id === group.id),
  );
  if (group.targetType !== 'ip' || services.length === 0)
    return `${group.name} sends to something else than tasks of ECS.`;
  const behind: Behind[] = [];
  for (const service of services) {
    const own = declaredOf(state, service);
    const entries = service.loadBalancers ?? [];
    if (!own || list(own.properties.loadBalancers).length !== entries.length)
      return `${service.name} is not under the program's care.`;
    if (service.deploymentController !== undefined && service.deploymentController !== 'ECS')
      return `${service.deploymentController} deploys ${service.name} and decides about its target groups.`;
    if (entries.length + more > GROUPS_A_SERVICE)
      return `${service.name} would be in more than ${GROUPS_A_SERVICE} target groups.`;
    const users = usersOfGroups(estate);
    const alone = (groupIdsOf(service) ?? [])
      .filter((id) =>
        [...(users.get(id) ?? [])].every((user) => user === service.id || byId(estate, user)?.kind === 'ecsTask'),
      )
      .flatMap((id) => {
        const found = byId(estate, id);
        return (found && declaredOf(state, found)) ?? [];
      });
    const [door] = alone;
    if (!door) return `${service.name} has no security group of its own.`;
    behind.push({ service, declared: own, group: door });
  }
  const asked = services.flatMap(({ loadBalancers }) =>
    (loadBalancers ?? []).flatMap(({ targetGroup, containerPort }) =>
      targetGroup?.id === group.id && containerPort !== undefined ? [containerPort] : [],
    ),
  );
  const check = isProperties(healthCheck) ? Number(healthCheck.port) : Number.NaN;
  const ports = [...new Set([...asked, ...(Number.isInteger(check) && check > 0 ? [check] : [])])];
  return { group, declared, services: behind, ports };
}
