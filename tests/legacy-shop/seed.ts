/** The example made in an account by calls: every thing that its inventory tells of, in an order in which it can be made. */
import { pick } from '../../src/collect/pick.ts';
import type { Sdk } from '../../src/collect/sdk.ts';
import { things } from './answers.ts';
import { Ids } from './ids.ts';
import type { Call, Kind } from './kind.ts';
import { CONTAINERS } from './kinds/containers.ts';
import { DATA, MESSAGES } from './kinds/data.ts';
import { EDGE } from './kinds/edge.ts';
import { FUNCTIONS } from './kinds/functions.ts';
import { MACHINES } from './kinds/machines.ts';
import { NETWORK } from './kinds/network.ts';
import { PEOPLE } from './kinds/people.ts';

/** Where the example is. */
export const ACCOUNT = '111122223333';
export const REGION = 'ap-northeast-2';
/** What stands in the clear in its environment variables and scripts. */
export const PASSWORD = 'plaintext-password';

const KINDS: readonly Kind[] = [
  ...PEOPLE,
  ...NETWORK,
  ...MACHINES,
  ...EDGE,
  ...DATA,
  // before the queues: a task is told AWS's address of a queue, and not the emulator's
  ...CONTAINERS,
  ...MESSAGES,
  ...FUNCTIONS,
];

/** Makes it; what the emulator calls what the example has. */
export async function seed({ send }: Sdk): Promise<Ids> {
  const ids = new Ids();
  for (const { of, calls } of KINDS)
    for (const thing of things(...of))
      for (const call of calls(thing)) {
        const answer = await made(send, call, ids);
        for (const [path, example] of Object.entries(call.ids ?? {})) {
          const [found] = pick(answer, path);
          if (found === undefined) throw new Error(`${call.operation} answered without ${path}`);
          ids.learn(example, String(found));
        }
      }
  return ids;
}

async function made(send: Sdk['send'], { operation, input, unless }: Call, ids: Ids): Promise<unknown> {
  try {
    return await send({ account: ACCOUNT, region: REGION, operation, input: ids.toEmulator(input) });
  } catch (error) {
    if (error instanceof Error && error.name === unless) return undefined;
    throw new Error(`${operation} ${JSON.stringify(input)}: ${String(error)}`, { cause: error });
  }
}
