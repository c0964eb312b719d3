/** What a database is asked for, and which combinations are refused. */
import type * as pulumi from '@pulumi/pulumi';
import type { Tags } from '../component.ts';
import type { ZoneLetter } from '../network/plan.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import { type Engine, TLS_REQUIRED } from './engine.ts';

/** A change that interrupts waits for the maintenance window of the week. */
export interface DatabaseArgs {
  /** Where it stands: in the data tier, which has no way out. *Replacement*: AWS moves no database between VPCs without an outage. */
  readonly network: PrivateNetwork;
  /** *Replacement* of the database. */
  readonly engine: Engine;
  /**
   * Like `8.4` or `17`. *Brief interruption* of minutes; a major version makes a new parameter group beside the old one.
   * With replicas, take a major version by a blue/green deployment: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html
   */
  readonly version: string;
  /** Instance class, like `db.m7g.large`. *Brief interruption*: 60-120 s of failover with a standby, minutes without. */
  readonly size: string;
  /** GiB at first. *In place*, and only upwards. @default 100 */
  readonly storage?: number;
  /** GiB that it may grow to by itself. *In place*. @default five times `storage` */
  readonly maxStorage?: number;
  /** A standby in another zone, which takes over in 60-120 s. *In place*, with slower writes while the copy is made. @default true */
  readonly multiAz?: boolean;
  /** Zones of the read replicas, one each; append to add. *In place* for the others; a replica whose zone changes is a *Replacement* of it. @default [] */
  readonly replicas?: readonly ZoneLetter[];
  /** Instance class of the replicas. *Brief interruption* of each. @default `size` */
  readonly replicaSize?: string;
  /**
   * Seconds that a replica may be behind before the readers' name leaves it out, at least 60; a silent one is left out after minutes.
   * When all are, reads go to the writer: it must bear them. *In place*. @default 300
   */
  readonly replicaLag?: number;
  /** First database inside. *Replacement*. @default none */
  readonly database?: string;
  /** *Replacement*. @default 'dbadmin' */
  readonly masterUser?: string;
  /**
   * Without it RDS makes, keeps and rotates the password in Secrets Manager. RDS does not do that for a database with replicas, so with
   * them give one from `pulumi config set --secret`; it is kept in a secret of the same shape.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html. *In place*. @default managed by RDS
   */
  readonly masterPassword?: pulumi.Input<string>;
  /** Days of backups, 1 to 35. *In place* above 0. @default 7 */
  readonly backupDays?: number;
  /** Refuses deletion at AWS and in Pulumi. *In place*. @default true */
  readonly deletionProtection?: boolean;
  /** KMS key for storage. *Replacement*. @default the account's `aws/rds` key */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Parameters of the engine beside the required TLS, in force from the next reboot on. *Brief interruption* of that reboot. @default {} */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Connections that an alarm goes off above. *In place*. @default 200 */
  readonly connectionsAlarm?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export function checkDatabase(name: string, args: DatabaseArgs): void {
  const backupDays = args.backupDays ?? 7;
  if (!Number.isInteger(backupDays) || backupDays < 1 || backupDays > 35) {
    refuse(
      name,
      `backupDays is ${backupDays}.`,
      'Keep backups for 1 to 35 days: replicas and point-in-time recovery need them.',
    );
  }
  if ((args.replicas ?? []).length > 0 && args.masterPassword === undefined) {
    refuse(
      name,
      'RDS does not manage the master password of a database with replicas.',
      "Give one: pulumi config set --secret masterPassword …, then masterPassword: config.requireSecret('masterPassword'); or use AuroraDatabase.",
    );
  }
  const lag = args.replicaLag ?? 300;
  if (!Number.isInteger(lag) || lag < 60)
    refuse(
      name,
      `replicaLag is ${lag} s.`,
      'Give 60 or more: the figures are of whole minutes, and every load makes replicas late.',
    );
  const storage = args.storage ?? 100;
  if (storage < 20) refuse(name, `storage is ${storage} GiB.`, 'Give at least 20 GiB, the least that gp3 takes.');
  if (args.maxStorage !== undefined && args.maxStorage < storage * 1.1) {
    refuse(
      name,
      `maxStorage ${args.maxStorage} GiB leaves no room above storage ${storage} GiB.`,
      'Let it grow by a tenth at least.',
    );
  }
  if (Object.keys(args.parameters ?? {}).includes(TLS_REQUIRED[args.engine].name)) {
    refuse(
      name,
      `parameters sets ${TLS_REQUIRED[args.engine].name}.`,
      'Leave it out: this component always requires TLS.',
    );
  }
}
