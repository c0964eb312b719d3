import { describe, expect, it } from 'vitest';
import { sharing } from './alike.ts';
import type { Picture } from './picture.ts';
import { scene } from './testing.ts';

const copy = (picture: Picture): Picture => structuredClone(picture);

describe('parts of pictures that are alike', () => {
  const made = scene({ nodes: 12, links: 10, vpcs: 1, zones: 2, seed: 1, name: 'shop' });
  const first: Picture = { ...made, title: 'shop', subtitle: '', notes: [] };
  const [node] = first.nodes;

  it('become one object, and nothing else changes', () => {
    const pictures = [first, copy(first)];
    const shared = sharing(pictures);
    expect(shared).toEqual(pictures);
    expect(shared[1]?.nodes[0]).toBe(shared[0]?.nodes[0]);
    expect(shared[1]?.links.at(-1)).toBe(shared[0]?.links.at(-1));
    expect(shared[1]?.containers[0]).toBe(shared[0]?.containers[0]);
  });

  it.each([
    ['another word', { detail: 'another' }],
    ['one more resource', { resources: ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6'] }],
    ['one more member', { more: true }],
  ])('stay apart with %s', (_, change) => {
    const other: Picture = { ...first, nodes: first.nodes.map((one, n) => (n === 0 ? { ...one, ...change } : one)) };
    const shared = sharing([first, other]);
    expect(shared[1]).toEqual(other);
    expect(shared[1]?.nodes[0]).not.toEqual(node);
    expect(shared[1]?.nodes[1]).toBe(shared[0]?.nodes[1]);
  });
});
