import { expect, it } from 'vitest';
import { chosen } from './particles.ts';

it.each([
  ['버킷이/가', '버킷이'],
  ['배포이/가', '배포가'],
  ['서울(으)로', '서울로'],
  ['오리진(으)로', '오리진으로'],
  ['도쿄(으)로', '도쿄로'],
  ['S3은/는', 'S3은'],
  ['EC2을/를', 'EC2를'],
  ['tcp/3306이/가', 'tcp/3306이'],
  ['443을/를', '443을'],
  ['2027-01-31(으)로', '2027-01-31로'],
  ['legacy-prod-mysql은/는', 'legacy-prod-mysql은'],
  ['RDS와/과', 'RDS와'],
  ['NAT이/가', 'NAT이'],
  ['ap-northeast-2a을/를', 'ap-northeast-2a를'],
  ['"deploy-bot"(이)라는', '"deploy-bot"이라는'],
  ['“web”(이)라는', '“web”이라는'],
  ['web (i-0abc)이/가', 'web (i-0abc)이'],
  ['사용자(이)고', '사용자고'],
])('%s is said as %s', (written, said) => {
  expect(chosen(written)).toBe(said);
});

it('writes both where the last sound cannot be told', () => {
  expect(chosen('本이/가')).toBe('本이(가)');
  expect(chosen('은/는')).toBe('은(는)');
});

it('leaves alone what is no particle', () => {
  expect(chosen('10/20 (이) 값')).toBe('10/20 (이) 값');
});
