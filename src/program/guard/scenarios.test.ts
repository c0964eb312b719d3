/** What the guard says of previews as Pulumi writes them: `scenarios/`. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guardResult, guardText } from '../../report/text/guard.ts';
import { compare } from './compare.ts';
import { ProvenFile, provenIn } from './file.ts';
import { readPreview } from './preview.ts';

const read = (name: string): string => readFileSync(new URL(`scenarios/${name}`, import.meta.url), 'utf8');
const proven = provenIn(ProvenFile.parse(JSON.parse(read('proven.json'))));
const PAGE = { width: 100, colour: false, unicode: true };

function judged(preview: string, name = 'groups-beside') {
  const step = proven.steps.find((one) => one.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return guardResult(name, compare(readPreview(preview), proven, step));
}
const said = (file: string, step?: string): readonly string[] =>
  judged(read(file), step).refused.map(({ code, resource }) => `${code} ${resource}`.trim());

const DATABASE = 'aws:rds/instance:Instance::shop-mysql';

describe('Pulumi’s preview', () => {
  it.each(['exact.json', 'events.jsonl'])(
    '%s of the step is as proven, with what only the deployment tells',
    (file) => {
      expect(judged(read(file))).toMatchObject({
        verdict: 'as-proven',
        agreed: 2,
        later: [`${DATABASE} vpcSecurityGroupIds[1]`],
      });
    },
  );

  it('that changes nothing is as proven where the step changes nothing, and refused where it does', () => {
    expect(judged(read('nothing.json'), 'watched').verdict).toBe('as-proven');
    const empty = read('nothing.json').replace('"shop:step": "watched"', '"shop:step": "groups-beside"');
    expect(judged(empty).refused.map(({ code }) => code)).toEqual(['missing', 'missing']);
  });

  it.each([
    ['drift.json', ['extra aws:ec2/vpc:Vpc::shop']],
    ['replacement.json', [`replacement ${DATABASE}`]],
    ['deletion.json', ['deletion aws:ec2/vpc:Vpc::shop']],
    ['extra-create.json', ['extra aws:ec2/securityGroup:SecurityGroup::shop-open']],
    ['wrong-step.json', ['other-step']],
    ['error.json', [`error ${DATABASE}`]],
  ])('%s is refused', (file, objections) => {
    expect(said(file)).toEqual(objections);
  });

  it('says in plain words what differs, and what to do', () => {
    expect(guardText(judged(read('drift.json')), PAGE)).toMatchInlineSnapshot(`
      "groups-beside: do not apply this. 1 difference from what is proven.
        ! aws:ec2/vpc:Vpc::shop: Pulumi would change enableDnsHostnames of it, and the step does not: this
          is drift, or another program
          to do: see what else changed the resource or the program; go back to what was proven, or plan
                 anew
      "
    `);
    expect(guardText(judged(read('wrong-step.json')), PAGE)).toMatchInlineSnapshot(`
      "groups-beside: do not apply this. 1 difference from what is proven.
        ! the stack is set to the step watched, and not to groups-beside
          to do: pulumi config set step groups-beside, then preview again; or ask for --step watched
      "
    `);
    expect(guardText(judged(read('exact.json')), PAGE)).toMatchInlineSnapshot(`
      "groups-beside: Pulumi would do what is proven, and nothing else (2 operations).
      1 value of it is known only once it is applied, as the plan says too; --json lists it.
      "
    `);
  });

  it('with names that are made to deceive is refused, and writes none of their control characters', () => {
    const result = judged(read('hostile.json'));
    expect(result.verdict).toBe('refused');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(guardText(result, PAGE)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('what is no whole preview', () => {
  const digest = read('exact.json');
  const events = read('events.jsonl').trim().split('\n');

  it.each([
    ['nothing at all', '', 'it is empty'],
    ['a cut digest', read('truncated.json'), 'cut off'],
    ['cut events', read('events-truncated.jsonl'), 'its summary is missing'],
    ['an event cut in the middle', events.join('\n').slice(0, -60), 'cut off'],
    ['the preview without --json', 'Previewing update (live):\n + aws:ec2:Vpc', 'this is no JSON'],
    ['another JSON', '[1, 2]', 'no preview'],
    ['an object of something else', '{"hello": 1}', 'its summary is missing'],
    ['a digest that somebody filtered', JSON.stringify({ ...JSON.parse(digest), steps: [] }), 'the stack itself'],
    [
      'a digest with a step less than it counts',
      JSON.stringify({ ...JSON.parse(digest), steps: JSON.parse(digest).steps.slice(0, 2) }),
      'counts 1 to update and it lists 0',
    ],
    ['a step that is none', digest.replace('"op": "create"', '"op": 7'), 'expected string'],
    [
      'values nested without end',
      digest.replace('"Only the program"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
      'nested too deep',
    ],
  ])('is an error: %s', (_, text, message) => {
    expect(() => readPreview(text)).toThrow(message);
  });

  it('is never taken for one, wherever it is cut', () => {
    for (let n = 0; n < digest.trimEnd().length; n += 97)
      expect(() => readPreview(digest.slice(0, n)), `${n}`).toThrow();
    for (let n = 0; n < events.length - 2; n++)
      expect(() => readPreview(events.slice(0, n).join('\n')), `${n}`).toThrow();
  });

  it('keeps names that mean something to JavaScript apart', () => {
    const odd = digest.replace('"name": "shop-mysql"', '"name": "shop-mysql", "__proto__": {"a": 1}, "constructor": 1');
    expect(judged(odd).refused.map(({ code }) => code)).toEqual(['other-value']);
  });
});
