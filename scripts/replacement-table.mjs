/**
 * Writes src/plan/replacement-table.json: of each property, whether the provider changes it in place or replaces the resource.
 * The provider itself is asked (PlanResourceChange of Terraform's plugin protocol 5) with each property changed from one value
 * to another, added and taken away; nothing is sent to AWS. Run it after an update of the provider:
 *
 *   terraform providers schema -json > schema.json     in a folder that is initialised with the provider
 *   node scripts/replacement-table.mjs schema.json PATH-OF-THE-PROVIDER VERSION-OF-THE-PROVIDER
 *
 * https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.proto
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { root } from './ready.mjs';
import { TYPES } from './terraform-types.mjs';

const grpc = createRequire(import.meta.url)('@grpc/grpc-js');

const [schemaFile, binary, version] = process.argv.slice(2);
if (!schemaFile || !binary || !version)
  throw new Error('usage: node scripts/replacement-table.mjs schema.json PROVIDER VERSION');
const schemas = Object.values(JSON.parse(readFileSync(schemaFile, 'utf8')).provider_schemas)[0];
const names = JSON.parse(readFileSync(join(root, 'src/inventory/terraform/table.json'), 'utf8')).types;

/** MessagePack, as far as values of Terraform go. https://github.com/msgpack/msgpack/blob/master/spec.md */
function packed(value) {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([head(0xda, text.length), text]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(0xdc, value.length), ...value.map(packed)]);
  const entries = Object.entries(value);
  return Buffer.concat([head(0xde, entries.length), ...entries.flatMap(([key, each]) => [packed(key), packed(each)])]);
}

function head(kind, length) {
  const bytes = Buffer.alloc(3, kind);
  bytes.writeUInt16BE(length, 1);
  return bytes;
}

function unpacked(bytes) {
  let at = 0;
  const text = (length) => {
    at += length;
    return String(bytes.subarray(at - length, at));
  };
  const many = (length, one) => Array.from({ length }, one);
  const map = (length) => Object.fromEntries(many(length, () => [value(), value()]));
  const number = (length, read) => {
    const found = bytes[read](at);
    at += length;
    return found;
  };
  const extension = (length) => {
    at += length + 1;
    return 'unknown';
  };
  function value() {
    const kind = bytes[at++];
    if (kind < 0x80) return kind;
    if (kind < 0x90) return map(kind & 0x0f);
    if (kind < 0xa0) return many(kind & 0x0f, value);
    if (kind < 0xc0) return text(kind & 0x1f);
    if (kind >= 0xe0) return kind - 0x100;
    switch (kind) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return kind === 0xc3;
      case 0xc7:
        return extension(number(1, 'readUInt8'));
      case 0xca:
        return number(4, 'readFloatBE');
      case 0xcb:
        return number(8, 'readDoubleBE');
      case 0xcc:
        return number(1, 'readUInt8');
      case 0xcd:
        return number(2, 'readUInt16BE');
      case 0xce:
        return number(4, 'readUInt32BE');
      case 0xcf:
        return Number(number(8, 'readBigUInt64BE'));
      case 0xd0:
        return number(1, 'readInt8');
      case 0xd1:
        return number(2, 'readInt16BE');
      case 0xd2:
        return number(4, 'readInt32BE');
      case 0xd3:
        return Number(number(8, 'readBigInt64BE'));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return extension(2 ** (kind - 0xd4));
      case 0xd9:
        return text(number(1, 'readUInt8'));
      case 0xda:
        return text(number(2, 'readUInt16BE'));
      case 0xdb:
        return text(number(4, 'readUInt32BE'));
      case 0xdc:
        return many(number(2, 'readUInt16BE'), value);
      case 0xde:
        return map(number(2, 'readUInt16BE'));
      default:
        throw new Error(`MessagePack ${kind}`);
    }
  }
  return value();
}

/** Fields of Protocol Buffers that hold bytes: all that these messages have, but for numbers, which nobody needs here. */
const field = (n, content) => Buffer.concat([varint((n << 3) | 2), varint(content.length), content]);

function varint(n) {
  const bytes = [];
  for (let left = n; ; left >>>= 7) {
    if (left < 0x80) return Buffer.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
}

function fieldsOf(message) {
  const found = [];
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    if ((tag & 7) === 0) found.push([tag >> 3, number()]);
    else {
      const length = number();
      found.push([tag >> 3, message.subarray(at, at + length)]);
      at += length;
    }
  }
  return found;
}

const dynamic = (value) => field(1, packed(value));

/** A value of an attribute's type; `n` tells one from the other. */
function sample(type, n) {
  if (type === 'string') return n === 0 ? 'one' : 'two';
  if (type === 'number') return n + 1;
  if (type === 'bool') return n === 1;
  const [kind, of] = type;
  if (kind === 'list' || kind === 'set') return [sample(of, n)];
  if (kind === 'map') return { key: sample(of, n) };
  return Object.fromEntries(Object.entries(of).map(([name, each]) => [name, sample(each, n)]));
}

const nothing = ({ attributes = {}, block_types: blocks = {} }) => ({
  ...Object.fromEntries(Object.keys(attributes).map((name) => [name, null])),
  ...Object.fromEntries(
    Object.entries(blocks).map(([name, { nesting_mode: mode }]) => [name, mode === 'single' ? null : []]),
  ),
});

/** A block with every member set that somebody may set. */
function blockSample({ block: { attributes = {}, block_types: blocks = {} }, nesting_mode: mode }, n) {
  const whole = {
    ...Object.fromEntries(
      Object.entries(attributes).map(([name, one]) => [name, one.required || one.optional ? sampleOf(one, n) : null]),
    ),
    ...Object.fromEntries(Object.entries(blocks).map(([name, one]) => [name, blockSample(one, n)])),
  };
  return mode === 'single' ? whole : [whole];
}

/** Attributes of the newer kind have attributes in them. */
function sampleOf({ type, nested_type: nested }, n) {
  if (!nested) return sample(type, n);
  const whole = Object.fromEntries(Object.entries(nested.attributes).map(([name, one]) => [name, sampleOf(one, n)]));
  return nested.nesting_mode === 'single' ? whole : [whole];
}

const provider = spawn(binary, [], {
  env: {
    TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
    PLUGIN_PROTOCOL_VERSIONS: '5',
    TMPDIR: dirname(schemaFile),
    HOME: dirname(schemaFile),
    PATH: '',
  },
  stdio: ['ignore', 'pipe', 'ignore'],
});
const address = await new Promise((resolve, reject) => {
  provider.once('exit', () => reject(new Error('the provider ended')));
  provider.stdout.on('data', (data) => {
    const [, , network, where] = String(data).split('|');
    if (where) resolve(network === 'unix' ? `unix:${where}` : where);
  });
});
const client = new grpc.Client(address, grpc.credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
const call = (method, message) =>
  new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      `/tfplugin5.Provider/${method}`,
      (bytes) => bytes,
      (bytes) => bytes,
      message,
      (error, answer) => (error ? reject(error) : resolve(answer)),
    );
  });

const settings = {
  ...nothing(schemas.provider.block),
  region: 'eu-west-1',
  access_key: 'nobody',
  secret_key: 'nobody',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
  skip_region_validation: true,
};
await call('Configure', Buffer.concat([field(1, Buffer.from('1.11.0')), field(2, dynamic(settings))]));

/** What a change of an attribute would do: what replaces; undefined where the provider refuses it, panics, or sees no change. */
async function replacedBy(type, name, before, after) {
  const wanted = Buffer.concat([
    field(1, Buffer.from(type)),
    field(2, dynamic(before)),
    field(3, dynamic(after)),
    field(4, dynamic({ ...after, id: null })),
  ]);
  try {
    const answer = fieldsOf(await call('PlanResourceChange', wanted));
    const severe = answer.some(([n, one]) => n === 4 && fieldsOf(one).some(([m, value]) => m === 1 && value === 1));
    if (severe) return undefined;
    const paths = answer.flatMap(([n, path]) => {
      if (n !== 2) return [];
      const [first] = fieldsOf(path).flatMap(([, step]) => fieldsOf(step));
      return first ? [String(first[1])] : [];
    });
    if (paths.length > 0) return paths;
    const [, planned] = answer.find(([n]) => n === 1);
    const then = unpacked(fieldsOf(planned)[0][1]);
    return isDeepStrictEqual(then[name], before[name]) ? undefined : [];
  } catch {
    return undefined;
  }
}

/** Its rules hold rules that hold rules: the provider takes minutes for one answer. */
const TOO_DEEP = ['aws_wafv2_web_acl'];

/** What the provider wants to see together before it answers at all. */
const TOGETHER = {
  aws_lambda_function: { s3_bucket: 'one', s3_key: 'one', runtime: 'nodejs22.x', handler: 'index.handler' },
  aws_lb_target_group: { target_type: 'ip', port: 80, protocol: 'HTTP', vpc_id: 'vpc-1', name: 'one' },
  aws_dynamodb_table: { hash_key: 'one', attribute: [{ name: 'one', type: 'S' }], billing_mode: 'PAY_PER_REQUEST' },
  aws_kinesis_stream: { stream_mode_details: [{ stream_mode: 'ON_DEMAND' }] },
};

const out = {};
for (const [type, tokens] of Object.entries(TYPES)) {
  const schema = schemas.resource_schemas[type]?.block;
  if (!schema || !names[type] || TOO_DEEP.includes(type)) continue;
  const { attributes = {}, block_types: blocks = {} } = schema;
  const base = { ...nothing(schema), id: 'one' };
  for (const [name, one] of Object.entries(attributes)) if (one.required) base[name] = sampleOf(one, 0);
  Object.assign(base, TOGETHER[type]);
  const found = { replaced: [], inPlace: [], unknown: [] };
  const all = [
    ...Object.entries(attributes).flatMap(([name, one]) =>
      (one.required || one.optional) && name !== 'id'
        ? [[name, [sampleOf(one, 0), sampleOf(one, 1), one.required ? undefined : null]]]
        : [],
    ),
    ...Object.entries(blocks).flatMap(([name, one]) =>
      name === 'timeouts'
        ? []
        : [[name, [blockSample(one, 0), blockSample(one, 1), one.nesting_mode === 'single' ? null : []]]],
    ),
  ];
  const asked = await Promise.all(
    all.map(async ([name, [first, second, none]]) => {
      const ways = [
        [first, second],
        [second, first],
        ...(none === undefined
          ? []
          : [
              [none, first],
              [first, none],
            ]),
      ];
      const answers = await Promise.all(
        ways.map(([from, to]) => replacedBy(type, name, { ...base, [name]: from }, { ...base, [name]: to })),
      );
      return [name, answers.filter((one) => one !== undefined)];
    }),
  );
  // what most changes name is replaced for what is left out here, and for no change of ours
  const told = asked.flatMap(([, answers]) => answers);
  const often = (path) => told.filter((paths) => paths.includes(path)).length > told.length / 2;
  const always = new Set(told.flat().filter((path, n, all) => all.indexOf(path) === n && often(path)));
  for (const [name, answers] of asked) {
    const pulumi =
      names[type].members[name]?.pulumi ?? name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const replaces = answers.some((paths) => paths.includes(name) || paths.some((path) => !always.has(path)));
    (answers.length === 0 ? found.unknown : replaces ? found.replaced : found.inPlace).push(pulumi);
  }
  out[tokens[0]] = Object.fromEntries(
    Object.entries(found).map(([key, list]) => [key, [...new Set(list)].sort().join(' ')]),
  );
}
provider.kill();
client.close();

const sorted = Object.entries(out).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  join(root, 'src/plan/replacement-table.json'),
  `${JSON.stringify({ provider: version, types: Object.fromEntries(sorted) }, null, 2)}\n`,
);
