/** Accounts by name, each entered by taking a role in it: a program can then not change the wrong one. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';

export interface Account {
  /** Twelve digits. A provider refuses to work in any other account. *Replacement* of everything in it. */
  readonly id: string;
  /** Role to take there, by name. *In place*. @default 'deploy' */
  readonly role?: string;
  /** *Replacement* of everything in it. */
  readonly region: string;
}

export interface AccountsArgs {
  /** By name, usually that of the stack: `dev`, `prod`. Adding one is *In place*. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** Tags of everything made through these providers. *In place*. @default none */
  readonly tags?: Tags;
}

export class Accounts extends Component {
  readonly #args: AccountsArgs;
  readonly #providers = new Map<string, aws.Provider>();

  constructor(name: string, args: AccountsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('Accounts', name, args.tags, opts);
    this.#args = args;
    const ids = new Map<string, string>();
    for (const [account, { id }] of Object.entries(args.accounts)) {
      if (!/^\d{12}$/.test(id))
        refuse(name, `'${id}' (${account}) is no account id.`, 'Write its twelve digits as text.');
      const twin = ids.get(id);
      if (twin !== undefined)
        refuse(
          name,
          `${twin} and ${account} are the same account.`,
          'Give each an account of its own: the boundary is what separates them.',
        );
      ids.set(id, account);
    }
    this.registerOutputs({});
  }

  /** The provider of an account, made when it is first asked for: pass it as `{ providers: [accounts.provider('prod')] }`. */
  provider(account: string): aws.Provider {
    const known = this.#providers.get(account);
    if (known !== undefined) return known;
    const found = this.#args.accounts[account];
    if (found === undefined) {
      return refuse(
        this.componentName,
        `There is no account ${account}.`,
        `There are: ${Object.keys(this.#args.accounts).join(', ') || 'none'}.`,
      );
    }
    const provider = new aws.Provider(
      `${this.componentName}-${account}`,
      {
        region: region(found),
        allowedAccountIds: [found.id],
        assumeRoles: [{ roleArn: `arn:aws:iam::${found.id}:role/${found.role ?? 'deploy'}`, sessionName: 'pulumi' }],
        defaultTags: { tags: { ...this.#args.tags } },
      },
      this.child(),
    );
    this.#providers.set(account, provider);
    return provider;
  }
}

/** The provider's own list of regions is a type, but new regions appear before it knows them. */
function region(account: Account): pulumi.Input<aws.Region> {
  const known = Object.values(aws.Region).find((each) => each === account.region);
  return (
    known ??
    refuse(
      'Accounts',
      `${account.region} is no region that @pulumi/aws knows.`,
      'Check its name, or update @pulumi/aws.',
    )
  );
}
