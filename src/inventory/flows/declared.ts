/**
 * `underpin.flows.yaml`: what the team knows and the input does not show. Read and checked here; what its names stand
 * for is found in `ends.ts`. The format is in README.md.
 */
import type { z } from 'zod';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Flow, FlowEnd, Protocol } from '../../estate/flow.ts';
import type { Source } from '../../estate/source.ts';
import { UserError } from '../user-error.ts';
import { readYaml, yaml } from '../yaml.ts';
import { lazySchema } from '../zod.ts';
import { endOf, type Place } from './ends.ts';
import { type Draft, endKey, joinFlows, type Ports, portText } from './make.ts';

export const FLOWS_FILE = 'underpin.flows.yaml';

const PORT = /^(?:(tcp|udp)\/(\d{1,5})(?:-(\d{1,5}))?|icmp|any)$/;

const schema = lazySchema((z) => {
  const portSchema = z.string().refine((text) => PORT.test(text) && isPortRange(text), {
    error: 'a port such as tcp/443, udp/53, tcp/8000-8100, icmp or any',
  });

  const endSchema = z.union(
    [
      z.string().min(1),
      z.strictObject({ people: z.array(z.string()).min(1) }),
      z.strictObject({ internet: z.array(z.string()).min(1) }),
    ],
    { error: 'a name, id or ARN, a host, a CIDR block, internet or people' },
  );

  const which = { flow: z.string().optional(), from: endSchema.optional(), to: endSchema.optional() };
  const text = z.string({ error: 'a text' }).min(1, { error: 'a text' });

  return z.strictObject({
    add: z.array(z.strictObject({ from: endSchema, to: endSchema, port: portSchema, purpose: text })).default([]),
    correct: z
      .array(
        z.strictObject({
          ...which,
          port: portSchema.optional(),
          set: z.strictObject({
            from: endSchema.optional(),
            to: endSchema.optional(),
            port: portSchema.optional(),
            purpose: text.optional(),
          }),
        }),
      )
      .default([]),
    remove: z.array(z.strictObject({ ...which, port: portSchema.optional(), reason: text })).default([]),
  });
});

type Content = z.infer<ReturnType<typeof schema>>;
type Which = Pick<Content['remove'][number], 'flow' | 'from' | 'to' | 'port'>;

/** A file that is well-formed; its names are not looked up yet. */
export interface DeclaredFlows {
  readonly file: string;
  readonly content: Content;
  /** `line:column` of a part of the file. */
  readonly placeOf: (path: readonly (string | number)[]) => string;
}

/** Reads the text of a flows file; throws `UserError` for what is not as the format says. */
export function readDeclaredFlows(source: string, file: string): DeclaredFlows {
  const { isMap, isNode, isScalar } = yaml();
  const {
    document,
    value: content,
    placeAt: at,
  } = readYaml(source, file, {
    expected: 'YAML with the lists add, correct and remove',
    fix: 'mend the line; the format is in the documentation of flows',
  });
  const placeOf = (path: readonly (string | number)[]): string => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return '1:1';
  };
  const placeOfKey = (path: readonly (string | number)[], key: string): string => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    const pair = isMap(map) ? map.items.find((each) => isScalar(each.key) && each.key.value === key) : undefined;
    return isScalar(pair?.key) && pair.key.range ? at(pair.key.range[0]) : placeOf(path);
  };
  const value: unknown = document.contents === null ? {} : content;
  if (document.contents !== null && !isMap(document.contents))
    throw new UserError('the file is not a map', {
      file,
      path: '1:1',
      expected: 'the lists add, correct and remove',
      fix: 'start with "add:" and put the flows below it',
    });
  const parsed = schema().safeParse(emptyLists(value));
  if (parsed.success) return { file, content: parsed.data, placeOf };
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  const where = path.join('.') || 'the file';
  if (issue?.code === 'unrecognized_keys')
    throw new UserError(`${where}: ${issue.keys.join(', ')} is not known here`, {
      file,
      path: placeOfKey(path, issue.keys[0] ?? ''),
      expected: path.length === 0 ? 'add, correct or remove' : 'only the fields that the format names',
      fix: 'check the spelling, or leave it out',
    });
  throw new UserError(document.hasIn(path) ? `${where} is not as it should be` : `${where} is missing`, {
    file,
    path: placeOf(path),
    expected: expectation(issue),
    fix: `write ${path.at(-1) ?? 'the lists'} as the format says`,
  });
}

/** `add:` with nothing behind it is an empty list. */
const emptyLists = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, list]) => [key, list ?? []]))
    : value;

function expectation(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type') return issue.message.startsWith('a ') ? issue.message : `a ${issue.expected}`;
  return issue?.message ?? 'what the format says';
}

/** The derived flows with what the team declares: removed, corrected and added, in this order. */
export function applyDeclaredFlows(
  estate: Estate,
  derived: readonly Flow[],
  { file, content, placeOf }: DeclaredFlows,
): readonly Flow[] {
  const place = (path: readonly (string | number)[]): Place => ({ file, path: placeOf(path) });
  const source = (path: readonly (string | number)[]): Source => ({
    operation: 'declared',
    file,
    path: `/${path.join('/')}`,
  });
  const chosen = (entry: Which, list: 'correct' | 'remove', n: number): readonly Flow[] =>
    select(estate, derived, entry, (key) => place(key === undefined ? [list, n] : [list, n, key]));
  const removed = new Set(content.remove.flatMap((entry, n) => chosen(entry, 'remove', n).map((flow) => flow.id)));
  const corrected = new Map<string, Draft>();
  content.correct.forEach((entry, n) => {
    const { from, to, port, purpose } = entry.set;
    for (const flow of chosen(entry, 'correct', n))
      corrected.set(flow.id, {
        from: from === undefined ? flow.from : endOf(estate, from, place(['correct', n, 'set', 'from'])),
        to: to === undefined ? flow.to : endOf(estate, to, place(['correct', n, 'set', 'to'])),
        ...(port === undefined ? { protocol: flow.protocol, ports: flow.ports } : portsOf(port)),
        purpose: purpose ?? flow.purpose,
        evidence: [
          ...flow.evidence,
          { type: 'declared', detail: `corrected from ${flow.id}`, source: source(['correct', n]) },
        ],
      });
  });
  const added = content.add.map(
    (entry, n): Draft => ({
      from: endOf(estate, entry.from, place(['add', n, 'from'])),
      to: endOf(estate, entry.to, place(['add', n, 'to'])),
      ...portsOf(entry.port),
      purpose: entry.purpose,
      evidence: [{ type: 'declared', detail: entry.purpose, source: source(['add', n]) }],
    }),
  );
  const kept = derived.filter((flow) => !removed.has(flow.id)).map((flow) => corrected.get(flow.id) ?? flow);
  return joinFlows([...kept, ...added], (id) => byId(estate, id)?.kind);
}

/** The derived flows that an entry means: by id, or by every end and port that it names. At least one. */
function select(estate: Estate, flows: readonly Flow[], entry: Which, place: (key?: string) => Place): readonly Flow[] {
  if (entry.flow === undefined && entry.from === undefined && entry.to === undefined)
    throw new UserError('the entry does not say which flow it means', {
      ...place(),
      expected: 'flow, or from and to',
      fix: 'name the flow by its id, or by its ends',
    });
  const from = entry.from === undefined ? undefined : endOf(estate, entry.from, place('from'));
  const to = entry.to === undefined ? undefined : endOf(estate, entry.to, place('to'));
  const found = flows.filter(
    (flow) =>
      (entry.flow === undefined || flow.id === entry.flow) &&
      means(from, flow.from) &&
      means(to, flow.to) &&
      (entry.port === undefined || portText(flow.protocol, flow.ports) === entry.port),
  );
  if (found.length > 0) return found;
  throw new UserError('no derived flow is meant by this entry', {
    ...place(entry.flow === undefined ? undefined : 'flow'),
    expected: 'the id of a derived flow, or ends that one has',
    fix: 'copy the id from the list of flows in the JSON output, or delete the entry if the flow is gone',
  });
}

/** `internet` and `people` without blocks mean all flows of that end, whatever their blocks. */
function means(wanted: FlowEnd | undefined, end: FlowEnd): boolean {
  if (wanted === undefined) return true;
  if ((wanted.type === 'internet' || wanted.type === 'people') && wanted.cidrs === undefined)
    return end.type === wanted.type;
  return endKey(end) === endKey(wanted);
}

function portsOf(text: string): { readonly protocol: Protocol; readonly ports: Ports } {
  const [, transport, first, last] = PORT.exec(text) ?? [];
  if (first === undefined || (transport !== 'tcp' && transport !== 'udp'))
    return { protocol: text === 'icmp' ? 'icmp' : 'any', ports: null };
  return { protocol: transport, ports: { from: Number(first), to: Number(last ?? first) } };
}

function isPortRange(text: string): boolean {
  const { ports } = portsOf(text);
  return ports === null || (ports.from <= ports.to && ports.to <= 65535);
}
