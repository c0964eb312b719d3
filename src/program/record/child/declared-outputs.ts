/**
 * Outputs that no table knows, made up in the type that the SDK's own declarations give them: a program that reads into
 * them goes on. Outputs that may be missing after a deployment are left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Subject } from '../../../inventory/pulumi/made/shape.ts';
import type { Properties, Value } from '../../../inventory/pulumi/recorded.ts';

const OUTPUT = /^\s+readonly (\w+): pulumi\.Output<(.+)>;$/gm;
const cache = new Map<string, ReadonlyMap<string, string> | undefined>();

export function declaredOutputs(
  find: (name: string) => string | undefined,
  subject: Subject,
  names: readonly string[],
): Properties {
  if (!cache.has(subject.type)) cache.set(subject.type, declarationsOf(find, subject.type));
  const types = cache.get(subject.type);
  const outputs: [string, Value][] = [];
  for (const name of names) {
    const type = types?.get(name);
    // without declarations every output counts as a text
    const value = types === undefined ? labelled(subject, name) : type && madeUp(subject, name, type);
    if (value !== undefined) outputs.push([name, value]);
  }
  return Object.fromEntries(outputs);
}

/** The types of a class's outputs: `aws:ec2/vpc:Vpc` is declared in `@pulumi/aws/ec2/vpc.d.ts`. */
function declarationsOf(
  find: (name: string) => string | undefined,
  type: string,
): ReadonlyMap<string, string> | undefined {
  const [scope = '', path = ''] = type.split(':');
  const manifest = find(`@pulumi/${scope}/package.json`);
  if (manifest === undefined) return undefined;
  const file = join(dirname(manifest), `${path.replace(/^index\//, '')}.d.ts`);
  if (!existsSync(file)) return undefined;
  return new Map([...readFileSync(file, 'utf8').matchAll(OUTPUT)].map(([, name = '', type = '']) => [name, type]));
}

function madeUp(subject: Subject, name: string, type: string): Value | undefined {
  if (/\| undefined\b/.test(type)) return undefined;
  if (type === 'number') return 0;
  if (type === 'boolean') return false;
  if (type === 'string[]') return [labelled(subject, name)];
  if (type.endsWith('[]')) return [];
  if (type.startsWith('{') || type.startsWith('outputs.')) return {};
  return labelled(subject, name);
}

/** A text that says whose output it is, so that it is recognised wherever it ends up. */
const labelled = (subject: Subject, name: string): string => `${subject.name}_${name}`;
