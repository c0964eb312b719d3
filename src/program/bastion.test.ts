/** Both ways in, as a program declares them: recorded, read into an estate, and asked who reaches what. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exposures } from '../analyse/exposure/exposure.ts';
import { endpointOf, type ReachAnswer, reach } from '../analyse/reachability/index.ts';
import type { Estate } from '../estate/estate.ts';
import { parseTraffic } from '../estate/sets/index.ts';
import { estateOfRecording } from '../inventory/pulumi/index.ts';
import { packageRoot } from './record/bundle.ts';
import { record } from './record/record.ts';

const PROGRAM = `
import { Bastion, Database, PrivateNetwork } from 'underpin/blueprint';

const network = new PrivateNetwork('shop', { vpc: { cidr: '10.20.0.0/16' }, region: 'eu-west-1', zones: ['a', 'b'] });
const mysql = new Database('mysql', { network, engine: 'mysql', version: '8.4', size: 'db.m7g.large' });
const named = new Bastion('by-ssh', {
  network,
  access: { sshFrom: { office: '203.0.113.0/24', anna: '198.51.100.7/32' } },
});
const closed = new Bastion('by-ssm', { network });
for (const bastion of [named, closed]) bastion.allowTo(mysql);
`;

const folder = mkdtempSync(join(tmpdir(), 'underpin-bastion-'));
let estate: Estate;

beforeAll(async () => {
  writeFileSync(join(folder, 'Pulumi.yaml'), 'name: tiny\nruntime: nodejs\n');
  writeFileSync(join(folder, 'package.json'), '{ "main": "index.ts" }');
  writeFileSync(join(folder, 'index.ts'), PROGRAM);
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const recording = await record(folder);
  expect(recording.problems).toEqual([]);
  estate = estateOfRecording(recording, '2026-01-01T00:00:00.000Z');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ask(from: string, to: string, traffic: string): ReachAnswer {
  const [start, end] = [endpointOf(estate, from), endpointOf(estate, to)];
  if (start.state !== 'found' || end.state !== 'found') throw new Error(`${from} ${start.state}, ${to} ${end.state}`);
  const asked = parseTraffic(traffic);
  if (asked === undefined) throw new Error(`${traffic} is no traffic`);
  return reach(estate, start.endpoint, end.endpoint, asked);
}
const answer = (from: string, to: string, traffic: string): string => ask(from, to, traffic).verdict.answer;

describe('a bastion with SSH from named addresses', () => {
  it('answers them, all of them, by a proof that names the rule', () => {
    for (const from of ['203.0.113.0/24', '203.0.113.255/32', '198.51.100.7/32']) {
      const { verdict, complete } = ask(from, 'by-ssh', 'tcp/22');
      expect([verdict.answer, complete], from).toEqual(['yes', true]);
    }
    const { verdict } = ask('198.51.100.7/32', 'by-ssh', 'tcp/22');
    expect(JSON.stringify(verdict)).toContain('198.51.100.7/32');
  });

  it('answers nobody else, and them on no other port', () => {
    for (const from of ['203.0.112.255/32', '203.0.114.0/32', '198.51.100.6/32', '198.51.100.8/32', '192.0.2.0/24'])
      expect(answer(from, 'by-ssh', 'all'), from).toBe('no');
    for (const traffic of ['tcp/0-21', 'tcp/23-65535', 'udp', 'icmp'])
      expect(answer('203.0.113.0/24', 'by-ssh', traffic), traffic).toBe('no');
  });

  it('is reached from the whole internet by exactly these addresses on exactly this port', () => {
    expect(ask('internet', 'by-ssh', 'all').sets).toEqual([
      { addresses: ['198.51.100.7/32', '203.0.113.0/24'], traffic: ['tcp/22'] },
    ]);
  });

  it('is the one thing that the internet reaches', () => {
    const { exposures: found, unknown } = exposures(estate);
    expect(found.map(({ resource, via }) => `${resource.name} ${via}`)).toEqual(['by-ssh direct']);
    expect(unknown).toEqual([]);
  });
});

describe('a bastion by Session Manager', () => {
  it('has nothing inbound: not from the internet, the named addresses, its own network or the other bastion', () => {
    for (const from of ['internet', '203.0.113.0/24', '10.20.0.0/16', 'by-ssh', 'mysql'])
      expect(answer(from, 'by-ssm', 'all'), from).toBe('no');
  });

  it('reaches AWS by HTTPS, which is how people come', () => {
    expect(answer('by-ssm', 'internet', 'tcp/443')).toBe('yes');
  });
});

it.each(['by-ssh', 'by-ssm'])('%s lets people through to the database, on its port only', (bastion) => {
  expect(answer(bastion, 'mysql', 'tcp/3306')).toBe('yes');
  expect(answer(bastion, 'mysql', 'tcp/22')).toBe('no');
  expect(answer('internet', 'mysql', 'all')).toBe('no');
});
