/**
 * One request to AWS and its answer: what every door (inventory file, folder of CLI answers, the live account)
 * brings in, and all that the readers see.
 */
import type { CoverageStatus } from '../estate/coverage.ts';

export interface Entry {
  /** `service:Operation`, as the AWS SDK names them (`ec2:DescribeSubnets`, `elbv2:DescribeListeners`). */
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** The request's parameters. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: CoverageStatus | 'absent';
  /** The answer's body when status is `read`. */
  readonly output: unknown;
  readonly error: { readonly name: string; readonly message: string } | undefined;
  readonly file: string;
  /** JSON pointer to the answer's body in the file. */
  readonly path: string;
  /** The program that keeps what the answer tells of, where the input is that program's own word. */
  readonly keptBy?: string;
  /** What the source calls it (`module.net.aws_vpc.this`): a name for people where AWS has none. */
  readonly named?: string;
}

/**
 * Errors that are answers: AWS says "there is none" by failing. They count as read.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and the APIs' own pages.
 */
const ABSENT = new Set([
  'NoSuchBucketPolicy',
  'NoSuchWebsiteConfiguration',
  'NoSuchCORSConfiguration',
  'NoSuchLifecycleConfiguration',
  'NoSuchPublicAccessBlockConfiguration',
  'NoSuchTagSet',
  'OwnershipControlsNotFoundError',
  'ServerSideEncryptionConfigurationNotFoundError',
  'ReplicationConfigurationNotFoundError',
  'ObjectLockConfigurationNotFoundError',
  'NoSuchEntity',
  'NoSuchEntityException',
  'PolicyNotFoundException',
  'ResourceNotFoundException',
  'LifecyclePolicyNotFoundException',
  'RepositoryPolicyNotFoundException',
  'AWSOrganizationsNotInUseException',
  'WAFNonexistentItemException',
]);

const DENIED = /denied|unauthori[sz]ed|forbidden|not ?authori[sz]ed|optin|invalidclienttoken|expiredtoken/i;
const THROTTLED = /thrott|toomanyrequests|requestlimitexceeded|slowdown|rateexceeded/i;

/** What an error of AWS means for coverage. */
export function statusOfError(error: { readonly name: string; readonly message: string }): CoverageStatus | 'absent' {
  const name = error.name.replace(/^.*#/, '');
  if (ABSENT.has(name)) return 'absent';
  const text = `${name} ${error.message.slice(0, 300)}`;
  if (THROTTLED.test(name)) return 'throttled';
  if (DENIED.test(name) || DENIED.test(text)) return 'denied';
  return 'failed';
}
