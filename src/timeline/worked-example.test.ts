/** Runs the README's program at every step, on the Pulumi SDK with answers of its own: no network. */
import { runtime } from '@pulumi/pulumi';
import { afterEach, describe, expect, it, vi } from 'vitest';

interface Run {
  /** Names of the resources that it declares, sorted. */
  readonly names: readonly string[];
  /** The ids that it adopts, sorted. */
  readonly adopted: readonly string[];
  readonly database: Readonly<Record<string, unknown>>;
  readonly outputs: object;
}

async function run(stack: string, step?: string): Promise<Run> {
  const names: string[] = [];
  const adopted: string[] = [];
  let database = {};
  const mocks: runtime.Mocks = {
    newResource: ({ type, name, inputs, id }) => {
      const isDatabase = type === 'aws:rds/instance:Instance';
      if (isDatabase) database = inputs;
      if (type !== 'pulumi:pulumi:Stack') names.push(isDatabase ? `${name} (database)` : name);
      if (id !== undefined && id !== '') adopted.push(id);
      return { id: `id-of-${name}`, state: inputs };
    },
    call: () => ({}),
  };
  await runtime.setMocks(mocks, 'shop', stack);
  runtime.setAllConfig(step === undefined ? {} : { 'shop:step': step });
  vi.resetModules();
  const outputs = await runtime.runInPulumiStack(async () => ({ ...(await import('./testing/worked-example.ts')) }));
  await runtime.disconnect();
  return { names: names.toSorted(), adopted: adopted.toSorted(), database, outputs: outputs ?? {} };
}

afterEach(() => runtime.setAllConfig({}));

describe('the worked example', () => {
  it('adopts what is there where the stack says nothing, and changes nothing', async () => {
    const { names, adopted, database } = await run('prod');
    expect(names).toEqual(['shared', 'shop', 'shop-mysql (database)']);
    expect(adopted).toEqual(['sg-0a1b2c3d', 'shop-mysql', 'vpc-0a1b2c3d']);
    expect(database).toMatchObject({ publiclyAccessible: true, vpcSecurityGroupIds: ['id-of-shared'] });
  });

  it.each([
    ['adopt', ['shared'], [], true],
    ['private-subnets', ['shared'], [], true],
    ['groups-beside', ['shared'], ['shop-mysql'], true],
    ['shared-group-detached', [], ['shop-mysql'], true],
    ['database-closed', [], ['shop-mysql'], false],
  ])('declares at %s what holds there', async (step, old, made, open) => {
    const { names, database, outputs } = await run('prod', step);
    expect(names).toEqual(
      ['shop', 'shop-mysql (database)', ...old, ...made, ...made.map((group) => `${group}-from-vpc`)].toSorted(),
    );
    expect(database).toMatchObject({
      publiclyAccessible: open,
      vpcSecurityGroupIds: [...old, ...made].map((name) => `id-of-${name}`),
    });
    expect(Object.keys(outputs)).toEqual(['mysqlGroupId']);
  });

  it('is the same program in an account of its own: the end of the journey, and nothing adopted', async () => {
    const [dev, prod, settled] = [await run('dev'), await run('prod', 'database-closed'), await run('prod', 'settled')];
    expect(dev.names).toEqual(prod.names);
    expect(dev.database).toEqual(prod.database);
    expect(prod.adopted).toEqual(['shop-mysql', 'vpc-0a1b2c3d']);
    expect(dev.adopted).toEqual([]);
    expect(settled).toEqual(dev);
  });
});
