/** Signs in a resource's tags that a program made it. */

/** Tag keys that tools set by themselves, or that only people who use them write. */
const KEYS =
  /^(aws:cloudformation:|aws:cdk|aws:servicecatalog:|elasticbeanstalk:|pulumi|terraform|terragrunt|tf[-_:]|opentofu|cdk[-_:]|crossplane|serverless|sst:|kops|alpha\.eksctl\.io\/|eksctl\.|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/|copilot-)/i;

/** Keys by which people say who manages a thing, and the values that mean a program. */
const MANAGED_KEY = /^((managed|created|provisioned|deployed|maintained)[-_ ]?(by|with|via)|provisioner|iac|tool)$/i;
const PROGRAM =
  /terraform|opentofu|terragrunt|pulumi|cloudformation|\bcdk\b|\bsam\b|serverless|crossplane|ansible|eksctl|copilot|\bsst\b|\bunderpin\b/i;

/** The tag that shows it, as `key=value`; undefined when there is none. */
export function signOfCode(tags: Readonly<Record<string, string>>): string | undefined {
  for (const key of Object.keys(tags).sort()) {
    const value = tags[key] ?? '';
    if (KEYS.test(key) || (MANAGED_KEY.test(key) && PROGRAM.test(value))) return `${key}=${value}`;
  }
  return undefined;
}
