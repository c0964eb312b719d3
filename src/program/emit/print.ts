/**
 * A small printer in the manner of Wadler's "A prettier printer": a document is text with places where it may break, and
 * a group breaks as a whole when it does not fit. The shapes below are those of the usual formatters, so that a team's
 * own formatter leaves the code as it is.
 */

export type Doc = string | readonly Doc[] | Line | Group | Indent | IfBroken | Hug;

interface Line {
  readonly kind: 'line';
  /** What stands in its place where it does not break; null always breaks. */
  readonly flat: string | null;
}
interface Group {
  readonly kind: 'group';
  readonly of: Doc;
  readonly broken: boolean;
}
interface Indent {
  readonly kind: 'indent';
  readonly of: Doc;
}
interface IfBroken {
  readonly kind: 'ifBroken';
  readonly of: Doc;
}

interface Hug {
  readonly kind: 'hug';
  /** Whose last part may break while the rest stays on the line. */
  readonly of: Doc;
  /** Where even the rest does not fit. */
  readonly otherwise: Doc;
}

export const line: Doc = { kind: 'line', flat: ' ' };
export const softline: Doc = { kind: 'line', flat: '' };
export const hardline: Doc = { kind: 'line', flat: null };
export const group = (of: Doc, broken = false): Doc => ({ kind: 'group', of, broken: broken || breaks(of) });
export const indent = (of: Doc): Doc => ({ kind: 'indent', of });
export const ifBroken = (of: Doc): Doc => ({ kind: 'ifBroken', of });

export const join = (docs: readonly Doc[], between: Doc): Doc =>
  docs.flatMap((doc, n): readonly Doc[] => (n === 0 ? [doc] : [between, doc]));

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);

/** Whether a document has a break that cannot be avoided. */
export function breaks(doc: Doc): boolean {
  if (typeof doc === 'string') return doc.includes('\n');
  if (isList(doc)) return doc.some(breaks);
  switch (doc.kind) {
    case 'line':
      return doc.flat === null;
    case 'group':
      return doc.broken;
    case 'indent':
      return breaks(doc.of);
    case 'hug':
      return breaks(doc.of);
    case 'ifBroken':
      return false;
  }
}

interface Task {
  readonly doc: Doc;
  readonly depth: number;
  readonly flat: boolean;
}

export function print(doc: Doc, width = 120): string {
  const out: string[] = [];
  let column = 0;
  const tasks: Task[] = [{ doc, depth: 0, flat: false }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { doc: one, depth, flat } = task;
    if (typeof one === 'string') {
      out.push(one);
      column = one.includes('\n') ? one.length - one.lastIndexOf('\n') - 1 : column + one.length;
    } else if (isList(one)) {
      for (let n = one.length - 1; n >= 0; n--) tasks.push({ doc: one[n] ?? '', depth, flat });
    } else if (one.kind === 'indent') tasks.push({ doc: one.of, depth: depth + 2, flat });
    else if (one.kind === 'ifBroken') {
      if (!flat) tasks.push({ doc: one.of, depth, flat });
    } else if (one.kind === 'group') {
      const fits = !one.broken && (flat || fitting({ doc: one.of, depth, flat: true }, width - column, tasks));
      tasks.push({ doc: one.of, depth, flat: fits });
    } else if (one.kind === 'hug') {
      const whole = flat || (!breaks(one.of) && fitting({ doc: one.of, depth, flat: true }, width - column, tasks));
      const head = whole || fitting({ doc: one.of, depth, flat: false }, width - column, []);
      tasks.push({ doc: head ? one.of : one.otherwise, depth, flat: whole });
    } else if (flat && one.flat !== null) {
      out.push(one.flat);
      column += one.flat.length;
    } else {
      out.push('\n', ' '.repeat(depth));
      column = depth;
    }
  }
  return out.join('').replace(/[ ]+$/gm, '');
}

/** Whether a document, and what follows it up to the next possible break, fits into the rest of the line. */
function fitting(start: Task, room: number, after: readonly Task[]): boolean {
  let left = room;
  let next = after.length;
  const tasks: Task[] = [start];
  while (left >= 0) {
    const task = tasks.pop() ?? after[--next];
    if (task === undefined) return true;
    const { doc: one, flat } = task;
    if (typeof one === 'string') {
      // a text of several lines ends the line
      const end = one.indexOf('\n');
      if (end >= 0) return left >= end;
      left -= one.length;
    } else if (isList(one)) for (let n = one.length - 1; n >= 0; n--) tasks.push({ ...task, doc: one[n] ?? '' });
    else if (one.kind === 'indent') tasks.push({ ...task, doc: one.of });
    else if (one.kind === 'group') tasks.push({ ...task, doc: one.of, flat: flat && !one.broken });
    else if (one.kind === 'hug') tasks.push({ ...task, doc: one.of });
    else if (one.kind === 'ifBroken') {
      if (!flat) tasks.push({ ...task, doc: one.of });
    } else if (!flat || one.flat === null) return true;
    else left -= one.flat.length;
  }
  return false;
}

export interface Code {
  readonly doc: Doc;
  /** What decides where the formatters break around it. */
  readonly shape: 'list' | 'object' | 'arrow' | 'call' | 'text' | 'other';
  /** Of a function that only calls another: how it stands as the last argument, where the others stay on the line. */
  readonly last?: Doc;
  /** Members or elements, for lists of objects. */
  readonly size?: number;
}

export const plainCode = (doc: Doc, shape: Code['shape'] = 'other'): Code => ({ doc, shape });

const block = (open: string, inner: Doc, close: string, space: Doc, broken: boolean): Doc =>
  group([open, indent([space, inner]), ifBroken(','), space, close], broken);

/** `[a, b]`; one element a line where there are several objects or lists. */
export function list(elements: readonly Code[]): Code {
  if (elements.length === 0) return { doc: '[]', shape: 'list', size: 0 };
  const [first] = elements;
  const wide =
    elements.length > 1 &&
    (first?.shape === 'object' || first?.shape === 'list') &&
    elements.every(({ shape, size = 0 }) => shape === first.shape && size > 1);
  const inner = join(
    elements.map(({ doc }) => doc),
    [',', line],
  );
  return { doc: block('[', inner, ']', softline, wide), shape: 'list', size: elements.length };
}

export interface Member {
  readonly key: string;
  readonly value: Code;
  /** Stands alone on the line: `protect`. */
  readonly comment?: string;
}

/** `{ a: 1 }`; `open` writes one member a line, however short. */
export function object(members: readonly Member[], open = false): Code {
  if (members.length === 0) return { doc: '{}', shape: 'object', size: 0 };
  const inner = join(
    members.map(({ key, value, comment }) => [
      comment === undefined ? '' : [`// ${comment}`, hardline],
      `${key}:`,
      // a long text goes to a line of its own, but for the shortest of keys
      value.shape === 'text' && key.length > 2 ? group(indent([line, value.doc])) : [' ', value.doc],
    ]),
    [',', line],
  );
  return { doc: block('{', inner, '}', line, open), shape: 'object', size: members.length };
}

/** `f(a, b)`: a last list, object or function may break alone, where no other of its kind stands before it. */
export function call(callee: string, args: readonly Code[]): Code {
  if (args.length === 0) return plainCode(`${callee}()`);
  const last = args.at(-1);
  const before = args.slice(0, -1);
  const hugs =
    last !== undefined &&
    (last.shape === 'object' || last.shape === 'list') &&
    (last.size ?? 0) > 0 &&
    before.at(-1)?.shape !== last.shape &&
    before.every(({ shape }) => shape === 'text');
  const inner = join(
    args.map(({ doc }) => doc),
    [',', line],
  );
  const apart = (broken: boolean): Doc =>
    group([`${callee}(`, indent([softline, inner]), ifBroken(','), softline, ')'], broken);
  const shape = callee.startsWith('new ') ? 'other' : 'call';
  if (last?.last !== undefined && before.every((one) => one.shape === 'text')) {
    const of = [`${callee}(`, before.map(({ doc }) => [doc, ', ']), last.last, ')'];
    return plainCode({ kind: 'hug', of, otherwise: apart(true) }, shape);
  }
  if (!hugs) return plainCode(apart(false), shape);
  const hugged = [`${callee}(`, before.map(({ doc }) => [doc, ', ']), last.doc, ')'];
  return plainCode({ kind: 'hug', of: hugged, otherwise: apart(true) }, shape);
}

/** `(now) => body`. */
export function arrow(parameters: string, body: Code): Code {
  if (body.shape === 'object') return plainCode([`${parameters} => (`, body.doc, ')'], 'arrow');
  if (body.shape === 'list') return plainCode([`${parameters} => `, body.doc], 'arrow');
  const head = `${parameters} =>`;
  const plain = plainCode(group([head, indent([line, body.doc])]), 'arrow');
  if (body.shape !== 'call') return plain;
  return { ...plain, last: group([head, indent([line, body.doc, ifBroken(',')]), softline]) };
}
