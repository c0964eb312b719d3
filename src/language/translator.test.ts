import { describe, expect, it } from 'vitest';
import { translatorOf } from './translator.ts';

const korean = translatorOf('ko', [
  {
    'the bucket is public': '버킷이 공개되어 있습니다',
    '{0} is attached to {1}.': '{0}이/가 {1}에 연결되어 있습니다.',
    'load balancer': '로드 밸런서',
    '{0} reads {1} of {2}': '{0}이/가 {2}의 {1}을/를 읽습니다',
    '{0} of {1}': '{1}의 {0}',
    'Nobody notices.': '아무도 느끼지 못합니다.',
    'Nothing is lost.': '잃는 것이 없습니다.',
    ', who is an administrator': '(관리자)',
    'the key is of {0}': '키의 주인은 {0}입니다',
    '{0} things': '{0}개',
    'findings at or above --fail-on {0}': '--fail-on {0!} 이상의 발견 사항',
    high: '높음',
    '{n} findings': '발견 사항 {n}개',
  },
]);

describe('a finished text', () => {
  it.each([
    ['the bucket is public', '버킷이 공개되어 있습니다'],
    ['the bucket is public.', '버킷이 공개되어 있습니다.'],
    ['  the bucket is public', '  버킷이 공개되어 있습니다'],
    ['igw-1 is attached to vpc-9.', 'igw-1이 vpc-9에 연결되어 있습니다.'],
    ['load balancer shop-prod is attached to vpc-9.', '로드 밸런서 shop-prod가 vpc-9에 연결되어 있습니다.'],
    ['Nobody notices. Nothing is lost.', '아무도 느끼지 못합니다. 잃는 것이 없습니다.'],
    ['the key is of deploy-bot, who is an administrator', '키의 주인은 deploy-bot(관리자)입니다'],
    ['12 things (the bucket is public)', '12개 (버킷이 공개되어 있습니다)'],
    ['high', '높음'],
    ['findings at or above --fail-on high', '--fail-on high 이상의 발견 사항'],
  ])('%s', (english, said) => {
    expect(korean.text(english)).toBe(said);
  });

  it('stays English as a whole where a part of it is not known, and is counted', () => {
    const text = 'igw-1 is attached to whatever it was that they had';
    expect(korean.text(text)).toBe(text);
    expect(korean.misses()).toContain(text);
  });

  it('leaves names alone, however English they look', () => {
    const own = translatorOf('ko', [{ '{0} is attached to {1}.': '{0}이/가 {1}에 연결되어 있습니다.', high: '높음' }]);
    own.knows(['our old server', 'high']);
    expect(own.text('our old server is attached to high.')).toBe('our old server가 high에 연결되어 있습니다.');
  });

  it('takes the surest of the templates that fit', () => {
    expect(korean.text('web-1 reads 3 things of shop-db')).toBe('web-1이 shop-db의 3개를 읽습니다');
  });
});

it('gives a template before it is filled, with its values named', () => {
  expect(korean.template('{n} findings')).toBe('발견 사항 {n}개');
});
