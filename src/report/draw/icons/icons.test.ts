import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AWS_FILES } from './aws-files.ts';
import { ICONS, isFilled, symbolsOf } from './icons.ts';

const folder = fileURLToPath(new URL('./aws/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const text = (name: string): string => readFileSync(`${folder}${name}`, 'utf8');
const inner = (file: string): string =>
  file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.lastIndexOf('</svg>'));

/** Of the files in AWS's own package, the first 16 digits of their SHA-256. */
const SUMS: Readonly<Record<string, string>> = {
  'application-load-balancer.dark.svg': '7b400f73220d49fc',
  'application-load-balancer.svg': '2691569901313808',
  'aurora.svg': 'dfb833b44af787bc',
  'classic-load-balancer.dark.svg': '21998985b8a1adf2',
  'classic-load-balancer.svg': '5fabee5085a6e4ad',
  'cloudfront.svg': 'a4bccae600b5030b',
  'dynamodb.svg': '918531824de2d200',
  'ec2.svg': '5e142aeb3476fab5',
  'ecs.svg': '5a92e984f218eeb2',
  'elasticache.svg': 'e63345ead110f5d3',
  'endpoint.dark.svg': 'e582b2d18549004c',
  'endpoint.svg': '77210ff1bcb37666',
  'fargate.svg': '869515af683b9020',
  'gateway-load-balancer.dark.svg': 'a87a73f2fa1c1df9',
  'gateway-load-balancer.svg': '660862de4d931eaf',
  'internet-gateway.dark.svg': '4f9e8516a344b230',
  'internet-gateway.svg': 'b4e93d90d9cf5b73',
  'internet.dark.svg': '4a3205bfd2932d9a',
  'internet.svg': '37ca1da361e1eecc',
  'lambda.svg': '841f45bc96808cbb',
  'nat-gateway.dark.svg': '137e1502bab5b941',
  'nat-gateway.svg': '85f0fbaf46a75c0a',
  'network-load-balancer.dark.svg': 'f89cc6d37620d933',
  'network-load-balancer.svg': 'c95adedeed3fa4dd',
  'rds.svg': '9a46579d4162e468',
  's3.svg': '7526196880515096',
  'secrets-manager.svg': '5378c80348026d1e',
  'server.dark.svg': '1bacf100d800f83a',
  'server.svg': 'ae8d259b4fcb30a8',
  'sns.svg': 'd1e33dff6435099e',
  'sqs.svg': '7b15155a38332201',
  'users.dark.svg': '73861576114dbaaf',
  'users.svg': '70a2a73c69e9f21a',
};

describe("AWS's icons", () => {
  it("are AWS's files, byte for byte", () => {
    const found = files.map((name) => [name, createHash('sha256').update(text(name)).digest('hex').slice(0, 16)]);
    expect(Object.fromEntries(found)).toEqual(SUMS);
  });

  it('stand in the code as they are', () => {
    expect(Object.keys(AWS_FILES).sort()).toEqual([...files].sort());
    for (const [name, own] of Object.entries(AWS_FILES)) expect(own).toBe(text(name));
  });

  it('are all used, and none is missing', () => {
    const names = ICONS.flatMap((icon) => [`${icon}.svg`, ...(isFilled(icon) ? [] : [`${icon}.dark.svg`])]);
    expect(names.sort()).toEqual([...files].sort());
  });

  it('hold no script, no style and no address to ask', () => {
    for (const own of Object.values(AWS_FILES))
      expect(inner(own)).not.toMatch(/<(?:script|style|image|foreignObject)|\bon\w+=|href|url\((?!#)/i);
  });
});

describe('the symbols of a picture', () => {
  const all = symbolsOf(ICONS);

  it('give every id once, and refer to what is there', () => {
    const ids = [...all.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^up-i-\S+$/);
    const used = [...all.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id);
    expect(used.length).toBeGreaterThan(10);
    for (const id of used) expect(ids).toContain(id);
  });

  it('draw what the files draw: only ids differ', () => {
    const bare = (svg: string): string => svg.replace(/ id="[^"]*"/g, '').replace(/url\(#[^)]*\)/g, 'url()');
    for (const own of Object.values(AWS_FILES)) expect(bare(all)).toContain(bare(inner(own)).trim());
  });

  it('are there once, whatever the order and however often they are asked for', () => {
    expect(symbolsOf(['ec2', 'rds', 'ec2'])).toBe(symbolsOf(['rds', 'ec2']));
    expect(symbolsOf([])).toBe('');
  });
});
