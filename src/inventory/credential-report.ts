/**
 * IAM's credential report: one line of CSV a user, and one for the root user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
import type { Answers } from './answers.ts';
import type { Item } from './item.ts';

export interface CredentialRow {
  readonly user: string;
  readonly arn: string;
  /** ISO dates here and below. */
  readonly created: string | undefined;
  readonly passwordEnabled: boolean | undefined;
  /** Null when never since AWS began to track it (October 2014); undefined when there is no password to use. */
  readonly passwordLastUsed: string | null | undefined;
  readonly mfa: boolean | undefined;
  /** The two places for access keys. One that is not active may hold an inactive key or none: the report does not tell. */
  readonly keys: readonly [CredentialKey, CredentialKey];
}
export interface CredentialKey {
  readonly active: boolean | undefined;
  readonly created: string | undefined;
  /** Null for an active key that was never used. */
  readonly lastUsed: string | null | undefined;
  readonly lastUsedService: string | null | undefined;
}

export interface CredentialReport {
  readonly account: string;
  readonly item: Item;
  readonly root: CredentialRow | undefined;
  /** By user name. */
  readonly users: ReadonlyMap<string, CredentialRow>;
}

const ROOT = '<root_account>';
const REQUIRED = ['user', 'arn', 'password_enabled', 'mfa_active', 'access_key_1_active', 'access_key_2_active'];

/** The credential reports of an input, one an account. A report that is not one is told as a notice. */
export function credentialReports(answers: Answers): ReadonlyMap<string, CredentialReport> {
  const reports = new Map<string, CredentialReport>();
  for (const { item, entry } of answers.bodies('iam:GetCredentialReport')) {
    const text = contentOf(item);
    if (text === undefined) {
      if (item.has('Content')) item.notice('wrongType', 'iam:GetCredentialReport: Content is not a report', 'Content');
      continue;
    }
    const parsed = parseCredentialReport(text);
    for (const problem of parsed.problems)
      item.notice('wrongType', `iam:GetCredentialReport: ${problem}; taken as unknown`, 'Content');
    if (reports.has(entry.account)) continue;
    reports.set(entry.account, {
      account: entry.account,
      item,
      root: parsed.rows.find((row) => row.user === ROOT),
      users: new Map(parsed.rows.filter((row) => row.user !== ROOT).map((row) => [row.user, row])),
    });
  }
  return reports;
}

/** Rows of the report's CSV text, and what in it could not be read. */
export function parseCredentialReport(text: string): {
  readonly rows: readonly CredentialRow[];
  readonly problems: readonly string[];
} {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = cellsOf(header);
  const lacking = REQUIRED.filter((column) => !columns.includes(column));
  if (lacking.length > 0) return { rows: [], problems: [`the report lacks the columns ${lacking.join(', ')}`] };
  const problems: string[] = [];
  const rows = lines.flatMap((line, n) => {
    const cells = cellsOf(line);
    if (cells.length !== columns.length) {
      problems.push(`line ${n + 2} of the report has ${cells.length} fields where ${columns.length} belong`);
      return [];
    }
    return [rowOf(new Map(columns.map((column, c) => [column, cells[c] ?? ''])))];
  });
  return { rows, problems };
}

function rowOf(cells: ReadonlyMap<string, string>): CredentialRow {
  const cell = (column: string): string => cells.get(column) ?? '';
  const key = (n: 1 | 2): CredentialKey => {
    const active = yes(cell(`access_key_${n}_active`));
    const service = cell(`access_key_${n}_last_used_service`);
    return {
      active,
      created: date(cell(`access_key_${n}_last_rotated`)),
      lastUsed:
        date(cell(`access_key_${n}_last_used_date`)) ??
        (active && isNone(cell(`access_key_${n}_last_used_date`)) ? null : undefined),
      lastUsedService: isNone(service) ? (active ? null : undefined) : service || undefined,
    };
  };
  const lastUsed = cell('password_last_used');
  return {
    user: cell('user'),
    arn: cell('arn'),
    created: date(cell('user_creation_time')),
    passwordEnabled: yes(cell('password_enabled')),
    passwordLastUsed: lastUsed === 'no_information' ? null : date(lastUsed),
    mfa: yes(cell('mfa_active')),
    keys: [key(1), key(2)],
  };
}

const isNone = (cell: string): boolean => cell === 'N/A' || cell === 'no_information';

const yes = (cell: string): boolean | undefined => {
  const word = cell.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
};

function date(cell: string): string | undefined {
  const time = /^\d{4}-/.test(cell) ? Date.parse(cell) : Number.NaN;
  return Number.isFinite(time) ? new Date(time).toISOString() : undefined;
}

/** Cells of one line of CSV (RFC 4180; AWS writes no line breaks inside a cell). */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

/** The text of the report: as it is, in base64, or as the bytes the SDK gives (`{"$bytes": base64}`). */
function contentOf(item: Item): string | undefined {
  const content = item.value.Content;
  const bytes = typeof content === 'object' && content !== null && '$bytes' in content ? content.$bytes : content;
  if (typeof bytes !== 'string') return undefined;
  const isReport = (text: string): boolean => text.startsWith('user,');
  if (isReport(bytes)) return bytes;
  const decoded = Buffer.from(bytes, 'base64').toString('utf8');
  return isReport(decoded) ? decoded : undefined;
}
