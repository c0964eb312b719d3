import { distributionsUnread } from '../../../analyse/internet/distributions.ts';
import { distributionsBefore, hiddenOrigins } from '../../../analyse/internet/fronting.ts';
import { speaksHttp } from '../../../analyse/internet/web.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer } from '../../examples/balancers.ts';
import { distributionAnswer } from '../../examples/buckets.ts';
import { network } from '../../examples/network.ts';
import { noDistributions } from '../../examples/open.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'load-balancer-without-cdn',
  problem: 2,
  severity: 'low',
  title: 'A load balancer serves the internet with no CDN before it',
  why: 'Every request, also for what never changes, travels to the region and is paid for as data that leaves AWS. A flood of requests meets your servers first, for nothing stands before them.',
  fix: 'Put CloudFront before the load balancer: it caches what may be cached, ends TLS near the customer, and takes the first wave of a flood.',
  fixedBy: ['balancer-behind-cdn'],
  subject: 'loadBalancer',
  needs: ['elbv2:DescribeLoadBalancers', 'cloudfront:ListDistributions'],
  messages: { bare: '{name} serves the internet itself: no CloudFront distribution has it as origin' },
  check(subject, estate) {
    const http = speaksHttp(subject);
    if (subject.scheme === 'internal' || http === false) return { state: 'notApplicable' };
    if (subject.scheme === undefined || http === undefined)
      return unknown(subject, 'elbv2:DescribeLoadBalancers', 'the type or scheme of a load balancer');
    if (distributionsBefore(estate, subject).length > 0) return { state: 'pass' };
    const missing = [...distributionsUnread(estate, subject.account), ...hiddenOrigins(estate)];
    if (missing.length > 0) return { state: 'unknown', missing };
    return {
      state: 'fail',
      message: 'bare',
      data: { name: subject.name },
      proof: [fact(subject, 'Scheme', `${subject.name} is internet-facing, and is the origin of no distribution`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html'],
  examples: {
    bad: join(network(), noDistributions(), balancerAnswer(balancer('web', ['eu-west-1a', 'eu-west-1b']))),
    good: join(
      network(),
      balancerAnswer(balancer('web', ['eu-west-1a', 'eu-west-1b'])),
      distributionAnswer({ domain: 'web-1234567890.eu-west-1.elb.amazonaws.com', custom: true }),
    ),
  },
});
