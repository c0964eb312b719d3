/** Whether a path is a Pulumi project: told without loading anything of Pulumi. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const isPulumiProject = (path: string): boolean =>
  ['Pulumi.yaml', 'Pulumi.yml'].some((name) => existsSync(join(path, name)));
