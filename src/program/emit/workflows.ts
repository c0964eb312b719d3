/** `.github/workflows/`: what is looked at before a step is merged. Nothing here deploys: `pulumi up` is a person's. */
import type { Place } from '../../inventory/pulumi/recorded.ts';
import type { Project } from './project.ts';

export function workflowFiles({ stack }: Project, { region }: Place): readonly (readonly [string, string])[] {
  return [
    ['.github/workflows/preview.yml', preview(stack, region)],
    ['.github/workflows/prove.yml', PROVE],
  ];
}

/** Expressions of GitHub, which are no templates of ours. */
const expression = (text: string): string => `\${{ ${text} }}`;

const preview = (
  stack: string,
  region: string,
): string => `# What the step of a pull request would do, before anybody does it.
name: preview
on: pull_request
permissions:
  contents: read
  id-token: write # to take on the role in AWS, without a key
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npx tsc
      # A role that may read, and decrypt the state: https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: ${expression('vars.AWS_PREVIEW_ROLE')}
          aws-region: ${region}
      - name: What Pulumi would do
        run: |
          npx pulumi preview --stack ${stack} --diff
          npx pulumi preview --stack ${stack} --json > "$RUNNER_TEMP/preview.json"
        env:
          PULUMI_ACCESS_TOKEN: ${expression('secrets.PULUMI_ACCESS_TOKEN')}
      # Drift, a replacement, a deletion: whatever proven.json does not have of the step stops the pull request. A step with commands
      # beside the program passes only once they ran: until then this tells what they are to change.
      - name: Nothing but what is proven of the step
        run: npx underpin guard --stack ${stack} --step "$(npx pulumi config get step --stack ${stack})" < "$RUNNER_TEMP/preview.json"
        env:
          PULUMI_ACCESS_TOKEN: ${expression('secrets.PULUMI_ACCESS_TOKEN')}
`;

const PROVE = `# Proves the plan again, also after somebody edited it. It needs plan.json, as \`underpin plan INPUT --json\` writes it, and
# the inventory that it names, in the repository.
name: prove
on: pull_request
permissions:
  contents: read
jobs:
  prove:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - name: Every step of the plan holds
        if: ${expression("hashFiles('plan.json') != ''")}
        run: npx underpin prove plan.json
`;
