import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../estate/notice.ts';
import { Item } from './item.ts';
import { isPolicyText, policyIn, policyMeaning, policyText } from './policy-text.ts';

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] };
const text = JSON.stringify(document);

describe('policyText', () => {
  it('keeps JSON text, decodes URL encoding and writes an object as JSON', () => {
    expect(policyText(text)).toBe(text);
    expect(policyText(encodeURIComponent(text))).toBe(text);
    expect(policyText(document)).toBe(text);
  });

  it('does not decode percent signs inside JSON text', () => {
    const tricky = '{"Statement":[{"Resource":"arn:aws:s3:::b/%2F"}]}';
    expect(policyText(tricky)).toBe(tricky);
  });

  it('keeps what is no document as it is, and is undefined for what cannot be one', () => {
    expect(policyText('%7Bnot json')).toBe('%7Bnot json');
    expect(policyText('100%')).toBe('100%');
    expect([null, undefined, '', 3, []].map(policyText)).toEqual(Array(5).fill(undefined));
  });

  it('is the same for every document in each of its three forms, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const plain = JSON.stringify(value);
        expect(policyText(plain)).toBe(plain);
        expect(policyText(encodeURIComponent(plain))).toBe(plain);
        expect(policyText(policyText(JSON.parse(plain)))).toBe(plain);
        expect(isPolicyText(plain)).toBe(true);
      }),
    );
  });
});

describe('policyIn', () => {
  const read = (value: unknown): { policy: string | undefined; notices: readonly Notice[] } => {
    const notices: Notice[] = [];
    const context = {
      operation: 's3:GetBucketPolicy',
      account: '111122223333',
      region: 'eu-west-1',
      file: 'f',
      notices,
    };
    return { policy: policyIn(new Item(context, { Policy: value }, '/p'), 'Policy'), notices };
  };

  it('leaves a notice with the place of a document that is not JSON', () => {
    expect(read('Allow all')).toMatchObject({
      policy: 'Allow all',
      notices: [{ code: 'wrongType', path: '/p/Policy' }],
    });
    expect(read([document])).toMatchObject({ policy: undefined, notices: [{ code: 'wrongType' }] });
  });

  it('leaves none for a good document or for none', () => {
    expect(read(text)).toEqual({ policy: text, notices: [] });
    expect(read(undefined)).toEqual({ policy: undefined, notices: [] });
    expect(read('')).toEqual({ policy: undefined, notices: [] });
  });
});

describe('policyMeaning', () => {
  const lets = (AWS: unknown, more: object = {}): string =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more }] });

  it('is the same whatever the order, for a list of one, and with what is empty', () => {
    const reordered =
      '{"Statement":{"Action":["sts:AssumeRole"],"Principal":{"AWS":["b","a"]},"Effect":"Allow","Sid":""}}';
    expect(policyMeaning(reordered)).toBe(policyMeaning(lets(['a', 'b'], { Condition: {} })));
  });

  it('is another for other principals, and for a condition', () => {
    const said = [lets('a'), lets('b'), lets(['a', 'b']), lets('a', { Condition: { Bool: { x: 'true' } } })];
    expect(new Set(said.map(policyMeaning)).size).toBe(said.length);
  });

  it('of what is nested deeper than any document is the text itself', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(policyMeaning(deep)).toBe(deep);
    expect(policyMeaning('not json')).toBe('not json');
  });
});
