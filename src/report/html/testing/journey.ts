/** A short journey of the built-in shop, for tests: a few moves in one environment, proven as the planner does it. */
import type { Move } from '../../../plan/move.ts';
import { move as adopt } from '../../../plan/moves/adopt.ts';
import { move as databaseClosed } from '../../../plan/moves/database-closed.ts';
import { move as groupsBeside } from '../../../plan/moves/groups-beside.ts';
import { move as privateNetwork } from '../../../plan/moves/private-network.ts';
import { scopeOf, shopToday, walk } from '../../../plan/testing/shop.ts';
import type { Today } from '../../../plan/today.ts';
import { changesOf } from '../../../program/emit/changes.ts';
import { journeyOf } from '../../../program/emit/journey.ts';
import { rules } from '../../../rules/catalog/index.ts';
import { audit } from '../../../rules/run.ts';
import { planResult } from '../../plan.ts';
import { auditResult } from '../../result.ts';
import type { ReportInput } from '../model.ts';

const ENVIRONMENT = 'development';

export function auditOnly(today: Today = shopToday()): ReportInput {
  const findings = audit(today.estate, rules);
  const result = auditResult('report', ['inventory.json'], today.estate, { findings, expired: [], unused: [] });
  return { estate: today.estate, audit: result, planned: undefined };
}

let known: ReportInput | undefined;

export function shortJourney(): ReportInput {
  if (known) return known;
  const today = shopToday();
  const moves: readonly (readonly [Move, string | null])[] = [
    [adopt, null],
    [groupsBeside, ENVIRONMENT],
    [privateNetwork, ENVIRONMENT],
    [databaseClosed, ENVIRONMENT],
  ];
  const { state, proven } = walk(today, moves);
  const plan = {
    today,
    steps: proven.map((one) => ({ ...one, scope: scopeOf(today, one.step.environment), variant: undefined })),
    refused: [
      {
        move: 'fargate',
        subject: 'legacy-dev-web',
        environment: ENVIRONMENT,
        because: 'the image is not known.',
        change: 'Say which it is.',
      },
    ],
    unproven: [],
    waiting: [],
    end: state,
    search: { tried: 4, refusedByProver: 0, learned: [] },
  };
  const base = auditOnly(today);
  known = {
    ...base,
    planned: { plan, result: planResult(plan, ['inventory.json'], {}, base.audit.findings) },
    changes: changesOf(journeyOf(plan)),
  };
  return known;
}

/** Every name and sentence replaced by one text, at whatever depth; ids, kinds and numbers stay. */
export function renamed(input: ReportInput, name: string): ReportInput {
  const WORDS = new Set([
    'claim',
    'detail',
    'name',
    'title',
    'why',
    'because',
    'how',
    'until',
    'what',
    'check',
    'query',
    'command',
    'reason',
    'message',
    'change',
    'text',
  ]);
  const swap = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value, (key: string, inner: unknown) =>
        typeof inner === 'string' && WORDS.has(key) && inner !== '' ? name : inner,
      ),
    ) as T;
  const resources = input.estate.resources.map((one) => ({ ...one, name }));
  const { planned, changes } = input;
  return {
    estate: { ...input.estate, resources },
    audit: { ...swap(input.audit), findings: swap(input.audit.findings) },
    planned: planned && {
      plan: {
        ...planned.plan,
        steps: planned.plan.steps.map((one) => ({ ...one, step: { ...one.step, title: name } })),
      },
      result: swap(planned.result),
    },
    changes: changes && swap(changes),
  };
}
