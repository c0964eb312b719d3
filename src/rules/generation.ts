/** What the three rules on previous generations have in common. */
import { type Generation, type GenerationService, generationOf } from '../analyse/cost/generations.ts';
import type { Hop } from '../analyse/verdict.ts';
import type { Resource } from '../estate/resource.ts';
import { fact } from './proof.ts';
import type { Outcome } from './rule.ts';

/** Places: name, type, equivalent. */
export const GENERATION_MESSAGES = {
  previous: '{name} is a {type}, which AWS calls a previous generation; today it would be {equivalent}',
  disputed:
    '{name} is a {type}, of a generation from before Nitro that AWS still lists; today it would be {equivalent}',
  alone: '{name} is a {type}, which AWS calls a previous generation; it has no equivalent of the same size',
} as const;

export type GenerationMessage = keyof typeof GENERATION_MESSAGES;

/** The current equivalent in words: the x86 one, and the cheaper Arm one where there is one. */
function equivalentText({ equivalent }: Generation): string | undefined {
  const { x86, graviton } = equivalent ?? {};
  if (x86 === undefined) return graviton;
  return graviton === undefined ? x86 : `${x86} (or ${graviton}, on Arm)`;
}

const ours = (subject: Resource, generation: Generation, detail: string): Hop => ({
  resource: subject.id,
  by: generation.type,
  code: 'dated-list',
  detail,
});

function previous(
  subject: Resource,
  field: string,
  generation: Generation,
  said: readonly Hop[],
): Outcome<GenerationMessage> {
  const { type, asOf, sources, note } = generation;
  const equivalent = equivalentText(generation);
  const listed = `${type} is on AWS's list of previous generations (${sources[0] ?? 'AWS'}, compared ${asOf})`;
  const older = `${type} is of a family that AWS built before Nitro and replaced since (${sources[0] ?? 'AWS'}, compared ${asOf})`;
  return {
    state: 'fail',
    message: equivalent === undefined ? 'alone' : generation.aws === 'disputed' ? 'disputed' : 'previous',
    data: { name: subject.name, type, equivalent: equivalent ?? '' },
    proof: [
      fact(subject, field, `${subject.name} is a ${type}`),
      ...said,
      ours(subject, generation, generation.aws === 'disputed' ? older : listed),
      ...(note === undefined ? [] : [ours(subject, generation, note)]),
    ],
  };
}

/**
 * The outcome for a machine type. `api` is AWS's own word, where an operation of the service gives one: it is newer
 * than any list of ours, but for families of which AWS contradicts itself.
 */
export function judgeGeneration(
  subject: Resource,
  service: GenerationService,
  type: string,
  field: string,
  operation: string,
  api?: { readonly current: boolean; readonly hop: Hop },
): Outcome<GenerationMessage> {
  const generation = generationOf(service, type);
  const said = api ? [api.hop] : [];
  if (generation.generation === 'previous') return previous(subject, field, generation, said);
  if (api?.current === false)
    return {
      state: 'fail',
      message: 'alone',
      data: { name: subject.name, type, equivalent: '' },
      proof: [fact(subject, field, `${subject.name} is a ${type}`), api.hop],
    };
  if (api?.current === true || generation.generation === 'current') return { state: 'pass', proof: said };
  const reason = `${type} is in no list of generations that this version knows (compared ${generation.asOf})`;
  return { state: 'unknown', missing: [{ operation, reason, resource: subject.id }] };
}
