/** The policy that a resource itself holds, found by the ARN of a request. */
import { statusOf } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { indexed } from '../../estate/watched.ts';
import { NO_POLICIES, type PolicySet, unread } from './attached.ts';
import { arnOf, policyReader } from './identity.ts';
import { type Arn, parseArn } from './policy/arn.ts';

export interface Target {
  /** The account that owns it; undefined when the ARN does not say and the input does not have it. */
  readonly account: string | undefined;
  readonly resource: Resource | undefined;
  readonly policies: PolicySet;
  /**
   * `either`: in one account the identity's policies or the resource's are enough. `always`: the resource's policy must
   * name the caller or leave the decision to its account (role trust, KMS keys).
   */
  readonly mode: 'either' | 'always';
  readonly assumptions: readonly string[];
}

type Holder = Extract<
  Resource,
  { readonly kind: 'bucket' | 'queue' | 'topic' | 'key' | 'secret' | 'function' | 'table' | 'role' }
>;

/** The operation that tells the policy of each kind. */
export const READ_BY: Readonly<Record<Holder['kind'], string>> = {
  bucket: 's3:GetBucketPolicy',
  queue: 'sqs:GetQueueAttributes',
  topic: 'sns:GetTopicAttributes',
  key: 'kms:GetKeyPolicy',
  secret: 'secretsmanager:GetResourcePolicy',
  function: 'lambda:GetPolicy',
  table: 'dynamodb:GetResourcePolicy',
  role: 'iam:GetRole',
};

/** How each kind is listed, and what its ARNs look like. */
const HOLDERS: Readonly<
  Record<Holder['kind'], { readonly service: string; readonly list: string; readonly resource: RegExp }>
> = {
  bucket: { service: 's3', list: 's3:ListBuckets', resource: /./ },
  queue: { service: 'sqs', list: 'sqs:ListQueues', resource: /./ },
  topic: { service: 'sns', list: 'sns:ListTopics', resource: /./ },
  key: { service: 'kms', list: 'kms:ListKeys', resource: /^key\// },
  secret: { service: 'secretsmanager', list: 'secretsmanager:ListSecrets', resource: /^secret:/ },
  function: { service: 'lambda', list: 'lambda:ListFunctions', resource: /^function:/ },
  table: { service: 'dynamodb', list: 'dynamodb:ListTables', resource: /^table\// },
  role: { service: 'iam', list: 'iam:ListRoles', resource: /^role\// },
};

const KINDS: readonly Holder['kind'][] = ['bucket', 'queue', 'topic', 'key', 'secret', 'function', 'table', 'role'];

const holders = indexed((estate) => {
  const index = new Map<string, Holder>();
  for (const kind of KINDS)
    for (const holder of all(estate, kind)) {
      index.set(holder.id, holder);
      index.set(arnOf(holder), holder);
      // The two kinds whose id need not be an ARN.
      if (holder.kind === 'bucket') index.set(`arn:aws:s3:::${holder.name}`, holder);
      if (holder.kind === 'key') index.set(`arn:aws:kms:${holder.region}:${holder.account}:key/${holder.id}`, holder);
    }
  return index;
});

/** The ARN of the thing that holds the policy: the bucket of an object, the function of an alias, the table of an index. */
function holderArn(arn: Arn, text: string): string {
  const head = `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:`;
  if (arn.service === 's3') return `${head}${arn.resource.split('/')[0]}`;
  if (arn.service === 'lambda') return head + arn.resource.split(':').slice(0, 2).join(':');
  if (arn.service === 'dynamodb') return head + arn.resource.split('/').slice(0, 2).join('/');
  return text;
}

const nothing = (account: string | undefined, mode: Target['mode'], assumptions: readonly string[]): Target => ({
  account,
  resource: undefined,
  policies: NO_POLICIES,
  mode,
  assumptions,
});

const isAssume = (action: string): boolean => /^sts:(assumerole|tagsession|setsourceidentity|setcontext)/i.test(action);

/** @param home The caller's account: what has no known owner is taken as its own, and the answer says so. */
export function targetOf(estate: Estate, action: string, resource: string, home: string | undefined): Target {
  const arn = parseArn(resource);
  if (!arn) return nothing(home, 'either', []);
  const kind = KINDS.find((name) => {
    const { service, resource: form } = HOLDERS[name];
    return service === arn.service && form.test(arn.resource);
  });
  const account = arn.account === '' ? undefined : arn.account;
  if (!kind) return unlooked(arn, resource, account === 'aws' ? home : (account ?? home), home);
  // A role's only resource policy is its trust, and it speaks about assuming it alone.
  if (kind === 'role' && !isAssume(action)) return nothing(account, 'either', []);
  const mode = kind === 'role' || kind === 'key' ? 'always' : 'either';
  const holder = holders(estate).get(holderArn(arn, resource));
  if (!holder) return absent(estate, kind, resource, account, mode, home);
  const text = holder.kind === 'role' ? holder.trust : holder.policy;
  const read = READ_BY[kind];
  const policies =
    text === undefined
      ? unread(read, `the policy of ${holder.name} was not read`, holder.id)
      : text === null
        ? NO_POLICIES
        : policyReader(estate).attach(
            text,
            kind === 'role' ? 'trust' : 'resource',
            holder.id,
            holder.id,
            holder.source,
            read,
          );
  return { account: holder.account, resource: holder, policies, mode, assumptions: [] };
}

/** Services whose things have no policy of their own, but for the trust of a role. */
const WITHOUT = new Set(['iam', 'sts']);

/**
 * A thing of a kind whose own policy is never looked at (a repository, an event bus, a file system, an API). Within the
 * account the identity's policies are enough; whoever comes from outside is let in by that policy or not at all.
 */
function unlooked(arn: Arn, resource: string, account: string | undefined, home: string | undefined): Target {
  if (WITHOUT.has(arn.service) || (home !== undefined && account === home)) return nothing(account, 'either', []);
  const told = `the policy that ${resource} itself may have is not looked at here`;
  return {
    account,
    resource: undefined,
    policies: unread(POLICY_OF[arn.service] ?? `${arn.service}:GetResourcePolicy`, told, resource),
    mode: 'either',
    assumptions: [],
  };
}

/** The operation that tells it, where it has another name. */
const POLICY_OF: Readonly<Record<string, string>> = {
  ecr: 'ecr:GetRepositoryPolicy',
  es: 'es:DescribeDomain',
  events: 'events:DescribeEventBus',
  elasticfilesystem: 'elasticfilesystem:DescribeFileSystemPolicy',
  'execute-api': 'apigateway:GetRestApi',
  kms: 'kms:GetKeyPolicy',
  lambda: 'lambda:GetPolicy',
  glacier: 'glacier:GetVaultAccessPolicy',
  backup: 'backup:GetBackupVaultAccessPolicy',
  codeartifact: 'codeartifact:GetRepositoryPermissionsPolicy',
};

function absent(
  estate: Estate,
  kind: Holder['kind'],
  resource: string,
  account: string | undefined,
  mode: Target['mode'],
  home: string | undefined,
): Target {
  const read = READ_BY[kind];
  const status = statusOf(estate.coverage, HOLDERS[kind].list);
  const elsewhere = account !== undefined && account !== home;
  const refused = status === 'denied' || status === 'throttled' || status === 'failed';
  // Who has no account of their own (anybody, a service) can only be let in by that policy.
  if (elsewhere || refused || kind === 'role' || home === undefined)
    return {
      account: account ?? home,
      resource: undefined,
      policies: unread(read, `${resource} is not in the input, so its policy is not known`, resource),
      mode,
      assumptions: [],
    };
  const said = `${resource} is not in the input: taken as a resource of account ${home ?? 'unknown'} whose own policy neither allows nor denies anything`;
  return nothing(account ?? home, 'either', [kind === 'key' ? `${said} beyond the default key policy` : said]);
}
