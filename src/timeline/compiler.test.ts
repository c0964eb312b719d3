/** What a person sees in the editor: names offered, and complaints that say what is wrong. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complaints, completions } from './testing/compiler.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const NAMES = ['adopt', 'network', 'groups', 'detached', 'closed'];
const using = (code: string, names: readonly string[] = NAMES): string => `
  import { defineSteps } from '../index.ts';
  const steps = defineSteps(${JSON.stringify(names)});
  const old = steps.until('detached', () => ({ id: 'old' }));
  const group = steps.since('groups', () => ({ id: 'new' }));
  ${code}`;

describe('an editor', () => {
  it('completes step names as arguments and as keys of a timeline', () => {
    expect(completions(using("steps.since('‸', () => 1);"))).toEqual(expect.arrayContaining(NAMES));
    expect(completions(using("steps.has('‸');"))).toEqual(expect.arrayContaining(NAMES));
    expect(completions(using('steps.at({ ‸ });'))).toEqual(expect.arrayContaining(NAMES));
    const rest = completions(using('steps.at({ adopt: 1, ‸ });'));
    expect(rest).toEqual(expect.arrayContaining(NAMES.slice(1)));
    expect(rest).not.toContain('adopt');
  });

  it('names the step that there is not', () => {
    expect(complaints(using('steps.at({ adopt: 1, closd: 2 });')).join()).toContain('NoStepIsCalled<"closd">');
  });

  it('names the first step when a timeline lacks it', () => {
    expect(complaints(using('steps.at({ closed: 2 });')).join()).toContain("Property 'adopt' is missing");
  });

  it('names a step at which a value does not exist', () => {
    expect(complaints(using('steps.at({ adopt: (now) => now(group).id });')).join()).toContain(
      `Type '"adopt"' is not assignable to type '"groups" | "detached" | "closed"'`,
    );
    expect(complaints(using("steps.at({ adopt: (now) => now(old).id, closed: '' });")).join()).toContain(
      `Type '"detached"' is not assignable to type '"adopt" | "network" | "groups"'`,
    );
  });

  it('has nothing to say about a right program', () => {
    expect(complaints(using('steps.at({ adopt: (now) => now(old).id, groups: (now) => now(group).id });'))).toEqual([]);
  });

  it('follows a journey of 200 steps', () => {
    const names = [...NAMES, ...Array.from({ length: 195 }, (_, index) => `later-${index}`)];
    const entries = names.slice(1).map((name) => `'${name}': (now) => now(x).id`);
    const program = (start: string): string =>
      using(`const x = steps.since('${start}', () => ({ id: 1 })); steps.at({ adopt: 0, ${entries.join()} });`, names);
    expect(complaints(program('network'))).toEqual([]);
    expect(complaints(program('groups'))).toHaveLength(1);
    expect(complaints(program('later-194'))).toHaveLength(198);
  });
});

describe('the program in the README', () => {
  const example = read('testing/worked-example.ts');

  it('is the one that the tests run', () => {
    const shown = /```ts\n([\s\S]*?)```/.exec(read('README.md'))?.[1];
    expect(shown).toBe(example.replace("'../index.ts'", "'underpin/timeline'"));
  });

  it('compiles', () => {
    expect(complaints(example)).toEqual([]);
  });

  it.each([
    ['the new group used from the start', 'adopt: (now) => [now(shared).id]', 'adopt: (now) => [now(mysqlGroup).id]'],
    ['the old group still used when it is gone', "'shared-group-detached': (now) => [now(mysqlGroup).id],", ''],
    ['a misspelt step', "'database-closed': false", "'database-close': false"],
    ['a wrong value', "'database-closed': false", "'database-closed': 'no'"],
    [
      'a resource taken for one that always exists',
      'now(mysqlGroup).id,\n      ipProtocol',
      'mysqlGroup.id,\n      ipProtocol',
    ],
  ])('does not compile with %s', (_, right, wrong) => {
    expect(example).toContain(right);
    expect(complaints(example.replace(right, wrong))).not.toEqual([]);
  });
});
