/** The words by which people mark environments, and how they are told from other words. */

export type Environment = 'production' | 'staging' | 'development' | 'test' | 'sandbox' | 'non-production';

/** Words that mean one thing wherever they stand alone. */
const CLEAR: Readonly<Record<string, Environment>> = {
  prod: 'production',
  prd: 'production',
  production: 'production',
  stg: 'staging',
  stag: 'staging',
  stage: 'staging',
  staging: 'staging',
  preprod: 'staging',
  preprd: 'staging',
  preproduction: 'staging',
  uat: 'staging',
  dev: 'development',
  devel: 'development',
  develop: 'development',
  development: 'development',
  test: 'test',
  testing: 'test',
  tst: 'test',
  qa: 'test',
  sandbox: 'sandbox',
  sbx: 'sandbox',
  nonprod: 'non-production',
  nonprd: 'non-production',
  nonproduction: 'non-production',
};

/** Words that mean an environment only where an environment is asked for (in a tag of that name): `live-chat` is no environment. */
const IN_TAG: Readonly<Record<string, Environment>> = {
  live: 'production',
  p: 'production',
  s: 'staging',
  d: 'development',
  t: 'test',
  ci: 'test',
  int: 'test',
  integration: 'test',
  perf: 'test',
  demo: 'sandbox',
  poc: 'sandbox',
  playground: 'sandbox',
  experimental: 'sandbox',
};

export interface Found {
  readonly environment: Environment;
  /** The word as it stands in the text. */
  readonly word: string;
}

/** `shopProd-web2_PRD` -> shop, Prod, web2, PRD. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}

/** A domain's last label is not a word of its owner (`example.dev`). */
function withoutTopLevel(text: string): string {
  return /^(?:[\w*-]+\.)+dev\.?$/i.test(text) ? text.replace(/\.dev\.?$/i, '') : text;
}

/** A name may hold any word, `constructor` too. */
const meaning = (words: Readonly<Record<string, Environment>>, word: string): Environment | undefined =>
  Object.hasOwn(words, word) ? words[word] : undefined;

/** Every environment a text names, one entry for each, in the order of the text. */
export function environmentsIn(text: string, where: 'name' | 'tag'): readonly Found[] {
  const found = new Map<Environment, Found>();
  const words = wordsOf(where === 'name' ? withoutTopLevel(text) : text);
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n] ?? '';
    const key = word.toLowerCase().replace(/\d+$/, '');
    const before = words[n - 1]?.toLowerCase();
    let environment = meaning(CLEAR, key) ?? (where === 'tag' ? meaning(IN_TAG, key) : undefined);
    if (environment === undefined) continue;
    let shown = word;
    if (environment === 'production' && (before === 'pre' || before === 'non' || before === 'not')) {
      environment = before === 'pre' ? 'staging' : 'non-production';
      shown = `${words[n - 1]}-${word}`;
    }
    if (!found.has(environment)) found.set(environment, { environment, word: shown });
  }
  return [...found.values()];
}

const TAG_KEYS = new Set([
  'environment',
  'env',
  'stage',
  'environmentname',
  'envname',
  'deploymentenvironment',
  'deployenv',
  'envtype',
  'environmenttype',
]);

/** Whether a tag's key asks for an environment: `Environment`, `env`, `app:stage`, `team/env-name`. */
export function isEnvironmentTag(key: string): boolean {
  const last = key.split(/[:/]/).at(-1) ?? '';
  return TAG_KEYS.has(last.toLowerCase().replaceAll(/[^a-z]/g, ''));
}
