/** What the three rules on previous generations have in common. */
import { type Generation, type GenerationService, generationOf } from '../analyse/cost/generations.ts';
import { pricesWith } from '../analyse/cost/prices/index.ts';
import { upgradesOf } from '../analyse/cost/upgrade.ts';
import type { Hop } from '../analyse/verdict.ts';
import type { Resource } from '../estate/resource.ts';
import { fact } from './proof.ts';
import type { Outcome } from './rule.ts';
import { nameAndId } from './words.ts';

const LISTED = pricesWith();

/** Databases and caches have unique names; instances have not. */
const labelOf = (subject: Resource): string => (subject.kind === 'instance' ? nameAndId(subject) : subject.name);

/** Places: name, type, equivalent. */
export const GENERATION_MESSAGES = {
  previous: '{name} runs on {type}, which AWS calls a previous generation; today it would be {equivalent}',
  disputed: '{name} runs on {type}, of a generation from before Nitro; today it would be {equivalent}',
  alone: '{name} runs on {type}, which AWS calls a previous generation; it has no equivalent of the same size',
} as const;

export type GenerationMessage = keyof typeof GENERATION_MESSAGES;

/** What an operation of AWS answers about a type. */
export interface ApiWord {
  readonly current: boolean;
  readonly hop: Hop;
}

/** The current equivalent in words: the x86 one, and the cheaper Arm one where there is one. */
function equivalentText({ equivalent }: Generation): string | undefined {
  const { x86, graviton } = equivalent ?? {};
  if (x86 === undefined) return graviton;
  return graviton === undefined ? x86 : `${x86} (or ${graviton}, on Arm)`;
}

/**
 * What the current equivalent changes in the monthly bill, as hops; where a price is not in the table, that is said.
 * Engines of RDS and ElastiCache have prices of their own.
 */
function priceHops(subject: Resource, service: GenerationService, type: string): readonly Hop[] {
  const engine = subject.kind === 'database' || subject.kind === 'cache' ? (subject.engine ?? '') : '';
  return upgradesOf(LISTED, service, type, subject.region, engine).map(({ to, difference, prices }) => {
    const asOf = prices.to?.asOf ?? '';
    const detail =
      difference === undefined
        ? `what ${to} would change in the bill is not known: the price table lacks ${prices.from ? to : type} in ${subject.region}`
        : `${to} would cost $${Math.abs(difference).toFixed(2)} a month ${difference > 0 ? 'more' : 'less'} for each machine (on demand, prices of ${asOf})`;
    return { resource: subject.id, by: to, code: 'price', detail };
  });
}

const ours = (subject: Resource, generation: Generation, detail: string): Hop => ({
  resource: subject.id,
  by: generation.type,
  code: 'dated-list',
  detail,
});

function previous(
  subject: Resource,
  service: GenerationService,
  field: string,
  generation: Generation,
  api: ApiWord | undefined,
): Outcome<GenerationMessage> {
  const { type, asOf, sources, note } = generation;
  // where AWS's pages and API disagree, the API's word settles it when it says previous
  const disputed = generation.aws === 'disputed' && api?.current !== false;
  const equivalent = equivalentText(generation);
  const listed = `${type} is on AWS's list of previous generations (${sources[0] ?? 'AWS'}, as of ${asOf})`;
  const older = `${type} is of a family that AWS built before Nitro and replaced since (${sources[0] ?? 'AWS'}, as of ${asOf})`;
  return {
    state: 'fail',
    message: equivalent === undefined ? 'alone' : disputed ? 'disputed' : 'previous',
    data: { name: labelOf(subject), type, equivalent: equivalent ?? '' },
    proof: [
      fact(subject, field, `${subject.name} runs on ${type}`),
      ...(api ? [api.hop] : []),
      ours(subject, generation, generation.aws === 'disputed' ? older : listed),
      // the note on what the API may say is of no use beside what it said
      ...(note === undefined || api ? [] : [ours(subject, generation, note)]),
      ...priceHops(subject, service, type),
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
  api?: ApiWord,
): Outcome<GenerationMessage> {
  const generation = generationOf(service, type);
  if (generation.generation === 'previous') return previous(subject, service, field, generation, api);
  if (api?.current === false)
    return {
      state: 'fail',
      message: 'alone',
      data: { name: labelOf(subject), type, equivalent: '' },
      proof: [fact(subject, field, `${subject.name} runs on ${type}`), api.hop],
    };
  if (api?.current === true || generation.generation === 'current') return { state: 'pass' };
  const reason = `${type} is in no list of generations that this version knows (as of ${generation.asOf})`;
  return { state: 'unknown', missing: [{ operation, reason, resource: subject.id }] };
}
