/** `README.md` and `JOURNEY.md`: how a person goes a step, and what each is. */
import type { Step } from '../../plan/step.ts';
import type { Journey, Thing } from './journey.ts';
import type { Module } from './modules.ts';
import { guardedOf } from './options.ts';
import type { Project } from './project.ts';
import { counted, span } from './say.ts';
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
npx pulumi up
npx pulumi refresh && npx pulumi preview --expect-no-changes
\`\`\`

An import fails where an argument differs from what is there, and changes nothing: correct the argument, or collect a new inventory.

## One step

[JOURNEY.md](JOURNEY.md) has every step with its commands, what clients notice, what must be seen before the next, and how to undo it.

\`\`\`sh
npx pulumi config set step ${second}
npx pulumi preview --diff   # it shows what JOURNEY.md says of the step, and nothing else
npx pulumi up
\`\`\`

- **One at a time, in order.** Each step was proven from the one before. Pulumi refuses some of what is left out: what a step deletes is protected up to the step before it.
- **Read the preview.** A replacement or a deletion that JOURNEY.md does not name, or a change of something that the step does not name, means that the account is not what it was: stop, and collect a new inventory.
- **Acts** have commands beside the program. Set the step, run the commands in their order, then \`pulumi up\`.
- **Watches** change nothing: they wait for evidence. Set the step when it is there.
- **Back** is the same command with the step before, as long as JOURNEY.md says so. What was deleted is not brought back by it.
${secretsText(secrets)}${profilesText(profiles)}
## Where things are

| file | what |
| --- | --- |
| \`steps.ts\` | the journey; its names are a type, so a wrong one does not compile |
${modules.map(({ path, adopted: old, subject, part }) => `| \`${path}.ts\` | ${old ? 'built by hand' : 'made on the way'}: ${aboutOf(subject)}${part > 1 ? ' (what uses the others)' : ''} |`).join('\n')}
| \`guard.ts\` | how what was built by hand is imported and kept |

\`steps.at({ … })\` is a value that changes on the way, \`steps.since\`, \`steps.until\` and \`steps.during\` are what is not there all the time; \`now(…)\` takes such a thing where it
exists. After the last step the program settles: keep the last value of each timeline and delete the rest.

This program was run at every step, without deploying anything, and what it declared was the plan to the letter.
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

export function journeyFile({ steps, names }: Journey, project: Project, things: readonly Thing[]): string {
  const lifted = new Map<number, string[]>();
  for (const thing of things) {
    const guard = guardedOf(thing)?.guarded.find(({ at, value }) => !value && at > thing.from);
    if (guard) lifted.set(guard.at, [...(lifted.get(guard.at) ?? []), thing.name]);
  }
  const entries = steps.map((step, n) => stepText(step, n, names[n] ?? '', project, lifted.get(n) ?? []));
  return `# The journey

${names.map((name, n) => `${n + 1}. [\`${name}\`](#${n + 1}-${name.toLowerCase()}) ${line(steps[n]?.title ?? '')}`).join('\n')}

${entries.join('\n')}`;
}

/** One line of Markdown in which nothing of the account is markup. */
const line = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|]/g, '\\$&');

const fence = (commands: readonly string[]): string => {
  const text = commands.join('\n');
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}sh\n${text}\n${ticks}\n`;
};

const KINDS: Readonly<Record<Step['kind'], string>> = {
  expand: 'only adds',
  contract: 'only takes away',
  switch: 'one change of one resource',
  act: 'commands beside the program',
  watch: 'waits for evidence',
};

function stepText(step: Step, n: number, name: string, project: Project, lifted: readonly string[]): string {
  const { clientsNotice: notice, undo, gate, actions, sources } = step;
  const parts = [
    `## ${n + 1} ${name}\n`,
    `**${line(step.title)}** (${step.kind}: ${KINDS[step.kind]}). ${line(step.why)}\n`,
    `- Takes: ${span(step.duration)}.`,
    `- Clients notice: ${line(notice.what)}${notice.to > 0 ? ` For ${span(notice)}.` : ''}`,
    `- In Pulumi's preview: ${changesText(step)}`,
    ...(lifted.length > 0
      ? [`- Takes Pulumi's protection from what a later step replaces or deletes: ${lifted.map(line).join(', ')}.`]
      : []),
    `- Undo: ${line(undo.how)}; until ${line(undo.until)}.${undo.exact ? '' : ' Not exactly what was before.'}`,
    '',
  ];
  const commands = actions.map(({ command }) => withUrn(command, project));
  if (commands.length > 0) parts.push('By hand, after setting the step and before `pulumi up`:\n', fence(commands));
  if (gate.length > 0) {
    parts.push('Before the next step:\n');
    for (const { check, query } of gate)
      parts.push(`- ${line(check)}`, ...(query ? ['', fence([query]).trimEnd(), ''] : []));
    parts.push('');
  }
  if (sources.length > 0)
    parts.push(
      `Rests on: ${sources.map(({ claim, url, certainty }) => `${line(claim)} (<${url}>${certainty === 'documented' ? '' : `, ${certainty}`})`).join('; ')}.\n`,
    );
  return parts.join('\n');
}

function changesText({ edits }: Step): string {
  if (edits.length === 0) return 'no change.';
  const counts = new Map<string, number>();
  for (const edit of edits) {
    const word = edit.op === 'adopt' || (edit.op === 'create' && edit.importId !== undefined) ? 'import' : edit.op;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const most = edits
    .slice(0, 12)
    .map(({ op, type, name }) => `${op} \`${type.split(':').at(-1) ?? ''}\` ${line(name)}`);
  const sum = [...counts].map(([word, n]) => `${n} to ${word}`).join(', ');
  return edits.length > 12 ? `${sum}.` : `${sum}: ${most.join(', ')}.`;
}

/** `'urn of aws:…::name'` of a plan's command, as this project's state calls it. */
const withUrn = (command: string, { name, stack }: Project): string =>
  command.replace(/'urn of ([^']+)'/g, (_, address: string) => `'urn:pulumi:${stack}::${name}::${address}'`);
