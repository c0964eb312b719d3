/** Real inputs of others, kept outside the repository: in the folder UNDERPIN_CORPORA names, or in `shared/corpora` beside it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cli.ts';

const folder = process.env.UNDERPIN_CORPORA ?? join(root, '..', 'shared', 'corpora');

export const hasCorpora = existsSync(folder);
export const corpus = (path: string): string => join(folder, path);

if (!hasCorpora)
  console.warn('The corpora are not here; the tests on them are skipped (UNDERPIN_CORPORA names their folder).');
