/**
 * Every text for people in the sources, and which of them lack a Korean entry. The English text is the key, so the sentence
 * stays beside the code that proves it.
 *
 *   node scripts/messages.mjs                      how many there are and how many lack Korean, by room
 *   node scripts/messages.mjs --list ROOM          every text of a room, with the file it stands in
 *   node scripts/messages.mjs --missing ROOM       those without Korean, as JSON to be filled in
 *   node scripts/messages.mjs --check [ROOM]       fails when an entry is missing, stale or not well made
 *   node scripts/messages.mjs --write              sorts the catalogues and drops entries that no source has any more
 *
 * What is a text for people (all of it decided by syntax, in this order):
 * 1. The file: TypeScript of the rooms in ROOMS; no tests, no `testing` folders, none of SKIPPED_FILES.
 * 2. The place: no import, type, property name, `case`, operand of a comparison, `throw new Error` (those are for developers),
 *    argument of a call in SKIPPED_CALLS, value of a property or constant in SKIPPED_NAMES, or part of an `html`/`svg` template.
 * 3. The text: `a ${b} c` and `'a ' + b + ' c'` are the template `a {0} c`; blanks at the ends do not count. It must hold an English
 *    word, and be prose: two words, or one word with a placeholder beside it. A lone word counts only where it is put into a sentence: a branch of `?:` or `??`
 *    inside a template, or a value of an object whose other values are prose.
 *    Markup, addresses, commands, paths, and patterns are none, nor are NO_TEXTS.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { root } from './ready.mjs';

/** By catalogue: the folders and files under src/. A text that two rooms share belongs to the first. */
export const ROOMS = {
  report: ['report'],
  cli: ['cli'],
  collect: ['collect'],
  program: ['program/validate.ts', 'program/operations.ts', 'program/expected.ts', 'program/record'],
  rules: ['rules'],
  moves: ['plan/moves'],
  structure: ['plan/structure'],
  plan: ['plan'],
  analyse: ['analyse'],
  inventory: ['inventory', 'estate'],
};

const SKIPPED_FILES = [
  'analyse/access/catalog/actions.ts', // data of AWS
  'report/html/client-text.ts', // generated
  'collect/script.ts', // a script of the shell, which stays English
  'report/html/style.ts',
  'report/draw/glyphs.ts',
  'report/html/client',
  'rules/examples', // inputs of tests and pages
  'analyse/access/managed',
  'analyse/cost/prices',
  'inventory/pulumi/made', // names of AWS that only exist inside
];
const SKIPPED_CALLS = new Set([
  ...['RegExp', 'startsWith', 'endsWith', 'includes', 'indexOf', 'split', 'replace', 'replaceAll', 'match', 'test'],
  ...[
    'has',
    'get',
    'localeCompare',
    'slug',
    'padEnd',
    'padStart',

    'closest',
    'querySelector',
    'querySelectorAll',
  ],
  ...['setAttribute', 'createElement', 'addEventListener', 'describe', 'meta'],
]);
const SKIPPED_NAMES = new Set([
  ...[
    'url',
    'source',
    'id',
    'code',
    'operation',
    'path',
    'command',
    'commands',
    'query',
    'flags',
    'examples',
    'op',
    'type',
    'kind',
  ],
  ...['class', 'style', 'd', 'viewBox', 'transform', 'pattern', 'rule', 'import', 'from', 'action', 'actions'],
]);
/** What looks like a text for people by all rules, and is none: classes of the picture, keys of nodes, columns of a file. */
const NO_TEXTS = new Set([
  ...['cs(Host)', 'log-status'],
  ...[
    'Underpin inventory',
    'Raw answers of AWS read operations',
    'terraform plan -out p && terraform show -json p > plan.json',
  ],
  ...[
    'unidentified:{0}#{1}',
    'Managed by Pulumi',
    'default VPC security group',
    '"format": "{0}"',
    'aws {0}',
    'some',
    'in',
    'out',
  ],
  ...['aws', 'there is no step {0}'],
  ...['{0} vpc', 'task {0} {1} {2}', 'The Password Policy with domain name 111122223333 cannot be found.'],
  ...[
    'flowchart LR',
    'node {0}',
    'box {0}',
    'node {0}{1}',
    'tile plate{0}{1}',
    'link {0}',
    'pill {0}',
    'beside {0}',
    '{0} off',
  ],
  ...[
    'exposure {0}',
    'host {0}',
    'services {0}',
    'standby {0}',
    'idle {0} {1}',
    'exposed',
    'tall',
    'lines',
    'gateway',
    'topic',
  ],
  ...['messages', 'queue', 'bucket', 'stores', 'removed', 'true', 'false', 'there is no state {0}', 'underpin-out'],
  ...['{0}, "responses": {', 'error', 'output', 'help [command]', 'underpin: {0}{1}', 'underpin: {0}'],
  ...['data:text/javascript;base64,{0}'],
]);
/** `plural(n, 'one', 'many')` says `{0} one` or `{0} many`; without a third argument, `ones`. */
const COUNTING_CALLS = new Set(['plural', 'counted', 'some']);

export const PLACEHOLDER = /\{\w+\}/g;

/** Code, and commands with their arguments. */
const CODE =
  /^(import \{|function |var |if \(|return |curl |version account-id |(in|out) \d+ (allow|deny) |export §=|echo |fields @|ssh -|\{"|(\w+\d\w* ){4}|§ = https|pulumi up --stack §$|create-|increase-|-(\d+|§) (hours|min))/;

const isProse = (key) => {
  const bare = key.replace(PLACEHOLDER, '§');
  if (
    /<\/?[a-z!]|\/>|^https?:\/\/\S*$|^"?\$?\(?aws (?!.*, and )[a-z]|^[.#@]|=>|\(\?|\[\?|stroke|^arn:|^data:|\\[a-z]|^\/|[a-z]="/.test(
      bare,
    )
  )
    return false;
  if (/^[\w§./:@*,-]+$/.test(bare) || CODE.test(bare)) return false;
  return /(^|[\s(“"'])[A-Za-z][a-z’']+([\s.,;:?!)”"']|$)/.test(bare);
};
const isWord = (key) => /^[A-Za-z][a-z]+([ -][a-z]+)*$/.test(key);

/** The files of a room, without its tests. */
function filesOf(path) {
  const full = join(root, 'src', path);
  if (path.endsWith('.ts')) return [full];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const below = `${path}/${entry.name}`;
    if (SKIPPED_FILES.includes(below) || entry.name === 'testing' || entry.name.startsWith('testing.')) return [];
    if (entry.isDirectory()) return filesOf(below);
    return below.endsWith('.ts') && !/\.(test|d)\.ts$/.test(below) ? [join(root, 'src', below)] : [];
  });
}

const isPlus = (node) => ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
const isText = (node) => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);

/** Texts and expressions in order: strings are static, nodes are placeholders. */
function piecesOf(node) {
  if (isText(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [expression, literal.text])];
  if (isPlus(node)) return [...piecesOf(node.left), ...piecesOf(node.right)];
  if (ts.isParenthesizedExpression(node)) return piecesOf(node.expression);
  return [node];
}

export const keyOf = (text) => text.replace(/\s+/g, ' ').trim();

function templateOf(node) {
  let n = 0;
  return keyOf(
    piecesOf(node)
      .map((piece) => (typeof piece === 'string' ? piece : `{${n++}}`))
      .join(''),
  );
}

const calleeName = ({ expression }) =>
  ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
const nameText = (name) => (name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '');

/** Whether nothing at this place is for people; asked on the way down, so that whole branches are left out. */
function silent(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return true;
  if (ts.isTaggedTemplateExpression(node)) return false;
  if (ts.isNewExpression(node))
    return ['Error', 'RegExp', 'TypeError', 'URL'].includes(calleeName(node)) && ts.isThrowStatement(node.parent);
  return false;
}

/** A text and nothing that could hold another: no function, no object. */
const isPlain = (node) =>
  isText(node) ||
  ts.isTemplateExpression(node) ||
  isPlus(node) ||
  ts.isConditionalExpression(node) ||
  (ts.isArrayLiteralExpression(node) && node.elements.every(isPlain));

/** Whether a child stands where only a machine reads it. */
function machine(parent, child) {
  if (ts.isPropertyAssignment(parent))
    return parent.name === child || (isPlain(child) && SKIPPED_NAMES.has(nameText(parent.name)));
  if (ts.isCaseClause(parent)) return parent.expression === child;
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === child;
  if (ts.isCallExpression(parent)) return isPlain(child) && SKIPPED_CALLS.has(calleeName(parent));
  if (ts.isBinaryExpression(parent)) return isText(child) && COMPARISONS.has(parent.operatorToken.kind);
  if (ts.isVariableDeclaration(parent)) return /^[A-Z_]*(URL|DOCS?|GUIDE|COMMAND|QUERY)$/.test(nameText(parent.name));
  return false;
}
const K = ts.SyntaxKind;
const COMPARISONS = new Set([
  ...[K.EqualsEqualsEqualsToken, K.ExclamationEqualsEqualsToken, K.InKeyword],
  ...[K.EqualsEqualsToken, K.ExclamationEqualsToken, K.LessThanToken, K.GreaterThanToken],
]);

/** Where a lone word is put into a sentence. */
function insideSentence(node) {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return insideSentence(parent);
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && insideSentence(parent);
  if (ts.isBinaryExpression(parent)) {
    const chosen = [K.QuestionQuestionToken, K.BarBarToken].includes(parent.operatorToken.kind);
    return (chosen || isPlus(parent)) && insideSentence(parent);
  }
  if (ts.isTemplateSpan(parent)) return true;
  if (ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent)) return besideProse(parent.parent);
  return false;
}
const besideProse = ({ properties }) =>
  properties.length > 1 &&
  properties.every((one) => ts.isPropertyAssignment(one) && isText(one.initializer)) &&
  properties.some(({ initializer }) => isProse(keyOf(initializer.text)));

/** The texts of one file: [template, line]. */
function textsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (silent(node)) return;
    const whole = isText(node) || ts.isTemplateExpression(node) || (isPlus(node) && !isPlus(node.parent));
    if (whole) {
      const key = templateOf(node);
      const pieces = piecesOf(node);
      const isOne = !isPlus(node) || pieces.some((piece) => typeof piece === 'string');
      if (isOne && (isProse(key) || (isWord(key) && insideSentence(node))))
        found.push([key, source.getLineAndCharacterOfPosition(node.getStart()).line + 1]);
      // What fills the placeholders may say something itself.
      for (const piece of pieces) if (typeof piece !== 'string') visit(piece);
      return;
    }
    if (ts.isCallExpression(node) && COUNTING_CALLS.has(calleeName(node)) && node.arguments.some(isText)) {
      const [one, many = `${one}s`] = node.arguments.filter(isText).map(({ text }) => text);
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (one !== undefined && /^[a-z]/.test(one)) found.push([`{0} ${one}`, line], [`{0} ${many}`, line]);
      for (const argument of node.arguments) if (!isText(argument)) visit(argument);
      return;
    }
    ts.forEachChild(node, (child) => {
      if (!machine(node, child)) visit(child);
    });
  };
  visit(source);
  return found;
}

/** By room: template -> the places it stands at. */
export function messages() {
  const taken = new Set();
  return Object.fromEntries(
    Object.entries(ROOMS).map(([room, paths]) => {
      const here = new Map();
      for (const file of new Set(paths.flatMap(filesOf).sort()))
        for (const [key, line] of textsOf(file)) {
          if (taken.has(key) || NO_TEXTS.has(key)) continue;
          here.set(key, [...(here.get(key) ?? []), `${relative(root, file).split('\\').join('/')}:${line}`]);
        }
      for (const key of here.keys()) taken.add(key);
      return [room, here];
    }),
  );
}

const fileOf = (room) => join(root, 'src/language/ko', `${room}.json`);
export const catalogue = (room) => (existsSync(fileOf(room)) ? JSON.parse(readFileSync(fileOf(room), 'utf8')) : {});
export const terms = () => new Set(JSON.parse(readFileSync(join(root, 'src/language/terms.json'), 'utf8')));

/** `{0!}` in a translation is `{0}` as it was said. */
const placeholders = (text) => [...new Set(text.replace(/!\}/g, '}').match(PLACEHOLDER) ?? [])].sort().join(' ');
const PARTICLE_AFTER = /\{\w+!?\}["”)’]*(은|는|이|가|을|를|와|과|으로|로)(?=[\s,.;:]|$)(?!\/)/;

/** Words that only join values: Korean may do it by a mark or by order. */
const JOINING = new Set(['to', 'and', 'or', 'of', 'on', 'in', 'from', 'by', 'at']);

/** What is wrong with an entry; undefined when nothing is. `same`: words that Korean writes as English does. */
export function wrong(english, korean, same) {
  if (typeof korean !== 'string' || korean.trim() === '') return 'has no Korean';
  if (placeholders(english) !== placeholders(korean))
    return `names ${placeholders(korean) || 'no value'} where the English has ${placeholders(english) || 'none'}`;
  if (korean !== korean.trim()) return 'has blanks at its ends';
  const words = english
    .replace(PLACEHOLDER, ' ')
    .split(/[^A-Za-z0-9.+-]+/)
    .filter((word) => /[A-Za-z]/.test(word));
  const joining = words.every((word) => JOINING.has(word));
  if (
    !joining &&
    !/[가-힣]/.test(korean) &&
    !(korean === english && words.every((word) => same.has(word.replace(/[.-]+$/, ''))))
  )
    return 'has no Hangul (a term that stays English: add each of its words to src/language/terms.json, and give the English itself)';
  const particle = PARTICLE_AFTER.exec(korean);
  if (particle) return `fixes the particle ${particle[1]} after a value: write 은/는, 이/가, 을/를, 와/과, (으)로`;
  return undefined;
}

/** Every complaint: [room, template, what is wrong]. */
export function complaints(found = messages()) {
  const same = terms();
  return Object.entries(found).flatMap(([room, here]) => {
    const entries = catalogue(room);
    return [
      ...[...here.keys()].flatMap((key) => {
        const said = wrong(key, entries[key], same);
        return said === undefined ? [] : [[room, key, said]];
      }),
      ...Object.keys(entries).flatMap((key) =>
        here.has(key) ? [] : [[room, key, 'is stale: no source says it any more']],
      ),
    ];
  });
}

const sorted = (entries) =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** The catalogues as they should stand: sorted, without what is stale. */
export function written(found = messages()) {
  return Object.entries(found).map(([room, here]) => {
    const kept = Object.entries(catalogue(room)).filter(([key]) => here.has(key));
    return [`src/language/ko/${room}.json`, `${JSON.stringify(sorted(Object.fromEntries(kept)), null, 2)}\n`];
  });
}

function main([flag, room]) {
  const found = messages();
  const rooms = room === undefined ? Object.keys(found) : [room];
  if (rooms.some((name) => found[name] === undefined)) throw new Error(`rooms: ${Object.keys(found).join(', ')}`);
  const bad = complaints(found).filter(([name]) => rooms.includes(name));
  switch (flag) {
    case '--list':
      for (const name of rooms) for (const [key, places] of found[name]) console.log(`${key}\t${places.join(' ')}`);
      break;
    case '--missing': {
      const lacking = bad.filter(([, , said]) => said === 'has no Korean').map(([, key]) => [key, '']);
      console.log(JSON.stringify(Object.fromEntries(lacking), null, 2));
      break;
    }
    case '--check':
      for (const [name, key, said] of bad) console.error(`${name}: ${JSON.stringify(key)} ${said}`);
      if (bad.length > 0) process.exitCode = 1;
      else console.log('every text has its Korean');
      break;
    case '--write':
      mkdirSync(join(root, 'src/language/ko'), { recursive: true });
      for (const [path, text] of written(found)) writeFileSync(join(root, path), text);
      break;
    default:
      for (const name of rooms)
        console.log(
          `${name.padEnd(10)} ${String(found[name].size).padStart(5)} texts, ${bad.filter(([of]) => of === name).length} to do`,
        );
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
