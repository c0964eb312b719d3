/**
 * "Yes, if" looked at once more where the keys it turns on have only a few possible values: when the answer is the
 * same in every possible world there is nothing to add an "if" to (allowed with a device and denied with a device is a no).
 */
import type { AccessAnswer } from './answer.ts';
import type { Alternatives, Context } from './context.ts';

const MOST_WORLDS = 64;

export function settle(
  first: AccessAnswer,
  context: Context,
  decide: (context: Context) => AccessAnswer,
): AccessAnswer {
  if (first.verdict !== 'yes' || first.conditions.length === 0) return first;
  const keys = [
    ...new Set(first.conditions.flatMap((condition) => condition.tests.map((test) => test.key.toLowerCase()))),
  ];
  const open = keys.flatMap((key) => {
    const known = context.get(key);
    return known && known.length > 1 ? [{ key, known }] : [];
  });
  if (open.length === 0 || open.reduce((product, { known }) => product * known.length, 1) > MOST_WORLDS) return first;
  const answers = worlds(context, open).map(decide);
  const [one] = answers;
  const same = (verdict: AccessAnswer['verdict']): boolean =>
    answers.every((answer) => answer.verdict === verdict && answer.conditions.length === 0);
  return one && (same('yes') || same('no')) ? one : first;
}

function worlds(
  context: Context,
  open: readonly { readonly key: string; readonly known: Alternatives }[],
): readonly Context[] {
  return open.reduce<readonly Context[]>(
    (all, { key, known }) => all.flatMap((world) => known.map((value) => new Map(world).set(key, [value]))),
    [context],
  );
}
