import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Estate } from '../estate/estate.ts';
import { readInputs } from '../inventory/load.ts';
import { collect } from './collect.ts';
import type { Request } from './journal.ts';
import { optionsFor, replay } from './testing.ts';

const shop = fileURLToPath(new URL('../../examples/legacy-shop/inventory.json', import.meta.url));
const folder = (): string => mkdtempSync(join(tmpdir(), 'underpin-collect-'));

it('reads the legacy shop so that its estate is the one of the example', async () => {
  const output = join(folder(), 'inventory.json');
  const asked: Request[] = [];
  const summary = await collect(optionsFor(output, [replay(shop, asked)], { regions: ['ap-northeast-2'] }));
  console.log(
    asked.length,
    summary.answered,
    summary.unanswered.map((u) => `${u.operation} ${u.status} ${u.requests} ${u.error.slice(0, 150)}`).join('\n'),
  );
  const facts = ({ resources }: Estate) =>
    resources
      .map(
        (r) =>
          [r.id, JSON.parse(JSON.stringify(r, (k, v) => (k === 'source' || k === 'field' ? undefined : v)))] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const [mine, theirs] = [new Map(facts(readInputs([output]))), new Map(facts(readInputs([shop])))];
  const diff: string[] = [];
  for (const [id, r] of theirs) {
    const m = mine.get(id);
    if (!m) diff.push(`missing ${id}`);
    else
      for (const k of Object.keys({ ...r, ...m }))
        if (JSON.stringify(r[k]) !== JSON.stringify(m[k]))
          diff.push(`${id} ${k}: ${JSON.stringify(r[k])} -> ${JSON.stringify(m[k])}`.slice(0, 400));
  }
  for (const id of mine.keys()) if (!theirs.has(id)) diff.push(`extra ${id}`);
  console.log(diff.join('\n'));
  expect(readFileSync(output, 'utf8')).not.toMatch(/plaintext-password/);
});
