import { describe, expect, it } from 'vitest';
import { makeEstate } from '../../estate/estate.ts';
import { rules } from '../../rules/catalog/index.ts';
import { audit } from '../../rules/run.ts';
import { proveStep } from '../prove.ts';
import { estateAt, startOf } from '../state.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as people } from './people.ts';

const shop = shopToday();
const PEOPLE = [
  [adopt, null],
  [people, null],
] as const;

const stepsOf = (preferences = {}) => {
  const { proposals } = walk(shop, [[adopt, null]]);
  expect(proposals[0]?.state).toBe('ready');
  const { state } = walk(shop, [[adopt, null]]);
  const proposal = people.propose(contextOf(state, null, preferences));
  return { state, proposal, steps: proposal.state === 'ready' ? proposal.steps : [] };
};

describe('people', () => {
  const walked = walk(shop, PEOPLE);

  it('every step is proven for the shop', () => {
    expect(walked.proven.flatMap(objections)).toEqual([]);
  });

  it('leaves no finding about people, but those about the keys of programs', () => {
    const left = audit(estateAt(walked.state), rules).filter(
      ({ state, fixedBy }) => state === 'fail' && fixedBy.includes('people'),
    );
    expect(left.map(({ rule, resources }) => `${rule} ${resources[0]?.name}`).sort()).toEqual(
      left
        .map(({ rule, resources }) => `${rule} ${resources[0]?.name}`)
        .filter((text) => /AKIA.*(DEPLOY|IOSFODNN7)|deploy-bot/.test(text))
        .sort(),
    );
  });

  it('adds before it asks, asks one before all, and detaches administrators last', () => {
    const ids = walked.proven.map(({ step }) => step.id.replace('account-people-', ''));
    const order = ['made', 'break-glass', 'joined', 'devices', 'second-factor-tried', 'second-factor', 'detached'];
    expect(order.map((id) => ids.indexOf(id))).toEqual(order.map((id) => ids.indexOf(id)).sort((a, b) => a - b));
    expect(ids.at(-1)).toBe('detached');
  });

  it('is not needed once it is done', () => {
    expect(people.propose(contextOf(walked.state, null)).state).toBe('notNeeded');
  });

  it('the prover refuses to detach the administrators when nobody was given the role', () => {
    const { state, steps } = stepsOf();
    const last = steps.at(-1);
    if (last === undefined) throw new Error('no steps');
    expect(proveStep(state, last).proofs.access.verdict).not.toBe('proven');
  });

  it('the prover refuses to ask for a second factor while a key of the person is in use', () => {
    const { state, steps } = stepsOf();
    let now = state;
    const asked: string[] = [];
    for (const step of steps) {
      if (step.id.includes('keys')) continue;
      const one = proveStep(now, step);
      if (step.id.includes('second-factor')) asked.push(...objections(one).filter((text) => text.includes('access')));
      now = one.after ?? now;
    }
    expect(asked.length).toBeGreaterThan(0);
  });

  it('who left by the word of the team loses the way in, whatever was used', () => {
    const { steps } = stepsOf({ people: { bob: 'left' } });
    const left = steps.find(({ id }) => id === 'account-people-left');
    expect(left?.title).toContain('bob');
    expect(steps.find(({ id }) => id === 'account-people-made')?.title).toContain('alice');
  });

  it('refuses to leave nobody who administers', () => {
    const { proposal } = stepsOf({ people: { alice: 'left', bob: 'left' } });
    expect(proposal.state).toBe('refused');
  });

  it('says what to collect of a user of whom the keys were not read, and leaves that user alone', () => {
    const estate = makeEstate({
      ...shop.estate,
      resources: shop.estate.resources.map((one) =>
        one.kind === 'user' && one.name === 'bob' ? { ...one, accessKeys: undefined } : one,
      ),
    });
    const today = { ...shop, estate };
    const { proposals } = walk(today, PEOPLE);
    const told = proposals[1];
    const refusals = told && 'refusals' in told ? (told.refusals ?? []) : [];
    expect(
      refusals.map(({ subject, change }) => [subject.endsWith('/bob'), change.includes('iam:ListAccessKeys')]),
    ).toContainEqual([true, true]);
    expect(JSON.stringify(told)).not.toContain('user-name bob');
  });

  it('is not needed in an account without people', () => {
    const estate = makeEstate({
      ...shop.estate,
      resources: shop.estate.resources
        .filter(({ kind }) => kind !== 'user' && kind !== 'accessKey')
        .map((one) => (one.kind === 'account' ? { ...one, rootMfa: true } : one)),
    });
    expect(people.propose(contextOf(startOf({ ...shop, estate }), null)).state).toBe('notNeeded');
  });
});
