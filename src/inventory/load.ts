/** Files and folders as the user names them -> one estate, at once and whatever they are. */
import type { Estate } from '../estate/estate.ts';
import { foreign } from './foreign.ts';
import { isFolder, type Loaded, type LoadOptions, loadWith } from './inputs.ts';
import { readText } from './text.ts';

export type { Loaded, LoadOptions } from './inputs.ts';

/** Reads every input; throws `UserError` for what cannot be read at all. */
export const loadInputs = (paths: readonly string[], options: LoadOptions = {}): Loaded =>
  loadWith(foreign, paths, options);

/** The estate of one or more inputs. */
export const readInputs = (paths: readonly string[], options: LoadOptions = {}): Estate =>
  loadInputs(paths, options).estate;

/** Whether a path is a CloudFormation template, told by its content. */
export function isTemplateFile(path: string): boolean {
  if (isFolder(path)) return false;
  let text: string;
  try {
    text = readText(path);
  } catch {
    return false;
  }
  return foreign.templateIn(path, text) !== undefined;
}
