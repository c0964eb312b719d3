import { expect, it } from 'vitest';
import { ref, referencesIn, resolved } from './edit.ts';

const subnet = { type: 'aws:ec2/subnet:Subnet', name: 'shop-app-a' };

it('finds every reference of a value, however deep', () => {
  const value = { a: [ref(subnet), { b: `arn:${ref(subnet, 'arn')}/*` }], c: 'plain', d: 4 };
  expect(referencesIn(value)).toEqual([
    { address: 'aws:ec2/subnet:Subnet::shop-app-a', output: 'id' },
    { address: 'aws:ec2/subnet:Subnet::shop-app-a', output: 'arn' },
  ]);
});

it('fills references, whole or inside a text, and leaves everything else alone', () => {
  const find = (address: string, output: string) =>
    address.endsWith('shop-app-a') && output === 'id' ? 'subnet-1' : undefined;
  expect(resolved({ ids: [ref(subnet), 'subnet-2'], n: 1, text: `in ${ref(subnet)}!` }, find)).toEqual({
    ids: ['subnet-1', 'subnet-2'],
    n: 1,
    text: 'in subnet-1!',
  });
});

it('keeps what nothing fills unknown instead of writing a text that means nothing', () => {
  const nothing = () => undefined;
  expect(resolved(ref(subnet), nothing)).toEqual({ $unknown: true });
  expect(resolved(`in ${ref(subnet)}`, nothing)).toEqual({ $unknown: true });
});

it('takes a shell-like text for no reference', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is asked
  const text = 'echo ${HOME} and ${a#b c}';
  expect(referencesIn(text)).toEqual([]);
  expect(resolved(text, () => 'x')).toBe(text);
});
