import { describe, expect, it, vi } from 'vitest';
import { StepError } from './step-error.ts';
import { type Steps, stepsAt } from './steps.ts';

const NAMES = ['adopt', 'network', 'groups', 'detached', 'closed'] as const;
type Name = (typeof NAMES)[number];

const reach = (name: Name): Steps<typeof NAMES> => stepsAt(NAMES, { index: NAMES.indexOf(name), settled: false });
const everywhere = <T>(ask: (steps: Steps<typeof NAMES>) => T): readonly T[] => NAMES.map((name) => ask(reach(name)));

describe('at', () => {
  it('gives the value of the last entry at or before the reached step', () => {
    expect(everywhere((steps) => steps.at({ adopt: 'a', groups: 'b', closed: 'c' }))).toEqual([
      'a',
      'a',
      'b',
      'b',
      'c',
    ]);
  });

  it('goes by the order of the steps, not of the keys', () => {
    expect(everywhere((steps) => steps.at({ closed: 'c', adopt: 'a', groups: 'b' }))).toEqual([
      'a',
      'a',
      'b',
      'b',
      'c',
    ]);
  });

  it('takes undefined, null and false for values', () => {
    const values = everywhere((steps) => steps.at({ adopt: 1, network: undefined, groups: null, detached: false }));
    expect(values).toEqual([1, undefined, null, false, false]);
  });

  it('calls only the function of the entry that holds, once', () => {
    const [early, late] = [vi.fn(() => 1), vi.fn(() => 2)];
    expect(reach('network').at({ adopt: early, groups: late })).toBe(1);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 0]);
    expect(reach('closed').at({ adopt: early, groups: late })).toBe(2);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 1]);
  });

  it('gives a function as a value when it stands in another', () => {
    const handler = (): string => 'handled';
    expect(reach('adopt').at({ adopt: () => handler })).toBe(handler);
  });

  it('refuses a misspelt step, although another entry holds', () => {
    // @ts-expect-error the compiler refuses it, too
    expect(() => reach('adopt').at({ adopt: 1, group: 2 })).toThrow(
      "A timeline names the step 'group', which this program does not have. Did you mean 'groups'? The steps, in order: adopt, network, groups, detached, closed.",
    );
  });

  it('refuses a timeline without a value for the first step, although a later entry holds', () => {
    // @ts-expect-error the compiler refuses it, too
    expect(() => reach('closed').at({ groups: 2 })).toThrow("no value for the first step, 'adopt'");
    // @ts-expect-error the compiler refuses it, too
    expect(() => reach('adopt').at({})).toThrow(StepError);
  });

  it('does not take inherited properties for entries', () => {
    const inherited: { adopt: number } = Object.create({ adopt: 1 });
    expect(() => reach('adopt').at(inherited)).toThrow('no value for the first step');
  });
});

describe('since, until and during', () => {
  it('exist exactly where they say', () => {
    expect(everywhere((steps) => steps.since('groups', () => 'it').exists)).toEqual([false, false, true, true, true]);
    expect(everywhere((steps) => steps.until('groups', () => 'it').exists)).toEqual([true, true, false, false, false]);
    expect(everywhere((steps) => steps.during('network', 'detached', () => 'it').exists)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(everywhere((steps) => steps.since('adopt', () => 'it').exists)).toEqual([true, true, true, true, true]);
    expect(everywhere((steps) => steps.until('adopt', () => 'it').exists)).toEqual([false, false, false, false, false]);
  });

  it('call their maker only where they exist, once, at once', () => {
    const make = vi.fn(() => 'it');
    const calls = everywhere((steps) => {
      make.mockClear();
      const value = steps.since('groups', make);
      const atOnce = make.mock.calls.length;
      value.valueOr('none');
      value.valueOr('none');
      return [atOnce, make.mock.calls.length];
    });
    expect(calls).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it('give way to what holds without them', () => {
    expect(everywhere((steps) => steps.since('detached', () => 1).valueOr('none'))).toEqual([
      'none',
      'none',
      'none',
      1,
      1,
    ]);
  });

  it('tell a value that is undefined from one that is not there', () => {
    expect(everywhere((steps) => steps.since('closed', () => undefined).valueOr('none')).slice(3)).toEqual([
      'none',
      undefined,
    ]);
  });

  it('are carried on with use, which is not called where they do not exist', () => {
    const use = vi.fn((it: string) => it.length);
    expect(
      reach('adopt')
        .since('groups', () => 'four')
        .use(use)
        .valueOr(0),
    ).toBe(0);
    expect(use).not.toHaveBeenCalled();
    expect(
      reach('groups')
        .since('groups', () => 'four')
        .use(use)
        .valueOr(0),
    ).toBe(4);
  });

  it('are taken with now, in entries and in makers', () => {
    const lists = everywhere((steps) => {
      const old = steps.until('detached', () => 'old');
      const group = steps.since('groups', () => 'new');
      const rule = steps.since('detached', (now) => `rule of ${now(group)}`);
      return steps.at({
        adopt: (now) => [now(old)],
        groups: (now) => [now(old), now(group)],
        detached: (now) => [now(group), now(rule)],
      });
    });
    expect(lists).toEqual([['old'], ['old'], ['old', 'new'], ['new', 'rule of new'], ['new', 'rule of new']]);
  });

  it('refuse to be taken where they do not exist, when the compiler was not asked', () => {
    const steps = reach('adopt');
    const group = steps.since('groups', () => 'new');
    // @ts-expect-error the compiler refuses it, too
    expect(() => steps.at({ adopt: (now) => now(group) })).toThrow(
      "A value that exists only since 'groups' is used at the step 'adopt'.",
    );
  });

  it('refuse a step whose name is only known when the program runs', () => {
    const name: string = 'detatched';
    // @ts-expect-error not a step for the compiler
    expect(() => reach('adopt').since(name, () => 1)).toThrow("Did you mean 'detached'?");
    // @ts-expect-error not a step for the compiler
    expect(() => reach('adopt').until(name, () => 1)).toThrow(StepError);
    // @ts-expect-error not a step for the compiler
    expect(() => reach('adopt').has(name)).toThrow(StepError);
  });

  it('refuse a time that ends before it starts, at every step', () => {
    for (const name of NAMES) {
      expect(() => reach(name).during('groups', 'groups', () => 1)).toThrow('ends before it starts');
      expect(() => reach(name).during('groups', 'network', () => 1)).toThrow("'network' is not a later step");
    }
  });

  it('refuse to be used as text', () => {
    const group = reach('adopt').since('groups', () => 'new');
    expect(() => `${group}`).toThrow("since 'groups' is used as text");
  });
});

describe('has', () => {
  it('is true from its step on', () => {
    expect(everywhere((steps) => steps.has('groups'))).toEqual([false, false, true, true, true]);
  });
});

describe('from', () => {
  it('is the journey from a step on, and stands at its start before that', () => {
    expect(everywhere((steps) => steps.from('groups').at({ groups: 'a', closed: 'b' }))).toEqual([
      'a',
      'a',
      'a',
      'a',
      'b',
    ]);
    expect(reach('detached').from('groups').names).toEqual(['groups', 'detached', 'closed']);
  });

  it('ends before its end', () => {
    const values = everywhere((steps) => steps.from('network', 'detached').at({ network: 'a', groups: 'b' }));
    expect(values).toEqual(['a', 'a', 'b', 'b', 'b']);
    expect(() => reach('adopt').from('groups', 'network')).toThrow(StepError);
  });
});
