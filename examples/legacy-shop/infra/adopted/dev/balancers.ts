/** What was built by hand: dev: load balancers, and where they send requests. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevAlbGroup } from '../../target/dev/groups.js';
import { legacyDevNetwork } from '../../target/dev/network.js';
import { legacyDevAccessLogs } from '../../target/dev/storage.js';
import { legacyDevWebFargateTargetGroup } from '../../target/dev/targets.js';
import { devLegacyShopExample } from './certificates.js';
import { legacyDevAllOpen } from './groups.js';
import { legacyDevPublicASubnet, legacyDevPublicCSubnet } from './network.js';
import { legacyDevWebTargetGroup } from './targets.js';

export const legacyDevAlbLoadBalancer = steps.until(
  'legacy-dev-retired-programs',
  () =>
    new aws.lb.LoadBalancer(
      'legacy-dev-alb',
      {
        name: 'legacy-dev-alb',
        loadBalancerType: 'application',
        internal: false,
        ipAddressType: 'ipv4',
        securityGroups: steps.from('adopt', 'legacy-dev-retired-programs').at({
          adopt: (now) => [now(legacyDevAllOpen).id],
          'legacy-dev-groups-beside': (now) => [now(legacyDevAllOpen).id, now(legacyDevAlbGroup).groupId],
          'legacy-dev-shared-group-off-loadbalancer': (now) => [now(legacyDevAlbGroup).groupId],
        }),
        subnets: steps.from('adopt', 'legacy-dev-retired-programs').at({
          adopt: (now) => [now(legacyDevPublicASubnet).id, now(legacyDevPublicCSubnet).id],
          'legacy-dev-rehomed-legacy-dev-alb-1': (now) => [
            now(legacyDevPublicCSubnet).id,
            now(legacyDevNetwork).subnet('public-a').id,
          ],
          'legacy-dev-rehomed-legacy-dev-alb-2': (now) => [
            now(legacyDevNetwork).subnet('public-a').id,
            now(legacyDevNetwork).subnet('public-c').id,
          ],
        }),
        enableDeletionProtection: false,
        enableCrossZoneLoadBalancing: true,
        idleTimeout: 60,
        dropInvalidHeaderFields: false,
        desyncMitigationMode: 'defensive',
        xffHeaderProcessingMode: 'append',
        enableHttp2: true,
        enableWafFailOpen: false,
        accessLogs: steps.from('adopt', 'legacy-dev-retired-programs').at({
          adopt: { enabled: false, bucket: '', prefix: '' },
          'account-evidence-access-logs': (now) => ({
            bucket: now(legacyDevAccessLogs).policy.bucket,
            prefix: 'legacy-dev-alb',
            enabled: true,
          }),
        }),
        tags: steps.at({
          adopt: { Name: 'legacy-dev-alb', Environment: 'dev' },
          'adopt-signed': { Name: 'legacy-dev-alb', Environment: 'dev', ManagedBy: 'underpin' },
        }),
      },
      adopted(
        'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/legacy-dev-alb/91b6e6e30335630e',
        { protect: steps.at({ adopt: true, 'legacy-dev-retired-doors': false }) },
      ),
    ),
);

const legacyDevAlbHttp80 = steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.lb.Listener(
      'legacy-dev-alb-http-80',
      {
        loadBalancerArn: now(legacyDevAlbLoadBalancer).arn,
        port: 80,
        protocol: 'HTTP',
        defaultActions: steps.from('adopt', 'legacy-dev-retired-doors').at({
          adopt: (now) => [{ type: 'forward', targetGroupArn: now(legacyDevWebTargetGroup).arn }],
          'legacy-dev-fargate-attached': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 100 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 0 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-10-percent-legacy-dev-alb-http-80': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 90 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 10 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-50-percent-legacy-dev-alb-http-80': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 50 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 50 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-100-percent-legacy-dev-alb-http-80': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 0 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 100 },
                ],
              },
            },
          ],
          'legacy-dev-old-services-gone': (now) => [
            { type: 'forward', targetGroupArn: now(legacyDevWebFargateTargetGroup).arn },
          ],
          'legacy-dev-cdn-https-legacy-dev-alb-http-80': [
            { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
          ],
        }),
      },
      adopted(
        'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener/app/legacy-dev-alb/91b6e6e30335630e/6bb3982b076fe229',
        {
          protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
          ignoreChanges: ['tags', 'tagsAll'],
        },
      ),
    ),
);

export const legacyDevAlbHttps443 = steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.lb.Listener(
      'legacy-dev-alb-https-443',
      {
        loadBalancerArn: now(legacyDevAlbLoadBalancer).arn,
        port: 443,
        protocol: 'HTTPS',
        certificateArn: now(devLegacyShopExample).arn,
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        defaultActions: steps.from('adopt', 'legacy-dev-retired-doors').at({
          adopt: (now) => [{ type: 'forward', targetGroupArn: now(legacyDevWebTargetGroup).arn }],
          'legacy-dev-fargate-attached': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 100 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 0 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-10-percent-legacy-dev-alb-https-443': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 90 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 10 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-50-percent-legacy-dev-alb-https-443': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 50 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 50 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-100-percent-legacy-dev-alb-https-443': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 0 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 100 },
                ],
              },
            },
          ],
          'legacy-dev-old-services-gone': (now) => [
            { type: 'forward', targetGroupArn: now(legacyDevWebFargateTargetGroup).arn },
          ],
          'legacy-dev-cdn-default-closed': [
            {
              type: 'fixed-response',
              fixedResponse: { contentType: 'text/plain', statusCode: '403', messageBody: 'Forbidden' },
            },
          ],
        }),
      },
      adopted(
        'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener/app/legacy-dev-alb/91b6e6e30335630e/c5e1388e1a208744',
        {
          protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
          ignoreChanges: ['tags', 'tagsAll'],
        },
      ),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.lb.ListenerRule(
      'legacy-dev-alb-http-80-rule-10',
      {
        listenerArn: now(legacyDevAlbHttp80).arn,
        priority: 10,
        conditions: [{ pathPattern: { values: ['/api/*'] } }],
        actions: steps.from('adopt', 'legacy-dev-retired-doors').at({
          adopt: (now) => [{ type: 'forward', targetGroupArn: now(legacyDevWebTargetGroup).arn }],
          'legacy-dev-fargate-attached': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 100 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 0 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-10-percent-legacy-dev-alb-http-80-rule-10': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 90 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 10 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-50-percent-legacy-dev-alb-http-80-rule-10': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 50 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 50 },
                ],
              },
            },
          ],
          'legacy-dev-web-fargate-100-percent-legacy-dev-alb-http-80-rule-10': (now) => [
            {
              type: 'forward',
              forward: {
                targetGroups: [
                  { arn: now(legacyDevWebTargetGroup).arn, weight: 0 },
                  { arn: now(legacyDevWebFargateTargetGroup).arn, weight: 100 },
                ],
              },
            },
          ],
          'legacy-dev-old-services-gone': (now) => [
            { type: 'forward', targetGroupArn: now(legacyDevWebFargateTargetGroup).arn },
          ],
          'legacy-dev-cdn-https-legacy-dev-alb-http-80-rule-10': [
            { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
          ],
        }),
      },
      adopted(
        'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener-rule/app/legacy-dev-alb/91b6e6e30335630e/6bb3982b076fe229/8dab1e13c0ac9910',
        {
          protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
          ignoreChanges: ['tags', 'tagsAll'],
        },
      ),
    ),
);
