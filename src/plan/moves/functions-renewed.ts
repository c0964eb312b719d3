import { type Support, supportAt } from '../../analyse/support/ends.ts';
import { RUNTIMES_SOURCE, runtimeSupport } from '../../analyse/support/runtimes.ts';
import { all } from '../../estate/estate.ts';
import type { LambdaFunction } from '../../estate/kinds/compute.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { keptByVersion, versionsGate } from '../structure/function-versions.ts';

const VERSIONS = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html';

export const move: Move = {
  name: 'functions-renewed',
  title: 'Functions on a runtime that AWS patches',
  about: 'Functions whose runtime has ended get its successor, after their code was tested with it.',
  scope: 'environment',
  risk: 'risky',
  preconditions: ['the code was run with the new runtime: another major version may break it'],
  undo: 'the old runtime back, as long as AWS still lets functions change to it',
  sources: [
    {
      claim: 'when AWS stops patching each runtime, and until when a function can be changed',
      url: RUNTIMES_SOURCE,
      certainty: 'documented',
    },
    {
      claim: 'a published version keeps its runtime and code, so there is a way back',
      url: VERSIONS,
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const { estate, scope, state } = context;
    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    const steps = all(estate, 'function').flatMap((fn) => {
      if (!scope.holds(fn) || fn.packageType === 'Image') return [];
      const support = supportOf(context, fn);
      if (support === 'unknown')
        refusals.push({
          subject: fn.id,
          because: `Whether AWS still supports the runtime of ${fn.name} (${fn.runtime ?? 'not read'}) is not known.`,
          change: 'collect lambda:ListFunctions with the day of collection, or compare with the calendar of runtimes',
        });
      if (support !== 'ended') return [];
      const kept = keptByVersion(estate, fn);
      if (kept) {
        refusals.push({ subject: fn.id, ...kept });
        return [];
      }
      const declared = declaredOf(state, fn);
      const next = successor(context, fn.runtime ?? '');
      if (!declared || next === undefined) {
        refusals.push({
          subject: fn.id,
          because: declared
            ? `${fn.name} runs on ${fn.runtime}, which has no successor in the list.`
            : `${fn.name} is not under the program's care.`,
          change: declared
            ? 'choose a runtime and move the code by hand, or put it into a container image'
            : 'collect what was not read of it',
        });
        return [];
      }
      return [
        step({
          id: `${scope.stem}-${declared.name}-${next.replace(/[^a-z0-9]+/gi, '-')}`,
          title: `${fn.name} from ${fn.runtime} to ${next}`,
          kind: 'switch',
          move: 'functions-renewed',
          environment: scope.environment,
          why: `AWS no longer patches ${fn.runtime}: holes found since stay open, and some day AWS refuses to update the function at all.`,
          edits: [{ op: 'update', type: declared.type, name: declared.name, properties: { runtime: next } }],
          gate: [
            ...versionsGate(estate, [fn]),
            {
              type: 'person',
              check: `The code of ${fn.name} and its packages were run with ${next}, in a copy of the function or with its container image on a laptop, and its tests pass. Before the step: aws lambda publish-version --function-name ${fn.name}`,
            },
            {
              type: 'query',
              check: 'No errors in the hour after it.',
              query: `aws cloudwatch get-metric-statistics --namespace AWS/Lambda --metric-name Errors --dimensions Name=FunctionName,Value=${fn.name} --start-time $(date -u -d '-1 hour' +%FT%TZ) --end-time $(date -u +%FT%TZ) --period 300 --statistics Sum`,
            },
          ],
          duration: minutes(1, 60),
          clientsNotice: {
            from: 0,
            to: 60,
            what: 'Cold starts of a few seconds. If the code does not work with the new runtime, calls fail until the old one is back.',
          },
          undo: {
            how: 'the old runtime back; where AWS refuses it already, the alias or the triggers go to the version published before',
            until: 'AWS refuses the old runtime',
            exact: false,
          },
          sources: move.sources,
        }),
      ];
    });
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

function supportOf({ estate }: Context, { runtime }: LambdaFunction): Support {
  const end = runtime === undefined ? undefined : runtimeSupport(runtime);
  return end === undefined || estate.collectedAt === undefined ? 'unknown' : supportAt(end, estate.collectedAt);
}

/** The newest of the same language first: a change of runtime is worth testing once, not twice. */
const NEWEST: readonly (readonly [family: RegExp, runtimes: readonly string[]])[] = [
  [/^nodejs/, ['nodejs24.x', 'nodejs22.x']],
  [/^python/, ['python3.14', 'python3.13', 'python3.12']],
  [/^java/, ['java25', 'java21']],
  [/^dotnet/, ['dotnet10', 'dotnet8']],
  [/^ruby/, ['ruby3.4', 'ruby3.3']],
  [/^(?:go1|provided)/, ['provided.al2023']],
];

function successor({ estate }: Context, runtime: string): string | undefined {
  const [, candidates] = NEWEST.find(([family]) => family.test(runtime)) ?? [];
  // a Go program for go1.x has to be built anew as `bootstrap`
  if (runtime === 'go1.x') return undefined;
  return candidates?.find((one) => {
    const end = runtimeSupport(one);
    return end !== undefined && supportAt(end, estate.collectedAt ?? '') === 'supported';
  });
}
