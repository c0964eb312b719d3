/** Files and folders as the user names them -> one estate. The only file of this room that opens files. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Estate } from '../estate/estate.ts';
import type { Notice } from '../estate/notice.ts';
import { assemble } from './assemble.ts';
import type { Entry } from './entry.ts';
import { applyDeclaredFlows, FLOWS_FILE, readDeclaredFlows } from './flows/declared.ts';
import { operationNames } from './folder/operations.ts';
import { readFolder } from './folder/read.ts';
import { INVENTORY_FORMAT, readInventory } from './format.ts';
import { readers } from './readers/index.ts';
import { readText } from './text.ts';
import { UserError } from './user-error.ts';

export type InputKind = 'inventory' | 'awsCliFolder';

export interface Input {
  readonly path: string;
  readonly kind: InputKind;
}

export interface Loaded {
  readonly inputs: readonly Input[];
  /** All answers, as they were read: what adoption writes a program from. */
  readonly entries: readonly Entry[];
  readonly estate: Estate;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads every input; throws `UserError` for what cannot be read at all. */
export function loadInputs(paths: readonly string[]): Loaded {
  const entries: Entry[] = [];
  const notices: Notice[] = [];
  const inputs: Input[] = [];
  let collectedAt: string | undefined;
  for (const path of paths) {
    if (isFolder(path)) {
      const content = readFolder(path, operationNames(readers.flatMap((reader) => reader.operations)));
      if (content.entries.length === 0)
        throw new UserError('no AWS answer was found in this folder', {
          file: path,
          expected: 'files such as ec2-describe-vpcs.json or Vpcs.json, or sub-folders of them',
          fix: 'point at the folder that holds the JSON files, or at an inventory file',
        });
      for (const entry of content.entries) entries.push(entry);
      notices.push(...content.notices);
      collectedAt = latest(collectedAt, content.collectedAt);
      inputs.push({ path, kind: 'awsCliFolder' });
    } else {
      const content = readInventory(path, parseJson(path));
      for (const entry of content.entries) entries.push(entry);
      notices.push(...content.notices);
      collectedAt = latest(collectedAt, content.collectedAt);
      inputs.push({ path, kind: 'inventory' });
    }
  }
  return { inputs, entries, estate: withDeclaredFlows(assemble(entries, notices, collectedAt), paths) };
}

/** What the team says of its flows, in `underpin.flows.yaml` beside (or in) each input. */
function withDeclaredFlows(read: Estate, paths: readonly string[]): Estate {
  const folders = new Set(paths.map((path) => (isFolder(path) ? path : dirname(path))));
  let estate = read;
  for (const folder of folders) {
    const file = join(folder, FLOWS_FILE);
    if (!existsSync(file)) continue;
    const declared = readDeclaredFlows(readText(file), file);
    estate = { ...estate, flows: applyDeclaredFlows(estate, estate.flows, declared) };
  }
  return estate;
}

/** The estate of one or more inputs. */
export const readInputs = (paths: readonly string[]): Estate => loadInputs(paths).estate;

const latest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new UserError('there is no such file or folder', { file: path, fix: 'check the path' });
  }
}

function parseJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw new UserError(`it cannot be read (${error instanceof Error ? error.message : String(error)})`, { file });
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw notJson(file, text);
  }
  if (!isObject(content))
    throw new UserError('this JSON is not an object', {
      file,
      path: '/',
      expected: `an object with "format": "${INVENTORY_FORMAT}"`,
    });
  if (content.format === undefined) throw unknownContent(file, content);
  return content;
}

const CUT = /end of JSON|Unterminated/;

function parseError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** How much of a text is the beginning of some JSON. Engines do not always tell the place, so it is searched. */
function validPrefix(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const message = parseError(text.slice(0, middle));
    if (message === undefined || CUT.test(message)) good = middle;
    else bad = middle;
  }
  return good;
}

function notJson(file: string, text: string): UserError {
  if (text.trim() === '')
    return new UserError('the file is empty', { file, expected: 'an inventory in JSON', fix: 'collect it again' });
  const cut = CUT.test(parseError(text) ?? '');
  const before = text.slice(0, cut ? text.length : validPrefix(text));
  return new UserError(cut ? 'the file ends in the middle: it seems truncated' : 'this is not JSON', {
    file,
    path: `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`,
    expected: 'an inventory in JSON',
    fix: cut ? 'copy or collect it again' : 'give an inventory file or a folder of AWS CLI answers',
  });
}

/** Names what the file is when it is a known thing that cannot be read yet, so that nobody guesses. */
function unknownContent(file: string, content: Record<string, unknown>): UserError {
  const known = (
    [
      ['terraform_version', 'Terraform plan or state JSON'],
      ['Resources', 'a CloudFormation template'],
      ['deployment', 'a Pulumi stack export'],
    ] as const
  ).find(([key]) => Object.hasOwn(content, key));
  return new UserError(
    known ? `this looks like ${known[1]}, which this version does not read` : 'this JSON is not an inventory',
    {
      file,
      path: '/format',
      expected: `"format": "${INVENTORY_FORMAT}"`,
      fix: known
        ? 'collect an inventory of the account instead'
        : 'a single answer of the AWS CLI is read when its folder is given',
    },
  );
}
