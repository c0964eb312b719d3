import { trafficText, whoText } from '../../../analyse/internet/admitted.ts';
import { reachedStraight } from '../../../analyse/internet/reached.ts';
import { forwards, rulesOf } from '../../../analyse/internet/web.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { proofOf } from '../../../analyse/verdict.ts';
import { find } from '../../../estate/estate.ts';
import { addressesOf, tcp } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer, balancerArn, listenerAnswer } from '../../examples/balancers.ts';
import { network } from '../../examples/network.ts';
import { groups, OPEN_GROUP } from '../../examples/open.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const served = (forwardTo?: string) =>
  join(
    network(),
    groups(),
    balancerAnswer(balancer('web', ['eu-west-1a', 'eu-west-1b'], { SecurityGroups: [OPEN_GROUP] })),
    listenerAnswer(balancerArn('web'), {
      Port: 80,
      Protocol: 'HTTP',
      ...(forwardTo === undefined ? {} : { forwardTo }),
    }),
  );

export const rule = defineRule({
  id: 'listener-without-tls',
  problem: 2,
  severity: 'medium',
  title: 'A load balancer serves the internet without encryption',
  why: 'Passwords and session cookies travel in clear text, and anybody on the way, as in a public WLAN, reads or changes them. One forgotten http link is enough for it.',
  fix: 'Let the HTTP listener redirect to HTTPS, which takes one action and no downtime; with CloudFront before it, let that redirect.',
  fixedBy: ['balancer-behind-cdn'],
  subject: 'listener',
  needs: ['elbv2:DescribeLoadBalancers', 'elbv2:DescribeListeners'],
  messages: {
    plain:
      '{name} answers {who} on port {port} without encryption: it forwards requests instead of redirecting them to HTTPS',
  },
  check(subject, estate) {
    if (subject.protocol !== undefined && subject.protocol !== 'HTTP') return { state: 'notApplicable' };
    const balancer = find(estate, subject.loadBalancer);
    if (balancer?.scheme === 'internal') return { state: 'notApplicable' };
    if (balancer?.scheme === undefined)
      return unknown(subject, 'elbv2:DescribeLoadBalancers', 'the load balancer of a listener');
    if (subject.protocol === undefined || subject.port === undefined || subject.actions === undefined)
      return unknown(subject, 'elbv2:DescribeListeners', 'what a listener does');
    const rules = rulesOf(estate, subject);
    const rule = rules.find((one) => forwards(one.actions));
    if (!forwards(subject.actions) && rule === undefined) {
      if (rules.some((one) => one.actions === undefined))
        return unknown(subject, 'elbv2:DescribeRules', 'what a rule of the listener does');
      return { state: 'pass' };
    }
    const reached = reachedStraight(estate, balancer, tcp(subject.port));
    if (reached.answer === 'no') return { state: 'notApplicable' };
    return {
      state: 'fail',
      message: 'plain',
      data: {
        name: balancer.name,
        port: trafficText(tcp(subject.port)).replace('tcp/', ''),
        who:
          reached.answer === 'yes' ? whoText(addressesOf(reached.sure), networkOf(estate).strangers) : 'the internet',
      },
      proof: [
        rule && !forwards(subject.actions)
          ? fact(rule, 'Actions', `a rule of the HTTP listener on port ${subject.port} forwards requests`)
          : fact(subject, 'DefaultActions', `the HTTP listener on port ${subject.port} forwards requests`),
        ...proofOf(reached.verdict),
      ],
      related: [balancer],
    };
  },
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html'],
  examples: { bad: served('web'), good: served() },
});
