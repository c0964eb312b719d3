import { runtime } from '@pulumi/pulumi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineSteps, StepError } from './index.ts';

const NAMES = ['adopt', 'private-network', 'way-in', 'database-closed'] as const;

const configure = (config: Record<string, string>): void => runtime.setAllConfig(config);

beforeEach(() => {
  runtime.setMocks({ newResource: ({ inputs }) => ({ id: 'id', state: inputs }), call: () => ({}) }, 'shop', 'prod');
  configure({});
});
afterEach(() => configure({}));

describe('the reached step', () => {
  it('is the configuration `step` of the project', () => {
    configure({ 'shop:step': 'way-in' });
    expect(defineSteps(NAMES).reached).toBe('way-in');
  });

  it('is not taken from the configuration of another project', () => {
    configure({ 'other:step': 'way-in' });
    expect(defineSteps(NAMES).reached).toBe('adopt');
  });

  it('is the first one when the stack says nothing', () => {
    const steps = defineSteps(NAMES);
    expect([steps.reached, steps.settled]).toEqual(['adopt', false]);
  });

  it('is the last one, settled, when the stack says nothing and the program says that it is', () => {
    const steps = defineSteps(NAMES, { settled: true });
    expect([steps.reached, steps.settled]).toEqual(['database-closed', true]);
  });

  it('is what the stack says, whatever the program says about stacks that say nothing', () => {
    configure({ 'shop:step': 'adopt' });
    const steps = defineSteps(NAMES, { settled: true });
    expect([steps.reached, steps.settled]).toEqual(['adopt', false]);
  });

  it('is the last one, settled, when the stack says settled', () => {
    configure({ 'shop:step': 'settled' });
    const steps = defineSteps(NAMES);
    expect([steps.reached, steps.settled]).toEqual(['database-closed', true]);
  });

  it('is not settled at the last step itself, which still adopts', () => {
    configure({ 'shop:step': 'database-closed' });
    const steps = defineSteps(NAMES);
    expect([steps.reached, steps.settled]).toEqual(['database-closed', false]);
  });

  it('is read once, so that one run of a program has one place on the journey', () => {
    const steps = defineSteps(NAMES);
    configure({ 'shop:step': 'way-in' });
    expect(steps.reached).toBe('adopt');
    expect(steps.at({ adopt: 'early', 'way-in': 'late' })).toBe('early');
  });
});

describe('a wrong step in the configuration', () => {
  const refusal = (step: string): string => {
    configure({ 'shop:step': step });
    try {
      defineSteps(NAMES);
    } catch (error) {
      if (error instanceof StepError) return error.message;
    }
    throw new Error('it was not refused with a StepError');
  };

  it('is refused with the right ones in order, the one that was meant, and the command', () => {
    expect(refusal('database-close')).toBe(
      "The stack's configuration names the step 'database-close', which this program does not have. " +
        "Did you mean 'database-closed'? The steps, in order: adopt, private-network, way-in, database-closed; or settled. " +
        'Set one with: pulumi config set step NAME',
    );
  });

  it.each([
    ['WAY-IN', 'way-in'],
    ['way_in', 'way-in'],
    ['wayin', 'way-in'],
    [' way-in ', 'way-in'],
    ['privat-network', 'private-network'],
    ['setled', 'settled'],
  ])('suggests for %j what was meant', (wrong, right) => {
    expect(refusal(wrong)).toContain(`Did you mean '${right}'?`);
  });

  it.each(['', 'payments', 'constructor', '__proto__', '0'])('guesses nothing for %j', (wrong) => {
    expect(refusal(wrong)).not.toContain('Did you mean');
    expect(refusal(wrong)).toContain('adopt, private-network, way-in, database-closed');
  });

  it('is an error of which Pulumi prints the message alone', () => {
    expect(Reflect.get(new StepError('no'), '__pulumiRunError')).toBe(true);
  });
});

describe('a list of steps', () => {
  it.each<[readonly [string, ...string[]], string]>([
    [['adopt', ''], 'Step 2 of 2 has an empty name'],
    [['adopt', 'way-in', 'adopt'], "Step 3 of 3 is called 'adopt', as is an earlier one"],
    [['adopt', 'settled'], 'already means the state after the last step'],
    [['way in'], 'letters, digits and single dashes'],
    [[' adopt'], 'letters, digits and single dashes'],
    [['1'], 'starts with a letter'],
    [['__proto__'], 'letters, digits and single dashes'],
  ])('%j is refused', (names, reason) => {
    expect(() => defineSteps(names)).toThrow(StepError);
    expect(() => defineSteps(names)).toThrow(reason);
  });

  it('without a step is refused, by the compiler and when the program runs', () => {
    // @ts-expect-error a journey has a first step
    expect(() => defineSteps([])).toThrow('at least one step');
  });

  it('may have names that objects know already', () => {
    configure({ 'shop:step': 'toString' });
    const steps = defineSteps(['constructor', 'valueOf', 'toString']);
    expect(steps.at({ constructor: 1 })).toBe(1);
    expect(steps.at({ constructor: 1, valueOf: 2 })).toBe(2);
  });
});
