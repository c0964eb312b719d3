/**
 * What the team wishes of its journey: `underpin.config.ts` or `.json` beside the input. Everything has a default; what
 * only the team can know (who may come in, what may be deleted) has none, and a move that needs it is refused with the
 * line to write.
 */
import { z } from 'zod';

const cidr = z.string().regex(/^[0-9a-fA-F.:]+\/\d+$/, 'an address block like 203.0.113.0/24');

export const Preferences = z.strictObject({
  /** When steps that clients may notice are done, as words for the plan: `Sun 03:00-05:00 Asia/Seoul`. @default none */
  maintenanceWindow: z.string().optional(),
  /** Seconds that clients may notice of one step, at most; a move with a dearer step is refused. @default any number: the plan tells it */
  acceptedSeconds: z.number().nonnegative().optional(),
  /** How private subnets get out. With 'single' the loss of its zone cuts everybody off from outside. @default 'per-zone' */
  nat: z.enum(['per-zone', 'single']).optional(),
  /** How developers get in. @default 'ssm': Session Manager, no open port */
  wayIn: z.union([z.literal('ssm'), z.strictObject({ sshFrom: z.record(z.string(), cidr) })]).optional(),
  /** Zone names to use; two at least. @default the zones in use, and as many more as make two */
  zones: z.array(z.string()).min(2).optional(),
  /** Moves to leave out, by name. @default none */
  skip: z.array(z.string()).optional(),
  /** Moves to make although no finding asks for them. @default none */
  want: z.array(z.string()).optional(),
  /** How the database leaves public subnets: `flip` its routes (no interruption), or `failover`. @default 'flip' where it can be proven */
  databasePrivate: z.enum(['flip', 'failover']).optional(),
  /** Own domain for the media of a bucket, by bucket name. @default the distribution's own name */
  mediaDomains: z.record(z.string(), z.string()).optional(),
  /** Days of evidence before something is closed. @default 14 */
  watchDays: z.number().int().positive().optional(),
  /** Findings that stay, each with the reason: they do not count against the end. @default none */
  accepted: z
    .array(z.strictObject({ rule: z.string(), resource: z.string().optional(), reason: z.string().min(10) }))
    .optional(),
  /** Who is told when an alarm rings; AWS sends a letter to confirm. @default none: alarms are left out */
  alarmEmail: z.email().optional(),
  /**
   * What a person does, by user name: takes the administrator's role at times, works in one of the groups, or has left.
   * @default who is an administrator and was here in the last 90 days may take the role; who was not has left; others keep what they have
   */
  people: z
    .record(z.string(), z.enum(['administrator', 'operator', 'developer', 'billing', 'read-only', 'left']))
    .optional(),
  /** The repository on GitHub that deploys, `owner/name`: its workflow takes a role instead of a key. @default none */
  pipeline: z
    .strictObject({ github: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'a repository like example/shop') })
    .optional(),
  /** Environments whose data may be deleted from this account once they live in their own, after a final copy. @default none */
  retire: z.array(z.strictObject({ environment: z.string(), reason: z.string().min(10) })).optional(),
});

export type Preferences = z.infer<typeof Preferences>;

/** For `underpin.config.ts`: types and completion. */
export const defineConfig = (preferences: Preferences): Preferences => preferences;
