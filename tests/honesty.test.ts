/** Over the whole legacy shop: whatever is taken out of the input, nothing bad about what is still there turns good. */
import { expect, it } from 'vitest';
import { byId } from '../src/estate/estate.ts';
import { readers } from '../src/inventory/readers/index.ts';
import { every } from './runs.ts';
import { estateOf, isMembers, type Json, legacyShop, type Members, told } from './whole.ts';

interface Cut {
  readonly name: string;
  readonly responses: Members;
}

const responses: Members = isMembers(legacyShop.responses) ? legacyShop.responses : {};
const READ = new Set(readers.flatMap(({ operations }) => operations));

const but = (members: Members, key: string): Members =>
  Object.fromEntries(Object.entries(members).filter(([other]) => other !== key));

/** Where AWS leaves a field out to say that there is none: taking it away is saying so. */
const SAID_BY_OMISSION = /\/(?:taskRoleArn|executionRoleArn|UserData|UserData\/Value|Attributes\/Policy)$/;

/** Every way to leave out one field, at whatever depth. An element of a list is another matter: see below. */
function* fields(value: Json, path: string): Generator<readonly [path: string, variant: Json]> {
  if (Array.isArray(value)) {
    for (const [n, item] of value.entries())
      for (const [at, variant] of fields(item, `${path}/${n}`)) yield [at, value.with(n, variant)];
  } else if (isMembers(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!SAID_BY_OMISSION.test(`${path}/${key}`)) yield [`${path}/${key}`, but(value, key)];
      for (const [at, variant] of fields(item, `${path}/${key}`)) yield [at, { ...value, [key]: variant }];
    }
  }
}

/**
 * Listings of which an element is no resource of its own, or speaks for others by not being there: a subnet without a
 * table of its own has the main one, a user with one key fewer has one key.
 */
const NOT_ALONE = /RouteTables|AccessKeyMetadata|RouteTableAssociations/;

/** Every way to leave out one resource: one element of a listing. */
function* elements(requests: readonly Json[], operation: string): Generator<readonly [path: string, variant: Json]> {
  for (const [n, request] of requests.entries()) {
    if (!isMembers(request) || !isMembers(request.output)) continue;
    for (const [key, list] of Object.entries(request.output))
      if (Array.isArray(list) && !NOT_ALONE.test(key))
        for (const i of list.keys())
          yield [
            `${operation}/${n}/${key}/${i}`,
            requests.with(n, { ...request, output: { ...request.output, [key]: list.toSpliced(i, 1) } }),
          ];
  }
}

const lists = Object.entries(responses).flatMap(([operation, requests]) =>
  READ.has(operation) && Array.isArray(requests) ? [[operation, requests as readonly Json[]] as const] : [],
);

const refused = (requests: readonly Json[]): Json =>
  requests.map((request) => ({
    ...(isMembers(request) && request.input !== undefined ? { input: request.input } : {}),
    error: { name: 'AccessDenied', message: 'not allowed' },
  }));

function* operations(): Generator<Cut> {
  for (const [operation, requests] of lists) {
    yield { name: `without ${operation}`, responses: but(responses, operation) };
    yield { name: `${operation} refused`, responses: { ...responses, [operation]: refused(requests) } };
    for (const n of requests.length > 1 ? requests.keys() : [])
      yield { name: `without ${operation} ${n}`, responses: { ...responses, [operation]: requests.toSpliced(n, 1) } };
  }
}

const within = function* (
  ways: (requests: readonly Json[], operation: string) => Generator<readonly [string, Json]>,
): Generator<Cut> {
  for (const [operation, requests] of lists)
    for (const [path, variant] of ways(requests, operation))
      yield { name: `without ${path}`, responses: { ...responses, [operation]: variant } };
};

/** Evenly spread, always the same: there are ten thousand of them, and each takes the whole audit. */
function* sample(cuts: Iterable<Cut>, step: number): Generator<Cut> {
  let n = 0;
  for (const cut of cuts) {
    if (n % step === 0) yield cut;
    n += 1;
  }
}

const before = told(estateOf(legacyShop));

function turned({ name, responses: cut }: Cut): readonly string[] {
  const estate = estateOf({ ...legacyShop, responses: cut });
  const after = told(estate);
  return [...before.bad].flatMap(([claim, subject]) =>
    byId(estate, subject) && !after.bad.has(claim) && !after.open.has(claim) ? [`${name}: ${claim}`] : [],
  );
}

it('has something to lose', () => {
  expect(before.bad.size).toBeGreaterThan(100);
});

it.each([
  ['an operation, refused or left out', operations(), 13],
  ['a field of an answer', within((requests, operation) => fields(requests, operation)), 151],
  ['a resource', within(elements), 9],
] as const)('nothing bad turns good without %s', (_, cuts, usual) => {
  expect([...sample(cuts, every(usual))].flatMap(turned)).toEqual([]);
});
