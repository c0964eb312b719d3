/** By which aliases and versions a function is called: by its own answers, and by all that names one in its ARN. */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { FunctionVersion, LambdaFunction } from '../../estate/kinds/compute.ts';
import { oncePer } from '../../estate/once.ts';
import type { Kind, Resource } from '../../estate/resource.ts';

/** What calls functions by their ARN, or says who may. */
const CALLERS = [
  'bucket',
  'distribution',
  'function',
  'other',
  'subscription',
  'targetGroup',
  'taskDefinition',
] as const satisfies readonly Kind[];

const QUALIFIED = /arn:[\w-]+:lambda:[\w-]*:\d*:function:[\w-]+:[\w$-]+/g;

/** The ARNs with a version or alias in what is known of a resource; each is looked through once. */
const qualifiedIn = oncePer((resource: Resource): readonly string[] => [
  ...new Set(JSON.stringify(resource).match(QUALIFIED) ?? []),
]);

const named = memoised((estate): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const kind of CALLERS)
    for (const one of all(estate, kind))
      for (const arn of qualifiedIn(one)) {
        const at = arn.lastIndexOf(':');
        const [fn, qualifier] = [arn.slice(0, at), arn.slice(at + 1)];
        if (qualifier === '$LATEST') continue;
        const list = found.get(fn) ?? new Set();
        found.set(fn, list);
        list.add(qualifier);
      }
  return found;
});

/** Names of the aliases and versions, in order; `$LATEST` is none of them. */
export const versionsCalled = (estate: Estate, { id, qualifiers }: LambdaFunction): readonly string[] =>
  [...new Set([...(qualifiers ?? []), ...(named(estate).get(id) ?? [])])].sort();

/** The versions behind these names; undefined where one of them was not read. */
export function versionsBehind(estate: Estate, fn: LambdaFunction): readonly FunctionVersion[] | undefined {
  const behind = versionsCalled(estate, fn).map((name) =>
    (fn.versions ?? []).filter(({ version, aliases }) => version === name || aliases.includes(name)),
  );
  return behind.some((list) => list.length === 0) ? undefined : behind.flat();
}
