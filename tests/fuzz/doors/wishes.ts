/** What people write beside an input, or keep of an output: wishes, flows, prices, plans, previews. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Terminal } from '../../../src/cli/command.ts';
import { audit } from '../../../src/cli/commands/audit.ts';
import { cost } from '../../../src/cli/commands/cost.ts';
import { guard } from '../../../src/cli/commands/guard.ts';
import { prove } from '../../../src/cli/commands/prove.ts';
import { planToday, readToday } from '../../../src/cli/plan-run.ts';
import { readPreferences } from '../../../src/cli/preferences.ts';
import { loadInputs } from '../../../src/inventory/load.ts';
import type { Door } from '../door.ts';
import { mutantOf, randomOf, valueMutantOf } from '../mutants.ts';
import { textMutantOf } from '../texts.ts';
import { jsonOf } from './inputs.ts';

const SMALL = 'scenarios/plan/only-machines.json';

/** A command as a user runs it; stdin where there is one. */
const run = (command: Command, args: readonly string[], options: object, input?: string): unknown => {
  const terminal: Terminal = {
    ...{ out() {}, err() {}, width: 100, colour: false, unicode: true },
    ...{ today: () => '2026-01-01', environment: {} },
    ...(input === undefined ? {} : { input: async () => input }),
  };
  return command.run(args, { json: true, ...options }, terminal);
};

const PREFERENCES = {
  maintenanceWindow: 'Sun 03:00-05:00 Asia/Seoul',
  acceptedSeconds: 60,
  nat: 'single',
  wayIn: { sshFrom: { office: '203.0.113.0/24' } },
  zones: ['eu-west-1a', 'eu-west-1b'],
  skip: ['aurora'],
  want: ['fargate'],
  mediaDomains: { 'shop-media': 'media.example.com' },
  watchDays: 14,
  accepted: [{ rule: 'user-without-mfa', resource: 'alice', reason: 'she has left long ago' }],
  alarmEmail: 'ops@example.com',
  people: { alice: 'left' },
  pipeline: { github: 'example/shop' },
  retire: [{ environment: 'development', reason: 'it has its own account' }],
};

const preferences: Door = {
  name: 'preferences',
  tries: 400,
  mutant: (seed) => ({ 'underpin.config.json': mutantOf(PREFERENCES, seed) }),
  enter: (folder) => readPreferences(undefined, [join(folder, 'input.json')]),
};

/** One that is read is planned by, too. */
const wishes: Door = {
  ...preferences,
  name: 'wishes',
  tries: 10,
  async enter(folder) {
    const wished = await readPreferences(undefined, [join(folder, 'input.json')]);
    planToday(readToday([SMALL]), [SMALL], wished);
  },
};

const FLOWS = `add:
  - { from: web, to: database/shop-mysql, port: tcp/3306, purpose: orders }
  - { from: { people: [203.0.113.0/24] }, to: web, port: any, purpose: the office }
  - from: 198.51.100.0/24
    to: &web web
    port: tcp/8000-8080
    purpose: a partner
correct:
  - flow: internet -> loadbalancer/app/shop tcp/80
    set: { port: tcp/22, from: *web }
remove:
  - { from: internet, to: web, reason: gone }
`;

/** Beside an inventory, as people keep it. */
const flows: Door = {
  name: 'flows-file',
  tries: 50,
  mutant: (seed) => ({
    'underpin.flows.yaml': textMutantOf(FLOWS, seed),
    'inventory.json': readFileSync('scenarios/doors/inventory.json'),
  }),
  enter: (folder) => loadInputs([join(folder, 'inventory.json')]),
};

const PRICES = `asOf: 2026-11-01
prices:
  - { region: eu-west-1, service: ec2, sku: t3.micro, unit: hour, usd: 0.01, source: ours }
  - &row { region: eu-west-1, service: rds, sku: mysql/db.t3.micro, unit: hour, usd: 0.02 }
`;
const USAGE = `usage:
  - { resource: '*', service: nat, sku: gb, perMonth: 200, because: CloudWatch }
  - { region: eu-west-1, service: transfer, sku: internet-gb, perMonth: 1200 }
`;
const IGNORES = `ignore:
  - { rule: trail-missing, reason: soon, until: 2027-01-31 }
  - rule: vpc-without-flow-logs
    resource: vpc-1
    reason: *later
`;

const beside = (name: string, text: string, command: Command, option: string): Door => ({
  name,
  tries: 80,
  mutant: (seed) => ({ 'file.yaml': textMutantOf(text, seed) }),
  enter: (folder) => run(command, ['scenarios/inventory/empty-account.json'], { [option]: join(folder, 'file.yaml') }),
});

let plan: unknown;

/** A small journey, as `underpin plan --json` writes it. */
function planned(): unknown {
  plan ??= JSON.parse(JSON.stringify(planToday(readToday([SMALL]), [SMALL], {}).result));
  return plan;
}

/** Proven again from the inventory that is given, whatever a person made of the plan. */
const planFile: Door = {
  name: 'plan-file',
  tries: 60,
  mutant: (seed) => ({ 'plan.json': mutantOf(planned(), seed) }),
  enter: (folder) => run(prove, [join(folder, 'plan.json'), SMALL], {}),
};

/** Damage that the shape of a plan lets through: what one step edits, of which only the frame is checked. */
const steps: Door = {
  ...planFile,
  name: 'plan-steps',
  mutant(seed) {
    const { steps: all = [], ...rest } = planned() as { readonly steps?: readonly { readonly edits?: unknown }[] };
    const n = seed % Math.max(1, all.length);
    const broken = valueMutantOf({ edits: all[n]?.edits }, randomOf(seed));
    const whole = { ...rest, steps: all.map((step, at) => (at === n ? { ...step, ...(broken as object) } : step)) };
    return { 'plan.json': JSON.stringify(whole) };
  },
};

const GUARD = 'src/program/guard/scenarios';

const preview = (name: string, mutant: (seed: number) => string): Door => ({
  name,
  tries: 150,
  mutant: (seed) => ({ 'preview.json': mutant(seed) }),
  enter: (_, { 'preview.json': text }) =>
    run(guard, [], { plan: `${GUARD}/proven.json`, step: 'groups-beside' }, String(text)),
});

const proven: Door = {
  name: 'proven',
  tries: 150,
  mutant: (seed) => ({ 'proven.json': mutantOf(jsonOf(`${GUARD}/proven.json`), seed) }),
  enter: (folder) =>
    run(
      guard,
      [],
      { plan: join(folder, 'proven.json'), step: 'groups-beside' },
      readFileSync(`${GUARD}/exact.json`, 'utf8'),
    ),
};

export const wishDoors = (): readonly Door[] => [
  preferences,
  wishes,
  flows,
  beside('prices', PRICES, cost, 'prices'),
  beside('usage', USAGE, cost, 'usage'),
  beside('ignores', IGNORES, audit, 'ignore'),
  planFile,
  steps,
  preview('preview', (seed) => mutantOf(jsonOf(`${GUARD}/exact.json`), seed)),
  preview('preview-events', (seed) => textMutantOf(readFileSync(`${GUARD}/events.jsonl`, 'utf8'), seed)),
  proven,
];
