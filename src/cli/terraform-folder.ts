/** `underpin program --as terraform`: one step of the journey as a folder for Terraform. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../inventory/user-error.ts';
import { EmitError } from '../program/emit/error.ts';
import type { Journey } from '../program/emit/journey.ts';
import { counted } from '../program/emit/say.ts';
import { ExportError } from '../program/terraform/error.ts';
import { type Exported, exported, OURS } from '../program/terraform/export.ts';
import { groundOf } from '../program/terraform/ground.ts';
import { SCHEMA_VERSION } from '../report/result.ts';
import { writeInto } from './write.ts';

/** Whether a folder's `main.tf.json` is an export of ours, which the next step's may take the place of. */
export function isTerraformOfOurs(folder: string): boolean {
  const file = join(folder, 'main.tf.json');
  // what else stands at its beginning was put there by somebody else
  return existsSync(file) && readFileSync(file, 'utf8').slice(0, 200).includes(`"//": "${OURS}`);
}

/** Writes the step into the folder; the state and what else is in it stay. */
export function writeTerraform(folder: string, journey: Journey, step: string | undefined): Exported {
  const names = journey.names;
  const at = step === undefined ? 0 : names.indexOf(step);
  if (at === -1)
    throw new UserError(`the journey has no step "${step}"`, {
      expected: `one of ${names.join(', ')}`,
      fix: 'name one of them with --step',
    });
  const made = asExport(journey, at);
  for (const [path, text] of made.files) writeInto(folder, path, text);
  return made;
}

function asExport(journey: Journey, step: number): Exported {
  if (journey.names.length === 0) throw new UserError('the plan has no steps, so there is nothing to write', {});
  try {
    return exported(groundOf(journey), step);
  } catch (error) {
    if (error instanceof ExportError || error instanceof EmitError)
      throw new UserError(error.message, { fix: 'take the Pulumi program (leave out --as), and tell us of it' });
    throw error;
  }
}

export function terraformSummary(folder: string, { names }: Journey, made: Exported) {
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'program',
    as: 'terraform',
    folder,
    step: made.name,
    steps: names,
    files: [...made.files.keys()],
    resources: { declared: made.addresses.size, imported: made.imported },
    variables: [...made.profiles, ...made.secrets.map(({ name }) => name)],
  };
}

export function terraformText(folder: string, { names }: Journey, made: Exported): string {
  const secrets = made.secrets.map(({ name }) => name);
  return [
    `${folder}: step ${names.indexOf(made.name) + 1} of ${names.length}, ${made.name}: ${counted(made.addresses.size, 'resource')} for Terraform, ${made.imported} with an import.`,
    ...(secrets.length > 0 ? [`Variables that only you know: ${secrets.join(', ')}.`] : []),
    `Next: ${folder}/README.md`,
    '',
  ].join('\n');
}
