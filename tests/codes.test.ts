import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assemble } from '../src/inventory/assemble.ts';
import { readInventory } from '../src/inventory/format.ts';
import { readInputs } from '../src/inventory/load.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { inventoryOf } from '../src/rules/example.ts';
import { audit, runRule } from '../src/rules/run.ts';
import { root, shop } from './cli.ts';

it('explains in docs/codes.md every code that a finding of the shop or of a rule’s example carries', () => {
  const page = readFileSync(join(root, 'docs/codes.md'), 'utf8');
  const findings = [
    ...audit(readInputs([shop]), rules),
    ...rules.flatMap((rule) => {
      const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(rule.examples.bad));
      return runRule(rule, assemble(entries, notices, collectedAt));
    }),
  ];
  const codes = new Set(findings.flatMap(({ proof }) => proof.map(({ code }) => code)));
  expect([...codes].filter((code) => !page.includes(`\`${code}\``)).sort()).toEqual([]);
});
