/** The program is the plan: recorded at the steps of the shop, and found out where it is not. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Named } from '../plan/edit.ts';
import { planWith } from '../plan/testing/shop.ts';
import { emit } from './emit/emit.ts';
import { journeyOf } from './emit/journey.ts';
import { provenOf } from './guard/proven.ts';
import { packageRoot } from './record/bundle.ts';
import { folderWith, type Given, journeyWith, PROJECT, shopJourney } from './testing/journeys.ts';
import { validate } from './validate.ts';

const journey = shopJourney([
  ['adopt', null],
  ['groups-beside', 'production'],
  ['private-network', 'production'],
  ['way-in', 'production'],
  ['functions-inside', 'production'],
  ['database-closed', 'production'],
]);
const emitted = emit(journey, PROJECT);
const folder = folderWith(emitted.files);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const last = journey.names.at(-1) ?? '';
const proven = new Map(provenOf(journey, emitted.things).steps.map((one) => [one.name, one.operations]));
const asTold = ({ op, type, name }: Named & { readonly op: string }, keys: readonly string[]): string =>
  `${op} ${type} ${name} ${op === 'update' || op === 'replace' ? keys : ''}`;

describe('the shop as it is written', () => {
  it('declares at its steps what the plan says, to the letter', async () => {
    const { ran, differences, refused, operations } = await validate(folder, journey, emitted, { processes: 1 });
    expect({ differences, refused }).toEqual({ differences: [], refused: [] });
    expect(ran).toContain(last);
    for (const [name, found] of operations) {
      const edits = journey.steps[journey.names.indexOf(name)]?.edits ?? [];
      expect(found.map(({ op, type, name: one }) => `${op} ${type} ${one}`).sort(), name).toEqual(
        edits.map(({ op, type, name: one }) => `${op} ${type} ${one}`).sort(),
      );
      // what the guard is told that is proven, property by property
      expect(found.map((one) => asTold(one, one.properties)).sort(), name).toEqual(
        (proven.get(name) ?? []).map((one) => asTold(one, Object.keys(one.sets ?? {}))).sort(),
      );
    }
  });

  it('compiles under strict', () => {
    const settings = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
    settings.compilerOptions.paths = {
      'underpin/timeline': [join(packageRoot, 'src/timeline/index.ts')],
      'underpin/blueprint': [join(packageRoot, 'src/blueprint/index.ts')],
    };
    settings.compilerOptions.allowImportingTsExtensions = true;
    settings.compilerOptions.lib = ['ES2023'];
    settings.compilerOptions.typeRoots = [join(packageRoot, 'node_modules/@types')];
    writeFileSync(join(folder, 'tsconfig.check.json'), JSON.stringify(settings));
    const { stdout, status } = spawnSync(
      process.execPath,
      // what it is with the compiler of its own package.json, tests/examples-types.test.ts tries
      [
        join(packageRoot, 'node_modules/typescript7/bin/tsc'),
        '--singleThreaded',
        '-p',
        join(folder, 'tsconfig.check.json'),
      ],
      { encoding: 'utf8' },
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  it('stands as the usual formatter would write it', () => {
    const { formatter, javascript } = JSON.parse(readFileSync(join(packageRoot, 'biome.json'), 'utf8'));
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({ root: true, formatter, javascript, linter: { enabled: false } }),
    );
    const { stderr, status } = spawnSync(
      process.execPath,
      [
        join(packageRoot, 'node_modules/@biomejs/biome/bin/biome'),
        'check',
        ...[...emitted.files.keys()].filter((path) => /\.(ts|json)$/.test(path) && path !== 'proven.json'),
      ],
      { encoding: 'utf8', cwd: folder, env: { PATH: process.env.PATH ?? '' } },
    );
    expect(status, stderr).toBe(0);
  });

  it.skipIf(process.env.UNDERPIN_EVERY_STEP === undefined)('at every step of the whole journey', async () => {
    const { today } = journey;
    const whole = journeyOf(planWith(today));
    const all = emit(whole, PROJECT);
    const place = folderWith(all.files);
    const { differences, refused, operations } = await validate(place, whole, all);
    rmSync(place, { recursive: true, force: true });
    expect({ differences, refused }).toEqual({ differences: [], refused: [] });
    const told = provenOf(whole, all.things).steps;
    for (const [name, found] of operations)
      expect(found.map((one) => asTold(one, one.properties)).sort(), name).toEqual(
        (told.find((one) => one.name === name)?.operations ?? [])
          .map((one) => asTold(one, Object.keys(one.sets ?? {})))
          .sort(),
      );
  });
});

describe('a program that somebody changed', () => {
  const changes: readonly (readonly [what: string, file: string, from: RegExp, to: string, path: string])[] = [
    [
      'an argument',
      'adopted/prod/data.ts',
      /instanceClass: '[^']+'/,
      "instanceClass: 'db.r5.24xlarge'",
      'inputs.instanceClass',
    ],
    ['a protection', 'guard.ts', /retainOnDelete: protect/, 'retainOnDelete: false', 'options.retainOnDelete'],
    ['a component', 'target/prod/network.ts', /'app-a': '[^']+'/, "'app-a': '10.0.200.0/24'", 'inputs.cidrBlock'],
    ['a row of a table', 'target/prod/groups.ts', /port: 3306/, 'port: 3307', ''],
    ['a thing less', 'target/prod/groups.ts', /^steps\.since\([\s\S]*?\n\);\n/m, '', ''],
    ['a thing too many', 'index.ts', /^export/m, "new (await import('@pulumi/aws')).sqs.Queue('extra');\nexport", ''],
    ['an id', 'adopted/prod/network.ts', /adopted\('vpc-[^']+'/, "adopted('vpc-00000000000000000'", 'options.importId'],
  ];
  let places: readonly (readonly [string, string])[] = [];
  beforeAll(() => {
    places = changes.map(([what, file, from, to]) => {
      const files = new Map(emitted.files);
      const text = files.get(file) ?? '';
      expect(text, what).toMatch(from);
      return [what, folderWith(files.set(file, text.replace(from, to)))] as const;
    });
  });
  afterAll(() => {
    for (const [, place] of places) rmSync(place, { recursive: true, force: true });
  });

  it.each(changes)('by %s is found out', async (what, _file, _from, _to, path) => {
    const place = places.find(([one]) => one === what)?.[1] ?? '';
    const { differences } = await validate(place, journey, emitted, { steps: [last], processes: 1 });
    expect(differences.map((one) => one.path)).toContain(path);
  });
});

describe('names and texts of an account', () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      '`\x24{process.exit(1)}`',
      "'); throw 1; ('",
      '*/ throw 1 /*',
      '\\',
      '\n',
      'one \n two`  \n\n',
      '\u2028',
      '\u202e',
      '__proto__',
      'steps',
      'class',
      '1st',
      '\x24{x#y}',
      '"',
      '日本',
      '\ud800',
      '<redacted',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const text = fc.array(nasty, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
  const thing = fc.record({ name: text, tag: text, key: text, policy: fc.jsonValue() });

  it('are written so that the program says them again, and nothing else', async () => {
    const given: Given[] = fc
      .sample(thing, { numRuns: 60, seed: 7 })
      .flatMap(({ name, tag, key, policy }, n): Given[] => [
        {
          type: 'aws:sqs/queue:Queue',
          name: `${name}${n}`,
          id: `https://sqs.eu-west-1.amazonaws.com/111122223333/q${n}`,
          inputs: { name: `q${n}`, tags: { [`${key}k`]: tag, Name: name } },
          outputs: { url: `https://sqs.eu-west-1.amazonaws.com/111122223333/q${n}` },
        },
        {
          type: 'aws:sqs/queuePolicy:QueuePolicy',
          name: `${name}${n}`,
          id: `https://sqs.eu-west-1.amazonaws.com/111122223333/q${n}`,
          inputs: {
            queueUrl: `https://sqs.eu-west-1.amazonaws.com/111122223333/q${n}`,
            policy: JSON.stringify({ policy, [key]: tag }),
          },
        },
      ]);
    const odd = journeyWith(given, {
      'a step `\x24{1}`': [],
      "it's */": [
        { op: 'create', type: 'aws:sqs/queue:Queue', name: "new'`\x24{1}", properties: { name: "`'\\\x24{1}" } },
      ],
    });
    const made = emit(odd, PROJECT);
    const place = folderWith(made.files);
    const { differences } = await validate(place, odd, made, { processes: 1 });
    rmSync(place, { recursive: true, force: true });
    expect(differences).toEqual([]);
  });
});
