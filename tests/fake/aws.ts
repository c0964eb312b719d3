/** Stands in for the AWS CLI in tests: answers from an inventory, and refuses what is not in it. */
import { pick } from '../../src/collect/pick.ts';

interface Asked {
  readonly region?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly name: string; readonly message?: string };
}
export interface FakeAccount {
  readonly region: string;
  readonly responses: Readonly<Record<string, readonly Asked[]>>;
}
/** What the command prints and ends with. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

/** Options that say how to answer, not about what. */
const ASIDE = new Set([
  '--account-id',
  '--attribute-names',
  '--filter',
  '--include',
  '--includes',
  '--limit',
  '--max-results',
  '--output',
  '--owner-ids',
  '--page-size',
  '--query',
  '--region',
  '--resource-type',
  '--scope',
  '--show-cache-node-info',
]);

/** The CLI's names of services that the SDK calls otherwise. */
const SERVICES: Readonly<Record<string, string>> = {
  configservice: 'config',
  s3api: 's3',
  'sso-admin': 'ssoadmin',
  stepfunctions: 'sfn',
};

const squeeze = (text: string): string => text.toLowerCase().replace(/[^a-z0-9:]/g, '');

/** The values that follow each option. */
function flagsOf(rest: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const flags = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of rest)
    if (word.startsWith('--')) {
      values = [];
      flags.set(word, values);
    } else values.push(word);
  return flags;
}

/** What `aws ARGUMENTS` says in a region. */
export function aws(account: FakeAccount, words: readonly string[], region: string = account.region): Said {
  const [service = '', operation = '', ...rest] = words;
  if (service === 'configure') return { code: 0, text: `${account.region}\n` };
  const flags = flagsOf(rest);
  const place = flags.get('--region')?.[0] ?? region;
  const called = squeeze(`${SERVICES[service] ?? service}:${operation}`);
  const key = Object.keys(account.responses).find((one) => squeeze(one) === called) ?? '';
  const wanted = [...flags].flatMap(([name, values]) => (ASIDE.has(name) || values.length === 0 ? [] : [values]));
  const found = (account.responses[key] ?? []).filter((entry) => {
    const values = Object.values(entry.input ?? {})
      .flat()
      .map(String);
    // of several things asked in one request some may have been told in another
    return (
      (entry.region ?? account.region) === place && wanted.every((some) => some.some((value) => values.includes(value)))
    );
  });
  const [entry, ...more] = found;
  const refused = (name: string, message: string): Said => ({
    code: 254,
    text: `\nAn error occurred (${name}) when calling the ${key.split(':')[1] ?? operation} operation: ${message}\n`,
  });
  if (entry === undefined) return refused('AccessDenied', 'not in the fake account');
  if (entry.error) return refused(entry.error.name, entry.error.message ?? '');
  const output = more.reduce(joined, entry.output ?? {});
  const query = flags.get('--query')?.[0];
  // the CLI prints nothing where nothing is set
  const text = Object.keys(output).length === 0 ? '' : JSON.stringify(output);
  const said = query === undefined ? text : picked(output, query);
  return { code: 0, text: said === '' ? '' : `${said}\n` };
}

/** Pages of one listing become one answer, as the CLI does it. */
function joined(all: Readonly<Record<string, unknown>>, page: Asked): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => {
      const further = page.output?.[name];
      if (!Array.isArray(value) || !Array.isArray(further)) return [name, value];
      const known = new Set(value.map((one) => JSON.stringify(one)));
      return [name, [...value, ...further.filter((one) => !known.has(JSON.stringify(one)))]];
    }),
  );
}

/** `--query` as far as the script uses it: a path, or a path and the fields of what stands there, a thing a line. */
function picked(output: unknown, query: string): string {
  const [, items = '', fields] = /^(?:(.*?)\.?)\[([\w@.,]+)\]$/.exec(query.replace('[] | [?', '[?')) ?? [];
  if (fields === undefined) return pick(output, query).join('\t');
  const things = items === '' ? [output] : pick(output, items);
  return things
    .map((thing) => fields.split(',').map((field) => pick(thing, field === '@' ? '' : field)[0] ?? 'None'))
    .map((line) => line.join('\t'))
    .join('\n');
}
