import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../estate/estate.ts';
import { makeEstate } from '../../estate/estate.ts';
import { assemble } from '../../inventory/assemble.ts';
import { readInventory } from '../../inventory/format.ts';
import { readInputs } from '../../inventory/load.ts';
import { draw } from './index.ts';
import { modelOf } from './model.ts';

const file = fileURLToPath(new URL('../../../examples/legacy-shop/inventory.json', import.meta.url));
const shop = (): Estate => readInputs([file]);
const names = (nodes: readonly { readonly label: string; readonly detail: string }[]): readonly string[] =>
  nodes.map((node) => `${node.label} (${node.detail})`).sort();

describe('the legacy shop', () => {
  const picture = modelOf(shop());
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  const inVpc = (name: string) => {
    const vpc = picture.containers.find((one) => one.kind === 'vpc' && one.label.startsWith(name));
    return picture.nodes.filter((node) => node.vpc === vpc?.id);
  };

  it('shows a machine as the service that runs on it, once a subnet', () => {
    const compute = inVpc('legacy-prod').filter((node) => node.glyph === 'containers');
    expect(names(compute)).toEqual(['web (on t2.medium)', 'web (on t2.medium)', 'worker (on m4.large)']);
    expect(new Set(compute.map((node) => node.container)).size).toBe(2);
  });

  it('names things without what their VPC already says', () => {
    expect(names(inVpc('legacy-prod').filter((node) => node.column === 'data'))).toEqual([
      'mysql (MySQL 5.7)',
      'mysql-replica-1 (MySQL 5.7 · replica)',
      'mysql-replica-2 (MySQL 5.7 · replica)',
      'redis (Redis 5.0)',
    ]);
  });

  it('draws no network interface, and no VPC without anything in it', () => {
    expect(picture.nodes.some((node) => node.resources.some((id) => id.startsWith('eni-')))).toBe(false);
    expect(picture.containers.filter((one) => one.kind === 'vpc')).toHaveLength(2);
    expect(picture.notes).toContain('1 VPC without anything in it not drawn.');
  });

  it('has every database, machine and public bucket in red, and not the load balancer or the cache', () => {
    const exposed = new Set(picture.nodes.filter((node) => node.exposed).map((node) => node.glyph));
    expect([...exposed].sort()).toEqual(['bucket', 'containers', 'database']);
    for (const glyph of ['containers', 'database'])
      expect(picture.nodes.filter((node) => node.glyph === glyph).every((node) => node.exposed)).toBe(true);
  });

  it('leads every red path from the internet through the gateway of the VPC, hop by hop', () => {
    const red = picture.links.filter((link) => link.class === 'exposure');
    const arrives = new Set(red.map((link) => link.to));
    for (const link of red) {
      const [from, to] = [byId.get(link.from), byId.get(link.to)];
      if (to?.container && to.column !== 'stores' && to.glyph !== 'gateway') expect(from?.glyph).toBe('gateway');
      expect(link.from === 'internet' || arrives.has(link.from)).toBe(true);
    }
  });

  it('carries every flow on some link, but for what the red lines say already', () => {
    const carried = new Set(picture.links.flatMap((link) => link.carries));
    const left = shop().flows.filter((flow) => !carried.has(flow.id));
    expect(left.every((flow) => flow.from.type === 'people')).toBe(true);
  });

  it('joins only nodes that are there', () => {
    for (const link of picture.links) {
      expect(byId.has(link.from)).toBe(true);
      expect(byId.has(link.to)).toBe(true);
    }
  });

  it('is the same picture whatever the order of the resources', () => {
    const estate = shop();
    const turned = makeEstate({ ...estate, resources: [...estate.resources].reverse() });
    expect(draw(turned)).toBe(draw(estate));
  });
});

describe('what is not known', () => {
  it('is said: without route tables no red is no answer', () => {
    const inventory = JSON.parse(readFileSync(file, 'utf8')) as { responses: Record<string, unknown> };
    delete inventory.responses['ec2:DescribeRouteTables'];
    const content = readInventory(file, inventory);
    const blind = assemble(content.entries, content.notices, content.collectedAt);
    const picture = modelOf(blind);
    expect(picture.nodes.some((node) => node.exposed && node.glyph === 'database')).toBe(false);
    expect(picture.notes.some((note) => /cannot be told from the input/.test(note))).toBe(true);
    expect(picture.containers.filter((one) => one.kind === 'subnet').every((one) => one.public !== true)).toBe(true);
  });
});

describe('a large account', () => {
  const folded = modelOf(shop(), { foldAbove: 12 });
  const whole = modelOf(shop());

  it('is folded until it can be taken in, and says so', () => {
    expect(folded.nodes.length).toBeLessThan(whole.nodes.length);
    expect(folded.nodes.length).toBeLessThanOrEqual(32);
    expect(folded.notes.some((note) => /drawn as one/.test(note))).toBe(true);
  });

  it('keeps every resource and everything exposed in some tile', () => {
    const all = (picture: typeof whole, exposed: boolean): readonly string[] =>
      [...new Set(picture.nodes.flatMap((node) => (node.exposed || !exposed ? node.resources : [])))].sort();
    expect(all(folded, false)).toEqual(all(whole, false));
    expect(all(folded, true)).toEqual(expect.arrayContaining([...all(whole, true)]));
  });
});
