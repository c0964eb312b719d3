/** Files of Terraform that are not read, each with the command that makes one which is. */
import { UserError } from '../user-error.ts';
import { at, isObject, type Json } from './json.ts';

const SHOW =
  'terraform show -json > state.json (of OpenTofu: tofu show -json > state.json), in the folder of the configuration';
const PLAN = 'terraform plan -out p && terraform show -json p > plan.json';
const EXPECTED = 'the JSON of a Terraform plan or state';

/** Sources in HCL, by the file's name; called before the file is taken for JSON. */
export function refuseHcl(file: string): void {
  if (/\.(tf|tofu|hcl|tfvars)$/i.test(file))
    throw new UserError('Terraform sources are not read: only Terraform knows what they come to', {
      file,
      expected: EXPECTED,
      fix: `run ${PLAN}, and give plan.json`,
    });
}

/** Sources in a folder that holds nothing else to read. */
export function refuseSources(folder: string, names: readonly string[]): void {
  const source = names.find((name) => /\.(tf|tofu)(\.json)?$/i.test(name));
  if (source !== undefined)
    throw new UserError(
      `this folder holds Terraform sources (${source}), which are not read: only Terraform knows what they come to`,
      {
        file: folder,
        expected: EXPECTED,
        fix: `run ${PLAN} in it, and give plan.json${names.includes('terraform.tfstate') ? '; or give its terraform.tfstate, for what the last run made' : ''}`,
      },
    );
}

/** A text that is no JSON and comes from Terraform. */
export function refuseText(file: string, text: string): void {
  // a saved plan is a zip archive
  if (text.startsWith('PK\u0003\u0004'))
    throw new UserError('this is a saved plan in the form that only Terraform reads', {
      file,
      expected: EXPECTED,
      fix: `run terraform show -json ${file} > plan.json, and give plan.json`,
    });
  if (/^\{"@level":/.test(text))
    throw new UserError('this is the log of terraform plan -json or apply -json, which does not hold the values', {
      file,
      expected: EXPECTED,
      fix: `run ${PLAN}, and give plan.json`,
    });
  if (
    /^\s*(?:#.*\n|\/\/.*\n|\s)*(?:resource|provider|module|data)\s+"[^"\n]+"(?:\s+"[^"\n]+")?\s*\{/.test(
      text.slice(0, 20_000),
    )
  )
    refuseHcl(`${file}.tf`);
}

/** JSON of Terraform that is neither a plan nor a state which is read. */
export function refuseContent(file: string, content: Json): void {
  if (typeof at(content, 'encrypted_data') === 'string')
    throw new UserError('this state is encrypted', {
      file,
      path: '/encrypted_data',
      expected: EXPECTED,
      fix: `run ${SHOW}`,
    });
  if (isObject(content.resource) || (isObject(content.terraform) && isObject(content.provider)))
    throw new UserError(
      'these are Terraform sources in JSON, which are not read: only Terraform knows what they come to',
      {
        file,
        expected: EXPECTED,
        fix: `run ${PLAN}, and give plan.json`,
      },
    );
}

export const refused = (
  message: string,
  file: string,
  path: string,
  expected = EXPECTED,
  fix = `run ${SHOW}`,
): UserError => new UserError(message, { file, path, expected, fix });
