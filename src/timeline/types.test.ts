/** What the compiler accepts and refuses. The tree's type check proves these; the run only shows that none of them throws. */
import type { Input, Output } from '@pulumi/pulumi';
import { describe, expectTypeOf, it } from 'vitest';
import type { Now, Timed } from './index.ts';
import { stepsAt } from './steps.ts';

const steps = stepsAt(['adopt', 'network', 'groups', 'detached', 'closed'], { index: 3, settled: false });
const old = steps.until('detached', () => 'old');
const group = steps.since('groups', () => 'new');
/** Compiled and never called. */
const compiled = (_: () => unknown): void => {};

describe('the type of a value', () => {
  it('is that of its entries', () => {
    expectTypeOf(steps.at({ adopt: false, groups: true })).toEqualTypeOf<boolean>();
    expectTypeOf(steps.at({ adopt: 1, groups: () => 2 })).toEqualTypeOf<number>();
    expectTypeOf(steps.at({ adopt: 5, groups: undefined })).toEqualTypeOf<number | undefined>();
    expectTypeOf(steps.at({ adopt: () => ['a'], groups: (now) => [now(group), 'b'] })).toEqualTypeOf<string[]>();
  });

  it('is that of the argument it is given to, so that literals and lists of inputs stay what they are', () => {
    expectTypeOf<{ zones: readonly ('a' | 'c')[] }>({ zones: steps.at({ adopt: ['a'], groups: ['a', 'c'] }) });
    const inputs = (output: Output<string>): { ids: Input<Input<string>[]> } => ({
      ids: steps.at({ adopt: ['sg-1'], groups: [output], detached: (now) => [output, now(group)] }),
    });
    expectTypeOf(inputs).toBeFunction();
    compiled((): { ids: Input<boolean> } => ({
      // @ts-expect-error a wrong value is refused
      ids: steps.at({ adopt: false, groups: 'true' }),
    }));
  });

  it('cannot be had without saying so where the entry may be undefined', () => {
    // @ts-expect-error from groups on there is no number
    compiled((): number => steps.at({ adopt: 1, groups: undefined }));
  });

  it('of since, until and during is not the value itself', () => {
    expectTypeOf(group).toEqualTypeOf<Timed<string, 'groups' | 'detached' | 'closed'>>();
    expectTypeOf(old).toEqualTypeOf<Timed<string, 'adopt' | 'network' | 'groups'>>();
    expectTypeOf(steps.during('network', 'detached', () => 1)).toEqualTypeOf<Timed<number, 'network' | 'groups'>>();
    expectTypeOf(group.valueOr(undefined)).toEqualTypeOf<string | undefined>();
    expectTypeOf(group.use((it) => it.length)).toEqualTypeOf<Timed<number, 'groups' | 'detached' | 'closed'>>();
    // @ts-expect-error a value with a time is no plain value
    compiled((): Input<string>[] => steps.at({ adopt: [], groups: [group] }));
    // @ts-expect-error nor is it one without a fallback
    compiled(() => group.length);
  });

  it('of reached and names is the list of the steps', () => {
    expectTypeOf(steps.reached).toEqualTypeOf<'adopt' | 'network' | 'groups' | 'detached' | 'closed'>();
    expectTypeOf(steps.names).toEqualTypeOf<readonly ['adopt', 'network', 'groups', 'detached', 'closed']>();
  });
});

describe('step names', () => {
  it('are checked wherever they stand', () => {
    // @ts-expect-error misspelt
    compiled(() => steps.since('group', () => 1));
    // @ts-expect-error misspelt
    compiled(() => steps.until('group', () => 1));
    // @ts-expect-error misspelt
    compiled(() => steps.during('network', 'group', () => 1));
    // @ts-expect-error misspelt
    compiled(() => steps.has('group'));
    // @ts-expect-error misspelt
    compiled(() => steps.at({ adopt: 1, group: 2 }));
    // @ts-expect-error misspelt, beside a lazy entry
    compiled(() => steps.at({ adopt: () => 1, group: (now: Now<'adopt'>) => now(old) }));
    // @ts-expect-error settled is not a step
    compiled(() => steps.at({ adopt: 1, settled: 2 }));
  });

  it('must be literals: a list of any strings is no journey', () => {
    const names: string[] = ['adopt'];
    // @ts-expect-error nothing could be checked
    compiled(() => stepsAt(names, { index: 0, settled: false }));
  });

  it('need the first one in every timeline', () => {
    // @ts-expect-error nothing holds at adopt and network
    compiled(() => steps.at({ groups: 1 }));
    // @ts-expect-error nothing holds at all
    compiled(() => steps.at({}));
  });
});

describe('now', () => {
  it('takes what exists as long as the entry holds', () => {
    compiled(() => steps.at({ adopt: '', groups: (now) => now(group) }));
    compiled(() => steps.at({ adopt: '', closed: (now) => now(group) }));
    compiled(() => steps.at({ adopt: (now) => now(old), detached: '' }));
    compiled(() => steps.at({ adopt: (now) => now(old), groups: (now) => now(old) + now(group), detached: '' }));
    compiled(() => steps.since('detached', (now) => now(group)));
    compiled(() => steps.until('groups', (now) => now(old)));
    compiled(() => steps.during('groups', 'detached', (now) => now(old) + now(group)));
    compiled(() => steps.since('closed', (now) => now(group.use((it) => it.length))));
  });

  it('refuses what does not exist yet', () => {
    // @ts-expect-error not at adopt
    compiled(() => steps.at({ adopt: (now) => now(group) }));
    // @ts-expect-error not at network
    compiled(() => steps.at({ adopt: '', network: (now) => now(group) }));
    // @ts-expect-error not at network
    compiled(() => steps.since('network', (now) => now(group)));
    // @ts-expect-error not at adopt
    compiled(() => steps.until('closed', (now) => now(group)));
    // @ts-expect-error a part of it exists no earlier
    compiled(() => steps.at({ adopt: (now) => now(group.use((it) => it.length)) }));
  });

  it('refuses what is gone while the entry still holds', () => {
    // @ts-expect-error the entry holds to the end
    compiled(() => steps.at({ adopt: (now) => now(old) }));
    // @ts-expect-error the entry holds up to closed
    compiled(() => steps.at({ adopt: (now) => now(old), closed: '' }));
    // @ts-expect-error gone already
    compiled(() => steps.at({ adopt: '', detached: (now) => now(old) }));
    // @ts-expect-error what lasts cannot rest on what goes
    compiled(() => steps.since('network', (now) => now(old)));
    // @ts-expect-error goes later than what it rests on
    compiled(() => steps.until('closed', (now) => now(old)));
    // @ts-expect-error goes later than what it rests on
    compiled(() => steps.during('network', 'closed', (now) => now(old)));
  });
});

describe('a part of the journey', () => {
  const later = steps.since('detached', () => 'later');
  it('begins where it says: no entry is asked for the steps before', () => {
    compiled(() => steps.from('groups').at({ groups: (now) => [now(group)], detached: (now) => [now(later)] }));
    // @ts-expect-error the first entry is that of the first step of the part
    compiled(() => steps.from('groups').at({ adopt: 1, detached: 2 }));
    // @ts-expect-error what comes later does not exist yet
    compiled(() => steps.from('groups').at({ groups: (now) => [now(later)] }));
  });

  it('ends where it says: what is gone then may be used up to there', () => {
    compiled(() => steps.from('network', 'detached').at({ network: (now) => now(old), groups: (now) => now(group) }));
    // @ts-expect-error the old group is gone from detached on
    compiled(() => steps.from('network', 'closed').at({ network: (now) => now(old) }));
  });
});
