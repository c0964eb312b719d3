/**
 * The inventory file, `underpin.inventory/1`: AWS's raw answers, one entry a request. A user can make it without
 * trusting us (`underpin collect --print-script`), keep it and diff it. The published schema is made from here.
 */
import type { z } from 'zod';
import { type CoverageStatus, isRegionless } from '../estate/coverage.ts';
import type { Notice } from '../estate/notice.ts';
import { type Entry, statusOfError } from './entry.ts';
import { pointer } from './item.ts';
import { UserError } from './user-error.ts';
import { lazySchema } from './zod.ts';

export const INVENTORY_FORMAT = 'underpin.inventory/1';

/** The whole file, as the published schema says it; `request` is one request of it. */
export const inventorySchema = lazySchema((z) => {
  const error = z.looseObject({
    name: z.string().describe("AWS's error code, for example AccessDenied"),
    message: z.string().optional().describe("AWS's message"),
  });
  const request = z.looseObject({
    input: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("The request's parameters; left out when there were none"),
    output: z.unknown().optional().describe('The answer, exactly as AWS gave it'),
    error: error.optional().describe('Instead of output: how AWS refused'),
    account: z.string().optional().describe("Overrides the file's account"),
    region: z.string().optional().describe("Overrides the file's region"),
  });
  const file = z
    .looseObject({
      format: z.literal(INVENTORY_FORMAT),
      account: z.string().optional().describe('The twelve-digit account number'),
      partition: z.string().optional().describe('aws, aws-cn or aws-us-gov'),
      region: z.string().optional().describe('The region asked, for entries that name none'),
      collectedAt: z.string().optional().describe('When it was read, ISO 8601: the "now" of every age'),
      responses: z.record(z.string(), z.array(request)).describe('Keyed service:Operation, one element a request'),
    })
    .meta({ title: 'Underpin inventory', description: 'Raw answers of AWS read operations' });
  return { file, request };
});

type Request = z.infer<ReturnType<typeof inventorySchema>['request']>;

export interface InventoryContent {
  readonly entries: readonly Entry[];
  readonly notices: readonly Notice[];
  readonly collectedAt: string | undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const KNOWN_KEYS = new Set(['format', '$schema', 'account', 'partition', 'region', 'collectedAt', 'responses']);
const OPERATION = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';

/** What the schema says of a request, told without a copy of every request: an inventory can hold a hundred thousand. */
function isRequest(request: unknown): request is Request {
  if (!isObject(request)) return false;
  const { input, error, account, region } = request;
  return (
    (input === undefined || isObject(input)) &&
    (error === undefined || (isObject(error) && typeof error.name === 'string' && isText(error.message))) &&
    isText(account) &&
    isText(region)
  );
}

/** Entries of one inventory. What is wrong with the file as a whole is an error; what is wrong with one request is a notice. */
export function readInventory(file: string, content: Record<string, unknown>): InventoryContent {
  if (content.format !== INVENTORY_FORMAT)
    throw new UserError(
      `this inventory has the format ${JSON.stringify(content.format)}, which this version does not read`,
      {
        file,
        path: '/format',
        expected: JSON.stringify(INVENTORY_FORMAT),
        fix: 'collect it again with this version of underpin, or use the version that wrote it',
      },
    );
  if (!isObject(content.responses))
    throw new UserError('an inventory needs its answers', {
      file,
      path: '/responses',
      expected: 'an object keyed by service:Operation, each a list of requests',
      fix: 'see schema/inventory.schema.json',
    });
  const notices: Notice[] = [];
  const note = (code: Notice['code'], message: string, path: string) => notices.push({ code, message, file, path });
  for (const key of Object.keys(content))
    if (!KNOWN_KEYS.has(key))
      note('other', `the key "${key}" is not part of the inventory format and was not read`, `/${pointer(key)}`);
  const text = (key: string): string | undefined => {
    const value = content[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    note('wrongType', `${key} should be text`, `/${key}`);
    return undefined;
  };
  const account = text('account') ?? 'unknown';
  const region = text('region') ?? 'unknown';
  const collected = text('collectedAt');
  const collectedAt = collected !== undefined && Number.isFinite(Date.parse(collected)) ? collected : undefined;
  if (collected !== undefined && collectedAt === undefined)
    note('wrongType', 'collectedAt should be an ISO 8601 date; ages cannot be told', '/collectedAt');

  const entries: Entry[] = [];
  for (const [operation, requests] of Object.entries(content.responses)) {
    const at = `/responses/${pointer(operation)}`;
    if (!OPERATION.test(operation))
      note('unknownOperation', `"${operation}" is not of the form service:Operation; not read`, at);
    else if (!Array.isArray(requests)) {
      note('wrongType', `${operation} should be a list of requests; taken as not answered`, at);
      entries.push(failed(operation, account, region, file, at, 'its entry in the inventory is not a list'));
    } else for (const [n, request] of requests.entries()) entries.push(entryOf(operation, request, `${at}/${n}`));
  }
  return { entries: placed(entries, note), notices, collectedAt };

  function entryOf(operation: string, request: unknown, path: string): Entry {
    if (!isRequest(request)) {
      const issue = inventorySchema().request.safeParse(request).error?.issues[0];
      const place = [path, ...(issue?.path ?? []).map((part) => pointer(String(part)))].join('/');
      note('wrongType', `${operation}: ${issue?.message ?? 'not a request'}; taken as not answered`, place);
      return failed(operation, account, region, file, path, 'its entry in the inventory is malformed');
    }
    const { input = {}, output, error } = request;
    // one shape for all entries, and there are many
    const entry = (status: Entry['status'], body: unknown, told: Entry['error'], place: string): Entry => ({
      operation,
      account: request.account ?? account,
      region: request.region ?? region,
      input,
      file,
      status,
      output: body,
      error: told,
      path: place,
    });
    if (error !== undefined) {
      if (output !== undefined)
        note('contradiction', `${operation}: has both an output and an error; taken as refused`, path);
      const told = { name: error.name, message: error.message ?? '' };
      return entry(statusOfError(told), undefined, told, path);
    }
    if (output === undefined) {
      note('missingField', `${operation}: has neither output nor error; taken as not answered`, path);
      return failed(
        operation,
        request.account ?? account,
        request.region ?? region,
        file,
        path,
        'neither output nor error',
        input,
      );
    }
    return entry('read', output, undefined, `${path}/output`);
  }
}

/**
 * Where the others of a file tell where they were asked, an answer that does not cannot be joined with them: what it is of
 * might be taken for another place's. Where none does, all are of one place.
 */
function placed(
  entries: readonly Entry[],
  note: (code: Notice['code'], message: string, path: string) => void,
): readonly Entry[] {
  const told = {
    account: entries.some(({ account }) => account !== 'unknown'),
    region: entries.some(({ operation, region }) => region !== 'unknown' && !isRegionless(operation)),
  };
  return entries.map((entry) => {
    const { operation, account, region, input, file, path } = entry;
    const lacks =
      told.account && account === 'unknown'
        ? 'account'
        : told.region && region === 'unknown' && !isRegionless(operation)
          ? 'region'
          : undefined;
    if (lacks === undefined || entry.status !== 'read') return entry;
    note(
      'missingField',
      `${operation}: does not say which ${lacks} answered, and others do; taken as not answered`,
      path,
    );
    return failed(operation, account, region, file, path, `it does not say which ${lacks} answered`, input);
  });
}

function failed(
  operation: string,
  account: string,
  region: string,
  file: string,
  path: string,
  message: string,
  input: Record<string, unknown> = {},
): Entry {
  const status: CoverageStatus = 'failed';
  return {
    operation,
    account,
    region,
    input,
    status,
    output: undefined,
    error: { name: 'Malformed', message },
    file,
    path,
  };
}
