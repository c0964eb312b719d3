/** The YAML parser, loaded when the first YAML is read: most inputs are JSON, and its many files take a while. */
import { createRequire } from 'node:module';

export const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');
