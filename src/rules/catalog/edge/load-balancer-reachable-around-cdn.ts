import { isNamed, trafficText, whoText } from '../../../analyse/internet/admitted.ts';
import { distributionsUnread } from '../../../analyse/internet/distributions.ts';
import { distributionsBefore, hiddenOrigins } from '../../../analyse/internet/fronting.ts';
import { reachedStraight } from '../../../analyse/internet/reached.ts';
import { anyCloudfront, asksForHeader, headersUntold, listenersUntold } from '../../../analyse/internet/web.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { missingOf } from '../../../analyse/verdict.ts';
import { addressesOf, trafficIn } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer, balancerArn, listenerAnswer, ruleAnswer } from '../../examples/balancers.ts';
import { distributionAnswer } from '../../examples/buckets.ts';
import { group, groupAnswer, network } from '../../examples/network.ts';
import { CLOUDFRONT, cloudfrontListAnswer } from '../../examples/open.ts';
import { defineRule } from '../../rule.ts';

const HEADER = 'X-Origin-Secret';

const frontedBy = (permission: Parameters<typeof group>[2], asks = false) =>
  join(
    network(),
    cloudfrontListAnswer(),
    groupAnswer(group('sg-0balancer0000001', 'web-balancer', permission)),
    balancerAnswer(balancer('web', ['eu-west-1a', 'eu-west-1b'], { SecurityGroups: ['sg-0balancer0000001'] })),
    listenerAnswer(balancerArn('web'), { Port: 443, Protocol: 'HTTPS', ...(asks ? {} : { forwardTo: 'web' }) }),
    distributionAnswer({
      domain: 'web-1234567890.eu-west-1.elb.amazonaws.com',
      custom: true,
      headers: asks ? [HEADER] : [],
    }),
  );

const headerRule = ruleAnswer(balancerArn('web'), 443, [
  {
    Priority: '1',
    IsDefault: false,
    Conditions: [
      { Field: 'http-header', Values: [], HttpHeaderConfig: { HttpHeaderName: HEADER, Values: ['REDACTED'] } },
    ],
    forwardTo: 'web',
  },
]);

export const rule = defineRule({
  id: 'load-balancer-reachable-around-cdn',
  problem: 2,
  severity: 'medium',
  title: 'The internet reaches a load balancer around the CDN before it',
  why: 'Whoever knows the name or address of the load balancer goes past CloudFront, and past every rule and limit that you set there. Such names are found in old DNS records and certificate logs within minutes.',
  fix: 'Let the group of the load balancer admit nothing but the CloudFront prefix list, and let its listeners answer only to a secret header that the distribution adds; or make the load balancer internal and use a VPC origin.',
  fixedBy: ['balancer-behind-cdn', 'balancer-rehomed'],
  subject: 'loadBalancer',
  needs: ['elbv2:DescribeLoadBalancers', 'cloudfront:ListDistributions', 'ec2:DescribeSecurityGroups'],
  messages: {
    around: '{cdn} stands before {name}, but {who} reaches {name} on {ports} around it',
    others:
      '{cdn} stands before {name}, and {name} takes nothing but requests from CloudFront: from every distribution, those of strangers too',
  },
  check(subject, estate) {
    const before = distributionsBefore(estate, subject);
    const [first] = before;
    if (first === undefined) {
      const missing = [...distributionsUnread(estate, subject.account), ...hiddenOrigins(estate)];
      return missing.length > 0 ? { state: 'unknown', missing } : { state: 'notApplicable' };
    }
    const reached = reachedStraight(estate, subject);
    if (reached.answer === 'no') {
      const untold = listenersUntold(estate, subject);
      if (untold) return { state: 'unknown', missing: [untold] };
      const proof = anyCloudfront(estate, subject);
      if (proof.length === 0 || asksForHeader(estate, subject, before)) return { state: 'pass' };
      const unread = headersUntold(estate, subject, before);
      if (unread) return { state: 'unknown', missing: [unread] };
      return {
        state: 'fail',
        message: 'others',
        severity: 'low',
        data: { name: subject.name, cdn: first.distribution.name },
        proof,
        related: before.map(({ distribution }) => distribution),
      };
    }
    const { verdict, sure } = reached;
    if (verdict.answer !== 'yes') return { state: 'unknown', missing: missingOf(verdict) };
    if (asksForHeader(estate, subject, before)) return { state: 'pass' };
    const from = addressesOf(sure);
    return {
      state: 'fail',
      message: 'around',
      severity: isNamed(from) ? 'low' : 'medium',
      data: {
        name: subject.name,
        cdn: first.distribution.name,
        who: whoText(from, networkOf(estate).strangers),
        ports: trafficText(trafficIn(sure)),
      },
      proof: verdict.proof,
      related: before.map(({ distribution }) => distribution),
    };
  },
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html',
  ],
  examples: {
    bad: frontedBy([{ protocol: 'tcp', ports: [443, 443], cidr: '0.0.0.0/0' }]),
    good: join(frontedBy([{ protocol: 'tcp', ports: [443, 443], prefixList: CLOUDFRONT }], true), headerRule),
  },
});
