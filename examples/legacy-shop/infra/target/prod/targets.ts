/** What the journey makes: prod: groups of what requests go to. */
import * as aws from '@pulumi/aws';
import { legacyProdVpc } from '../../adopted/prod/network.js';
import { steps } from '../../steps.js';

export const legacyProdWebFargateTargetGroup = steps.since(
  'legacy-prod-fargate-prepared',
  () =>
    new aws.lb.TargetGroup('legacy-prod-web-fargate', {
      targetType: 'ip',
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      port: 8080,
      vpcId: legacyProdVpc.id,
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
      name: 'legacy-prod-web-fargate',
      deregistrationDelay: 60,
      tags: { Name: 'legacy-prod-web-fargate', Environment: 'prod', ManagedBy: 'underpin' },
    }),
);
