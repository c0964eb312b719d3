/** AWS WAF before a distribution: AWS's common rules, known bad inputs, and a limit per address. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { CLOUDFRONT_REGION } from './certificate.ts';

export interface FirewallArgs {
  /** Requests that one address may make in five minutes. *In place*. @default 2000 */
  readonly requestsPerAddress?: number;
  /** Count only, block nothing: for the first weeks before a live service. *In place*. @default false */
  readonly countOnly?: boolean;
}

export function firewall(
  owner: pulumi.Resource,
  name: string,
  args: FirewallArgs,
  tags: Record<string, string>,
): pulumi.Output<string> {
  const seen = (rule: string) => ({
    metricName: `${name}-${rule}`,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
  });
  const countOnly = args.countOnly ?? false;
  const managed = (rule: string, group: string, priority: number) => ({
    name: rule,
    priority,
    overrideAction: countOnly ? { count: {} } : { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: group } },
    visibilityConfig: seen(rule),
  });
  const acl = new aws.wafv2.WebAcl(
    `${name}-firewall`,
    {
      region: CLOUDFRONT_REGION,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: [
        {
          name: 'limit',
          priority: 0,
          action: countOnly ? { count: {} } : { block: {} },
          statement: { rateBasedStatement: { limit: args.requestsPerAddress ?? 2000, aggregateKeyType: 'IP' } },
          visibilityConfig: seen('limit'),
        },
        managed('bad-inputs', 'AWSManagedRulesKnownBadInputsRuleSet', 1),
        managed('common', 'AWSManagedRulesCommonRuleSet', 2),
      ],
      visibilityConfig: seen('firewall'),
      tags,
    },
    { parent: owner },
  );
  return acl.arn;
}
