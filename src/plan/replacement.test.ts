import { describe, expect, it } from 'vitest';
import { addressOf } from './edit.ts';
import { move as adopt } from './moves/adopt.ts';
import { proveStep } from './prove.ts';
import { changeOf, REPLACEMENTS, replaces, revises, SERVING, STATEFUL } from './replacement.ts';
import table from './replacement-table.json' with { type: 'json' };
import { minutes, NOTHING_NOTICED, step } from './step.ts';
import { shopPlan, shopToday, walk } from './testing/shop.ts';

describe('what a change does', () => {
  it.each([
    // each read in the provider's source (ForceNew), beside what the provider itself answered
    ['aws:rds/instance:Instance', 'storageEncrypted', 'replaces'],
    ['aws:rds/instance:Instance', 'kmsKeyId', 'replaces'],
    ['aws:rds/instance:Instance', 'multiAz', 'in-place'],
    ['aws:rds/instance:Instance', 'vpcSecurityGroupIds', 'in-place'],
    ['aws:rds/cluster:Cluster', 'dbSubnetGroupName', 'replaces'],
    ['aws:ecs/service:Service', 'launchType', 'replaces'],
    ['aws:ecs/service:Service', 'taskDefinition', 'in-place'],
    ['aws:ecs/taskDefinition:TaskDefinition', 'containerDefinitions', 'replaces'],
    ['aws:lb/loadBalancer:LoadBalancer', 'internal', 'replaces'],
    ['aws:lb/loadBalancer:LoadBalancer', 'subnets', 'in-place'],
    ['aws:ec2/instance:Instance', 'subnetId', 'replaces'],
    ['aws:ec2/instance:Instance', 'vpcSecurityGroupIds', 'in-place'],
    ['aws:ec2/routeTableAssociation:RouteTableAssociation', 'routeTableId', 'in-place'],
    ['aws:elasticache/replicationGroup:ReplicationGroup', 'automaticFailoverEnabled', 'in-place'],
    ['aws:elasticache/replicationGroup:ReplicationGroup', 'atRestEncryptionEnabled', 'replaces'],
    ['aws:lambda/function:Function', 'vpcConfig', 'in-place'],
  ])('%s %s: %s', (type, property, kind) => {
    expect(changeOf(type, property).kind).toBe(kind);
  });

  it('is unknown where nobody told, and never in place by default', () => {
    expect(changeOf('aws:rds/instance:Instance', 'somethingNew')).toEqual({ kind: 'unknown' });
    expect(changeOf('aws:nobody/knows:This', 'name')).toEqual({ kind: 'unknown' });
    expect(changeOf('__proto__', 'toString')).toEqual({ kind: 'unknown' });
  });

  it('is told of every type that keeps data or serves', () => {
    expect([...STATEFUL, ...SERVING].filter((type) => !Object.hasOwn(table.types, type))).toEqual([]);
  });

  it('has no row of ours that the provider says as well, and a source for each', () => {
    const types: Readonly<Record<string, { readonly replaced: string }>> = table.types;
    for (const { type, properties, source } of REPLACEMENTS) {
      const told = types[type]?.replaced.split(' ') ?? [];
      expect(
        properties.filter((one) => told.includes(one)),
        type,
      ).toEqual([]);
      expect(source).toMatch(/^https:\/\//);
    }
  });

  it('is one thing for each property', () => {
    for (const [type, { replaced, inPlace, unknown }] of Object.entries(table.types)) {
      const all = [replaced, inPlace, unknown].flatMap((names) => names.split(' ').filter((name) => name !== ''));
      expect(new Set(all).size, type).toBe(all.length);
    }
  });
});

it('the table has every property that the journey of the shop changes, and what it changes in place stays', () => {
  const { steps } = shopPlan();
  const changed = steps.flatMap(({ step, before }) =>
    step.edits.flatMap((edit) => {
      if (edit.op !== 'update' || edit.follows) return [];
      const was = before.world.declared.get(addressOf(edit))?.properties ?? {};
      return Object.keys(edit.properties)
        .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(edit.properties[key]) && !revises(edit.type, key))
        .map((key) => `${edit.type} ${key}: ${changeOf(edit.type, key).kind} ${replaces(edit.type, key) ?? ''}`.trim());
    }),
  );
  expect(changed.length).toBeGreaterThan(50);
  expect(changed.filter((one) => !one.endsWith(': in-place'))).toEqual([]);
});

it('a change of which nobody told what it does is not proven where it would lose data or cut somebody off', () => {
  const { state } = walk(shopToday(), [[adopt, null]]);
  const proving = (type: string, property: string) => {
    const found = [...state.world.declared.values()].find((one) => one.type === type);
    const odd = step({
      id: 'odd',
      title: 'A change',
      kind: 'switch',
      move: 'test',
      environment: null,
      why: 'A test needs it.',
      duration: minutes(1, 2),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'go back', until: 'the next step', exact: true },
      sources: [],
      edits: [{ op: 'update', type, name: found?.name ?? '', properties: { [property]: 'new' } }],
    });
    return proveStep(state, odd).proofs.data.verdict;
  };
  expect(proving('aws:rds/instance:Instance', 'brandNew')).toBe('unknown');
  expect(proving('aws:lb/loadBalancer:LoadBalancer', 'brandNew')).toBe('unknown');
  expect(proving('aws:rds/instance:Instance', 'dbName')).toBe('violated');
  expect(proving('aws:rds/instance:Instance', 'caCertIdentifier')).toBe('proven');
});
