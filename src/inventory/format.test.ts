import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventorySchema, readInventory } from './format.ts';
import { UserError } from './user-error.ts';

const file = (fields: Record<string, unknown>) => ({
  format: 'underpin.inventory/1',
  account: '111122223333',
  region: 'eu-west-1',
  ...fields,
});
const read = (responses: unknown, fields: Record<string, unknown> = {}) =>
  readInventory('inventory.json', file({ responses, ...fields }));

describe('an inventory', () => {
  it('gives one entry a request, with the file’s account and region unless the request has its own', () => {
    const { entries, notices } = read({
      'ec2:DescribeVpcs': [
        { input: {}, output: { Vpcs: [] } },
        { output: { Vpcs: [] }, account: '444455556666', region: 'us-east-1' },
      ],
    });
    expect(notices).toEqual([]);
    expect(entries.map(({ account, region, path }) => [account, region, path])).toEqual([
      ['111122223333', 'eu-west-1', '/responses/ec2:DescribeVpcs/0/output'],
      ['444455556666', 'us-east-1', '/responses/ec2:DescribeVpcs/1/output'],
    ]);
  });

  it('tells "there is none" from a refusal, a throttle and a fault', () => {
    const status = (name: string, message = '') =>
      read({ 's3:GetBucketPolicy': [{ error: { name, message } }] }).entries[0]?.status;
    expect(status('NoSuchBucketPolicy')).toBe('absent');
    expect(status('AccessDenied')).toBe('denied');
    expect(status('UnauthorizedOperation')).toBe('denied');
    expect(status('ThrottlingException')).toBe('throttled');
    expect(status('SyntaxError', 'Unexpected token <')).toBe('failed');
  });

  it('takes a malformed request as not answered, with a notice that has its place', () => {
    const { entries, notices } = read({
      'ec2:DescribeVpcs': [7, {}, { output: {}, error: { name: 'AccessDenied' } }],
      'ec2:DescribeSubnets': {},
      nonsense: [],
    });
    expect(entries.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'ec2:DescribeVpcs failed',
      'ec2:DescribeVpcs failed',
      'ec2:DescribeVpcs denied',
      'ec2:DescribeSubnets failed',
    ]);
    expect(notices.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'wrongType /responses/ec2:DescribeVpcs/0',
      'missingField /responses/ec2:DescribeVpcs/1',
      'contradiction /responses/ec2:DescribeVpcs/2',
      'wrongType /responses/ec2:DescribeSubnets',
      'unknownOperation /responses/nonsense',
    ]);
  });

  it('tells keys that it does not know, and a date that is none', () => {
    const { notices, collectedAt } = read({}, { collectedAt: 'yesterday', colour: 'blue' });
    expect(collectedAt).toBeUndefined();
    expect(notices.map(({ path }) => path).sort()).toEqual(['/collectedAt', '/colour']);
  });

  it('is refused as a whole only for its format or its lack of answers', () => {
    expect(() => readInventory('x', { format: 'underpin.inventory/2', responses: {} })).toThrow(UserError);
    expect(() => readInventory('x', { format: 'underpin.inventory/1' })).toThrow(UserError);
  });
});

it('takes for a request what its schema does, and nothing else', () => {
  const any = fc.oneof(
    fc.constantFrom<unknown>(null, '', 'AccessDenied', 7, true, [], {}, { name: 'AccessDenied' }, { name: 7 }),
    fc.record({ name: fc.string(), message: fc.constantFrom<unknown>('no', 7, null, undefined) }),
  );
  const request = fc.record(
    { input: any, output: fc.constant({}), error: any, account: any, region: any, more: any },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(request, any), (value) => {
      const { notices } = read({ 'iam:ListUsers': [value] });
      const taken = !notices.some(({ code }) => code === 'wrongType');
      expect(taken).toBe(inventorySchema().request.safeParse(value).success);
    }),
    { numRuns: 500 },
  );
});

it('publishes a schema that the built-in example fits', () => {
  const example = JSON.parse(
    readFileSync(new URL('../../examples/legacy-shop/inventory.json', import.meta.url), 'utf8'),
  );
  expect(inventorySchema().file.safeParse(example).success).toBe(true);
  expect(
    inventorySchema().file.safeParse({ ...example, responses: { 'ec2:DescribeVpcs': [{ error: 'denied' }] } }).success,
  ).toBe(false);
});
