/** A plan as a file, as `prove` and `guard` are given one: read, and the inventories and logs that it names. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { z } from 'zod';
import { whyNotJson } from '../inventory/text.ts';
import { UserError } from '../inventory/user-error.ts';
import { PlanFile } from '../plan/file.ts';

const A_PLAN = 'a plan as `underpin plan INPUT --json` writes it';

export const readPlan = (file: string): PlanFile => shaped(PlanFile, readJson(file, A_PLAN), file, A_PLAN);

/** Where the plan's inventory is: the one that is given, or the one that the plan names. */
export const inventoryOf = (plan: PlanFile, file: string, given: readonly string[]): readonly string[] =>
  given.length > 0 ? given : plan.input.map(({ path }) => beside(file, path));

/** The options of a command on a plan, with the logs that the plan was made with where no others are given. */
export function withEvidenceOf(
  plan: PlanFile,
  file: string,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const given = (options.evidence as readonly string[] | undefined) ?? [];
  return given.length > 0 ? options : { ...options, evidence: plan.evidence.map(({ path }) => beside(file, path)) };
}

/** As the plan names it, seen from here or from the plan's own folder. */
function beside(file: string, path: string): string {
  if (isAbsolute(path) || existsSync(path)) return path;
  return join(dirname(file), path);
}

export function readJson(file: string, expected: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`it cannot be read (${whyNotJson(error)})`, {
      file,
      expected,
    });
  }
}

export function shaped<T>(shape: z.ZodType<T>, content: unknown, file: string, expected: string): T {
  const checked = checkedBy(shape, content, file, expected);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new UserError(issue?.message ?? `not ${expected}`, {
    file,
    path: `/${(issue?.path ?? []).join('/')}`,
    expected,
    fix: 'undo the edit there, or make it anew',
  });
}

/** What checks a value goes down by calling itself. */
function checkedBy<T>(shape: z.ZodType<T>, content: unknown, file: string, expected: string) {
  try {
    return shape.safeParse(content);
  } catch (error) {
    if (error instanceof RangeError)
      throw new UserError('its values are nested too deep to be read', { file, expected, fix: 'make it anew' });
    throw error;
  }
}
