/** What the example's inventory says, thing by thing. */
import { readFileSync } from 'node:fs';
import { pick } from '../../src/collect/pick.ts';
import type { Input } from '../../src/collect/row.ts';
import { shop } from '../cli.ts';

interface Answer {
  readonly input: Input;
  readonly output?: unknown;
}

const { responses }: { readonly responses: Readonly<Record<string, readonly Answer[]>> } = JSON.parse(
  readFileSync(shop, 'utf8'),
);

/** A thing that an answer lists, and the parameters of the request that it answers. */
export class Thing {
  readonly value: unknown;
  readonly asked: Input;

  constructor(value: unknown, asked: Input) {
    this.value = value;
    this.asked = asked;
  }

  /** What stands at the path; none is an error: the inventory is not what the table takes it for. */
  text(path: string): string {
    const [found] = pick(this.value, path);
    if (found === undefined) throw new Error(`the example has no ${path} in ${JSON.stringify(this.value)}`);
    return String(found);
  }

  has(path: string): boolean {
    return pick(this.value, path).length > 0;
  }

  /** All that stands at the path. */
  all(path: string): readonly unknown[] {
    return pick(this.value, path);
  }

  /** Things within it. */
  each(path: string): readonly Thing[] {
    return pick(this.value, path).map((value) => new Thing(value, this.asked));
  }

  /** Those of the fields that it has. */
  only(...names: readonly string[]): Input {
    return Object.fromEntries(names.flatMap((name) => pick(this.value, name).map((value) => [name, value] as const)));
  }
}

/** What all answers to the operation list at the path. */
export const things = (operation: string, path = ''): readonly Thing[] =>
  (responses[operation] ?? []).flatMap(({ input, output }) => pick(output, path).map((one) => new Thing(one, input)));

/** The answer to the request whose parameter is this. */
export function answerTo(operation: string, parameter: string, value: string): Thing {
  const found = things(operation).find(({ asked }) => asked[parameter] === value);
  if (!found) throw new Error(`the example has no ${operation} of ${value}`);
  return found;
}
