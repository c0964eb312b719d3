import { describe, expect, it } from 'vitest';
import type { Estate } from '../estate/estate.ts';
import { assemble } from '../inventory/assemble.ts';
import { readInventory } from '../inventory/format.ts';
import { rules } from './catalog/index.ts';
import { inventoryOf } from './example.ts';
import type { Example, Rule } from './rule.ts';
import { runRule } from './run.ts';

const estateOf = (example: Example): Estate => {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return assemble(entries, notices, collectedAt);
};
const states = (rule: Rule, example: Example) => runRule(rule, estateOf(example)).map((finding) => finding.state);

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it('fails on its bad example, with a claim whose places are filled and a proof that points into the input', () => {
    const failed = runRule(rule, estateOf(rule.examples.bad)).filter((finding) => finding.state === 'fail');
    expect(failed.length).toBeGreaterThan(0);
    for (const finding of failed) {
      expect(finding.claim).not.toMatch(/\{\w+\}|undefined|NaN/);
      expect(finding.proof.length).toBeGreaterThan(0);
      expect(finding.proof.some((hop) => hop.provenance !== undefined)).toBe(true);
      for (const hop of finding.proof) expect(hop.detail).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('passes on its good example', () => {
    expect(states(rule, rule.examples.good)).toContain('pass');
    expect(states(rule, rule.examples.good)).not.toContain('fail');
  });

  it('says unknown, naming operations, when nothing could be read', () => {
    const [finding, ...rest] = runRule(rule, estateOf({}));
    expect(rest).toEqual([]);
    expect(finding?.state).toBe('unknown');
    expect(finding?.missing.map(({ operation }) => operation)).toEqual([...rule.needs]);
  });

  it('does not pass when any operation that it needs is refused', () => {
    for (const operation of rule.needs) {
      const content = inventoryOf(rule.examples.good);
      const responses = {
        ...(content.responses as object),
        [operation]: [{ input: {}, error: { name: 'AccessDenied', message: 'not authorized' } }],
      };
      const { entries, notices } = readInventory('example.json', { ...content, responses });
      const found = runRule(rule, assemble(entries, notices, undefined));
      expect(
        found.map((finding) => finding.state),
        operation,
      ).not.toContain('pass');
      expect(
        found.map((finding) => finding.state),
        operation,
      ).toContain('unknown');
    }
  });

  it('is written as the house wants it', () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.needs.length).toBeGreaterThan(0);
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.why.split(/[.!?](?:\s|$)/).filter(Boolean).length).toBe(2);
  });
});

it('has an id of its own for every rule', () => {
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
});

it('has rules for the problems 1 to 8 and 10', () => {
  const problems = new Set(rules.map((rule) => rule.problem));
  for (const problem of [1, 2, 3, 4, 5, 6, 7, 8, 10])
    expect(problems.has(problem as Rule['problem']), String(problem)).toBe(true);
});
