/** Stands in for the AWS CLI in tests: answers from an inventory, and refuses what is not in it. */

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
  '--output',
  '--query',
  '--include',
  '--attribute-names',
  '--filter',
  '--instance-types',
  '--account-id',
  '--show-cache-node-info',
]);

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
  const called = squeeze(`${service === 's3api' ? 's3' : service}:${operation}`);
  const key = Object.keys(account.responses).find((one) => squeeze(one) === called) ?? '';
  const wanted = [...flags].flatMap(([name, values]) => (ASIDE.has(name) ? [] : values));
  const found = (account.responses[key] ?? []).filter((entry) => {
    const values = Object.values(entry.input ?? {})
      .flat()
      .map(String);
    return (entry.region ?? account.region) === region && wanted.every((value) => values.includes(value));
  });
  const [entry, ...more] = found;
  const refused = (name: string, message: string): Said => ({
    code: 254,
    text: `\nAn error occurred (${name}) when calling the ${key.split(':')[1] ?? operation} operation: ${message}\n`,
  });
  if (entry === undefined) return refused('AccessDenied', 'not in the fake account');
  if (entry.error) return refused(entry.error.name, entry.error.message ?? '');
  const output = wanted.length > 0 ? entry.output : more.reduce(joined, entry.output ?? {});
  const query = flags.get('--query')?.[0];
  return { code: 0, text: `${query === undefined ? JSON.stringify(output) : picked(output, query)}\n` };
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

/** `--query` as far as the script uses it: names, and `[]` after those of lists. */
function picked(output: unknown, query: string): string {
  const values = query
    .split('.')
    .reduce<readonly unknown[]>(
      (all, step) =>
        all.flatMap((one) =>
          typeof one === 'object' && one !== null
            ? (Object.entries(one).find(([name]) => name === step.replace('[]', ''))?.[1] ?? [])
            : [],
        ),
      [output],
    );
  return values.join('\t');
}
