/** Templates written in a test, as an estate. */
import { all, type Estate } from '../../estate/estate.ts';
import type { Kind, ResourceOf } from '../../estate/resource.ts';
import { assemble } from '../assemble.ts';
import { readSource } from './document.ts';
import { readTemplates, type TemplateOptions } from './index.ts';

export const estateOf = (text: string, options: TemplateOptions = {}): Estate =>
  estateOfAll({ 'shop.yaml': text }, options);

export function estateOfAll(files: Readonly<Record<string, string>>, options: TemplateOptions = {}): Estate {
  const sources = Object.entries(files).map(([file, text]) => readSource(file, text));
  const { entries, notices } = readTemplates(sources, options);
  return assemble(entries, notices, undefined);
}

/** The one resource of a kind. */
export function only<K extends Kind>(estate: Estate, kind: K): ResourceOf<K> {
  const [one, ...more] = all(estate, kind);
  if (one === undefined || more.length > 0) throw new Error(`${more.length + (one ? 1 : 0)} of the kind ${kind}`);
  return one;
}

/** `parameters({ Env: 'prod' })`. */
export const parameters = (values: Readonly<Record<string, string>>): TemplateOptions => ({
  parameters: new Map(Object.entries(values)),
});

/** All that was told beside the resources. */
export const messages = (estate: Estate): string => estate.notices.map(({ message }) => message).join('\n');
