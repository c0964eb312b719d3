/** What the journey makes: prod: load balancers, and where they send requests. */
import * as aws from '@pulumi/aws';
import { legacyProdAlbHttps443 } from '../../adopted/prod/balancers.js';
import { config } from '../../settings.js';
import { steps } from '../../steps.js';
import { legacyProdWebFargateTargetGroup } from './targets.js';

steps.since(
  'legacy-prod-cdn-made',
  (now) =>
    new aws.lb.ListenerRule('legacy-prod-alb-https-443-from-cdn', {
      listenerArn: legacyProdAlbHttps443.arn,
      priority: 1000,
      conditions: [
        { httpHeader: { httpHeaderName: 'X-Origin-Verify', values: [config.requireSecret('originSecret')] } },
      ],
      actions: [{ type: 'forward', targetGroupArn: now(legacyProdWebFargateTargetGroup).arn }],
    }),
);
