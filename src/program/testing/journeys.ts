/** For tests: journeys made by hand, and the shop's own without their proofs. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AdoptedResource } from '../../inventory/adopt/adopt.ts';
import type { Properties, RecordedOptions } from '../../inventory/pulumi/recorded.ts';
import type { Edit } from '../../plan/edit.ts';
import { moves } from '../../plan/moves/index.ts';
import { after, startOf } from '../../plan/state.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../../plan/step.ts';
import { contextOf, shopToday } from '../../plan/testing/shop.ts';
import { type Journey, journeyFrom } from '../emit/journey.ts';
import type { Project } from '../emit/project.ts';
import { packageRoot } from '../record/bundle.ts';

export const PROJECT: Project = { name: 'shop', stack: 'live', version: '0.1.0' };
const PLACE = { account: '111122223333', region: 'eu-west-1' };

export interface Given {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs?: Properties;
  readonly options?: RecordedOptions;
  readonly region?: string;
}

const adoptedOf = ({
  type,
  name,
  id,
  inputs,
  outputs = {},
  options = {},
  region = PLACE.region,
}: Given): AdoptedResource => ({
  urn: `urn:pulumi:today::underpin::${type}::${name}`,
  type,
  name,
  kind: 'declared',
  parent: undefined,
  custom: true,
  remote: false,
  id,
  inputs,
  outputs: { ...inputs, ...outputs },
  dependencies: [],
  propertyDependencies: {},
  options: { importId: id, protect: true, retainOnDelete: true, ignoreChanges: [], ...options },
  position: undefined,
  place: { account: PLACE.account, region },
  of: { kind: 'vpc', id },
});

/** A journey that adopts what is given and then goes the steps, each a list of edits under its name. */
export function journeyWith(given: readonly Given[], more: Readonly<Record<string, readonly Edit[]>> = {}): Journey {
  const resources = given.map(adoptedOf);
  const today = { ...shopToday(), adoptions: { resources, unadopted: [] }, readBack: new Map(), place: PLACE };
  const adopt = resources.map(
    ({ type, name, id, inputs }): Edit => ({ op: 'adopt', type, name, importId: id, properties: inputs }),
  );
  return journeyFrom(today, [stepOf('adopt', adopt), ...Object.entries(more).map(([id, edits]) => stepOf(id, edits))]);
}

const stepOf = (id: string, edits: readonly Edit[]): Step =>
  step({
    id,
    title: `The step ${id}`,
    kind: 'expand',
    move: 'test',
    environment: null,
    why: 'A test needs it.',
    duration: minutes(1, 5),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'go back', until: 'the next step', exact: true },
    sources: [],
    edits,
  });

/** The journey of some moves in the built-in shop, in this order, without asking the prover. */
export function shopJourney(wanted: readonly (readonly [move: string, environment: string | null])[]): Journey {
  const today = shopToday();
  let state = startOf(today);
  const steps: Step[] = [];
  for (const [name, environment] of wanted) {
    const move = moves.find((one) => one.name === name);
    if (move === undefined) throw new Error(`no move ${name}`);
    const proposal = move.propose(contextOf(state, environment));
    if (proposal.state !== 'ready') throw new Error(`${name} in ${environment} is ${JSON.stringify(proposal)}`);
    for (const one of proposal.steps) {
      state = after(state, one);
      steps.push(one);
    }
  }
  return journeyFrom(today, steps);
}

/** The files in a folder of their own, beside the packages of this repository. */
export function folderWith(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-program-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}
