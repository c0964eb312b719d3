/**
 * Files and folders as the user names them -> one estate; with `text.ts` the only files of this room that open files.
 * The readers of what is no answer of AWS (`foreign.ts`) are a third of the room, so that they are handed in.
 */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Estate } from '../estate/estate.ts';
import type { Notice } from '../estate/notice.ts';
import { assemble } from './assemble.ts';
import type { Source } from './cloudformation/document.ts';
import type { TemplateOptions } from './cloudformation/index.ts';
import type { Entry } from './entry.ts';
import { applyDeclaredFlows, FLOWS_FILE, readDeclaredFlows } from './flows/declared.ts';
import { operationNames } from './folder/operations.ts';
import { readFolder } from './folder/read.ts';
import type { Foreign } from './foreign.ts';
import { INVENTORY_FORMAT, type InventoryContent, readInventory } from './format.ts';
import { readers } from './readers/index.ts';
import type { TerraformFile } from './terraform/index.ts';
import { refuseHcl, refuseSources, refuseText } from './terraform/refused.ts';
import { readText } from './text.ts';
import { UserError } from './user-error.ts';

export type InputKind = 'inventory' | 'awsCliFolder' | 'pulumiStack' | 'terraform' | 'cloudFormation';

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

/** What the user says beside the inputs. */
export interface LoadOptions {
  readonly templates?: TemplateOptions;
  /** ISO date: the "now" of every age where no input has a date of its own and a template or a Terraform state is among them. */
  readonly today?: string;
}

/** Reads every input; throws `UserError` for what cannot be read at all. `foreign` where `needsForeign` says so. */
export function loadWith(foreign: Foreign | undefined, paths: readonly string[], options: LoadOptions = {}): Loaded {
  const entries: Entry[] = [];
  const notices: Notice[] = [];
  const inputs: Input[] = [];
  const templates: Source[] = [];
  const terraform: TerraformFile[] = [];
  let collectedAt: string | undefined;
  for (const path of paths) {
    const read = isFolder(path) ? readAnswers(path) : readFile(foreign, path);
    inputs.push({ path, kind: read.kind });
    switch (read.kind) {
      case 'cloudFormation':
        templates.push(read.template);
        break;
      case 'terraform':
        terraform.push(read.file);
        break;
      default:
        for (const entry of read.content.entries) entries.push(entry);
        for (const notice of read.content.notices) notices.push(notice);
        collectedAt = latest(collectedAt, read.content.collectedAt);
    }
  }
  // stacks see each other's exports, so that all templates are read together; what one state manages another may look up
  const declared = foreign?.readTemplates(templates, options.templates);
  const configured = foreign?.readTerraform(terraform);
  for (const content of [declared, configured]) {
    for (const entry of content?.entries ?? []) entries.push(entry);
    for (const notice of content?.notices ?? []) notices.push(notice);
  }
  collectedAt = latest(collectedAt, configured?.collectedAt);
  if (templates.length + terraform.length > 0) collectedAt ??= options.today;
  return { inputs, entries, estate: withDeclaredFlows(assemble(entries, notices, collectedAt), paths) };
}

/** As `loadWith`, with the foreign readers loaded where they are needed. */
export async function loadAsNeeded(paths: readonly string[], options: LoadOptions = {}): Promise<Loaded> {
  const foreign = paths.some(needsForeign) ? (await import('./foreign.ts')).foreign : undefined;
  return loadWith(foreign, paths, options);
}

/** JSON that begins so is an inventory, and nothing else: no template has such a section. */
const INVENTORY_START = /^\s*\{\s*"format"\s*:\s*"underpin\.inventory\//;

/** Whether anything but an inventory or a folder of answers may be there, told by how it begins. */
function needsForeign(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  // what is no file (a pipe) can be read once only
  if (!found?.isFile()) return found?.isDirectory() !== true;
  const start = Buffer.alloc(200);
  try {
    const file = openSync(path, 'r');
    readSync(file, start);
    closeSync(file);
  } catch {
    return true;
  }
  return !INVENTORY_START.test(start.toString('latin1'));
}

/** A path by its content. Terraform's files, and templates, are read together. */
type Read =
  | { readonly kind: 'inventory' | 'awsCliFolder' | 'pulumiStack'; readonly content: InventoryContent }
  | { readonly kind: 'cloudFormation'; readonly template: Source }
  | { readonly kind: 'terraform'; readonly file: TerraformFile };

function readAnswers(folder: string): Read {
  const content = readFolder(folder, operationNames(readers.flatMap((reader) => reader.operations)));
  if (content.entries.length > 0) return { kind: 'awsCliFolder', content };
  refuseSources(folder, readdirSync(folder));
  throw new UserError('no AWS answer was found in this folder', {
    file: folder,
    expected: 'files such as ec2-describe-vpcs.json or Vpcs.json, or sub-folders of them',
    fix: 'point at the folder that holds the JSON files, or at an inventory file',
  });
}

function readFile(foreign: Foreign | undefined, path: string): Read {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    refuseHcl(path);
    throw new UserError(`it cannot be read (${error instanceof Error ? error.message : String(error)})`, {
      file: path,
    });
  }
  const template = foreign?.templateIn(path, text);
  if (template !== undefined) return { kind: 'cloudFormation', template };
  refuseHcl(path);
  const content = parseJson(path, text);
  if (content.format !== undefined) return { kind: 'inventory', content: readInventory(path, content) };
  if (foreign?.isTerraform(content)) return { kind: 'terraform', file: { file: path, content, text } };
  if (foreign?.isStackExport(content)) return { kind: 'pulumiStack', content: foreign.readStack(path, content, text) };
  throw unknownContent(path, content);
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

const latest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new UserError('there is no such file or folder', { file: path, fix: 'check the path' });
  }
}

function parseJson(file: string, text: string): Record<string, unknown> {
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
  refuseText(file, text);
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
  const template = Object.hasOwn(content, 'Resources');
  return new UserError(template ? 'this JSON has Resources, but is no template' : 'this JSON is not an inventory', {
    file,
    path: template ? '/Resources' : '/format',
    expected: template ? 'resources with a Type such as AWS::EC2::VPC' : `"format": "${INVENTORY_FORMAT}"`,
    fix: 'a single answer of the AWS CLI is read when its folder is given',
  });
}
