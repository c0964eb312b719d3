/** Knowing less may make a verdict unknown; it never makes a failure pass. */
import { describe, expect, it } from 'vitest';
import { assemble } from '../inventory/assemble.ts';
import { readInventory } from '../inventory/format.ts';
import { rules } from './catalog/index.ts';
import { inventoryOf } from './example.ts';
import type { Rule } from './rule.ts';
import { runRule } from './run.ts';

type Json = Readonly<Record<string, unknown>>;

function subjects(rule: Rule, content: Json): { readonly failed: Set<string>; readonly passed: Set<string> } {
  const { entries, notices, collectedAt } = readInventory('example.json', content);
  const found = runRule(rule, assemble(entries, notices, collectedAt));
  const failed = found.filter(({ state }) => state === 'fail').flatMap(({ resources: [subject] }) => subject?.id ?? []);
  const passed = found
    .filter(({ state }) => state === 'pass')
    .flatMap(({ resources }) => resources.map(({ id }) => id));
  return { failed: new Set(failed), passed: new Set(passed) };
}

/**
 * Every variant of a JSON value in which one field, at whatever depth, is missing. An element of a list is never left
 * out: a list that AWS answered is whole, so a group without one of its rules is another group.
 */
function* without(value: unknown, path: string): Generator<readonly [path: string, variant: unknown]> {
  if (Array.isArray(value)) {
    for (const [n, item] of value.entries())
      for (const [at, variant] of without(item, `${path}/${n}`)) yield [at, value.with(n, variant)];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield [`${path}/${key}`, Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))];
      for (const [at, variant] of without(item, `${path}/${key}`)) yield [at, { ...value, [key]: variant }];
    }
  }
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it('does not pass what it failed when anything is missing from the input', () => {
    const content = inventoryOf(rule.examples.bad);
    const { failed } = subjects(rule, content);
    const wrong: string[] = [];
    for (const [path, responses] of without(content.responses, '')) {
      const { passed } = subjects(rule, { ...content, responses });
      for (const id of failed) if (passed.has(id)) wrong.push(`${id} passes without ${path}`);
    }
    // a few are enough to see why
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
