import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAsNeeded } from './inputs.ts';
import { loadInputs } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'underpin-inputs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const INVENTORY = 'scenarios/inventory/two-accounts.json';
const inventory = readFileSync(INVENTORY, 'utf8');

/** Texts that begin like one thing and may be another. */
const TEXTS: Readonly<Record<string, string | Buffer>> = {
  'spaced.json': `\n  ${inventory}`,
  'other-order.json': JSON.stringify({ account: '111122223333', ...JSON.parse(inventory) }),
  'utf16.json': Buffer.from(`\ufeff${inventory}`, 'utf16le'),
  'another-version.json': '{"format": "underpin.inventory/9", "responses": {}}',
  'cut.json': inventory.slice(0, 400),
  'template.json':
    '{"Description": "\\"format\\": \\"underpin.inventory/1\\"", "Resources": {"Jobs": {"Type": "AWS::SQS::Queue"}}}',
  'only-format.json': '{"format": "underpin.inventory/1"}',
  'empty.json': '',
  'list.json': '[]',
  'main.tf': 'resource "aws_sqs_queue" "jobs" {}',
};

async function outcome(load: () => unknown): Promise<unknown> {
  try {
    return await load();
  } catch (error) {
    return `${error}`;
  }
}

describe('the readers that are loaded where they are needed read the same as all of them:', () => {
  it.each([
    [INVENTORY],
    ['scenarios/doors/terraform/state.json'],
    ['scenarios/terraform/shop/plan.json'],
    ['scenarios/doors/cloudformation/shop.yaml'],
    ['scenarios/doors/pulumi/stack.json'],
    ['scenarios/inventory/truncated.json.broken'],
    ['scenarios/terraform'],
    [folder],
    ['not-there.json'],
    [INVENTORY, 'scenarios/doors/terraform/state.json', 'scenarios/doors/cloudformation/shop.yaml'],
  ])('%s %s %s', async (...given) => {
    const paths = given.filter((path) => path !== undefined);
    const options = { today: '2026-01-01' };
    expect(await outcome(() => loadAsNeeded(paths, options))).toEqual(await outcome(() => loadInputs(paths, options)));
  });

  it.each(Object.entries(TEXTS))('%s', async (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    expect(await outcome(() => loadAsNeeded([path]))).toEqual(await outcome(() => loadInputs([path])));
  });
});
