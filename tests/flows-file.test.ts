import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readInputs } from '../src/inventory/load.ts';
import { emptyFolder, run, shop } from './cli.ts';

const beside = (flows: string): string => {
  const folder = emptyFolder();
  copyFileSync(shop, join(folder, 'inventory.json'));
  writeFileSync(join(folder, 'underpin.flows.yaml'), flows);
  return join(folder, 'inventory.json');
};
const PAYMENTS = `add:
  - from: legacy-prod-alb
    to: api.payments.example.com
    port: tcp/443
    purpose: card payments
`;

it('adds, corrects and removes flows by the file beside the inventory', () => {
  const plain = readInputs([shop]).flows;
  const declared = readInputs([beside(PAYMENTS)]).flows;
  expect(declared).toHaveLength(plain.length + 1);
  const added = declared.filter((flow) => !plain.some((known) => known.id === flow.id));
  expect(added.map(({ purpose, evidence }) => [purpose, evidence[0]?.type])).toEqual([['card payments', 'declared']]);

  const [first] = plain;
  const fewer = readInputs([beside(`remove:\n  - flow: ${JSON.stringify(first?.id)}\n    reason: gone\n`)]).flows;
  expect(fewer.map(({ id }) => id)).toEqual(plain.map(({ id }) => id).filter((id) => id !== first?.id));
});

it('names file, place and remedy when the flows file is wrong', async () => {
  const { code, err } = await run(['audit', beside(PAYMENTS.replace('legacy-prod-alb', 'legacy-prd-alb'))]);
  expect(code).toBe(2);
  expect(err).toMatch(/underpin\.flows\.yaml at 2:\d+/);
  expect(err).toMatch(/legacy-prd-alb/);
});
