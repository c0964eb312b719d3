/** AWS's answers: as an inventory, as a folder, planned from, and while they are collected. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect } from '../../../src/collect/collect.ts';
import type { Request } from '../../../src/collect/journal.ts';
import { fastClock, optionsFor, replay } from '../../../src/collect/testing/replay.ts';
import { loadInputs } from '../../../src/inventory/load.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { todayOf } from '../../../src/plan/today.ts';
import { rules } from '../../../src/rules/catalog/index.ts';
import { audit } from '../../../src/rules/run.ts';
import { everything } from '../../whole.ts';
import { audited, type Door, judged } from '../door.ts';
import { mutantOf, randomOf, valueMutantOf } from '../mutants.ts';
import { textMutantOf } from '../texts.ts';

export const jsonOf = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** A JSON file, audited. */
export const jsonDoor = (name: string, tries: number, document: unknown): Door => ({
  name,
  tries,
  mutant: (seed) => ({ 'input.json': mutantOf(document, seed) }),
  enter: (folder) => audited(join(folder, 'input.json')),
});

/** Not only the rules: everything that any command says of an estate. */
const analysed = (name: string, tries: number, path: string): Door => ({
  ...jsonDoor(name, tries, jsonOf(path)),
  enter(folder) {
    const { estate } = loadInputs([join(folder, 'input.json')]);
    judged(estate);
    JSON.stringify(everything(estate));
  },
});

const journey = (name: string, tries: number, path: string): Door => ({
  ...jsonDoor(name, tries, jsonOf(path)),
  enter(folder) {
    const { estate, entries } = loadInputs([join(folder, 'input.json')]);
    makePlan(todayOf(estate, entries), audit(estate, rules), {});
  },
});

interface Inventory {
  readonly account: string;
  readonly region: string;
  readonly responses: Readonly<Record<string, readonly { readonly input?: object; readonly output?: unknown }[]>>;
}

const inventoryAt = (path: string): Inventory => jsonOf(path) as Inventory;

/** As `docs/collect.sh` leaves them: one file an operation, a folder where there are several requests. */
function folderOf({ responses }: Inventory): readonly (readonly [name: string, output: unknown])[] {
  return Object.entries(responses).flatMap(([operation, requests]) => {
    const name = operation
      .replace(':', '-')
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
      .toLowerCase();
    return requests.map(({ output, input }) => {
      const [value] = Object.values(input ?? {});
      const inner = value === undefined ? '' : `/${encodeURIComponent(String(value))}`;
      return [`eu-west-1/${name}${inner}.json`, output ?? {}] as const;
    });
  });
}

function cliFolder(name: string, tries: number, path: string): Door {
  const answers = folderOf(inventoryAt(path));
  return {
    name,
    tries,
    mutant(seed) {
      const random = randomOf(seed);
      const broken = Math.floor(random() * answers.length);
      return Object.fromEntries(
        answers.map(([file, output], n) => {
          if (n !== broken) return [file, JSON.stringify(output)];
          const how = random();
          if (how < 1 / 8) return [safe(textMutantOf(file, seed)), JSON.stringify(output)];
          if (how < 1 / 4) return [file, textMutantOf(JSON.stringify(output, null, 1), seed)];
          if (how < 3 / 8) return [file, `An error occurred (${textMutantOf('AccessDenied) when calling', seed)}`];
          return [file, mutantOf(output, seed)];
        }),
      );
    },
    enter: (folder) => audited(folder),
  };
}

/** A name that a file can have, beside the others. */
const safe = (name: string): string => {
  const parts = name
    .slice(0, 200)
    .replaceAll(/\p{Cc}/gu, '_')
    .split('/');
  return `renamed/${parts.map((part) => (/^\.{0,2}$/.test(part) ? '_' : part)).join('/')}.json`;
};

const PLACE = { account: '111122223333', region: 'eu-west-1' };

/** What a run that was ended has left, and the answers that AWS still gives. */
function collecting(name: string, tries: number, path: string): Door {
  const { responses, account } = inventoryAt(path);
  const answers = Object.entries(responses).flatMap(([operation, requests]) =>
    requests.map(({ input = {}, output = {} }): Request & { readonly output: unknown } => ({
      ...{ ...PLACE, account, operation },
      ...{ input: input as Request['input'], output },
    })),
  );
  const header = { format: 'underpin.journal/1', startedAt: '2026-11-22T12:00:00.000Z' };
  return {
    name,
    tries,
    mutant(seed) {
      const random = randomOf(seed);
      const kept = answers.filter(() => random() < 1 / 3);
      const broken = valueMutantOf([header, ...kept], random);
      const lines = (Array.isArray(broken) ? broken : [broken]).map((line) => JSON.stringify(line) ?? '');
      const text = `${lines.join('\n')}\n`;
      return { 'inventory.json.journal': random() < 1 / 4 ? textMutantOf(text, seed) : text, seed: String(seed) };
    },
    async enter(folder, { seed }) {
      const output = join(folder, 'inventory.json');
      const random = randomOf(Number(seed));
      const { sdk, ...session } = replay(path);
      const send = async (request: Request): Promise<unknown> => {
        const answer = await sdk.send(request);
        return random() < 1 / 20 ? valueMutantOf({ answer }, random) : answer;
      };
      const clock = fastClock(Date.parse('2026-11-22T13:00:00Z'));
      const sessions = [{ ...session, sdk: { ...sdk, send } }];
      await collect(optionsFor(output, sessions, { regions: [PLACE.region], clock }));
      loadInputs([output]);
    },
  };
}

export const inputDoors = (): readonly Door[] => [
  jsonDoor('inventory', 60, jsonOf('scenarios/inventory/two-accounts.json')),
  jsonDoor('legacy-shop', 8, jsonOf('examples/legacy-shop/inventory.json')),
  analysed('analysed', 20, 'scenarios/plan/one-zone.json'),
  journey('journey', 6, 'scenarios/plan/default-vpc-one-machine.json'),
  cliFolder('cli-folder', 60, 'scenarios/inventory/two-accounts.json'),
  collecting('collecting', 25, 'scenarios/doors/inventory.json'),
];
