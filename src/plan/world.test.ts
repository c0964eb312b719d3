import { expect, it } from 'vitest';
import { type Create, ref } from './edit.ts';
import { shopToday } from './testing/shop.ts';
import { EditError, edited, ordered, worldOf } from './world.ts';

const VPC = 'aws:ec2/vpc:Vpc';
const SUBNET = 'aws:ec2/subnet:Subnet';
const vpc: Create = { op: 'create', type: VPC, name: 'new', properties: { cidrBlock: '10.9.0.0/16' } };
const subnet: Create = {
  op: 'create',
  type: SUBNET,
  name: 'new-a',
  properties: { vpcId: ref(vpc), cidrBlock: '10.9.0.0/24', availabilityZone: 'eu-west-1a' },
};
const start = () => worldOf(shopToday());
const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof EditError) return error.message;
    throw error;
  }
  return '';
};

it('makes what others refer to first, whatever the order of the list', () => {
  expect(ordered([subnet, vpc]).map(({ name }) => name)).toEqual(['new', 'new-a']);
  const { declared } = edited(start(), [subnet, vpc]);
  const id = declared.get(`${VPC}::new`)?.id;
  expect(id).toMatch(/^vpc-0[0-9a-f]{16}$/);
  expect(declared.get(`${SUBNET}::new-a`)?.inputs.vpcId).toBe(id);
  expect(declared.get(`${SUBNET}::new-a`)?.properties.vpcId).toBe(ref(vpc));
});

it('gives the same ids every time, and others to others', () => {
  const ids = () => [...edited(start(), [vpc, subnet]).declared.values()].map(({ id }) => id);
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(2);
});

it('changes only the named properties, and null takes one away', () => {
  const made = edited(start(), [vpc]);
  const changed = edited(made, [
    { op: 'update', type: VPC, name: 'new', properties: { enableDnsSupport: true, cidrBlock: '10.8.0.0/16' } },
  ]);
  expect(changed.declared.get(`${VPC}::new`)?.inputs).toEqual({ cidrBlock: '10.8.0.0/16', enableDnsSupport: true });
  const less = edited(changed, [{ op: 'update', type: VPC, name: 'new', properties: { enableDnsSupport: null } }]);
  expect(less.declared.get(`${VPC}::new`)?.inputs).toEqual({ cidrBlock: '10.8.0.0/16' });
  expect(made.declared.get(`${VPC}::new`)?.inputs).toEqual({ cidrBlock: '10.9.0.0/16' });
});

it('refuses edits that do not fit, and says which', () => {
  const made = edited(start(), [vpc]);
  const change = { op: 'update', type: VPC, name: 'other', properties: {} } as const;
  expect(refused(() => edited(made, [vpc]))).toMatch(/Vpc::new: it is declared already/);
  expect(refused(() => edited(made, [change]))).toMatch(/Vpc::other: it is not declared yet/);
  expect(refused(() => edited(made, [{ op: 'delete', type: VPC, name: 'other' }]))).toMatch(/it is not declared/);
  expect(refused(() => edited(start(), [subnet]))).toMatch(/refers to aws:ec2\/vpc:Vpc::new, which is not declared/);
  expect(
    refused(() => edited(start(), [{ op: 'adopt', type: VPC, name: 'nobody', importId: '', properties: {} }])),
  ).toMatch(/today has no such resource/);
});

it('refuses to delete what something else still names', () => {
  const made = edited(start(), [vpc, subnet]);
  expect(refused(() => edited(made, [{ op: 'delete', type: VPC, name: 'new' }]))).toMatch(
    /Subnet::new-a still refers to it/,
  );
  const both = edited(made, [
    { op: 'delete', type: VPC, name: 'new' },
    { op: 'delete', type: SUBNET, name: 'new-a' },
  ]);
  expect(both.declared.size).toBe(0);
});
