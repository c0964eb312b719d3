import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, root, run, scenario, shop } from './cli.ts';

type Fields = Record<string, unknown>;

/** An inventory in which some fields are others. */
function changed(file: string, change: (item: Fields) => void): string {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'), (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) change(value as Fields);
    return value;
  });
  const copy = join(emptyFolder(), 'today.json');
  writeFileSync(copy, JSON.stringify(content));
  return copy;
}

describe('underpin diff', () => {
  const protectedShop = changed(shop, (item) => {
    if (item.DBInstanceIdentifier === 'legacy-prod-mysql' && 'DeletionProtection' in item)
      item.DeletionProtection = true;
  });

  it('of an input with itself tells that nothing differs', async () => {
    const { out, code } = await run(['diff', shop, shop]);
    expect(out.replaceAll('\n', ' ')).toMatch(/inventory\.json is what .*inventory\.json was\./);
    expect(code).toBe(0);
  });

  it('names what a person changed, and which finding that mends', async () => {
    const { out, code } = await run(['diff', shop, protectedShop]);
    expect(code).toBe(1);
    expect(out).toMatch(/deletionProtection: off (→|->) on/);
    expect(out).toMatch(/Findings that are gone\n.*legacy-prod-mysql has deletion protection off/);
    expect(out).not.toMatch(/Open to the internet now/);
  });

  it('never calls gone what the later input was denied', async () => {
    const { out, code } = await run(['diff', shop, scenario('all-denied.json'), '--json']);
    const result = JSON.parse(out);
    expect([result.gone, result.closed, result.flowsGone, result.findings.mended]).toEqual([[], [], [], []]);
    expect(result.findings.undecided.length).toBeGreaterThan(50);
    expect(result.notCompared.length).toBeGreaterThan(20);
    expect(code).toBe(3);
  });
});

describe('underpin verify', () => {
  const inventory = join(root, 'scenarios/plan/default-vpc-one-machine.json');
  const plan = join(emptyFolder(), 'plan.json');
  let first = '';

  beforeAll(async () => {
    const { out } = await run(['plan', inventory, '--json']);
    writeFileSync(plan, out);
    first = JSON.parse(out).steps[0].id;
  }, 60_000);

  it('of the inventory that the plan was made from: adopting changed nothing, and the gate is passed', async () => {
    const { out, code } = await run(['verify', inventory, '--plan', plan, '--step', first, '--json']);
    const result = JSON.parse(out);
    expect(result.deviations).toEqual([]);
    expect(result.gate.filter(({ type }: Fields) => type === 'inventory').every(({ passed }: Fields) => passed)).toBe(
      true,
    );
    expect(code).toBe(0);
  });

  it('names what somebody changed by hand since, and no step as its reason', async () => {
    const drifted = changed(inventory, (item) => {
      if ('InstanceType' in item && 'InstanceId' in item) item.InstanceType = 'm7i.xlarge';
    });
    const { out, code } = await run(['verify', drifted, '--plan', plan, '--step', first]);
    expect(out).toMatch(/Drift: .*by hand/);
    expect(out.replaceAll('\n', ' ')).toMatch(/instanceType is\s+m7i\.xlarge, proven was/);
    expect(code).toBe(1);
  });

  it('names like steps for one that the plan does not have', async () => {
    const { err, code } = await run(['verify', inventory, '--plan', plan, '--step', `${first}-not`]);
    expect(err).toMatch(/the plan has no step/);
    expect(err).toContain(first);
    expect(code).toBe(2);
  });
});
