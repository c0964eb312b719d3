/** `README.md` of an export: what the step is, what Terraform must say, what is done by hand. */
import type { Step } from '../../plan/step.ts';
import type { Thing } from '../emit/journey.ts';
import { counted, span } from '../emit/say.ts';
import type { Operation } from '../operations.ts';
import { inTerraform, type Words } from './commands.ts';
import { addressIn } from './expressions.ts';
import type { Ground } from './ground.ts';
import { predictedAt } from './predicted.ts';
import type { Secret } from './values.ts';

interface Contents {
  readonly name: string;
  readonly addresses: ReadonlyMap<Thing, string>;
  readonly secrets: readonly Secret[];
  readonly profiles: readonly string[];
  readonly notes: readonly string[];
}

export function readmeOf(ground: Ground, at: number, contents: Contents): string {
  const { journey } = ground;
  const step = journey.steps[at];
  if (step === undefined) return '';
  const next = journey.names[at + 1];
  const words = wordsOf(ground, at);
  const say = (text: string): string => line(inTerraform(text, words));
  const { today } = journey;
  return `${[
    `# ${contents.name}\n`,
    `What is declared ${at === 0 ? 'at the first step' : `at step ${at + 1} of ${journey.names.length}`} of the journey for Terraform: ${counted(contents.addresses.size, 'resource')} in ${today.place.region}${today.place.account === '' ? '' : ` of the account ${today.place.account}`}.\n`,
    `**${say(step.title)}** (${step.kind}). ${say(step.why)}\n`,
    `- Takes: ${span(step.duration)}.`,
    `- Clients notice: ${say(step.clientsNotice.what)}${step.clientsNotice.to > 0 ? ` For ${span(step.clientsNotice)}.` : ''}`,
    `- Undo: ${say(step.undo.how)}; until ${say(step.undo.until)}.${step.undo.exact ? '' : ' Not exactly what was before.'}\n`,
    ...byHand(step, words),
    '## Apply\n',
    fence([
      ...contents.secrets.map(({ name, of }) => `export TF_VAR_${name}=…    # of ${of.replace(/\s+/g, ' ')}`),
      ...contents.profiles.map((name) => `export TF_VAR_${name}=…    # a profile of your AWS configuration`),
      'terraform init',
      'terraform plan -out step.tfplan',
      'terraform apply step.tfplan',
    ]),
    ...(contents.secrets.length > 0
      ? [
          'What is secret is written nowhere but in your state: give the same values at every step, and keep the state encrypted.\n',
        ]
      : []),
    `From the step before, the plan must say this and nothing else:\n`,
    ...foreseen(ground, at),
    '',
    'A replacement or a deletion that does not stand here, or a change of something else, means that the account is not what it was: apply nothing, and collect a new inventory.',
    'An import changes nothing by itself; what Terraform wants to change of an imported resource it says in the plan.\n',
    ...(contents.notes.length > 0
      ? ['## Where this is not the plan to the letter\n', ...contents.notes.map((note) => `- ${line(note)}.`), '']
      : []),
    ...gates(step, words),
    next === undefined
      ? 'This is the last step.'
      : `## The next step\n\nIt is \`${next}\`. Write it into this folder, whose state stays where it is, and plan again:\n\n${fence([`underpin program INPUT --as terraform --step ${next} -o .`])}`,
    'One at a time, in order: each was proven from the one before. The proofs are of the plan; of this folder Underpin knows that it declares the same resources with the same values.',
  ].join('\n')}\n`;
}

function wordsOf({ things, labels }: Ground, at: number): Words {
  const known = new Map<string, string>();
  for (const thing of things) if (thing.from <= at) known.set(thing.address, addressIn(thing, labels));
  return { addressOf: (address) => known.get(address) };
}

function byHand({ actions }: Step, words: Words): readonly string[] {
  if (actions.length === 0) return [];
  return [
    '## By hand, first\n',
    'In this order, before Terraform:\n',
    fence(actions.map(({ command }) => inTerraform(command, words))),
  ];
}

function gates({ gate }: Step, words: Words): readonly string[] {
  if (gate.length === 0) return [];
  return [
    '## Before the next step\n',
    ...gate.flatMap(({ check, query }) => [
      `- ${line(inTerraform(check, words))}`,
      ...(query ? ['', fence([inTerraform(query, words)])] : []),
    ]),
    '',
  ];
}

const WORDS = { create: 'add', import: 'import', update: 'change', replace: 'replace', delete: 'destroy' } as const;

/** Single operations where they are few. */
const SHOWN = 40;

function foreseen(ground: Ground, at: number): readonly string[] {
  const all = predictedAt(ground, at);
  if (all.length === 0) return ['- no changes.'];
  const counts = (['import', 'create', 'update', 'replace', 'delete'] as const).flatMap((op) => {
    const many = all.filter((one) => one.op === op).length;
    return many === 0 ? [] : [`${many} to ${WORDS[op]}`];
  });
  const lines = all.slice(0, SHOWN).map((one) => `- ${WORDS[one.op]} \`${nameOf(ground, at, one)}\`${changed(one)}`);
  return [
    `${counts.join(', ')}:\n`,
    ...lines,
    ...(all.length > SHOWN ? [`- … and ${all.length - SHOWN} more of the same kinds.`] : []),
  ];
}

function nameOf({ things, labels }: Ground, at: number, { type, name, op }: Operation): string {
  const before = op === 'delete' ? at - 1 : at;
  const thing = things.find(
    (one) =>
      one.type === type && one.name === name && one.from <= before && (one.until === undefined || before < one.until),
  );
  return thing === undefined ? `${type} ${name}` : addressIn(thing, labels);
}

const changed = ({ op, properties }: Operation): string =>
  op === 'update' || op === 'replace' ? `: ${properties.join(', ')}` : '';

/** One line of Markdown in which nothing of the account is markup. */
const line = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|]/g, '\\$&');

function fence(commands: readonly string[]): string {
  const text = commands.join('\n');
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}sh\n${text}\n${ticks}\n`;
}
