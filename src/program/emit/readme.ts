/** `README.md`: how a person goes a step, and where things are. */

import { ACCOUNT } from './environments.ts';
import type { Journey, Thing } from './journey.ts';
import type { Module } from './modules.ts';
import type { Project } from './project.ts';
import { counted } from './say.ts';
import { aboutOf } from './subjects.ts';
import type { Secret } from './values.ts';

interface Contents {
  readonly things: readonly Thing[];
  readonly secrets: readonly Secret[];
  readonly profiles: readonly string[];
  readonly modules: readonly Module[];
}

export function readmeFile(
  { names, today }: Journey,
  { name, stack }: Project,
  { things, secrets, profiles, modules }: Contents,
): string {
  const adopted = things.filter((thing) => thing.adopted).length;
  const [first = '', second = first] = names;
  return `# ${name}

What was built by hand in ${today.place.region}${today.place.account === '' ? '' : ` of the account ${today.place.account}`}, as a program, and its way to a sound structure: ${counted(names.length, 'step')}, each proven not to cut
anybody off. The stack's setting \`step\` says how far the account is; the program declares what holds there. ${counted(adopted, 'resource')} ${adopted === 1 ? 'is' : 'are'} adopted, ${things.length - adopted} made on the way.

## Before the first step

You need Node 20.12 or later and credentials of the account. The Pulumi CLI comes with \`npm install\` (\`npx pulumi\`).

\`\`\`sh
npm install
npx pulumi login            # or: npx pulumi login s3://a-bucket-of-yours
npx pulumi stack init ${stack}
npx pulumi preview          # ${first}: only imports, nothing to create, change or delete
npx pulumi preview --json | npx underpin guard --step ${first}
npx pulumi up
npx pulumi refresh && npx pulumi preview --expect-no-changes
\`\`\`

An import fails where an argument differs from what is there, and changes nothing: correct the argument, or collect a new inventory.

## One step

[JOURNEY.md](JOURNEY.md) is the whole journey as a table. Each chapter has a page in \`journey/\` with the commands of its steps, what clients notice, what must be seen before
the next, and how to undo it.

\`\`\`sh
npx pulumi config set step ${second}
npx pulumi preview --diff
npx pulumi preview --json | npx underpin guard --step ${second}
npx pulumi up
\`\`\`

That is: the step, as one reviewed line of \`Pulumi.${stack}.yaml\`; what Pulumi would do, to be read; that it is what was proven, and nothing else (exit 0);
and it is done. Then the gate: see what JOURNEY.md wants to be seen, before the next step.

The guard knows from \`proven.json\` what Pulumi may do at each step: which resources, which of their properties, to which values. It refuses
(exit 1) drift, a replacement, a deletion, an import that became a creation, and a preview of another step, and says of each what to do; what
the preview does not tell is undecided (exit 3). The workflow \`preview\` asks it on every pull request. Where your stack is not called
\`${stack}\`, add \`--stack NAME\`.

- **One at a time, in order.** Each step was proven from the one before. Pulumi refuses some of what is left out: what a step deletes is protected up to the step before it.
- **What the guard refuses is not to be applied.** A replacement, a deletion or a change that the step does not name means that the account or the program is not what it was: stop, and collect a new inventory.
- **Acts** have commands beside the program. Set the step, run the commands in their order, then preview, guard and \`pulumi up\`: until they ran, the preview is another one.
- **Watches** change nothing: they wait for evidence. Set the step when it is there.
- **Back** is the same command with the step before, as long as the step's page says so. What was deleted is not brought back by it.
${secretsText(secrets)}${profilesText(profiles)}
## Where things are

| file | what |
| --- | --- |
| \`steps.ts\` | the journey; its names are a type, so a wrong one does not compile |
${foldersText(modules)}| \`guard.ts\` | how what was built by hand is imported and kept |
| \`proven.json\` | what Pulumi may do at each step, for \`underpin guard\`; made with the program, and not to be edited |

\`steps.at({ … })\` is a value that changes on the way, \`steps.since\`, \`steps.until\` and \`steps.during\` are what is not there all the time; \`now(…)\` takes such a thing where it
exists. What \`target/\` takes from \`underpin/blueprint\` (\`NetworkTiers\`, \`OwnGroup\`, \`flows\`, \`ServiceRole\`, …) stands for several resources, and each argument's doc says what a
change of it does to what runs; the resources are called what the plan calls them, so writing one out by hand replaces nothing. After the last step the program settles: keep the last value of each timeline and delete the rest.

Before it writes this project, \`underpin program\` runs it at every step, without deploying anything, and compares what it declares with the plan, to the letter; \`underpin run\` does so at some of the steps.
`;
}

function secretsText(secrets: readonly Secret[]): string {
  if (secrets.length === 0) return '';
  return `
## Secrets

They are in no file in the clear. Set them before the first step that needs one; Pulumi says which is missing.

\`\`\`sh
${secrets.map(({ name, of }) => `npx pulumi config set --secret ${name}    # ${of.replace(/\s+/g, ' ')}`).join('\n')}
\`\`\`
`;
}

function profilesText(profiles: readonly string[]): string {
  if (profiles.length === 0) return '';
  return `
## Other accounts

Something of this stands in another account. Say which profile of your AWS configuration reaches it, before the first step.

\`\`\`sh
${profiles.map((name) => `npx pulumi config set ${name} <profile>`).join('\n')}
\`\`\`
`;
}

/** A row for each folder, and under each subject what it is about, once. */
function foldersText(modules: readonly Module[]): string {
  const folders = new Map<string, Module[]>();
  for (const module of modules) {
    const folder = module.path.split('/').slice(0, -1).join('/');
    const members = folders.get(folder) ?? [];
    folders.set(folder, members);
    members.push(module);
  }
  const rows = [...folders].map(([folder, members]) => {
    const [{ adopted = false, environment } = {}] = members;
    const of =
      environment === undefined ? '' : environment === ACCOUNT ? " of the account's own" : ` of ${environment}`;
    const files = members.map(({ path }) => `\`${path.split('/').at(-1) ?? ''}\``).join(', ');
    return `| \`${folder}/\` | ${adopted ? 'what was built by hand' : 'what is made on the way'}${of}: ${files} |\n`;
  });
  const subjects = [...new Set(modules.map(({ subject }) => subject))].sort();
  return `${rows.join('')}${subjects.map((subject) => `| … \`${subject}.ts\` | ${aboutOf(subject)} |\n`).join('')}`;
}
