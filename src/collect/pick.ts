/**
 * A path into an answer, as the AWS CLI's `--query` writes it, of which the rows need this much: fields
 * (`Table.TableArn`), every element of a list (`Vpcs[].VpcId`), and those of one kind (`Listeners[?Protocol=='TLS']`).
 */

const STEP =
  /^(?<field>[A-Za-z][A-Za-z0-9]*)(?:\[(?<filter>\?(?<key>[A-Za-z.]+)(?<sign>==|!=)'(?<value>[^']*)')?(?<list>\]))?(?:\.|$)/;

/** Everything that a path leads to, in the answer's order; nothing where a part of it is missing. */
export function pick(value: unknown, path: string): readonly unknown[] {
  if (path === '') return value === undefined || value === null ? [] : [value];
  const step = STEP.exec(path)?.groups;
  if (!step) throw new Error(`not a path: ${path}`);
  const rest = path.slice(STEP.exec(path)?.[0].length ?? 0);
  const inner = fieldOf(value, step.field ?? '');
  if (step.list === undefined) return inner === undefined ? [] : pick(inner, rest);
  if (!Array.isArray(inner)) return [];
  return inner
    .filter((one) => step.filter === undefined || matches(one, step.key ?? '', step.sign, step.value))
    .flatMap((one) => pick(one, rest));
}

/** The first thing that a path leads to, when it is a text or a number. */
export function scalar(value: unknown, path: string): string | number | undefined {
  const [found] = pick(value, path);
  return typeof found === 'string' || typeof found === 'number' ? found : undefined;
}

function matches(one: unknown, key: string, sign: string | undefined, wanted: string | undefined): boolean {
  const [found] = pick(one, key);
  return (String(found) === wanted) === (sign === '==');
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
