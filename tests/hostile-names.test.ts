/** Names are chosen by whoever may name something in an account: they are told, and do nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planInputs } from '../src/cli/plan-run.ts';
import { moves } from '../src/plan/moves/index.ts';
import { emit } from '../src/program/emit/emit.ts';
import { journeyOf } from '../src/program/emit/journey.ts';
import { eachObject } from './canaries.ts';
import { emptyFolder, root, run, shop } from './cli.ts';
import { filesIn, heardBy } from './said.ts';

const NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; alert(1); '",
  '</title><svg onload=alert(1)>',
  '\u001b[31mred\u001b]0;title\u0007',
  'x\r\n::error::injected',
  'x ::stop-commands::injected ##[error]injected',
  '[click](javascript:alert(1)) ![](https://example.com/x.png) @everyone #1',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a careless program would run
  '`${process.exit(1)}` ${{ secrets.TOKEN }}',
  '../../../../etc/cron.d/x',
  '__proto__',
  '*/ process.exit(1); /*',
  'a\u202eb\u2066c',
  '=HYPERLINK("https://example.com")',
  'end; class X { } graph LR; click A "javascript:alert(1)"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what Terraform would fill in
  '${path.module} %{ if true }',
];

const isList = (value: unknown): value is { Key?: unknown; key?: unknown; Value?: unknown; value?: unknown }[] =>
  Array.isArray(value);

function renamed(text: string): unknown {
  const content: { responses: unknown } = JSON.parse(text);
  let n = 0;
  const next = (): string => NAMES[n++ % NAMES.length] ?? '';
  eachObject(content.responses, (fields) => {
    for (const tags of [fields.Tags, fields.TagList, fields.TagSet, fields.tags])
      if (isList(tags))
        for (const tag of tags) {
          if (tag.Key === 'Name') tag.Value = next();
          if (tag.key === 'Name') tag.value = next();
        }
    if (isList(fields.Tags)) fields.Tags.push({ Key: '__proto__', Value: 'polluted' }, { Key: next(), Value: next() });
    if (typeof fields.Description === 'string') fields.Description = next();
    if (typeof fields.GroupName === 'string' && typeof fields.GroupId === 'string' && fields.GroupName !== 'default')
      fields.GroupName = `${next()} ${fields.GroupId}`;
  });
  return content;
}

describe('names that would do something', async () => {
  const folder = emptyFolder();
  const input = join(folder, 'inventory.json');
  // a key of this name is written by JSON.stringify only where it is the object's own
  const text = JSON.stringify(renamed(readFileSync(shop, 'utf8'))).replace(
    '"responses":{',
    '"responses":{"__proto__":[{"output":{"polluted":true}}],"constructor":[],',
  );
  writeFileSync(input, text.replaceAll('"Variables":{', '"Variables":{"__proto__":{"polluted":"yes"},'));
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({ want: ['adopt'], skip: moves.map(({ name }) => name).filter((name) => name !== 'adopt') }),
  );
  const options = { configFile: config, failOn: 'none' };
  const said = new Map([
    ['audit', await heardBy(['audit', input], { ...options, format: 'text', details: true })],
    ['plan', await heardBy(['plan', input], { ...options, format: 'text', details: true })],
    ['exposure', await heardBy(['exposure', input], options)],
    ['survive', await heardBy(['survive', input], options)],
    ['cost', await heardBy(['cost', input], options)],
    ['access', await heardBy(['access', input], { administrators: true })],
    ['access --services', await heardBy(['access', input], { services: true })],
    ['diff', await heardBy(['diff', shop, input], { details: true })],
    ['an error', (await run(['reach', input, '--from', NAMES.join(' '), '--to', 'internet'])).err],
  ]);
  const markdown = await heardBy(['plan', input], { ...options, format: 'markdown' });
  const svg = await heardBy(['draw', input], { format: 'svg' });
  const mermaid = await heardBy(['draw', input], { format: 'mermaid' });
  await heardBy(['report', input], { ...options, output: join(folder, 'out', 'report.html') });
  await heardBy(['program', input], { ...options, as: 'terraform', output: join(folder, 'out', 'terraform') });
  const files = filesIn(join(folder, 'out'));
  const html = files.get('report.html') ?? '';
  const { plan } = await planInputs([input], config);
  const emitted = emit(journeyOf(plan), { name: 'shop', stack: 'main', version: '1.0.0' }).files;

  it('are read at all', () => {
    expect([...said].filter(([, text]) => /bug of underpin/.test(text)).map(([name]) => name)).toEqual([]);
    expect(said.get('audit')).toContain('alert(1)');
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(svg).toContain('&lt;');
  });

  it('do not change what objects are', () => {
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([...said])('%s: turn no terminal, and command no runner', (_name, text) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text.split('\n').filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
  });

  it('are text in HTML and SVG', () => {
    for (const page of [html, svg]) {
      expect(page).not.toMatch(/<script>alert|<img|<svg onload|onerror=alert\(1\)>/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(page).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]/);
    }
    expect(html.match(/<\/script>/g)?.length).toBe(html.match(/<script[ >]/g)?.length);
  });

  it('format and link nothing in Markdown', () => {
    const outsideOfCode = markdown.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
    expect(outsideOfCode).not.toMatch(/<script|<img|[^\\]\]\(javascript:|!\[\]\(https|(?<!`[^`\n]*)@everyone/);
  });

  it('break out of no label in Mermaid', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const text of [mermaid, markdown]) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
    expect(mermaid).not.toMatch(/^\s*(?:click|class) .*(?:javascript|X)/m);
    expect(mermaid).not.toContain('<script');
  });

  it('leave the folder by no file name, and bring no expression into a workflow', () => {
    for (const name of [...emitted.keys(), ...files.keys()]) {
      expect(name).toMatch(/^[\w./-]+$/);
      expect(name.split('/')).not.toContain('..');
    }
    for (const [name, content] of emitted)
      if (name.endsWith('.yml') || name.endsWith('.yaml'))
        expect(content, name).not.toMatch(/secrets\.TOKEN|alert\(1\)/);
  });

  it('run nothing in the program: each is inside of a literal', async () => {
    const { transform } = await import('esbuild');
    for (const [name, content] of emitted) {
      if (!name.endsWith('.ts')) continue;
      const { code } = await transform(content, { loader: 'ts', minify: true, target: 'es2022' });
      // without strings and comments
      const bare = code
        .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""')
        .replace(/`(?:[^`\\$]|\\.|\$(?!\{))*`/g, '``');
      expect(bare, name).not.toMatch(/process\.exit|alert\(/);
    }
    const main = files.get('terraform/main.tf.json') ?? '';
    expect(main).not.toMatch(/(?<!\$)\$\{path\.module\}|(?<!%)%\{ if true/);
  });
});

describe('keys that would change what objects are', () => {
  /** Every object of the file has keys that a careless copy takes for its own parts. */
  const poisoned = (text: string): string =>
    text.replace(/\{(?=\s*")/g, '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},');
  const at = (path: string): string => readFileSync(join(root, path), 'utf8');
  const preview = at('src/program/guard/scenarios/drift.json');
  const poisonedFile = (name: string, text: string): string => {
    const file = join(emptyFolder(), name);
    writeFileSync(file, poisoned(text));
    return file;
  };

  it.each([
    ['an inventory', ['audit', poisonedFile('inventory.json', at('scenarios/plan/one-zone.json'))]],
    ['a Terraform state', ['audit', poisonedFile('state.json', at('scenarios/doors/terraform/state.json'))]],
    ['a Pulumi stack', ['audit', poisonedFile('stack.json', at('scenarios/doors/pulumi/stack.json'))]],
    [
      'a template',
      [
        'audit',
        poisonedFile('t.json', '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "a"}}}}'),
      ],
    ],
    ['wishes', ['plan', shop, '--config-file', poisonedFile('underpin.config.json', '{"want": []}')]],
    ['what is ignored', ['audit', shop, '--ignore', poisonedFile('ignore.json', '{"ignore": []}')]],
    ['a plan', ['prove', poisonedFile('plan.json', '{"format": "underpin-plan/1", "steps": [{"id": "adopt"}]}'), shop]],
    [
      'a preview',
      [
        'guard',
        '--step',
        'groups-beside',
        '--plan',
        poisonedFile('proven.json', at('src/program/guard/scenarios/proven.json')),
      ],
    ],
    ['prices', ['cost', shop, '--prices', poisonedFile('prices.json', '{"asOf": "2026-11-01", "prices": []}')]],
  ])('of %s do nothing', async (_, words) => {
    const { out, err } = await run(words, { input: poisoned(preview) });
    expect(out + err).not.toMatch(/bug of underpin/);
    expect(out + err).not.toBe('');
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(Object).not.toHaveProperty('polluted');
  });
});
