/** Files and folders as the user names them -> one estate. The only file of this room that opens files. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Estate } from '../estate/estate.ts';
import type { Notice } from '../estate/notice.ts';
import { assemble } from './assemble.ts';
import type { Source } from './cloudformation/document.ts';
import { readTemplates, type TemplateOptions, templateIn } from './cloudformation/index.ts';
import type { Entry } from './entry.ts';
import { applyDeclaredFlows, FLOWS_FILE, readDeclaredFlows } from './flows/declared.ts';
import { operationNames } from './folder/operations.ts';
import { readFolder } from './folder/read.ts';
import { INVENTORY_FORMAT, type InventoryContent, readInventory } from './format.ts';
import { isStackExport, readStack } from './pulumi/stack/index.ts';
import { readers } from './readers/index.ts';
import {
  isTerraform,
  readTerraform,
  refuseHcl,
  refuseSources,
  refuseText,
  type TerraformFile,
} from './terraform/index.ts';
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

/** Reads every input; throws `UserError` for what cannot be read at all. */
export function loadInputs(paths: readonly string[], options: LoadOptions = {}): Loaded {
  const entries: Entry[] = [];
  const notices: Notice[] = [];
  const inputs: Input[] = [];
  const templates: Source[] = [];
  const terraform: TerraformFile[] = [];
  let collectedAt: string | undefined;
  for (const path of paths) {
    const template = isFolder(path) ? undefined : templateAt(path);
    if (template !== undefined) {
      templates.push(template);
      inputs.push({ path, kind: 'cloudFormation' });
    } else if (isFolder(path)) {
      const content = readFolder(path, operationNames(readers.flatMap((reader) => reader.operations)));
      if (content.entries.length === 0) {
        refuseSources(path, readdirSync(path));
        throw new UserError('no AWS answer was found in this folder', {
          file: path,
          expected: 'files such as ec2-describe-vpcs.json or Vpcs.json, or sub-folders of them',
          fix: 'point at the folder that holds the JSON files, or at an inventory file',
        });
      }
      for (const entry of content.entries) entries.push(entry);
      notices.push(...content.notices);
      collectedAt = latest(collectedAt, content.collectedAt);
      inputs.push({ path, kind: 'awsCliFolder' });
    } else {
      const read = readFile(path);
      if (read.kind === 'terraform') {
        terraform.push(read.file);
        inputs.push({ path, kind: read.kind });
        continue;
      }
      const { kind, content } = read;
      for (const entry of content.entries) entries.push(entry);
      for (const notice of content.notices) notices.push(notice);
      collectedAt = latest(collectedAt, content.collectedAt);
      inputs.push({ path, kind });
    }
  }
  // stacks see each other's exports, so that all templates are read together
  const declared = readTemplates(templates, options.templates);
  for (const entry of declared.entries) entries.push(entry);
  for (const notice of declared.notices) notices.push(notice);
  const configured = readTerraform(terraform);
  for (const entry of configured.entries) entries.push(entry);
  for (const notice of configured.notices) notices.push(notice);
  collectedAt = latest(collectedAt, configured.collectedAt);
  if (templates.length + terraform.length > 0) collectedAt ??= options.today;
  return { inputs, entries, estate: withDeclaredFlows(assemble(entries, notices, collectedAt), paths) };
}

/** Whether a path is a CloudFormation template, told by its content. */
export const isTemplateFile = (path: string): boolean => !isFolder(path) && templateAt(path) !== undefined;

function templateAt(path: string): Source | undefined {
  let text: string;
  try {
    text = readText(path);
  } catch {
    return undefined;
  }
  return templateIn(path, text);
}

/** What a JSON file may be beside an inventory, told by its content. */
interface Format {
  readonly kind: Exclude<InputKind, 'terraform'>;
  readonly is: (content: Record<string, unknown>) => boolean;
  readonly read: (file: string, content: Record<string, unknown>, text: string) => InventoryContent;
}

const FORMATS: readonly Format[] = [{ kind: 'pulumiStack', is: isStackExport, read: readStack }];

/** Terraform's files are read together: what one manages another may look up. */
type Read =
  | { readonly kind: Exclude<InputKind, 'terraform'>; readonly content: InventoryContent }
  | { readonly kind: 'terraform'; readonly file: TerraformFile };

function readFile(path: string): Read {
  refuseHcl(path);
  const { content, text } = parseJson(path);
  if (content.format !== undefined) return { kind: 'inventory', content: readInventory(path, content) };
  if (isTerraform(content)) return { kind: 'terraform', file: { file: path, content, text } };
  const format = FORMATS.find(({ is }) => is(content));
  if (format === undefined) throw unknownContent(path, content);
  return { kind: format.kind, content: format.read(path, content, text) };
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
export const readInputs = (paths: readonly string[], options: LoadOptions = {}): Estate =>
  loadInputs(paths, options).estate;

const latest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new UserError('there is no such file or folder', { file: path, fix: 'check the path' });
  }
}

function parseJson(file: string): { readonly content: Record<string, unknown>; readonly text: string } {
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
  return { content, text };
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
