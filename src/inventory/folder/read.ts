/**
 * A folder of AWS CLI answers -> entries. Sub-folders named after an account or a region set where the answers
 * below come from; a sub-folder named after an operation holds one file a resource, named after it
 * (URL-encoded); other sub-folders are walked through.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../estate/notice.ts';
import { type Entry, statusOfError } from '../entry.ts';
import { AGGREGATES, type OperationNames, operationOfContent, operationOfName, parametersOf } from './operations.ts';

const REGION =
  /^(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov|-iso[a-z]?)?-(central|north|south|east|west|northeast|northwest|southeast|southwest)-\d$/;
const ACCOUNT = /^\d{12}$/;
const MAX_DEPTH = 12;

export interface FolderContent {
  readonly entries: readonly Entry[];
  readonly notices: readonly Notice[];
}

interface Place {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly operation: string | undefined;
  /** Values from the names of sub-folders below the operation's. */
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
const aggregateIn = (content: unknown) =>
  isObject(content) ? Object.entries(AGGREGATES).find(([key]) => Array.isArray(content[key])) : undefined;

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
  const entries = files.flatMap((file) => entriesOf(file, guess));
  return { entries, notices };

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
    for (const name of readdirSync(path).sort()) {
      const child = join(path, name);
      const stat = lstatSync(child);
      if (stat.isDirectory()) walk(child, inside(place, name), depth + 1);
      else if (stat.isFile() && (place.operation !== undefined || /\.(json|txt)$/i.test(name)))
        files.push({ file: child, place, name, text: readFileSync(child, 'utf8') });
      else
        notices.push({
          code: 'unknownFile',
          message: `${name} is not a file of AWS answers and was not read`,
          file: child,
          path: '',
        });
    }
  }

  function inside(place: Place, name: string): Place {
    if (place.operation !== undefined) return { ...place, values: [...place.values, decode(name)] };
    if (ACCOUNT.test(name)) return { ...place, account: name };
    if (REGION.test(name)) return { ...place, region: name };
    const operation = operationOfName(name, names);
    return operation === undefined ? place : { ...place, operation };
  }

  function entriesOf(answer: Answered, guess: Guess): readonly Entry[] {
    const { file, place, name, text } = answer;
    const where = { account: place.account ?? guess.account(file), region: place.region ?? guess.region(file), file };
    let content: unknown;
    try {
      content = text.trim() === '' ? undefined : JSON.parse(text);
    } catch (error) {
      content = error;
    }
    const operation =
      place.operation ??
      (aggregateIn(content) ? '' : undefined) ??
      operationOfName(name, names) ??
      (isObject(content) ? operationOfContent(content) : undefined);
    if (operation === undefined) {
      const broken = content instanceof Error;
      notices.push({
        code: broken ? 'unreadableFile' : 'unknownFile',
        message: broken
          ? `${name} is not JSON (${content instanceof Error ? content.message : ''}) and was not read`
          : `${name}: no operation of AWS is known by this name or content; not read`,
        file,
        path: '',
      });
      return [];
    }
    const input = inputOf(operation, place, name);
    if (!isObject(content)) {
      const told = cliError(text);
      if (told)
        return [{ ...where, operation, input, status: statusOfError(told), output: undefined, error: told, path: '' }];
      const message = content instanceof Error ? `not JSON: ${content.message}` : 'the file is empty';
      notices.push({
        code: 'unreadableFile',
        message: `${name}: ${message}; taken as not answered`,
        file,
        path: '',
      });
      const error = { name: 'Unreadable', message };
      return [{ ...where, operation, input, status: 'failed', output: undefined, error, path: '' }];
    }
    const aggregate = place.operation === undefined ? aggregateIn(content) : undefined;
    if (aggregate) {
      const [key, { operation: each, parameter }] = aggregate;
      const list = Array.isArray(content[key]) ? (content[key] as unknown[]) : [];
      return list.map((output, n) => ({
        ...where,
        operation: each,
        input: isObject(output) ? { [parameter]: output[parameter] } : {},
        status: 'read',
        output,
        error: undefined,
        path: `/${key}/${n}`,
      }));
    }
    return [{ ...where, operation, input, status: 'read', output: content, error: undefined, path: '' }];
  }
}

function inputOf(operation: string, place: Place, name: string): Record<string, unknown> {
  if (place.operation === undefined) return {};
  const values = [...place.values, decode(name.replace(/\.json$/i, ''))];
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
  readonly account: (file: string) => string;
  readonly region: (file: string) => string;
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
  const account = most(accounts);
  const region = most(regions);
  return { account: () => account, region: () => region };
}
