/** The moves of the whole account beside people: evidence, safeguards, keys of programs, environments that leave. */
import { describe, expect, it } from 'vitest';
import { makeEstate } from '../../estate/estate.ts';
import { rules } from '../../rules/catalog/index.ts';
import { audit } from '../../rules/run.ts';
import type { Preferences } from '../preferences.ts';
import { proveStep } from '../prove.ts';
import { estateAt } from '../state.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as devAccount } from './dev-account.ts';
import { move as environmentRetired } from './environment-retired.ts';
import { move as evidenceFirst } from './evidence-first.ts';
import { move as machineKeys } from './machine-keys.ts';
import { move as safeguards } from './safeguards.ts';

const shop = shopToday();
const told: Preferences = {
  alarmEmail: 'ops@example.com',
  pipeline: { github: 'example/shop' },
  retire: [{ environment: 'development', reason: 'it lives in an account of its own' }],
};
const failing = (walked: ReturnType<typeof walk>): ReadonlySet<string> =>
  new Set(audit(estateAt(walked.state), rules).flatMap(({ state, rule }) => (state === 'fail' ? [rule] : [])));

describe('evidence-first', () => {
  const walked = walk(
    shop,
    [
      [adopt, null],
      [evidenceFirst, null],
    ],
    told,
  );

  it('is proven step by step, and takes its findings away', () => {
    expect(walked.proven.flatMap(objections)).toEqual([]);
    const left = failing(walked);
    for (const rule of ['no-trail', 'no-flow-logs', 'no-alarms', 'made-by-hand'])
      expect([rule, left.has(rule)]).toEqual([rule, false]);
  });

  it('leaves alarms out while nobody is told, and says what to write', () => {
    const { proposals } = walk(shop, [
      [adopt, null],
      [evidenceFirst, null],
    ]);
    const [, proposal] = proposals;
    const refusals = proposal && 'refusals' in proposal ? (proposal.refusals ?? []) : [];
    expect(refusals.some(({ change }) => change.includes('"alarmEmail"'))).toBe(true);
    expect(JSON.stringify(proposal)).not.toContain('metricAlarm');
  });

  it('is not needed once it is done', () => {
    expect(evidenceFirst.propose(contextOf(walked.state, null, told)).state).toBe('notNeeded');
  });
});

describe('safeguards', () => {
  it('is proven for both environments, and takes its findings away', () => {
    const walked = walk(shop, [
      [adopt, null],
      [safeguards, 'development'],
      [safeguards, 'production'],
    ]);
    expect(walked.proven.flatMap(objections)).toEqual([]);
    const left = failing(walked);
    for (const rule of rules.filter(({ fixedBy }) => fixedBy.includes('safeguards')).map(({ id }) => id))
      expect([rule, left.has(rule)]).toEqual([rule, false]);
    expect(safeguards.propose(contextOf(walked.state, 'production')).state).toBe('notNeeded');
  });

  it('turns backups on from 0 by a copy and one change that says what clients notice', () => {
    const estate = makeEstate({
      ...shop.estate,
      resources: shop.estate.resources.map((one) =>
        one.kind === 'database' && one.replicaOf === null ? { ...one, backupRetention: 0 } : one,
      ),
    });
    const { proposals } = walk({ ...shop, estate }, [
      [adopt, null],
      [safeguards, 'production'],
    ]);
    const [, proposal] = proposals;
    const steps = proposal?.state === 'ready' ? proposal.steps : [];
    const at = steps.findIndex(({ id }) => id.includes('safeguards-backups'));
    expect(steps[at]?.kind).toBe('switch');
    expect(steps[at]?.clientsNotice.to).toBeGreaterThan(0);
    expect(steps[at - 1]?.copies.length).toBe(1);
  });
});

describe('machine-keys', () => {
  it('keeps a key that a running program still has, and says where', () => {
    const { proposals } = walk(
      shop,
      [
        [adopt, null],
        [machineKeys, null],
      ],
      told,
    );
    const [, proposal] = proposals;
    const refusals = proposal && 'refusals' in proposal ? (proposal.refusals ?? []) : [];
    expect(refusals.map(({ because }) => because).join()).toMatch(/still stands in AWS_ACCESS_KEY_ID/);
    expect(proposal?.state === 'ready' && proposal.steps.map(({ id }) => id)).not.toContain(
      'account-machine-keys-users',
    );
  });

  it('does not touch the key of the pipeline before it has a role', () => {
    const { proposals } = walk(shop, [
      [adopt, null],
      [machineKeys, null],
    ]);
    expect(proposals[1]?.state).toBe('refused');
  });
});

describe('an environment that leaves', () => {
  it('is not deleted without a word in writing', () => {
    const { proposals } = walk(shop, [
      [adopt, null],
      [devAccount, null],
      [environmentRetired, null],
    ]);
    const last = proposals[2];
    expect(last?.state).toBe('refused');
    expect(last && 'refusals' in last && last.refusals?.[0]?.change).toContain('"retire"');
  });

  it('is proven to go without cutting production, and nothing of it is left in the program', () => {
    const walked = walk(
      shop,
      [
        [adopt, null],
        [environmentRetired, null],
      ],
      told,
    );
    expect(walked.proven.flatMap(objections)).toEqual([]);
    expect(failing(walked).has('environments-in-one-account')).toBe(false);
    expect([...walked.state.world.declared.values()].filter(({ name }) => name.startsWith('legacy-dev'))).toEqual([]);
  });

  it('the prover refuses to delete without the last copies, and without the word', () => {
    const { state, proposals } = walk(shop, [[adopt, null]], told);
    expect(proposals.length).toBe(1);
    const proposal = environmentRetired.propose(contextOf(state, null, told));
    const steps = proposal.state === 'ready' ? proposal.steps : [];
    let now = state;
    const against: string[] = [];
    for (const step of steps) {
      if (step.id.endsWith('retired-copies')) continue;
      const one = proveStep(now, step.declares.deletesData ? { ...step, declares: {} } : step);
      against.push(...objections(one).filter((text) => /: data: /.test(text)));
      now = one.after ?? now;
    }
    expect(against.length).toBeGreaterThan(0);
  });

  it('the prover refuses the same deletions when nothing was given up in writing', () => {
    const { state } = walk(shop, [[adopt, null]], told);
    const proposal = environmentRetired.propose(contextOf(state, null, told));
    const steps = proposal.state === 'ready' ? proposal.steps : [];
    let now = state;
    const against: string[] = [];
    for (const step of steps) {
      const one = proveStep(now, { ...step, successions: [] });
      against.push(...objections(one).filter((text) => /: flows: /.test(text)));
      now = one.after ?? now;
    }
    expect(against.length).toBeGreaterThan(0);
  });
});
