/** What was built by hand: prod: load balancers, and where they send requests. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdAlbGroup } from '../../target/prod/groups.js';
import { legacyProdNetwork } from '../../target/prod/network.js';
import { legacyProdAccessLogs } from '../../target/prod/storage.js';
import { legacyProdWebFargateTargetGroup } from '../../target/prod/targets.js';
import { legacyShopExampleCertificate } from './certificates.js';
import { legacyProdAllOpen } from './groups.js';
import { legacyProdPublicASubnet, legacyProdPublicCSubnet } from './network.js';
import { legacyProdWebTargetGroup } from './targets.js';

export const legacyProdAlbLoadBalancer = new aws.lb.LoadBalancer(
  'legacy-prod-alb',
  {
    name: 'legacy-prod-alb',
    loadBalancerType: 'application',
    internal: false,
    ipAddressType: 'ipv4',
    securityGroups: steps.at({
      adopt: (now) => [now(legacyProdAllOpen).id],
      'legacy-prod-groups-beside': (now) => [now(legacyProdAllOpen).id, now(legacyProdAlbGroup).groupId],
      'legacy-prod-shared-group-off-loadbalancer': (now) => [now(legacyProdAlbGroup).groupId],
    }),
    subnets: steps.at({
      adopt: [legacyProdPublicASubnet.id, legacyProdPublicCSubnet.id],
      'legacy-prod-rehomed-legacy-prod-alb-1': (now) => [
        legacyProdPublicCSubnet.id,
        now(legacyProdNetwork).subnet('public-a').id,
      ],
      'legacy-prod-rehomed-legacy-prod-alb-2': (now) => [
        now(legacyProdNetwork).subnet('public-a').id,
        now(legacyProdNetwork).subnet('public-c').id,
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
    accessLogs: steps.at({
      adopt: { enabled: false, bucket: '', prefix: '' },
      'account-evidence-access-logs': (now) => ({
        bucket: now(legacyProdAccessLogs).policy.bucket,
        prefix: 'legacy-prod-alb',
        enabled: true,
      }),
    }),
    tags: steps.at({
      adopt: { Name: 'legacy-prod-alb', Environment: 'prod' },
      'adopt-signed': { Name: 'legacy-prod-alb', Environment: 'prod', ManagedBy: 'underpin' },
    }),
  },
  adopted('arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/legacy-prod-alb/8b6e3678955e5df9'),
);

const legacyProdAlbHttp80 = new aws.lb.Listener(
  'legacy-prod-alb-http-80',
  {
    loadBalancerArn: legacyProdAlbLoadBalancer.arn,
    port: 80,
    protocol: 'HTTP',
    defaultActions: steps.at({
      adopt: (now) => [{ type: 'forward', targetGroupArn: now(legacyProdWebTargetGroup).arn }],
      'legacy-prod-fargate-attached': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 100 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 0 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-10-percent-legacy-prod-alb-http-80': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 90 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 10 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-50-percent-legacy-prod-alb-http-80': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 50 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 50 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-100-percent-legacy-prod-alb-http-80': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 0 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 100 },
            ],
          },
        },
      ],
      'legacy-prod-old-services-gone': (now) => [
        { type: 'forward', targetGroupArn: now(legacyProdWebFargateTargetGroup).arn },
      ],
      'legacy-prod-cdn-https-legacy-prod-alb-http-80': [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
      ],
    }),
  },
  adopted(
    'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener/app/legacy-prod-alb/8b6e3678955e5df9/2087d5d55dee5c43',
    { ignoreChanges: ['tags', 'tagsAll'] },
  ),
);

export const legacyProdAlbHttps443 = new aws.lb.Listener(
  'legacy-prod-alb-https-443',
  {
    loadBalancerArn: legacyProdAlbLoadBalancer.arn,
    port: 443,
    protocol: 'HTTPS',
    certificateArn: legacyShopExampleCertificate.arn,
    sslPolicy: 'ELBSecurityPolicy-2016-08',
    defaultActions: steps.at({
      adopt: (now) => [{ type: 'forward', targetGroupArn: now(legacyProdWebTargetGroup).arn }],
      'legacy-prod-fargate-attached': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 100 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 0 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-10-percent-legacy-prod-alb-https-443': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 90 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 10 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-50-percent-legacy-prod-alb-https-443': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 50 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 50 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-100-percent-legacy-prod-alb-https-443': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 0 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 100 },
            ],
          },
        },
      ],
      'legacy-prod-old-services-gone': (now) => [
        { type: 'forward', targetGroupArn: now(legacyProdWebFargateTargetGroup).arn },
      ],
      'legacy-prod-cdn-default-closed': [
        {
          type: 'fixed-response',
          fixedResponse: { contentType: 'text/plain', statusCode: '403', messageBody: 'Forbidden' },
        },
      ],
    }),
  },
  adopted(
    'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener/app/legacy-prod-alb/8b6e3678955e5df9/6a98bca0e1c76c8e',
    { ignoreChanges: ['tags', 'tagsAll'] },
  ),
);

new aws.lb.ListenerRule(
  'legacy-prod-alb-http-80-rule-10',
  {
    listenerArn: legacyProdAlbHttp80.arn,
    priority: 10,
    conditions: [{ pathPattern: { values: ['/api/*'] } }],
    actions: steps.at({
      adopt: (now) => [{ type: 'forward', targetGroupArn: now(legacyProdWebTargetGroup).arn }],
      'legacy-prod-fargate-attached': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 100 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 0 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-10-percent-legacy-prod-alb-http-80-rule-10': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 90 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 10 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-50-percent-legacy-prod-alb-http-80-rule-10': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 50 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 50 },
            ],
          },
        },
      ],
      'legacy-prod-web-fargate-100-percent-legacy-prod-alb-http-80-rule-10': (now) => [
        {
          type: 'forward',
          forward: {
            targetGroups: [
              { arn: now(legacyProdWebTargetGroup).arn, weight: 0 },
              { arn: now(legacyProdWebFargateTargetGroup).arn, weight: 100 },
            ],
          },
        },
      ],
      'legacy-prod-old-services-gone': (now) => [
        { type: 'forward', targetGroupArn: now(legacyProdWebFargateTargetGroup).arn },
      ],
      'legacy-prod-cdn-https-legacy-prod-alb-http-80-rule-10': [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
      ],
    }),
  },
  adopted(
    'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener-rule/app/legacy-prod-alb/8b6e3678955e5df9/2087d5d55dee5c43/8463b7514dc3729b',
    { ignoreChanges: ['tags', 'tagsAll'] },
  ),
);
