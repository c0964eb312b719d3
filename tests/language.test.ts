/** What people read in Korean is Korean: every sentence of every result, and the report and the command line themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInputs } from '../src/inventory/load.ts';
import { korean } from '../src/language/ko/index.ts';
import { TERMS } from '../src/language/prose.ts';
import { namesIn, sentencesIn, translated } from '../src/language/results.ts';
import type { Translator } from '../src/language/translator.ts';
import { planWith } from '../src/plan/testing/shop.ts';
import { todayOf } from '../src/plan/today.ts';
import { languageOf } from '../src/report/html/messages.ts';
import { reportHtml } from '../src/report/html/page.ts';
import { shortJourney } from '../src/report/html/testing/journey.ts';
import { planResult, proofResult } from '../src/report/plan.ts';
import { planText } from '../src/report/text/plan.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { audit } from '../src/rules/run.ts';
import { run, shop, underpin } from './cli.ts';
import { everything } from './whole.ts';

const FOLDER = 'scenarios/plan';
const INPUTS = [
  shop,
  ...readdirSync(FOLDER).flatMap((name) => (/^(?!expected).*\.json$/.test(name) ? [`${FOLDER}/${name}`] : [])),
];

/** Left in English on purpose. */
const EXCEPT: readonly RegExp[] = [
  // a refusal that only this test's journey has
  /the image is not known\. Say which it is\./,
  // what AWS or a parser answered, word for word
  /is not authorized to perform/,
  // commands, with what follows them
  /\b(?:aws|pulumi|docker|npx underpin|underpin|terraform) (?:[a-z][a-z-]*\s?)+/g,
  // a resource of no kind that has a word, by the names of the price table
  /\b(?:elasticache|rds|ec2|ecs|dynamodb|lambda|sqs|sns|s3|cloudfront|fargate|nat|ebs|logs) [\w./-]+/g,
];

/** Runs of two or more English words that are no names, nothing quoted, no code and no terms of AWS. */
function englishIn(text: string, names: ReadonlySet<string>): readonly string[] {
  const bare = EXCEPT.reduce(
    (left, one) => left.replace(one, ' § '),
    text.replace(/“[^”]*”|"[^"]*"|`[^`]*`|'[^' ]*'/g, ' § '),
  );
  const isWord = (word: string): boolean => /^[a-z]{2,}$/.test(word) && !TERMS.has(word) && !names.has(word);
  const runs: string[][] = [[]];
  for (const word of bare.split(/\s+|(?=[,.;:()])|(?<=[(])/)) {
    if (isWord(word)) runs.at(-1)?.push(word);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 1).map((run) => run.join(' '));
}

function leftIn(texts: Iterable<string>, language: Translator, names: ReadonlySet<string>): readonly string[] {
  return [...texts].flatMap((text) => {
    const said = language.text(text);
    return englishIn(said, names).length > 0 ? [`${text} => ${said}`] : [];
  });
}

describe.each(INPUTS)('%s', (file) => {
  const { estate, entries } = loadInputs([file]);
  const today = todayOf(estate, entries);
  const plan = planWith(today);
  const results = {
    ...everything(today.estate),
    plan: planResult(plan, [file], {}, audit(today.estate, rules)),
    prove: proofResult(file, plan.steps, {}, []),
  };
  const names = namesIn([results, today.estate.resources]);

  it('is told in Korean, every sentence wholly', () => {
    const language = korean();
    language.knows(names);
    const texts = sentencesIn(results);
    expect(texts.size).toBeGreaterThan(30);
    expect(leftIn(texts, language, names)).toEqual([]);
  });

  it('keeps ids, kinds and verdict words in the JSON', () => {
    const said = translated(results.plan, korean());
    expect(said.steps.map(({ id, kind, move }) => [id, kind, move])).toEqual(
      results.plan.steps.map(({ id, kind, move }) => [id, kind, move]),
    );
    expect(said.steps.map(({ edits }) => edits)).toEqual(results.plan.steps.map(({ edits }) => edits));
    expect(Object.keys(said)).toEqual(Object.keys(results.plan));
  });

  it('is as text in Korean, no line of it wider than the page', () => {
    const language = korean();
    language.knows(names);
    const text = planText(results.plan, { width: 80, colour: false, unicode: true, language }, true);
    // Commands and queries of the steps stand in the text as they are.
    const told = text.split('\n').filter((line) => /[가-힣]/.test(line));
    expect(told.length).toBeGreaterThan(3);
    for (const line of told.filter((one) => /^[\s\d가-힣.,]*$/.test(one)))
      expect(line.length + (line.match(/[가-힣]/g)?.length ?? 0)).toBeLessThanOrEqual(80);
  });
});

it('the report is Korean: its language, its labels, findings and journey', () => {
  const language = korean();
  const input = shortJourney();
  const names = namesIn([input.audit, input.planned?.result, input.estate.resources]);
  language.knows(names);
  const page = reportHtml(input, languageOf(language));
  expect(page).toContain('<html lang="ko">');
  const texts = page
    .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<pre[\s\S]*?<\/pre>|<code[\s\S]*?<\/code>/g, '')
    .replace(/<(?:title|desc)>Created with [^<]*<\/(?:title|desc)>/g, '')
    .split(/<[^>]*>/)
    .map((text) => text.replace(/&gt;/g, '>').replace(/&lt;/g, '<').replace(/&amp;/g, '&').trim());
  expect([...new Set(texts)].filter((text) => englishIn(text, names).length > 0)).toEqual([]);
});

describe('the command line', () => {
  it('speaks the language that is asked for, else that of the locale', async () => {
    const asked = underpin(['audit', shop, '--lang', 'ko'], { env: { LANG: 'C.UTF-8' } });
    expect(asked.out).toContain('증명된 발견 사항');
    expect((await run(['audit', shop], { env: { LC_ALL: '', LANG: 'ko_KR.UTF-8' } })).out).toBe(asked.out);
    expect((await run(['audit', shop, '--lang', 'en'], { env: { LANG: 'ko_KR.UTF-8' } })).out).toContain(
      'proven findings',
    );
  });

  it('helps and complains in it', async () => {
    expect((await run(['--help', '--lang', 'ko'])).out).toMatch(/사용법: .*[\s\S]*옵션:/);
    expect((await run(['audit', 'nowhere.json', '--lang', 'ko'])).err).toMatch(/underpin: nowhere\.json: .*[가-힣]/);
    expect((await run(['audit', shop, '--lang', 'fr'])).code).toBe(2);
  });

  it('tells the same facts in both', async () => {
    const of = async (lang: string) => JSON.parse((await run(['audit', shop, '--json', '--lang', lang])).out);
    const facts = (result: Awaited<ReturnType<typeof of>>) =>
      result.findings.map(({ rule, state, severity, resources }: Record<string, unknown>) => [
        rule,
        state,
        severity,
        resources,
      ]);
    expect(facts(await of('ko'))).toEqual(facts(await of('en')));
  });
});

it('no catalogue says anything twice in two ways of writing the same term', () => {
  const folder = 'src/language/ko';
  const all = readdirSync(folder).flatMap((name) =>
    name.endsWith('.json') ? Object.values(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as object) : [],
  );
  // The glossary of src/language/README.md decides.
  for (const wrong of [/시큐리티 그룹/, /가용영역/, /서브네트/, /리드 레플리카/, /버켓/, /되어진다|되어집니다/])
    expect(all.filter((text) => wrong.test(String(text)))).toEqual([]);
});
