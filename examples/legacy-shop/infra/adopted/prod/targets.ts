/** What was built by hand: prod: groups of what requests go to. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdVpc } from './network.js';

export const legacyProdWebTargetGroup = steps.until(
  'legacy-prod-old-services-gone',
  () =>
    new aws.lb.TargetGroup(
      'legacy-prod-web',
      {
        name: 'legacy-prod-web',
        targetType: 'instance',
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        port: 80,
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
        deregistrationDelay: 300,
        slowStart: 0,
        stickiness: { enabled: false, type: 'lb_cookie' },
        loadBalancingAlgorithmType: 'round_robin',
        loadBalancingCrossZoneEnabled: 'use_load_balancer_configuration',
        tags: { Name: 'legacy-prod-web', Environment: 'prod' },
      },
      adopted('arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/legacy-prod-web/98bba49fe4320592', {
        protect: steps.at({ adopt: true, 'legacy-prod-old-services-stopped': false }),
      }),
    ),
);
