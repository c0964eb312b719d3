import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Answers } from '../answers.ts';
import { assemble } from '../assemble.ts';
import { readFolder } from '../folder/read.ts';
import { readInventory } from '../format.ts';
import { named } from './adopt.ts';
import { readBack } from './read-back.ts';

const mine =
  'user group role holder-policies policy instance-profile password-policy identity-provider queue topic subscription alarm log-group trail repository'.split(
    ' ',
  );

import { operationNames } from '../folder/operations.ts';

const C = '/work/shared/corpora';
const inv = (file: string) => readInventory(file, JSON.parse(readFileSync(file, 'utf8'))).entries;
const cases: [string, () => readonly any[]][] = [
  ...[
    'examples/legacy-shop/inventory.json',
    `${C}/legacy-shop.inventory.json`,
    'scenarios/inventory/two-accounts.json',
  ].map((f): [string, () => any[]] => [f, () => inv(f) as any]),
  ...[
    'cloudmapper/demo',
    ...readdirSync(`${C}/batfish`)
      .filter((n) => !n.includes('.') && n !== 'LICENSE')
      .map((n) => `batfish/${n}`),
  ].map((f): [string, () => any[]] => [f, () => readFolder(`${C}/${f}`, NAMES).entries as any]),
];

import { readers } from '../readers/index.ts';

const NAMES = operationNames(readers.flatMap((r) => r.operations));
it.each(cases)('%s', async (name, read) => {
  const entries = read();
  const adopters = (
    await Promise.all(
      mine.filter((n) => existsSync(`src/inventory/adopt/adopters/${n}.ts`)).map((n) => import(`./adopters/${n}.ts`)),
    )
  ).map((m) => m.adopter);
  const observed = new Map<string, Set<string>>();
  for (const a of adopters)
    for (const [k, f] of Object.entries(a.observed ?? {})) observed.set(k, new Set(f as string[]));
  const answers = new Answers(entries);
  const found = adopters.flatMap((a) => a.adopt(answers));
  const resources = named(found.filter((f: any) => f.state === 'adopted'));
  const un = found.filter((f: any) => f.state === 'unadopted');
  const count: any = {};
  for (const r of resources) count[r.type] = (count[r.type] ?? 0) + 1;
  const unc: any = {};
  for (const r of un) {
    const k = `${r.type} ${r.because.replace(/arn:\S+/g, 'ARN')}`;
    unc[k] = (unc[k] ?? 0) + 1;
  }
  console.log(name, count, unc);
  if (process.env.TYPE)
    console.log(JSON.stringify(resources.filter((r: any) => r.type.includes(process.env.TYPE)).slice(0, 4), null, 1));
  const after = readBack(resources);
  const before = assemble(entries, [], undefined);
  const strip = (v: any): any =>
    Array.isArray(v)
      ? v.map(strip)
      : typeof v !== 'object' || v === null
        ? v
        : Object.fromEntries(
            Object.entries(v)
              .filter(([k, e]) => e !== undefined && k !== 'source' && !(k === 'field' && 'id' in v))
              .map(([k, e]) => [k, strip(e)]),
          );
  const bare = (r: any) => strip(Object.fromEntries(Object.entries(r).filter(([k]) => !observed.get(r.kind)?.has(k))));
  const wholes = new Set(resources.map(({ of }: any) => `${of.kind} ${of.id}`));
  for (const o of un) wholes.delete(`${o.of.kind} ${o.of.id}`);
  const was = new Map(before.resources.map((o) => [`${o.kind} ${o.id}`, o]));
  const is = new Map(after.map((o) => [`${o.kind} ${o.id}`, o]));
  const kinds: any = {};
  for (const o of before.resources) {
    const k = `${o.kind} ${o.id}`;
    if (!wholes.has(k) && !un.some((u: any) => `${u.of.kind} ${u.of.id}` === k))
      kinds[o.kind] = (kinds[o.kind] ?? 0) + 1;
  }
  console.log('neither', kinds);
  let n = 0;
  for (const k of wholes) {
    const o = was.get(k as string);
    if (!o) {
      console.log('NOT THERE', k);
      continue;
    }
    n++;
    const now = is.get(k as string);
    expect(now && bare(now), k as string).toEqual(bare(o));
  }
  console.log('compared', n);
});
