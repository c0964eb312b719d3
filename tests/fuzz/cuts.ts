/** Every way to take something out of an inventory: a request, a resource, a field. */
import { readers } from '../../src/inventory/readers/index.ts';
import { isMembers, type Json, type Members } from '../whole.ts';

export interface Cut {
  readonly name: string;
  /** The same for what differs in nothing but the place in a list. */
  readonly shape: string;
  /** The requests and answers that are left; put together when they are asked for, since most are not. */
  readonly responses: Members;
}

type Variant = readonly [path: string, value: () => Json];

const READ: ReadonlySet<string> = new Set(readers.flatMap(({ operations }) => operations));

const without = (members: Members, key: string): Members =>
  Object.fromEntries(Object.entries(members).filter(([other]) => other !== key));

/** Every way to leave out one field, at whatever depth; of the text of a policy, what no policy is without. */
function* fields(value: Json, path: string): Generator<Variant> {
  if (isMembers(value) && value.Statement !== undefined) {
    yield* policyFields(value, value.Statement, path);
    return;
  }
  if (Array.isArray(value)) {
    for (const [n, item] of value.entries())
      for (const [at, variant] of fields(item, `${path}/${n}`)) yield [at, () => value.with(n, variant())];
  } else if (isMembers(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield [`${path}/${key}`, () => without(value, key)];
      for (const [at, variant] of fields(item, `${path}/${key}`)) yield [at, () => ({ ...value, [key]: variant() })];
    }
  }
}

const NEEDED: ReadonlySet<string> = new Set(['Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal']);

/**
 * A policy is one text that AWS tells as a whole: without a condition, an action or one of several principals it is
 * another policy, not less known of the same one. But AWS takes no policy without a statement, and no statement without
 * an effect, an action or, where it needs one, a principal: a text that lacks it is not all of the text.
 */
function* policyFields(policy: Members, statement: Json, path: string): Generator<Variant> {
  yield [`${path}/Statement`, () => without(policy, 'Statement')];
  const all = Array.isArray(statement) ? statement : [statement];
  for (const [n, one] of all.entries()) {
    if (!isMembers(one)) continue;
    const put = (changed: Json): Json => ({
      ...policy,
      Statement: Array.isArray(statement) ? statement.with(n, changed) : changed,
    });
    for (const [key, inner] of Object.entries(one)) {
      if (!NEEDED.has(key)) continue;
      yield [`${path}/Statement/${n}/${key}`, () => put(without(one, key))];
      const [kind, ...more] = isMembers(inner) ? Object.keys(inner) : [];
      if (kind !== undefined && more.length === 0)
        yield [`${path}/Statement/${n}/${key}/${kind}`, () => put({ ...one, [key]: {} })];
    }
  }
}

/** Every way to leave out one element of a listing. */
function* elements(requests: readonly Json[], operation: string): Generator<Variant> {
  for (const [n, request] of requests.entries()) {
    if (!isMembers(request) || !isMembers(request.output)) continue;
    const { output } = request;
    for (const [key, list] of Object.entries(output))
      if (Array.isArray(list))
        for (const i of list.keys())
          yield [
            `${operation}/${n}/output/${key}/${i}`,
            () => requests.with(n, { ...request, output: { ...output, [key]: list.toSpliced(i, 1) } }),
          ];
  }
}

/** The requests that a reader asks for, by operation. An older form of the format writes one request without a list. */
const lists = (responses: Members): readonly (readonly [string, readonly Json[]])[] =>
  Object.entries(responses).flatMap(([operation, requests]) =>
    READ.has(operation) ? [[operation, Array.isArray(requests) ? requests : [requests]] as const] : [],
  );

const cut = (responses: Members, operation: string, [path, value]: Variant): Cut => ({
  name: path,
  shape: path.replaceAll(/\/\d+(?=\/|$)/g, '/*'),
  get responses() {
    return { ...responses, [operation]: value() };
  },
});

export function* fieldCuts(responses: Members): Generator<Cut> {
  for (const [operation, requests] of lists(responses))
    for (const variant of fields(requests, operation)) yield cut(responses, operation, variant);
}

export function* elementCuts(responses: Members): Generator<Cut> {
  for (const [operation, requests] of lists(responses))
    for (const variant of elements(requests, operation)) yield cut(responses, operation, variant);
}

const refused = (request: Json): Json => ({
  ...(isMembers(request) && request.input !== undefined ? { input: request.input } : {}),
  error: { name: 'AccessDenied', message: 'not allowed' },
});

const sameRequest = (a: Json | undefined, b: Json | undefined): boolean => {
  const asked = (one: Json | undefined): string =>
    isMembers(one) ? JSON.stringify([one.account, one.region, one.input]) : '';
  return asked(a) === asked(b);
};

/** An operation left out or refused, as a whole or one request of it. */
export function* requestCuts(responses: Members): Generator<Cut> {
  for (const [operation, requests] of lists(responses)) {
    yield { name: operation, shape: operation, responses: without(responses, operation) };
    yield cut(responses, operation, [`${operation}/refused`, () => requests.map(refused)]);
    if (requests.length < 2) continue;
    for (const n of requests.keys()) {
      // one page less of a listing is a shorter listing
      if (!requests.some((other, i) => i !== n && sameRequest(other, requests[n])))
        yield cut(responses, operation, [`${operation}/${n}`, () => requests.toSpliced(n, 1)]);
      yield cut(responses, operation, [
        `${operation}/${n}/refused`,
        () => requests.map((one, i) => (i === n ? refused(one) : one)),
      ]);
    }
  }
}
