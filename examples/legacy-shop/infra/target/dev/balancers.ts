/** What the journey makes: dev: load balancers, and where they send requests. */
import * as aws from '@pulumi/aws';
import { legacyDevAlbHttps443 } from '../../adopted/dev/balancers.js';
import { config } from '../../settings.js';
import { steps } from '../../steps.js';
import { legacyDevWebFargateTargetGroup } from './targets.js';

steps.during(
  'legacy-dev-cdn-made',
  'legacy-dev-retired-doors',
  (now) =>
    new aws.lb.ListenerRule('legacy-dev-alb-https-443-from-cdn', {
      listenerArn: now(legacyDevAlbHttps443).arn,
      priority: 1000,
      conditions: [
        { httpHeader: { httpHeaderName: 'X-Origin-Verify', values: [config.requireSecret('originSecret')] } },
      ],
      actions: [{ type: 'forward', targetGroupArn: now(legacyDevWebFargateTargetGroup).arn }],
    }),
);
