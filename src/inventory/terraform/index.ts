/** Terraform's plans and states, as JSON -> entries, as an inventory would hold them. */
import type { Notice } from '../../estate/notice.ts';
import type { Entry } from '../entry.ts';
import type { InventoryContent } from '../format.ts';
import { entriesOf } from '../pulumi/entries.ts';
import { redacted } from '../redact.ts';
import type { Content } from './instance.ts';
import { at, isObject, type Json, objectAt } from './json.ts';
import { withLines } from './lines.ts';
import { listed, plannedContent } from './plan.ts';
import { recordingOf, type Told } from './recording.ts';
import { refuseContent, refused } from './refused.ts';
import { rawState, shownState } from './state.ts';

export { refuseHcl, refuseSources, refuseText } from './refused.ts';

/** Whether JSON is Terraform's or OpenTofu's, of whatever form: also of one that is refused. */
export const isTerraform = (content: Json): boolean =>
  at(content, 'terraform_version') !== undefined ||
  (at(content, 'format_version') !== undefined &&
    ['values', 'planned_values', 'prior_state', 'resource_changes'].some((key) => isObject(content[key]))) ||
  typeof at(content, 'encrypted_data') === 'string' ||
  isSources(content);

const isSources = ({ resource, terraform, provider, module }: Json): boolean =>
  (isObject(resource) && Object.keys(resource).some((type) => /^[a-z0-9]+_[a-z0-9_]+$/.test(type))) ||
  (isObject(terraform) && [resource, provider, module].some((one) => one !== undefined));

export interface TerraformFile {
  readonly file: string;
  readonly content: Json;
  readonly text: string;
}

/** Files that tell of one account, or of several, read together. */
export function readTerraform(files: readonly TerraformFile[]): InventoryContent {
  if (files.length === 0) return { entries: [], notices: [], collectedAt: undefined };
  const sources = files.map(({ file, content, text }) => ({
    file,
    content: withLines(contentOf(file, content, text), text),
    variables: objectAt(content, 'variables'),
  }));
  const { recording, told } = recordingOf(sources);
  const entries = entriesOf(recording).map((entry) =>
    entry.output === undefined ? entry : { ...entry, output: redacted(entry.operation, entry.output) },
  );
  const dates = files.flatMap(({ content }) => takenAt(content) ?? []).sort();
  return {
    entries: [...entries, ...accountsBeside(recording.place.account, entries, told)],
    notices: sources.flatMap(({ file, content }, n) => {
      const one = told[n];
      return one === undefined ? [] : noticesOf(file, content, one);
    }),
    collectedAt: dates.at(-1),
  };
}

/** The accounts of the files after the first. */
function accountsBeside(first: string, entries: readonly Entry[], told: readonly Told[]): readonly Entry[] {
  const caller = entries.find(({ operation }) => operation === 'sts:GetCallerIdentity');
  const accounts = [...new Set(told.map(({ place }) => place.account))].filter((account) => account !== first);
  if (caller === undefined) return [];
  return accounts.map((account) => ({ ...caller, account, output: { Account: account } }));
}

function contentOf(file: string, content: Json, text: string): Content {
  refuseContent(file, content);
  const version = content.format_version;
  if (version === undefined && content.version !== undefined) return rawState(file, content, text);
  if (typeof version !== 'string' || !/^[01]\./.test(version))
    throw refused(
      `this has the format version ${JSON.stringify(version)}, which this version of underpin does not read`,
      file,
      '/format_version',
      'a format version of 0.x or 1.x',
      'make it with a version of Terraform from 0.12 to 1.x',
    );
  if (Array.isArray(content.resource_changes) || isObject(content.planned_values)) return plannedContent(content);
  if (isObject(content.values)) return shownState(content);
  throw refused('this state holds no resources', file, '/values', 'the values of a plan or a state');
}

/** Plans say when they were made since Terraform 1.5; states do not. */
function takenAt({ timestamp }: Json): string | undefined {
  return typeof timestamp === 'string' && Number.isFinite(Date.parse(timestamp)) ? timestamp : undefined;
}

function noticesOf(file: string, content: Content, { place, unread, twice, inferred }: Told): readonly Notice[] {
  const note = (code: Notice['code'], message: string, path = ''): Notice => ({ code, message, file, path });
  return [
    ...content.notes.map((message) => note('other', message)),
    ...place.assumed.map((what) => note('other', `nothing in the file says the ${what}; ${place[what]} is assumed`)),
    ...(content.kind === 'state'
      ? [note('other', 'a state tells what Terraform saw at its last run; what changed in AWS since then is not in it')]
      : []),
    ...(inferred.length > 0
      ? [
          note(
            'other',
            `${inferred.length} of the values that only the apply will tell are taken from the resources named in their expressions (all of them, or the one of the same key), which a plan does not show in full: ${listed(inferred)}`,
          ),
        ]
      : []),
    ...[...unread].map(([type, count]) =>
      note('unknownOperation', `${type}: this version has no reader for it (${count} in the file)`),
    ),
    ...(twice.length > 0 ? [note('duplicateId', `${listed(twice)}: there is more than one; the first counts`)] : []),
  ];
}
