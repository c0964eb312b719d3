import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../inventory/operations.ts';
import { pick } from './pick.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows/index.ts';
import { SERVICES } from './services.ts';

const named = new Set(ROWS.map(({ operation }) => operation));
const all = [...named, ...ROWS.flatMap(({ prepare }) => prepare ?? [])];
const serviceOf = (operation: string): string => operation.split(':')[0] ?? '';
const nameOf = (operation: string): string => operation.split(':')[1] ?? '';
const whole = ({ scope }: Row): boolean => scope !== 'region';

const modules = new Map<string, Promise<Readonly<Record<string, unknown>>>>();
function moduleOf(operation: string): Promise<Readonly<Record<string, unknown>>> {
  const name = SERVICES[serviceOf(operation)]?.package ?? '';
  const known = modules.get(name) ?? import(name);
  modules.set(name, known);
  return known;
}

describe('the table of what is asked', () => {
  it('has a row for every operation that the readers read, and none besides', () => {
    expect([...named].sort()).toEqual(OPERATIONS);
  });

  it('reads only: every operation describes, gets or lists, or has AWS write its credential report', () => {
    const others = all.filter((operation) => !/^(?:Describe|Get|List)[A-Z]/.test(nameOf(operation)));
    expect(others).toEqual(['iam:GenerateCredentialReport']);
  });

  it('asks for nothing that holds a secret by its nature', () => {
    const telling =
      /:(?:GetSecretValue|GetParameters?|GetParametersByPath|GetObject|GetPasswordData|GetRandomPassword)$/;
    expect(all.filter((operation) => telling.test(operation))).toEqual([]);
  });

  it('takes parameters only from answers to rows of the same place', () => {
    const wrong = ROWS.flatMap((row) =>
      [...(row.each ?? []).map(({ of }) => of), ...(row.unless ? [row.unless] : [])].filter(
        (of) => !ROWS.some((other) => other.operation === of && whole(other) === whole(row)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('waits in no circle', () => {
    const needs = new Map<string, Set<string>>();
    for (const row of ROWS) {
      const own = needs.get(row.operation) ?? new Set();
      needs.set(row.operation, own);
      for (const { of } of row.each ?? []) own.add(of);
      if (row.unless) own.add(row.unless);
    }
    const circles = [...needs.keys()].filter((start) => {
      const seen = new Set<string>();
      const reach = (from: string): boolean =>
        [...(needs.get(from) ?? [])].some((to) => to === start || (!seen.has(to) && seen.add(to) && reach(to)));
      return reach(start);
    });
    expect(circles).toEqual([]);
  });

  it('has paths that can be followed', () => {
    for (const { items } of ROWS.flatMap((row) => row.each ?? [])) expect(() => pick({}, items)).not.toThrow();
  });
});

describe("the AWS SDK's side of the table", () => {
  const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );

  it('has every client among the dependencies, and no client that is not used', () => {
    const used = Object.values(SERVICES).map((service) => service.package);
    const clients = Object.keys(dependencies).filter((name) => name.startsWith('@aws-sdk/client-'));
    expect(used.sort()).toEqual(clients.sort());
    expect(dependencies).toHaveProperty('@aws-sdk/credential-providers');
  });

  it('has a client for every service and a command for every operation', async () => {
    const missing: string[] = [];
    for (const operation of all) {
      const module = await moduleOf(operation);
      for (const name of [SERVICES[serviceOf(operation)]?.client ?? '?', `${nameOf(operation)}Command`])
        if (typeof module[name] !== 'function') missing.push(`${operation}: ${name}`);
    }
    expect(missing).toEqual([]);
  });

  it('pages as the rows say', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const row of ROWS) {
      const module = await moduleOf(row.operation);
      const paging = await pagingOf(module, row);
      if (paging) compared += 1;
      if (paging && JSON.stringify(paging) !== JSON.stringify(row.pages ?? {}))
        wrong.push(`${row.operation}: ${JSON.stringify(paging)}, not ${JSON.stringify(row.pages)}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});

type Paginate = (config: object, input: object) => AsyncIterable<unknown>;

/** How the SDK's own paginator pages: it is given a client that announces one more page in whatever field is looked at. */
async function pagingOf(
  module: Readonly<Record<string, unknown>>,
  { operation }: Row,
): Promise<Readonly<Record<string, string>> | undefined> {
  const paginate = module[`paginate${nameOf(operation)}`];
  const Client = module[SERVICES[serviceOf(operation)]?.client ?? ''];
  if (typeof paginate !== 'function' || typeof Client !== 'function') return undefined;
  const inputs: object[] = [];
  const looked: string[] = [];
  const page = (path: string): object =>
    new Proxy(
      {},
      {
        get(_, key) {
          if (typeof key === 'symbol' || key === 'then') return undefined;
          if (/List$/.test(key)) return page(`${path}${key}.`);
          looked.push(`${path}${key}`);
          return looked.length === 1 ? 'TOKEN' : undefined;
        },
      },
    );
  const client: unknown = Object.assign(Object.create(Client.prototype), {
    async send(command: { readonly input: object }) {
      inputs.push({ ...command.input });
      return page('');
    },
  });
  for await (const _ of (paginate as Paginate)({ client }, {})) if (inputs.length > 1) break;
  const asked = Object.entries(inputs[1] ?? {}).find(([, value]) => value === 'TOKEN');
  return asked && looked[0] !== undefined ? { [looked[0]]: asked[0] } : undefined;
}
