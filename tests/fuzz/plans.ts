/** What is planned with less known, held against what is planned with all of it. */
import { byId, type Estate } from '../../src/estate/estate.ts';
import { assemble } from '../../src/inventory/assemble.ts';
import { readInventory } from '../../src/inventory/format.ts';
import { makePlan, type Plan } from '../../src/plan/plan.ts';
import { CONDITIONS } from '../../src/plan/proofs/proof.ts';
import { working } from '../../src/plan/proofs/working.ts';
import { type Proven, provePlan } from '../../src/plan/prove.ts';
import { estateAt } from '../../src/plan/state.ts';
import { type Today, todayOf } from '../../src/plan/today.ts';
import { rules } from '../../src/rules/catalog/index.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { audit } from '../../src/rules/run.ts';
import type { Members } from '../whole.ts';
import type { Cut } from './cuts.ts';

export interface Planned {
  readonly content: Members;
  readonly today: Today;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
}

export function planned(content: Members): Planned {
  const { entries, notices, collectedAt } = readInventory('inventory.json', content);
  const today = todayOf(assemble(entries, notices, collectedAt), entries);
  const findings = audit(today.estate, rules);
  return { content, today, findings, plan: makePlan(today, findings, {}) };
}

/**
 * A step that is proven with less known must not be refused with all of it: then its proof rested on what was not known.
 * A move that is not made any more must be told: refused, unproven, waiting; or what it mends is told to be open, or is gone.
 */
export function dishonest(whole: Planned, cut: Cut): readonly string[] {
  if (NONE_BY_LEAVING_OUT.test(cut.shape)) return [];
  const less = planned({ ...whole.content, responses: cut.responses });
  const proven = provePlan(
    whole.today,
    less.plan.steps.map(({ step }) => step),
  );
  return [...refuted(proven, less), ...forgotten(whole, less, proven)].map((one) => `without ${cut.name}: ${one}`);
}

/** AWS tells of a machine without a public address by leaving it out. */
const NONE_BY_LEAVING_OUT = /^ec2:DescribeInstances\/.*\/PublicIpAddress$/;

/** No step promises what nobody can tell today, and the plan says so (`undecidedFlows`). */
const undecided = ({ today: { estate } }: Planned): ReadonlySet<string> =>
  new Set(estate.flows.flatMap((flow) => (working(estate, flow).answer === 'unknown' ? [flow.id] : [])));

/** A program names what it adopts by the tags that are known: under other names the same step does not fit. */
const NAMED_OTHERWISE = /^the step does not fit what is there: .* today has no such resource$/;

function refuted(proven: readonly Proven[], less: Planned): readonly string[] {
  const open = undecided(less);
  return proven.flatMap(({ step, proofs }) =>
    CONDITIONS.flatMap((condition) =>
      proofs[condition].violations
        .filter(({ subject, because }) => !open.has(subject) && !NAMED_OTHERWISE.test(because))
        .slice(0, 1)
        .map(({ subject, because }) => `${step.id} is proven, and is not with all known: ${subject}: ${because}`),
    ),
  );
}

const movesOf = ({ plan }: Planned): ReadonlySet<string> =>
  new Set([
    ...plan.steps.map(({ step }) => step.move),
    ...[...plan.refused, ...plan.unproven, ...plan.waiting].map(({ move }) => move),
  ]);

function forgotten(whole: Planned, less: Planned, proven: readonly Proven[]): readonly string[] {
  const told = movesOf(less);
  const end = audit(estateAt(less.plan.end), rules);
  // what the steps that are made mend by themselves is mended with all known too
  const truth = proven.at(-1)?.after ?? whole.plan.steps[0]?.before;
  const really = truth === undefined ? whole.findings : audit(estateAt(truth), rules);
  const gone = [...new Set(whole.plan.steps.map(({ step }) => step.move))].filter((move) => !told.has(move));
  return gone.flatMap((move) => {
    const mended = whole.findings.filter(({ state, fixedBy }) => state === 'fail' && fixedBy.includes(move));
    const silent = mended.filter(
      (finding) => isThere(less.today.estate, finding) && isOpen(really, finding) && !isOpen(end, finding),
    );
    return silent
      .slice(0, 1)
      .map(({ rule, resources }) => `${move} is not made, and nothing says why of ${rule} ${resources[0]?.id}`);
  });
}

const isThere = (estate: Estate, { resources }: Finding): boolean =>
  resources.every(({ id }) => byId(estate, id) !== undefined);

/** Whether it is still told to be wrong, or left open. */
const isOpen = (findings: readonly Finding[], { rule, resources: [subject] }: Finding): boolean =>
  findings.some(
    (one) =>
      one.rule === rule &&
      (one.state === 'unknown' || one.state === 'fail') &&
      one.resources.some(({ id }) => id === subject?.id),
  );
