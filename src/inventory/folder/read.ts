/**
 * A folder of AWS CLI answers -> entries. Sub-folders named after an account or a region set where the answers
 * below come from; a sub-folder named after an operation holds one file a request, named after the resource
 * (URL-encoded) or, in the way of docs/collect.sh, after each parameter (`cluster=shop/services[]=web.json`); other
 * sub-folders are walked through.
 */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../estate/notice.ts';
import { type Entry, statusOfError } from '../entry.ts';
import { readText, whyNotJson } from '../text.ts';
import { AGGREGATES, type OperationNames, operationOfContent, operationOfName, parametersOf } from './operations.ts';

const REGION =
  /^(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov|-iso[a-z]?)?-(central|north|south|east|west|northeast|northwest|southeast|southwest)-\d$/;
const ACCOUNT = /^\d{12}$/;
const MAX_DEPTH = 12;

export interface FolderContent {
  readonly entries: readonly Entry[];
  readonly notices: readonly Notice[];
  /** From `collected-at.json`, `{"collectedAt": "…"}`, which docs/collect.sh writes. */
  readonly collectedAt: string | undefined;
}

const COLLECTED_AT = 'collected-at.json';

interface Place {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly operation: string | undefined;
  /** The names of sub-folders below the operation's. */
  readonly values: readonly string[];
}

interface Answered {
  readonly file: string;
  readonly place: Place;
  readonly name: string;
  readonly text: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How the AWS CLI tells an error, when its messages were kept with its answers. */
function cliError(text: string): { readonly name: string; readonly message: string } | undefined {
  const found = /An error occurred \(([\w.]+)\)[^:]*: ?(.*)/.exec(text);
  return found ? { name: found[1] ?? '', message: found[2] ?? '' } : undefined;
}

/** The list of many answers in a file, if it is such a file. */
function aggregateIn(content: Readonly<Record<string, unknown>>) {
  for (const [key, { operation, parameter }] of Object.entries(AGGREGATES)) {
    const list: unknown = content[key];
    if (Array.isArray(list)) return { key, list: list as readonly unknown[], operation, parameter };
  }
  return undefined;
}

const decode = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

export function readFolder(folder: string, names: OperationNames): FolderContent {
  const notices: Notice[] = [];
  const files: Answered[] = [];
  walk(folder, { account: undefined, region: undefined, operation: undefined, values: [] }, 0);
  const guess = guesser(files);
  const dated = files.find(({ name }) => name === COLLECTED_AT);
  const entries = files.filter((file) => file !== dated).flatMap((file) => entriesOf(file, guess));
  return { entries, notices, collectedAt: dated && dateIn(dated.text) };

  function walk(path: string, place: Place, depth: number): void {
    if (depth > MAX_DEPTH) {
      notices.push({
        code: 'unreadableFile',
        message: `folders nested deeper than ${MAX_DEPTH} are not read`,
        file: path,
        path: '',
      });
      return;
    }
    for (const name of namesIn(path)) {
      const child = join(path, name);
      const stat = lstatSync(child);
      if (stat.isDirectory()) walk(child, inside(place, name), depth + 1);
      else if (stat.isFile() && (place.operation !== undefined || /\.(json|txt)$/i.test(name)))
        files.push({ file: child, place, name, text: readText(child) });
      else
        notices.push({
          code: 'unknownFile',
          message: `${name} is not a file of AWS answers and was not read`,
          file: child,
          path: '',
        });
    }
  }

  function namesIn(path: string): readonly string[] {
    try {
      return readdirSync(path).sort();
    } catch (error) {
      const message = `this folder cannot be read (${error instanceof Error ? error.message : error}); its answers are missing`;
      notices.push({ code: 'unreadableFile', message, file: path, path: '' });
      return [];
    }
  }

  function inside(place: Place, name: string): Place {
    if (place.operation !== undefined) return { ...place, values: [...place.values, name] };
    if (ACCOUNT.test(name)) return { ...place, account: name };
    if (REGION.test(name)) return { ...place, region: name };
    const operation = operationOfName(name, names);
    return operation === undefined ? place : { ...place, operation };
  }

  function entriesOf({ file, place, name, text }: Answered, guess: Guess): readonly Entry[] {
    const where = { account: place.account ?? guess.account, region: place.region ?? guess.region, file };
    const { content, fault } = parsed(text);
    const aggregate = place.operation === undefined && content ? aggregateIn(content) : undefined;
    if (aggregate) {
      const { key, list, operation, parameter } = aggregate;
      return list.map((output, n) => {
        const input = isObject(output) ? { [parameter]: output[parameter] } : {};
        return { ...where, operation, input, status: 'read', output, error: undefined, path: `/${key}/${n}` };
      });
    }
    const operation =
      place.operation ?? operationOfName(name, names) ?? (content ? operationOfContent(content) : undefined);
    if (operation === undefined) {
      notices.push({
        code: fault === undefined ? 'unknownFile' : 'unreadableFile',
        message: `${name}: ${fault ?? 'no operation of AWS is known by this name or content'}; not read`,
        file,
        path: '',
      });
      return [];
    }
    const input = inputOf(operation, place, name);
    if (content) return [{ ...where, operation, input, status: 'read', output: content, error: undefined, path: '' }];
    const told = cliError(text);
    if (told === undefined)
      notices.push({ code: 'unreadableFile', message: `${name}: ${fault}; taken as not answered`, file, path: '' });
    const error = told ?? { name: 'Unreadable', message: fault ?? '' };
    const status = told ? statusOfError(told) : 'failed';
    return [{ ...where, operation, input, status, output: undefined, error, path: '' }];
  }
}

/** A file's JSON object, or what is wrong with it. */
function parsed(text: string): { readonly content?: Readonly<Record<string, unknown>>; readonly fault?: string } {
  if (text.trim() === '') return { fault: 'the file is empty' };
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content) ? { content } : { fault: 'its JSON is not an object' };
  } catch (error) {
    return { fault: `not JSON (${whyNotJson(error)})` };
  }
}

function dateIn(text: string): string | undefined {
  const date = parsed(text).content?.collectedAt;
  return typeof date === 'string' && Number.isFinite(Date.parse(date)) ? date : undefined;
}

/** A parameter and its value; `[]` where it is the first of a list. */
const NAMED = /^(?<parameter>[A-Za-z]+)(?<list>\[\])?=(?<value>[^=]*)$/;

function inputOf(operation: string, place: Place, name: string): Record<string, unknown> {
  if (place.operation === undefined) return {};
  const names = [...place.values, name.replace(/\.json$/i, '')];
  const said = names.map((one) => NAMED.exec(one)?.groups);
  if (said.every((one) => one !== undefined))
    return Object.fromEntries(
      said.map(({ parameter = '', list, value = '' }) => [parameter, list ? [decode(value)] : decode(value)]),
    );
  const values = names.map(decode);
  const parameters = parametersOf(operation);
  return Object.fromEntries(
    parameters.flatMap((parameter, n) => {
      const value = values[n];
      return value === undefined
        ? []
        : [[parameter, /s$/.test(parameter) && parameter !== 'Address' ? [value] : value]];
    }),
  );
}

interface Guess {
  readonly account: string;
  readonly region: string;
}

/** Folders seldom say whose they are: the account and region that the answers themselves name most often. */
function guesser(files: readonly Answered[]): Guess {
  const accounts = new Map<string, number>();
  const regions = new Map<string, number>();
  const count = (map: Map<string, number>, key: string | undefined) => {
    if (key) map.set(key, (map.get(key) ?? 0) + 1);
  };
  for (const { text } of files) {
    for (const [, region, account] of text.matchAll(/arn:aws[a-z-]*:[a-z0-9-]*:([a-z0-9-]*):(\d{12}):/g)) {
      count(accounts, account);
      count(regions, region);
    }
    for (const [, account] of text.matchAll(/"(?:OwnerId|Account)":\s*"(\d{12})"/g)) count(accounts, account);
    for (const [, region] of text.matchAll(/"AvailabilityZone":\s*"([a-z]{2}(?:-[a-z]+)+-\d)[a-z]"/g))
      count(regions, region);
  }
  const most = (map: Map<string, number>): string =>
    [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'unknown';
  return { account: most(accounts), region: most(regions) };
}
