/** What the journey makes: dev: groups of what requests go to. */
import * as aws from '@pulumi/aws';
import { legacyDevVpc } from '../../adopted/dev/network.js';
import { steps } from '../../steps.js';

export const legacyDevWebFargateTargetGroup = steps.during(
  'legacy-dev-fargate-prepared',
  'legacy-dev-retired-programs',
  (now) =>
    new aws.lb.TargetGroup('legacy-dev-web-fargate', {
      targetType: 'ip',
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      port: 8080,
      vpcId: now(legacyDevVpc).id,
      ipAddressType: 'ipv4',
      healthCheck: {
        enabled: true,
        protocol: 'HTTP',
        port: 'traffic-port',
        path: '/',
        matcher: '200',
        interval: 30,
        timeout: 5,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
      },
      slowStart: 0,
      stickiness: { enabled: false, type: 'lb_cookie' },
      loadBalancingAlgorithmType: 'round_robin',
      loadBalancingCrossZoneEnabled: 'use_load_balancer_configuration',
      name: 'legacy-dev-web-fargate',
      deregistrationDelay: 60,
      tags: { Name: 'legacy-dev-web-fargate', Environment: 'dev', ManagedBy: 'underpin' },
    }),
);
