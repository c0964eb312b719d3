import { describe, expect, it } from 'vitest';
import { UserError } from '../user-error.ts';
import { applyDeclaredFlows, readDeclaredFlows } from './declared.ts';
import { deriveFlows } from './index.ts';
import { arn, estateOf, fact, some, webService } from './testing.ts';

const FILE = 'underpin.flows.yaml';
const estate = estateOf(
  ...webService([fact('A', 'api.example.com')]),
  some('database', arn('rds', 'db:shop'), { name: 'shop' }),
  some('cache', arn('elasticache', 'cluster:shop'), { name: 'shop' }),
  some('instance', 'i-1', { name: 'bastion' }),
);
const derived = deriveFlows(estate);
const TO_API = 'service/shop/web -> host/api.example.com tcp';

const apply = (text: string) => applyDeclaredFlows(estate, derived, readDeclaredFlows(text, FILE));
const ids = (text: string): readonly string[] => apply(text).map((flow) => flow.id);

function errorOf(text: string): UserError {
  try {
    apply(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('underpin.flows.yaml', () => {
  it('adds flows between every sort of end', () => {
    const text = `
add:
  - { from: web, to: database/shop, port: tcp/3306, purpose: orders }
  - { from: people, to: bastion, port: tcp/22, purpose: the way in }
  - { from: { people: [203.0.113.0/24] }, to: i-1, port: any, purpose: the office }
  - { from: 198.51.100.0/24, to: service/shop/web, port: tcp/8000-8080, purpose: a partner }
  - { from: service/web, to: aws/sqs/eu-west-1, port: tcp/443, purpose: jobs }
`;
    expect(ids(text)).toEqual([
      'internet(198.51.100.0/24) -> service/shop/web tcp/8000-8080',
      'people -> instance/i-1 tcp/22',
      'people(203.0.113.0/24) -> instance/i-1 any',
      'service/shop/web -> aws/sqs/eu-west-1 tcp/443',
      'service/shop/web -> database/shop tcp/3306',
      TO_API,
    ]);
    expect(apply(text)[4]?.evidence).toMatchObject([{ type: 'declared', source: { file: FILE, path: '/add/0' } }]);
  });

  it('corrects a derived flow and keeps what it was derived from', () => {
    const [flow, ...others] = apply(`correct: [{ flow: "${TO_API}", set: { port: tcp/8443 } }]`);
    expect(others).toEqual([]);
    expect(flow?.id).toBe('service/shop/web -> host/api.example.com tcp/8443');
    expect(flow?.evidence.map((why) => why.type).sort()).toEqual(['declared', 'environment']);
  });

  it('removes by id or by ends, with a reason', () => {
    expect(ids(`remove: [{ flow: "${TO_API}", reason: gone }]`)).toEqual([]);
    expect(ids('remove: [{ from: web, to: api.example.com, reason: gone }]')).toEqual([]);
  });

  it('an empty file, empty lists and comments change nothing', () => {
    for (const text of ['', '# nothing yet\n', 'add:\nremove: []\n']) expect(ids(text)).toEqual([TO_API]);
  });

  it('an ambiguous name lists the candidates', () => {
    const error = errorOf('add:\n  - from: web\n    to: shop\n    port: tcp/1\n    purpose: x\n');
    expect(error.message).toBe('shop is the name of 2 resources');
    expect(error.place).toMatchObject({ file: FILE, path: '3:9' });
    expect(error.place.expected).toContain(arn('rds', 'db:shop'));
    expect(error.place.expected).toContain(arn('elasticache', 'cluster:shop'));
  });

  it.each([
    ['add:\n  - from: nowhere\n    to: web\n    port: tcp/1\n    purpose: x', /nowhere/, '2:11'],
    ['add:\n  - from: web\n    to: web\n    port: tpc/1\n    purpose: x', /add\.0\.port/, '4:11'],
    ['add:\n  - from: web\n    to: web\n    port: tcp/70000\n    purpose: x', /add\.0\.port/, '4:11'],
    ['add:\n  - from: web\n    to: web\n    port: tcp/1', /add\.0\.purpose is missing/, '2:5'],
    ['remove:\n  - flow: x -> y tcp/1\n    reason: gone', /no derived flow/, '2:11'],
    ['remove:\n  - reason: gone', /which flow/, '2:5'],
    ['remove:\n  - from: { people: [10.0.0.0/33] }\n    reason: gone', /10\.0\.0\.0\/33/, '2:11'],
    ['ad:\n  - x', /ad is not known/, '1:1'],
    ['add: 3', /add is not/, '1:6'],
    ['- add', /not a map/, '1:1'],
    ['add:\n  - from: [', /not YAML/, '2:12'],
  ])('%j is refused with its place', (text, message, path) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.place).toMatchObject({ file: FILE, path, expected: expect.any(String), fix: expect.any(String) });
  });
});
