/** Commands and checks of a plan, which speak of Pulumi, as somebody with Terraform types them. */
import { identifier } from './names.ts';

export interface Words {
  /** Terraform's address for `aws:rds/instance:Instance::shop`; undefined where nothing of the step is called that. */
  readonly addressOf: (address: string) => string | undefined;
}

type Rewrite = readonly [find: RegExp, put: (words: Words, ...groups: string[]) => string];

const REWRITES: readonly Rewrite[] = [
  [
    /pulumi state delete 'urn of ([^']+)' --force/g,
    ({ addressOf }, _, address = '') => `terraform state rm '${addressOf(address) ?? address}'`,
  ],
  [/pulumi state delete/g, () => 'terraform state rm'],
  [/pulumi config set --secret (\S+)/g, (_, __, name = '') => `export TF_VAR_${identifier(name)}=`],
  [/pulumi refresh --yes && pulumi preview --expect-no-changes/g, () => 'terraform plan -detailed-exitcode'],
  [
    /pulumi stack init (\S+) && [^\n]*/g,
    (_, __, name = '') =>
      `terraform workspace new ${name}   # then name the region and the new account in provider.aws, and take the import blocks out`,
  ],
  [
    /pulumi (up|destroy) --stack ([^\s,]+)/g,
    (_, __, what = '', name = '') =>
      `terraform workspace select ${name} && terraform ${what === 'up' ? 'apply' : 'destroy'}`,
  ],
  [/pulumi preview (--refresh )?--expect-no-changes/g, () => 'terraform plan -detailed-exitcode'],
  [/pulumi preview/g, () => 'terraform plan'],
  [/pulumi up/g, () => 'terraform apply'],
  [/\bPulumi\b(?! program)/g, () => 'Terraform'],
];

/** A command or a sentence in Terraform's words; what has none stays as it is. */
export function inTerraform(text: string, words: Words): string {
  const said = REWRITES.reduce(
    (so, [find, put]) => so.replace(find, (...groups: string[]) => put(words, ...groups)),
    text,
  );
  return said.replace(/(TF_VAR_\w+=) /g, '$1');
}

/** Whether something in it is still Pulumi's alone. */
export const isPulumis = (text: string): boolean => /\bpulumi\b/i.test(text);
