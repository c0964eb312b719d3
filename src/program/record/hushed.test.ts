import { describe, expect, it } from 'vitest';
import { hushed } from './hushed.ts';

const SETTINGS = {
  'aws:region': 'ap-northeast-2',
  'shop:password': 'correct-horse',
  'shop:longer': 'correct-horse-battery',
  'shop:mail': '{"smtp": {"login": "staple-staple"}}',
  'shop:size': 'small',
};

describe('a message of a program', () => {
  it.each([
    ['cannot log in with correct-horse', 'cannot log in with <redacted>'],
    ['correct-horse-battery and correct-horse', '<redacted> and <redacted>'],
    ['535 wrong login staple-staple', '535 wrong login <redacted>'],
    ['mysql://app:anything@db.example.com is down', 'mysql://app:<redacted>@db.example.com is down'],
    ['no size called small in ap-northeast-2', 'no size called small in ap-northeast-2'],
  ])('%s', (message, told) => expect(hushed(message, SETTINGS)).toBe(told));
});
