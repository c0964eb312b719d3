/** The role that a GitHub Actions workflow takes to deploy: no keys anywhere, and only that repository's named environments or branches. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import { type Grantee, policyDocument } from '../security/grant.ts';

export interface DeployRoleArgs {
  /** `owner/name`. *In place*. */
  readonly repository: string;
  /** Which of its runs: by environment (best: GitHub then asks for approval) or by branch. *In place*. @default the environment that has the stack's name */
  readonly from?: { readonly environment: string } | { readonly branch: string };
  /** Managed policies of what it may do. *In place*. @default none: grant to it */
  readonly policyArns?: Readonly<Record<string, pulumi.Input<string>>>;
  /** A boundary that it can never exceed. *In place*. @default none */
  readonly boundaryArn?: pulumi.Input<string>;
  /** The account's provider for GitHub when it exists already: an account has one. *Replacement* of the trust. @default made here */
  readonly githubProviderArn?: pulumi.Input<string>;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

const GITHUB = 'token.actions.githubusercontent.com';

export class DeployRole extends Component implements Grantee {
  readonly granteeName: string;
  readonly owner = this;
  readonly role: aws.iam.Role;

  constructor(name: string, args: DeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super('DeployRole', name, args.tags, opts);
    const from = args.from ?? { environment: pulumi.getStack() };
    check(name, args.repository, from);
    this.granteeName = name;
    const provider = args.githubProviderArn ?? this.#github();
    const run = 'environment' in from ? `environment:${from.environment}` : `ref:refs/heads/${from.branch}`;
    this.role = new aws.iam.Role(
      name,
      {
        // Without both conditions any repository on GitHub could take it:
        // https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
        assumeRolePolicy: policyDocument([
          {
            Action: ['sts:AssumeRoleWithWebIdentity'],
            Principal: { Federated: provider },
            Condition: {
              StringEquals: {
                [`${GITHUB}:aud`]: 'sts.amazonaws.com',
                [`${GITHUB}:sub`]: `repo:${args.repository}:${run}`,
              },
            },
          },
        ]),
        maxSessionDuration: 3600,
        ...(args.boundaryArn === undefined ? {} : { permissionsBoundary: args.boundaryArn }),
        tags: this.tagged(name),
      },
      this.child(),
    );
    for (const [meaning, policyArn] of Object.entries(args.policyArns ?? {})) {
      new aws.iam.RolePolicyAttachment(`${name}-${meaning}`, { role: this.role.name, policyArn }, this.child());
    }
    this.registerOutputs({ arn: this.role.arn });
  }

  #github(): pulumi.Output<string> {
    const name = `${this.componentName}-github`;
    return new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${GITHUB}`, clientIdLists: ['sts.amazonaws.com'], tags: this.tagged(name) },
      this.child(),
    ).arn;
  }
}

function check(name: string, repository: string, from: NonNullable<DeployRoleArgs['from']>): void {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    refuse(name, `'${repository}' is no repository.`, 'Write it like example/shop, without a wildcard.');
  const where = 'environment' in from ? from.environment : from.branch;
  if (where === '' || /[*?]/.test(where))
    refuse(name, `'${where}' admits more than one environment or branch.`, 'Name one; make a role for each.');
}
