import type { Ref } from '../source.ts';
import type { Base } from './base.ts';

export interface Account extends Base<'account'> {
  readonly aliases: readonly string[] | undefined;
  /** The organization's id; null when the account is in none. */
  readonly organization: string | null | undefined;
  /** S3 Block Public Access at account level; null when none is set. */
  readonly publicAccessBlock: PublicAccessBlock | null | undefined;
  /** Null when the account has no password policy. */
  readonly passwordPolicy: PasswordPolicy | null | undefined;
  readonly rootMfa: boolean | undefined;
  readonly rootAccessKeys: boolean | undefined;
  /** False where an organization has taken the root user's password away; unknown when AWS does not say. */
  readonly rootPassword?: boolean;
  /** ISO date of the root user's last sign-in or key use; null when never. */
  readonly rootLastUsed: string | null | undefined;
}

export interface PasswordPolicy {
  readonly minimumLength: number | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean | undefined;
  readonly ignorePublicAcls: boolean | undefined;
  readonly blockPublicPolicy: boolean | undefined;
  readonly restrictPublicBuckets: boolean | undefined;
}

export interface Region extends Base<'region'> {}

/** An availability zone, identified by its name in the region (`eu-west-1a`). */
export interface Zone extends Base<'zone'> {
  /** The physical zone (`euw1-az2`), equal over accounts. */
  readonly zoneId: string | undefined;
  readonly regionRef: Ref<'region'> | undefined;
}
