/** The rows as a shell script that calls the AWS CLI: for those who will not run this program with their credentials. */
import { REGIONLESS } from '../estate/coverage.ts';
import { ACCOUNT, type Each, type Input, type Row, type Source } from './row.ts';

/** Services that the CLI calls otherwise than the SDK. */
const CLI: Readonly<Record<string, string>> = {
  config: 'configservice',
  s3: 's3api',
  sfn: 'stepfunctions',
  ssoadmin: 'sso-admin',
};

/** The CLI asks for all pages by itself; only these must hear how large a page is, and in these words. */
const PAGE_SIZE: Readonly<Record<string, string>> = {
  'cognito-idp:ListUserPools': '--max-results',
  'sqs:ListQueues': '--page-size',
};

/** `DescribeDBInstances` -> `describe-db-instances`, as botocore has it. */
export const dashed = (name: string): string =>
  name
    .replace(/([A-Z]{2,}s)$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/--+/g, '-')
    .replace(/^-/, '')
    .toLowerCase();

const variable = (parameter: string): string => dashed(parameter).replaceAll('-', '_');

const parts = (operation: string): readonly [service: string, name: string] => {
  const [service = '', name = ''] = operation.split(':');
  return [service, name];
};

/** `ec2 describe-vpcs` */
export function command(operation: string): string {
  const [service, name] = parts(operation);
  return `${CLI[service] ?? service} ${dashed(name)}`;
}

const fileOf = (operation: string): string => `${parts(operation)[0]}-${dashed(parts(operation)[1])}`;

/** One request of a row: the loops around it, the words of the CLI, and the file that its answer goes to. */
interface Call {
  readonly loops: readonly string[];
  readonly words: readonly string[];
  readonly file: string;
}

const quoted = (text: string): string => (/^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

export function callsOf(row: Row, rows: readonly Row[]): readonly Call[] {
  if (row.each) return row.each.flatMap((each) => callsFor(row, each, rows));
  return (row.inputs ?? [{}]).map((input) => constant(row, input));
}

function constant(row: Row, input: Input): Call {
  const said = Object.entries(input).filter(([, value]) => typeof value !== 'number' || row.pages === undefined);
  const size = Object.values(input).find((value) => typeof value === 'number');
  const sized = PAGE_SIZE[row.operation];
  return {
    loops: [],
    words: [
      ...said.flatMap(([name, value]) => optionOf(name, value)),
      ...(sized === undefined || size === undefined ? [] : [sized, String(size)]),
      ...regionOf(row),
    ],
    file: [
      fileOf(row.operation),
      ...said.flatMap(([name, value]) => (typeof value === 'string' && value !== ACCOUNT ? [`${name}=${value}`] : [])),
    ].join('/'),
  };
}

function optionOf(name: string, value: unknown): readonly string[] {
  const option = `--${dashed(name)}`;
  if (value === ACCOUNT) return [option, '"$account"'];
  if (value === true) return [option];
  if (Array.isArray(value)) return [option, ...value.map(String)];
  return [option, quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))];
}

/** Where something of the whole account is asked of a service that has regions: in the region that answers for it. */
const regionOf = ({ operation, scope, region }: Row): readonly string[] =>
  scope === 'region' || (region === undefined && REGIONLESS.has(parts(operation)[0]))
    ? []
    : ['--region', region ?? '"$first"'];

function callsFor(row: Row, each: Each, rows: readonly Row[]): readonly Call[] {
  const [source] = rows.filter(
    (one) => one.operation === each.of && (one.scope === 'region') === (row.scope === 'region'),
  );
  if (source === undefined) throw new Error(`${row.operation} takes parameters from ${each.of}, which no row asks`);
  const parameters = Object.entries(each.input);
  return callsOf(source, rows).map((listing) => {
    const taken = parameters.filter(([, from]) => !isConstant(from) && !first(from).startsWith('<'));
    const fields = taken.map(([, from]) => (first(from).startsWith('@') ? '@' : first(from)));
    const names = [`names ${quotedQuery(query(each.items, fields))} ${command(each.of)}`, ...listing.words].join(' ');
    const variables = taken.map(([name]) => variable(name));
    const batch = (each.batch ?? 1) > 1 ? ` | by ${each.batch}` : '';
    return {
      loops: [...listing.loops, `${names}${batch} | while IFS=$'\\t' read -r ${variables.join(' ')}; do`],
      words: [...parameters.flatMap(([name, from]) => wordsOf(name, from, batch !== '')), ...regionOf(row)],
      file: [fileOf(row.operation), ...parameters.flatMap(([name, from]) => namesOf(name, from, batch !== ''))].join(
        '/',
      ),
    };
  });
}

const first = (source: Source): string => (typeof source === 'string' ? source : source[0]);
const isConstant = (source: Source): boolean => first(source).startsWith('=');
/** A parameter of the listing's request is still in the variable that it was asked with. */
const holder = (name: string, from: string): string => variable(from.startsWith('<') ? from.slice(1) : name);

function wordsOf(name: string, source: Source, many: boolean): readonly string[] {
  const from = first(source);
  const option = `--${dashed(name)}`;
  if (from.startsWith('=')) return [option, from.slice(1)];
  const value = holder(name, from);
  if (from === '@/') return [option, `"\${${value}##*/}"`];
  return [option, many && typeof source !== 'string' ? `$${value}` : `"$${value}"`];
}

function namesOf(name: string, source: Source, many: boolean): readonly string[] {
  const from = first(source);
  if (from.startsWith('=')) return typeof source === 'string' ? [`${name}=${from.slice(1)}`] : [];
  const value = holder(name, from);
  if (typeof source === 'string') return [`${name}=$(safe "${from === '@/' ? `\${${value}##*/}` : `$${value}`}")`];
  return [`${name}[]=$(safe "${many ? `\${${value}%% *}` : `$${value}`}")`];
}

/** A row's path, for the CLI: `Vpcs[].VpcId` -> `Vpcs[].[VpcId]`, which prints one thing a line. */
export function query(items: string, fields: readonly string[]): string {
  const path = items.replace(/(\[\].*)\[\?/, '$1[] | [?');
  if (fields.some((field) => field !== '@') || path.endsWith(']')) return `${path}.[${fields.join(',')}]`;
  const dot = path.lastIndexOf('.');
  const filter = path.lastIndexOf(']');
  return filter < 0 ? `[${path}]` : `${path.slice(0, dot)}.[${path.slice(dot + 1)}]`;
}

const quotedQuery = (text: string): string => `"${text}"`;

/** Lines under the loops around them: what stands in the same loops shares them. */
class Block {
  private readonly lines: (string | readonly [head: string, inside: Block])[] = [];

  add([head, ...inner]: readonly string[], line: string): void {
    if (head === undefined) {
      if (!this.lines.includes(line)) this.lines.push(line);
      return;
    }
    const known = this.lines.find((one) => typeof one !== 'string' && one[0] === head);
    const block = known !== undefined && typeof known !== 'string' ? known[1] : new Block();
    if (known === undefined) this.lines.push([head, block]);
    block.add(inner, line);
  }

  text(indent: string): readonly string[] {
    return this.lines.flatMap((one) =>
      typeof one === 'string'
        ? [`${indent}${one}`]
        : [`${indent}${one[0]}`, ...one[1].text(`${indent}  `), `${indent}done`],
    );
  }
}

/** CloudFront's listings stand in an object, of which the CLI prints nothing where the list is empty. */
function emptyOf({ pages }: Row): readonly string[] {
  const [list] = Object.keys(pages ?? {}).flatMap((path) => (path.includes('.') ? [path.split('.')[0]] : []));
  return list === undefined ? [] : [`none='${JSON.stringify({ [list]: { Items: [] } })}'`];
}

/** What is asked for the things of a listing is needed when that listing is. */
const unlessOf = (row: Row, rows: readonly Row[]): string | undefined =>
  row.unless ?? rows.find(({ operation }) => row.each?.every(({ of }) => of === operation))?.unless;

function sectionOf(rows: readonly Row[], all: readonly Row[], indent: string): readonly string[] {
  const block = new Block();
  const later = new Map<string, Block>();
  for (const row of rows)
    for (const { loops, words, file } of callsOf(row, all)) {
      const { prepare } = row;
      const unless = unlessOf(row, all);
      const line = [...emptyOf(row), `keep "${file}"`, command(row.operation), ...words].join(' ');
      if (prepare !== undefined) block.add([], `prepare ${command(prepare)}`);
      if (unless === undefined) block.add(loops, line);
      else {
        const own = later.get(unless) ?? new Block();
        later.set(unless, own);
        own.add(loops, line);
      }
    }
  return [
    ...block.text(indent),
    ...[...later].flatMap(([unless, own]) => [
      `${indent}if ! answered ${fileOf(unless)}; then`,
      ...own.text(`${indent}  `),
      `${indent}fi`,
    ]),
  ];
}

const HEAD = `#!/usr/bin/env bash
# Reads an AWS account with the AWS CLI, for \`underpin run FOLDER\`. Every call only describes, lists or gets
# (one asks IAM to write its credential report). Generated from the table of what \`underpin collect\` asks.
#
#   bash collect.sh FOLDER [REGION ...]        (credentials and default region as the AWS CLI finds them)
#
# What is refused is kept as AWS worded it: Underpin then says what it could not see.
# The folder holds AWS's answers as they are, environment variables with passwords among them: keep it as a secret.
set -u
umask 077
out=\${1:?usage: collect.sh FOLDER [REGION ...]}
shift
[ $# -gt 0 ] || set -- "$(aws configure get region)"
lists=$(mktemp -d) || exit 1
trap 'rm -rf "$lists"' EXIT

safe() {
  local text=\${1//%/%25}
  text=\${text//\\//%2F}
  text=\${text//:/%3A}
  printf '%s' "\${text//=/%3D}"
}
nothing='{}'
# keep NAME SERVICE OPERATION [OPTION ...]: AWS's answer, or its refusal, as a file named after what was asked
keep() {
  local file="$here/$1.json"
  shift
  mkdir -p "\${file%/*}"
  if ! aws "$@" --output json < /dev/null > "$file" 2> "$file.err"; then mv "$file.err" "$file"; return; fi
  rm -f "$file.err"
  # the CLI prints nothing where AWS answers that nothing is set
  [ -s "$file" ] || echo "\${none-$nothing}" > "$file"
}
# names QUERY SERVICE OPERATION [OPTION ...]: what a listing names, a line each; asked once
names() {
  local list query=$1
  shift
  list="$lists/$(printf '%s\\n' "\${AWS_REGION-}" "$query" "$@" | cksum | tr ' ' -)"
  [ -f "$list" ] || aws "$@" --query "$query" --output text < /dev/null 2> /dev/null | grep -v -e '^None$' -e '^$' | sort -u > "$list"
  cat "$list"
}
# by N: so many words a line
by() { xargs -n "$1" | grep .; }
# answered NAME: whether AWS refused nothing of it
answered() { ! find "$here" -path "$here/$1*" -name '*.json' -exec grep -L '^ *[{[]' {} + | grep -q .; }
# prepare SERVICE OPERATION: has AWS do what takes a while, and waits for it
prepare() {
  local look
  for look in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    [ "$(aws "$@" --query State --output text < /dev/null 2> /dev/null || echo COMPLETE)" = COMPLETE ] && return
    sleep 2
  done
}

mkdir -p "$out"
account=$(aws sts get-caller-identity --query Account --output text) || exit 1
printf '{"collectedAt": "%s"}\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$out/collected-at.json"
# the region that answers for the whole account
case $1 in cn-*) first=cn-north-1 ;; us-gov-*) first=us-gov-west-1 ;; *) first=us-east-1 ;; esac`;

/** Rows of the whole account in a service with regions go where that region's answers are. */
const inRegion = (row: Row): boolean => regionOf(row).length > 0;

export function scriptOf(rows: readonly Row[]): string {
  const account = rows.filter(({ scope }) => scope !== 'region');
  const folders = new Map<string, Row[]>();
  for (const row of account.filter(inRegion)) {
    const region = row.region ?? '$first';
    folders.set(region, [...(folders.get(region) ?? []), row]);
  }
  return [
    HEAD,
    '',
    '# The whole account',
    'here="$out/$account"',
    ...sectionOf(
      account.filter((row) => !inRegion(row)),
      rows,
      '',
    ),
    ...[...folders].flatMap(([region, own]) => [`here="$out/$account/${region}"`, ...sectionOf(own, rows, '')]),
    '',
    '# Each region',
    'for region in "$@"; do',
    '  export AWS_REGION=$region AWS_DEFAULT_REGION=$region',
    '  here="$out/$account/$region"',
    ...sectionOf(
      rows.filter(({ scope }) => scope === 'region'),
      rows,
      '  ',
    ),
    'done',
    'echo "read into $out; now: npx underpin run $out" >&2',
    '',
  ].join('\n');
}
