/**
 * What runs it: a machine, an engine, an image. No condition measures load or reads a program, so a change is judged only
 * where AWS's own lists, or the program's own past, say that it carries as much as before.
 */
import { type GenerationService, generationOf } from '../../analyse/cost/generations.ts';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Container, TaskDefinition } from '../../estate/kinds/compute.ts';
import { same } from '../merge.ts';
import { enginePath } from '../structure/engine-path.ts';
import type { Judge, Judged } from './judge.ts';
import { settingsKept } from './settings.ts';

const UNJUDGED: Judged = { unjudged: 'switches' };

/** Sizes of a family, each with at least the memory and the processors of the one before. */
const SIZES = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

function sizeOf(type: string): { readonly family: string; readonly rank: number } | undefined {
  const at = type.lastIndexOf('.');
  const size = type.slice(at + 1);
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const rank = times === undefined ? SIZES.indexOf(size) : SIZES.length - 1 + Number(times);
  return at < 0 || rank < 0 ? undefined : { family: type.slice(0, at), rank };
}

/** AWS's equivalent of the other generation, there or back, or a larger size of the same family. */
function carriesAsMuch(service: GenerationService, before: string, after: string): boolean {
  const isEquivalent = (old: string, current: string): boolean => {
    const { equivalent } = generationOf(service, old);
    return equivalent?.x86 === current || equivalent?.graviton === current;
  };
  if (isEquivalent(before, after) || isEquivalent(after, before)) return true;
  const [was, is] = [sizeOf(before), sizeOf(after)];
  return was !== undefined && is !== undefined && was.family === is.family && is.rank >= was.rank;
}

export const asClass =
  (service: GenerationService): Judge<Judged> =>
  (before, after) =>
    typeof before === 'string' && typeof after === 'string' && carriesAsMuch(service, before, after)
      ? 'switches'
      : UNJUDGED;

/** Only along the upgrades that RDS is known to make; another version may not exist, or not be reached from here. */
export const asVersion: Judge<Judged> = (before, after, change, then) => {
  const engine = change.before && 'engine' in change.before ? change.before.engine : undefined;
  if (typeof before !== 'string' || typeof after !== 'string' || typeof engine !== 'string') return UNJUDGED;
  if (then.collectedAt === undefined) return UNJUDGED;
  return enginePath(engine, before, then.collectedAt)?.includes(after) ? 'switches' : UNJUDGED;
};

const noLess = (was: number | undefined, is: number | undefined): boolean =>
  was === is || (was !== undefined && is !== undefined && is >= was);

/** The same programs with no less to run in, and all that they had. */
function samePrograms(before: TaskDefinition, after: TaskDefinition): boolean {
  return sameContainers(before.containers ?? [], after.containers ?? [], after);
}

/** Beside what the conditions read: its ports, its log and its neighbours, and every setting that it had. */
function sameAround(was: Container, is: Container, { executionRole }: TaskDefinition): boolean {
  const kept = (['essential', 'privileged', 'ports', 'logDriver', 'logGroup', 'links'] as const).every((field) =>
    same(was[field], is[field]),
  );
  const had = new Set(was.environment?.map((fact) => `${fact.name} ${fact.valueFrom}`));
  // what starts a task fetches its secrets by this role alone
  const fetched = is.environment?.every(
    (fact) => fact.credential !== 'reference' || had.has(`${fact.name} ${fact.valueFrom}`) || executionRole !== null,
  );
  return kept && fetched === true && settingsKept(was.environment, is.environment);
}

function sameContainers(before: readonly Container[], after: readonly Container[], of: TaskDefinition): boolean {
  const known = new Map(before.map((one) => [one.name, one]));
  return (
    before.length === after.length &&
    after.every((one) => {
      const was = known.get(one.name);
      if (was?.image === undefined || was.image !== one.image) return false;
      return noLess(was.cpu, one.cpu) && noLess(was.memory, one.memory) && sameAround(was, one, of);
    })
  );
}

export const asContainers: Judge<Judged> = (_before, _after, { before, after }) =>
  before?.kind === 'taskDefinition' &&
  after?.kind === 'taskDefinition' &&
  before.containers !== undefined &&
  after.containers !== undefined &&
  samePrograms(before, after)
    ? 'switches'
    : UNJUDGED;

/** A service or a task takes up another definition: of the same programs, with no less for all of them together. */
export const asTask: Judge<Judged> = (before, after, _change, then, now) => {
  const [was, is] = [definitionOf(then, before), definitionOf(now, after)];
  if (was?.containers === undefined || is?.containers === undefined) return UNJUDGED;
  // what had no size of its own took what its machine had
  const fits = (['cpu', 'memory'] as const).every((size) => was[size] === undefined || noLess(was[size], is[size]));
  return fits && samePrograms(was, is) ? 'switches' : UNJUDGED;
};

function definitionOf(estate: Estate, ref: unknown): TaskDefinition | undefined {
  const id = typeof ref === 'object' && ref !== null && 'id' in ref ? ref.id : undefined;
  const found = typeof id === 'string' ? byId(estate, id) : undefined;
  return found?.kind === 'taskDefinition' ? found : undefined;
}
