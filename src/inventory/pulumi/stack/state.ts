/** The file: what `pulumi stack export` writes, and the checkpoints that Pulumi keeps itself, old and new. */
import type { Notice } from '../../../estate/notice.ts';
import { pointer } from '../../item.ts';
import { UserError } from '../../user-error.ts';
import { isObject } from './stored.ts';

type Members = Readonly<Record<string, unknown>>;

/** One resource of the state, with the place of its object in the file. */
export interface Stored {
  readonly urn: string;
  readonly type: string;
  readonly members: Members;
  readonly path: string;
}

export interface State {
  readonly resources: readonly Stored[];
  /** Operations that were begun and of which Pulumi does not know the end: `creating urn:…`. */
  readonly pending: readonly string[];
  /** When the state was saved, ISO 8601. */
  readonly savedAt: string | undefined;
  readonly notices: readonly Notice[];
}

/** The newest form of a deployment that is known here. https://github.com/pulumi/pulumi/tree/master/sdk/go/common/apitype */
const NEWEST = 4;

export const isStackExport = (content: Members): boolean =>
  Object.hasOwn(content, 'deployment') ||
  Object.hasOwn(content, 'checkpoint') ||
  (isObject(content.latest) && Object.hasOwn(content.latest, 'manifest'));

export function stateIn(file: string, content: Members): State {
  const { deployment, path } = deploymentIn(file, content);
  const list = deployment?.resources ?? [];
  if (!Array.isArray(list))
    throw new UserError('the resources of a stack should be a list', {
      file,
      path: `${path}/resources`,
      expected: 'what pulumi stack export writes',
      fix: 'export it again: pulumi stack export --file stack.json',
    });
  const notices: Notice[] = [];
  const note = (code: Notice['code'], message: string, at: string) => notices.push({ code, message, file, path: at });
  if (typeof content.version === 'number' && content.version > NEWEST)
    note(
      'other',
      `a stack of version ${content.version} is newer than this reader; what it does not know is left out`,
      '/version',
    );
  if (deployment?.resources === undefined) note('other', 'the stack holds no resources', path);
  const resources = list.flatMap((members: unknown, n): Stored[] => {
    const at = `${path}/resources/${n}`;
    const urn = isObject(members) && typeof members.urn === 'string' ? members.urn : undefined;
    const type = isObject(members) && typeof members.type === 'string' ? members.type : urn && typeOf(urn);
    if (isObject(members) && urn && type) return [{ urn, type, members, path: at }];
    note('wrongType', 'an entry of the stack is no resource: it needs a urn and a type; left out', at);
    return [];
  });
  return { resources, pending: pendingIn(deployment), savedAt: savedAt(deployment), notices };
}

function deploymentIn(
  file: string,
  content: Members,
): { readonly deployment: Members | undefined; readonly path: string } {
  const found = (value: unknown, path: string) => {
    // a stack into which nothing was ever deployed has none
    if (value === null || value === undefined) return { deployment: undefined, path };
    if (isObject(value)) return { deployment: value, path };
    throw new UserError('this is no deployment of a stack', {
      file,
      path,
      expected: 'an object with a list of resources',
      fix: 'export it again: pulumi stack export --file stack.json',
    });
  };
  if (Object.hasOwn(content, 'deployment')) return found(content.deployment, '/deployment');
  if (isObject(content.checkpoint)) return found(content.checkpoint.latest, '/checkpoint/latest');
  return Object.hasOwn(content, 'checkpoint')
    ? found(content.checkpoint, '/checkpoint')
    : found(content.latest, '/latest');
}

function pendingIn(deployment: Members | undefined): readonly string[] {
  const list = deployment?.pending_operations ?? deployment?.pendingOperations;
  if (!Array.isArray(list)) return [];
  return list.map((one: unknown) => {
    const what = isObject(one) && typeof one.type === 'string' ? one.type : 'changing';
    const resource = isObject(one) && isObject(one.resource) ? one.resource.urn : undefined;
    return `${what} ${typeof resource === 'string' ? resource : 'a resource that is not named'}`;
  });
}

/** Go writes the year 1 where a time was never set. */
function savedAt(deployment: Members | undefined): string | undefined {
  const time = isObject(deployment?.manifest) ? deployment.manifest.time : undefined;
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isFinite(at) && at > 0 && at < 8.64e15 ? new Date(at).toISOString() : undefined;
}

/** `urn:pulumi:prod::shop::net:Network$aws:ec2/subnet:Subnet::a` -> `aws:ec2/subnet:Subnet`. */
const typeOf = (urn: string): string | undefined => urn.split('::')[2]?.split('$').at(-1) || undefined;

/** The logical name; it may hold `::` itself. */
export const nameOf = (urn: string): string => urn.split('::').slice(3).join('::') || urn;

/** `prod` and `shop`, from any URN of the stack. */
export function ownerOf(urn: string | undefined): { readonly stack: string; readonly project: string } {
  const [head = '', project = ''] = urn?.split('::') ?? [];
  return { stack: head.split(':')[2] || 'unknown', project: project || 'unknown' };
}

/** Lines of the file on which resources begin, by URN: the first time that it stands there as a resource's own. */
export function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let line = 1;
  let last = 0;
  for (const match of text.matchAll(/"urn"\s*:\s*"([^"\\]*)"/g)) {
    for (let at = text.indexOf('\n', last); at !== -1 && at < match.index; at = text.indexOf('\n', at + 1)) line += 1;
    last = match.index;
    const [, urn = ''] = match;
    if (!lines.has(urn)) lines.set(urn, line);
  }
  return lines;
}

/** Where the URN stands in a JSON pointer. */
export const urnPointer = (urn: string): string => `/${pointer(urn)}`;
