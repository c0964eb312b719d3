/**
 * Values that the estate does not hold: of a setting it keeps the hosts and ARNs, of a container what it uses. A change of
 * the rest would be seen by no condition.
 */

import { byId } from '../../estate/estate.ts';
import type { EnvironmentFact } from '../../estate/kinds/compute.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Update } from '../edit.ts';
import { same } from '../merge.ts';
import { estateAt, type State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';

export function settingsNotSeen(edit: Update, before: State, after: State): readonly string[] {
  const [was, is] = [before, after].map((state) => state.world.declared.get(addressOf(edit)));
  if (!was || !is) return [];
  const id = idOf(was);
  if (edit.type === 'aws:lambda/function:Function' && 'environment' in edit.properties) {
    const [then, now] = [variablesOf(was.inputs.environment), variablesOf(is.inputs.environment)];
    return hidden(edit.name, then, now, factsOf(before, id), factsOf(after, id));
  }
  if (edit.type !== 'aws:ecs/taskDefinition:TaskDefinition' || !('containerDefinitions' in edit.properties)) return [];
  const [then, now] = [containersOf(was.inputs), containersOf(is.inputs)];
  return [...now].flatMap(([name, container]) => {
    const earlier = then.get(name);
    if (!earlier) return [];
    const rest = Object.keys({ ...earlier, ...container }).filter(
      (key) => !SEEN.has(key) && !same(earlier[key] ?? null, container[key] ?? null),
    );
    return [
      ...rest.sort().map((key) => `what a change of ${key} of ${name} does to the program is not known here`),
      ...hidden(name, pairsOf(earlier), pairsOf(container), factsOf(before, id, name), factsOf(after, id, name)),
    ];
  });
}

/** What the journey made has its ARN among its outputs. */
const idOf = ({ adopted, id, outputs }: DeclaredResource): string =>
  adopted?.of.id ?? (typeof outputs.arn === 'string' ? outputs.arn : id);

/** Of a container definition, what the estate holds. */
const SEEN: ReadonlySet<string> = new Set([
  'name',
  'image',
  'cpu',
  'memory',
  'memoryReservation',
  'essential',
  'privileged',
  'portMappings',
  'environment',
  'secrets',
  'links',
]);

const hidden = (
  whose: string,
  then: Readonly<Record<string, Value>>,
  now: Readonly<Record<string, Value>>,
  was: ReadonlyMap<string, EnvironmentFact>,
  is: ReadonlyMap<string, EnvironmentFact>,
): readonly string[] =>
  Object.keys(now)
    .sort()
    .flatMap((name) =>
      name in then && !same(then[name] ?? null, now[name] ?? null) && same(was.get(name) ?? null, is.get(name) ?? null)
        ? [`the value of ${name} of ${whose} changes, and what the program does with it is not known here`]
        : [],
    );

const variablesOf = (environment: Value | undefined): Properties =>
  isProperties(environment) && isProperties(environment.variables) ? environment.variables : {};

function factsOf(state: State, id: string, container?: string): ReadonlyMap<string, EnvironmentFact> {
  const estate = estateAt(state);
  const found = byId(estate, id);
  const facts =
    found?.kind === 'function'
      ? found.environment
      : found?.kind === 'taskDefinition'
        ? found.containers?.find(({ name }) => name === container)?.environment
        : undefined;
  return new Map((facts ?? []).map((fact) => [fact.name, fact]));
}

function containersOf({ containerDefinitions: said }: Properties): ReadonlyMap<string, Properties> {
  const read = (): unknown => {
    try {
      return typeof said === 'string' ? JSON.parse(said) : said;
    } catch {
      return undefined;
    }
  };
  const list = read();
  return new Map(
    (Array.isArray(list) ? list : []).flatMap((one: Value) =>
      isProperties(one) && typeof one.name === 'string' ? [[one.name, one] as const] : [],
    ),
  );
}

function pairsOf({ environment, secrets }: Properties): Readonly<Record<string, Value>> {
  const list = [environment, secrets].flatMap((said) => (Array.isArray(said) ? said : []));
  return Object.fromEntries(
    list.flatMap((one: Value) =>
      isProperties(one) && typeof one.name === 'string' ? [[one.name, one.value ?? one.valueFrom ?? null]] : [],
    ),
  );
}
