// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../tests/runs.ts';
import { arnLike, matchesResource, parseArn } from './arn.ts';
import { instance, matches, parsePattern, resolve } from './pattern.ts';

const fits = (pattern: string, text: string) => matches(parsePattern(pattern, false).tokens, text);
const resource = (pattern: string, text: string) => matchesResource(parsePattern(pattern, false).tokens, text);

describe('wildcards', () => {
  it.each([
    ['s3:get*', 's3:getobject', true],
    ['s3:get*', 's3:putobject', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*b*', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxcyyb', false],
    ['a**c', 'ac', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s against %s is %s', (pattern, text, expected) => expect(fits(pattern, text)).toBe(expected));

  it('agree with a regular expression on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '?') }),
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        (pattern, text) => {
          const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
          expect(fits(pattern, text)).toBe(expression.test(text));
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it('do not blow up on a hostile pattern', () => {
    expect(fits(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  });

  it('have an instance that they fit', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '*', '?') }), (text) => {
        const pattern = parsePattern(text, true);
        expect(matches(pattern.tokens, instance(pattern, 'probe'))).toBe(true);
      }),
    );
  });
});

describe('the Resource element', () => {
  it.each([
    ['arn:aws:s3:::shop/*', 'arn:aws:s3:::shop/a/b', true],
    ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/a', false],
    ['arn:aws:s3:::shop*', 'arn:aws:s3:::shop-other/a', true],
    ['arn:aws:s3:::*/key:with:colons', 'arn:aws:s3:::shop/key:with:colons', true],
    ['arn:aws:sqs:*:111122223333:jobs', 'arn:aws:sqs:eu-west-1:111122223333:jobs', true],
    ['arn:aws:sqs:*:111122223333:jobs', 'arn:aws:sqs:eu-west-1:444455556666:jobs', false],
    ['arn:aws:*', 'arn:aws:sqs:eu-west-1:111122223333:jobs', true],
    ['arn:aws:sqs:eu-*-1:111122223333:jobs', 'arn:aws:sqs:eu-west-1:111122223333:jobs', true],
    ['arn:aws:sqs:e*1:111122223333:jobs', 'arn:aws:sqs:eu:x:1:111122223333:jobs', false],
    ['arn:aws:S3:::shop', 'arn:aws:s3:::shop', false],
    ['*', '*', true],
    ['arn:aws:s3:::*', '*', false],
  ])('%s against %s is %s', (pattern, text, expected) => expect(resource(pattern, text)).toBe(expected));
});

describe('policy variables', () => {
  const look = (key: string) => (key === 'aws:username' ? 'alice' : key === 'gone' ? null : undefined);
  const of = (pattern: string, variables = true) => resolve(parsePattern(pattern, variables), look);

  it('take the value of the request, literally', () => {
    const resolved = resolve(parsePattern('home/${aws:username}/*', true), () => '*');
    expect(resolved.is === 'tokens' && matches(resolved.tokens, 'home/alice/x')).toBe(false);
    expect(resolved.is === 'tokens' && matches(resolved.tokens, 'home/*/x')).toBe(true);
  });
  it('take their default when the request has no value, and match nothing without one', () => {
    const resolved = of("${gone, 'nobody'}");
    expect(resolved.is === 'tokens' && matches(resolved.tokens, 'nobody')).toBe(true);
    expect(of('${gone}').is).toBe('nothing');
  });
  it('are unknown when the value is not known', () => expect(of('${aws:PrincipalTag/team}').is).toBe('unknown'));
  it('stand for the wildcards themselves', () => {
    const resolved = of('a${*}b${?}c${$}');
    expect(resolved.is === 'tokens' && matches(resolved.tokens, 'a*b?c$')).toBe(true);
    expect(resolved.is === 'tokens' && matches(resolved.tokens, 'axb?c$')).toBe(false);
  });
  it('are plain text in the older version', () => {
    const resolved = of('${aws:username}', false);
    expect(resolved.is === 'tokens' && matches(resolved.tokens, '${aws:username}')).toBe(true);
  });
});

describe('ARNs', () => {
  it('keep the colons of their last part', () =>
    expect(parseArn('arn:aws:lambda:eu-west-1:111122223333:function:web:live')?.resource).toBe('function:web:live'));
  it.each([
    ['arn:aws:iam::*:role/app', 'arn:aws:iam::111122223333:role/app', true],
    ['arn:aws:*:role/app', 'arn:aws:iam::111122223333:role/app', false],
    ['*', 'arn:aws:iam::111122223333:role/app', true],
    ['arn:aws:iam::111122223333:role/*', 'not-an-arn', false],
  ])('ArnLike %s against %s is %s', (pattern, text, expected) =>
    expect(arnLike(parsePattern(pattern, false).tokens, text)).toBe(expected),
  );
});
