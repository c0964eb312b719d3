/** What a team may set of the policy, in Pulumi's own configuration of policies. */
import { z } from 'zod';
import { IgnoreFile } from '../rules/ignore-file.ts';
import { SEVERITIES } from '../rules/rule.ts';

export const Settings = z.strictObject({
  failOn: z.enum(SEVERITIES).default('high').describe('the mildest severity that is a violation'),
  unknown: z
    .enum(['silent', 'report'])
    .default('silent')
    .describe('whether rules that cannot be decided are told, as violations too'),
  scope: z
    .enum(['account', 'stack'])
    .default('account')
    .describe('account: the stack is all there is in its account; stack: others may declare what it does not'),
  ignore: IgnoreFile.shape.ignore.default([]).describe('findings that are accepted: {rule, resource?, reason, until?}'),
});

export type Settings = z.infer<typeof Settings>;

/** The settings as Pulumi hands them over; throws with what is wrong and what would be right. */
export function settingsOf(given: unknown): Settings {
  const parsed = Settings.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = (issue?.path ?? []).join('.');
  throw new Error(
    `the configuration of the policy "underpin" is wrong${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? 'not an object'}; it may have failOn, unknown, scope and ignore`,
  );
}
