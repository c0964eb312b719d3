/**
 * Writes src/inventory/terraform/table.json: Terraform's resource types with their attributes, as the provider's own schema has them, and
 * Pulumi's name and form of each, as the declarations of @pulumi/aws have them. Run it after an update of either:
 *
 *   terraform providers schema -json > schema.json     in a folder that is initialised with the provider
 *   node scripts/terraform-table.mjs schema.json VERSION-OF-THE-PROVIDER     with `--check` it only says whether the table is that
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ready.mjs';
import { TYPES } from './terraform-types.mjs';

const [schemaFile, version] = process.argv.slice(2);
if (!schemaFile || !version) throw new Error('usage: node scripts/terraform-table.mjs schema.json VERSION');
const schemas = Object.values(JSON.parse(readFileSync(schemaFile, 'utf8')).provider_schemas)[0].resource_schemas;
const sdk = join(root, 'node_modules/@pulumi/aws');

/** Interfaces of the SDK's outputs: `lb.ListenerDefaultAction` -> its members and their types. */
function readInterfaces() {
  const interfaces = new Map();
  let space = '';
  let members;
  for (const line of readFileSync(join(sdk, 'types/output.d.ts'), 'utf8').split('\n')) {
    const outer = /^export declare namespace (\w+)/.exec(line);
    if (outer) space = `${outer[1]}.`;
    const opened = /^\s*(?:export )?interface (\w+) \{/.exec(line);
    if (opened) {
      members = new Map();
      interfaces.set(`${space}${opened[1]}`, members);
      continue;
    }
    const member = members && /^\s+(\w+)\??: (.+?);?$/.exec(line);
    if (member) members.set(member[1], member[2]);
  }
  return interfaces;
}

const interfaces = readInterfaces();

/** The outputs of a resource's class. */
function classOf(token) {
  const file = join(sdk, `${token.split(':')[1].replace(/^index\//, '')}.d.ts`);
  if (!existsSync(file)) throw new Error(`${token}: no ${file}`);
  const members = new Map();
  for (const [, name, type] of readFileSync(file, 'utf8').matchAll(
    /^\s+readonly (\w+): pulumi\.Output<([^\n]+?)>?;?$/gm,
  ))
    members.set(name, type);
  return members;
}

export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Words whose plural Pulumi makes otherwise than by an s. */
const plurals = (name) => [
  `${name}s`,
  `${name}es`,
  name.replace(/y$/, 'ies'),
  name.replace(/x$/, 'xes'),
  name.replace(/s$/, 'ses'),
  name.replace(/is$/, 'es'),
];

function pulumiName(name, declared) {
  const plain = camel(name);
  const candidates = [plain, ...plurals(plain), ...(RENAMED[name] ?? [])];
  return candidates.find((one) => declared.has(one));
}

/** Names that follow no rule. */
const RENAMED = {
  alarm_name: ['name'],
  filename: ['code'],
  function_name: ['name', 'function'],
  topic_arn: ['topic'],
};

/** What is not described: it nests the same into itself, and nobody here reads or writes it. */
const LEFT_OUT = /\.statement\..*statement\./;

const isList = (type) => /\[\]\s*(\||$)/.test(type.replace(/>$/, ''));
const interfaceOf = (type) => {
  const found = /outputs\.([\w.]+)/.exec(type);
  return found ? interfaces.get(found[1]) : undefined;
};

const missing = [];

function membersOf(block, declared, path) {
  const members = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {}))
    if (name !== 'id' || path.includes('.')) members[name] = attributeOf(name, attribute, declared, `${path}.${name}`);
  for (const [name, { block: inner, nesting_mode, max_items, min_items }] of Object.entries(block.block_types ?? {})) {
    if (name === 'timeouts' || LEFT_OUT.test(`${path}.${name}.`)) continue;
    members[name] = blockOf(name, inner, nesting_mode, { max_items, min_items }, declared, `${path}.${name}`);
  }
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const saidOf = ({ required, optional, computed }) =>
  required ? 'required' : optional ? (computed ? 'either' : 'optional') : 'output';

function attributeOf(name, attribute, declared, path) {
  const [nested] = [attribute.nested_type];
  const type = attribute.type;
  const [kind, of] = nested ? [nested.nesting_mode, ['object', {}]] : Array.isArray(type) ? type : [type];
  const pulumi = nameIn(name, declared, path);
  const said = declared?.get(pulumi) ?? '';
  const list = kind === 'list' || kind === 'set';
  const objects = list && Array.isArray(of) && of[0] === 'object';
  const inner = objects && !nested ? of[1] : undefined;
  return {
    ...(pulumi !== camel(name) ? { pulumi } : {}),
    ...(saidOf(attribute) === 'optional' ? {} : { said: saidOf(attribute) }),
    ...(attribute.sensitive ? { sensitive: true } : {}),
    ...(kind === 'map' ? { shape: 'map' } : objects ? { shape: 'objects' } : {}),
    ...(list ? { list: true } : {}),
    ...(kind === 'set' ? { set: true } : {}),
    ...(list && pulumi && said && !isList(said) ? { single: true } : {}),
    ...(inner ? { members: objectMembers(inner, interfaceOf(said), path) } : {}),
    ...(nested ? { members: membersOf(nested, interfaceOf(said), path) } : {}),
  };
}

/** Members of an attribute that is a list of objects. */
function objectMembers(types, declared, path) {
  const members = {};
  for (const name of Object.keys(types).sort())
    members[name] = attributeOf(name, { type: types[name], optional: true }, declared, `${path}.${name}`);
  return members;
}

function nameIn(name, declared, path) {
  if (declared === undefined) return camel(name);
  const found = pulumiName(name, declared);
  if (found === undefined) missing.push(path);
  return found ?? camel(name);
}

function blockOf(name, block, mode, { max_items: max, min_items: min }, declared, path) {
  const pulumi = nameIn(name, declared, path);
  const said = declared?.get(pulumi) ?? '';
  return {
    ...(pulumi !== camel(name) ? { pulumi } : {}),
    ...(min > 0 ? { said: 'required' } : {}),
    shape: 'block',
    ...(mode === 'single' ? {} : { list: true }),
    ...(mode === 'set' ? { set: true } : {}),
    ...(max ? { max } : {}),
    ...(said && !isList(said) ? { single: true } : {}),
    members: membersOf(block, interfaceOf(said), path),
  };
}

const lines = [];
for (const [name, tokens] of Object.entries(TYPES).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const schema = schemas[name];
  if (!schema) throw new Error(`${name}: the provider has no such type`);
  const members = membersOf(schema.block, classOf(tokens[0]), name);
  lines.push(`    ${JSON.stringify(name)}: ${JSON.stringify({ tokens, members })}`);
}
const file = join(root, 'src/inventory/terraform/table.json');
const text = `{\n  "provider": ${JSON.stringify(version)},\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('src/inventory/terraform/table.json is not what the schema and @pulumi/aws say');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, text);
  console.log(`${lines.length} types; not in Pulumi: ${missing.length}\n${missing.join('\n')}`);
}
