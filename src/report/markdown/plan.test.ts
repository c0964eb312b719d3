import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { diffOf } from '../diff.ts';
import { shortJourney } from '../html/testing/journey.ts';
import { fence, words } from './escape.ts';
import { planMarkdown } from './plan.ts';

const { planned } = shortJourney();
if (!planned) throw new Error('a journey');
const { plan, result } = planned;
const text = planMarkdown(result, plan.steps.map(diffOf));

describe('the journey for a pull request', () => {
  it('begins with one sentence, then the numbers, then a row for every step', () => {
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^\*\*\d+ steps lead out of it\..*\*\*$/);
    expect(lines.filter((line) => /^\| \d+ \|/.test(line))).toHaveLength(result.steps.length);
  });

  it('folds the details of every step, and closes every fold', () => {
    expect(text.match(/^<details>$/gm)?.length).toBeGreaterThanOrEqual(result.steps.length);
    expect(text.match(/^<details>$/gm)).toHaveLength(text.match(/^<\/details>$/gm)?.length ?? 0);
  });

  it('fits into a comment of GitHub however long the plan, and says what it leaves out', () => {
    const long = { ...result, steps: Array.from({ length: 40 }, () => result.steps).flat() };
    const made = planMarkdown(long, []);
    expect(made.length).toBeLessThan(65_536);
    expect(made).toMatch(/details of \d+ steps are left out/);
  });
});

describe('names in Markdown', () => {
  it('start no markup, no table cell, no mention and no link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const made = words(name).replaceAll('<!-- -->', '\u0000');
        expect(made).not.toMatch(/[<>\n]|(?<!\\)(?:\\\\)*[`*_[\]{}|~]|[@#]\w|https?:\/\//);
      }),
      { numRuns: runs(300) },
    );
    expect(words('@alice #12 https://example.com <b>')).toBe(
      '@<!-- -->alice #<!-- -->12 https<!-- -->://example.com &lt;b&gt;',
    );
  });

  it('cannot end the code that they stand in', () => {
    expect(fence(['a ```` b'], 'diff')[0]).toBe('`````diff');
  });
});
