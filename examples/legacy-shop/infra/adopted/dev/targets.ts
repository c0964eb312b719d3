/** What was built by hand: dev: groups of what requests go to. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevVpc } from './network.js';

export const legacyDevWebTargetGroup = steps.until(
  'legacy-dev-old-services-gone',
  (now) =>
    new aws.lb.TargetGroup(
      'legacy-dev-web',
      {
        name: 'legacy-dev-web',
        targetType: 'instance',
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        port: 80,
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
        deregistrationDelay: 300,
        slowStart: 0,
        stickiness: { enabled: false, type: 'lb_cookie' },
        loadBalancingAlgorithmType: 'round_robin',
        loadBalancingCrossZoneEnabled: 'use_load_balancer_configuration',
        tags: { Name: 'legacy-dev-web', Environment: 'dev' },
      },
      adopted('arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/legacy-dev-web/2fb97933efbf65c9', {
        protect: steps.at({ adopt: true, 'legacy-dev-old-services-stopped': false }),
      }),
    ),
);
