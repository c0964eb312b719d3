import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { assemble } from '../../inventory/assemble.ts';
import type { Entry } from '../../inventory/entry.ts';
import { readInventory } from '../../inventory/format.ts';
import { readStack } from '../../inventory/pulumi/stack/index.ts';
import { brokenShop } from '../../inventory/pulumi/stack/testing/broken-shop.ts';
import { exportOf } from '../../inventory/pulumi/stack/testing/export.ts';
import type { Context } from '../move.ts';
import { Preferences } from '../preferences.ts';
import { ACCOUNT } from '../scopes.ts';
import { startOf } from '../state.ts';
import { type Today, todayOf } from '../today.ts';
import { move } from './adopt.ts';

const KEEPER = 'the Pulumi stack shop/prod';

const SHOP = readInventory(
  'inventory.json',
  JSON.parse(readFileSync('examples/legacy-shop/inventory.json', 'utf8')),
).entries;
/** The word of a stack that it keeps the databases, in the form that the reader of exports leaves. */
const WORD = SHOP.filter(({ operation }) => operation === 'rds:DescribeDBInstances').map(
  (entry): Entry => ({ ...entry, file: 'stack.json', keptBy: KEEPER }),
);

function proposalOf(entries: readonly Entry[]) {
  const estate = assemble(entries, [], undefined);
  const today = todayOf(estate, entries);
  const state = startOf(today);
  const context: Context = { today, state, estate, scope: ACCOUNT, preferences: Preferences.parse({}) };
  return { today, proposal: move.propose(context) };
}

const adoptedKinds = ({ adoptions }: Today): ReadonlySet<string> =>
  new Set(adoptions.resources.map(({ of }) => of.kind));

it.each([
  ['before', [...WORD, ...SHOP]],
  ['after', [...SHOP, ...WORD]],
])('what another stack keeps is left out and told, wherever its word stands: %s the inventory', (_, entries) => {
  const { today, proposal } = proposalOf(entries);
  expect(adoptedKinds(today)).not.toContain('database');
  expect(adoptedKinds(today)).toContain('vpc');
  expect(proposal).toMatchObject({ state: 'ready', refusals: [{ subject: KEEPER }] });
  if (proposal.state !== 'ready') throw new Error(proposal.state);
  expect(JSON.stringify(proposal.steps)).not.toContain('aws:rds/instance:Instance');
  expect(proposal.refusals?.[0]?.because).toMatch(/keeps \d+ resources already/);
  expect(all(today.estate, 'database').map(({ keptBy }) => keptBy)).toEqual(
    all(today.estate, 'database').map(() => KEEPER),
  );
});

it('without that word they are adopted', () => {
  const { today, proposal } = proposalOf(SHOP);
  expect(adoptedKinds(today)).toContain('database');
  expect(proposal).toMatchObject({ state: 'ready', refusals: [] });
});

it('nothing of a stack export is adopted, and who keeps it is named', () => {
  const content = exportOf(brokenShop);
  const { today, proposal } = proposalOf(readStack('stack.json', content, JSON.stringify(content, null, 2)).entries);
  expect(today.adoptions.resources).toEqual([]);
  expect(proposal).toMatchObject({ state: 'refused', refusals: [{ subject: KEEPER }] });
});
