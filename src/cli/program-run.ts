/** What `program` and `run` share: a plan -> the files of a Pulumi project, run and compared before they are written. */
import { UserError } from '../inventory/user-error.ts';
import type { Plan } from '../plan/plan.ts';
import { type Emitted, emit } from '../program/emit/emit.ts';
import { EmitError } from '../program/emit/error.ts';
import type { Journey } from '../program/emit/journey.ts';
import { projectName, STACK } from '../program/emit/project.ts';
import { type Validation, validate } from '../program/validate.ts';
import { version } from './package.ts';
import { writeProject } from './program-folder.ts';

/** Throws a `UserError` where the plan says what no program can. */
export function emittedOf(plan: Plan, journey: Journey, name: string | undefined): Emitted {
  const project = {
    name:
      name ??
      projectName(
        plan.steps.map(({ scope }) => scope),
        plan.today.place.account,
      ),
    stack: STACK,
    version: version(),
  };
  try {
    return emit(journey, project);
  } catch (error) {
    if (error instanceof EmitError) throw new UserError(error.message, { fix: 'run underpin plan to see why' });
    throw error;
  }
}

/** Whether what the program declares is the plan, and a deployment would do nothing else. */
export const equal = ({ differences, refused }: Validation): boolean =>
  differences.length === 0 && refused.length === 0;

/** Runs the program at its steps, or at some that are named; it takes the place of the folder only when it is the plan. */
export const writeValidated = (
  folder: string,
  journey: Journey,
  emitted: Emitted,
  some?: { readonly steps: readonly string[]; readonly started?: () => void },
): Promise<Validation> =>
  writeProject(folder, emitted.files, async (draft) => {
    // a few steps take less time than a second process needs to start
    const result = await validate(draft, journey, emitted, some === undefined ? {} : { ...some, processes: 1 });
    return { content: equal(result), result };
  });

/** Of many steps some, evenly, the first and the last among them: to look at a program without waiting a minute. */
export function someOf(names: readonly string[], most: number): readonly string[] {
  if (names.length <= most) return names;
  return Array.from({ length: most }, (_, n) => names[Math.round((n * (names.length - 1)) / (most - 1))] ?? '');
}
