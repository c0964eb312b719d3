import { expect, it } from 'vitest';
import type { Evidence } from '../../estate/evidence.ts';
import { estateOf, some } from '../../inventory/flows/testing.ts';
import { unusedGrants } from './unused.ts';

const WEB = 'arn:aws:iam::111122223333:role/web';
const estate = estateOf(
  some('role', WEB, {
    arn: WEB,
    attachedPolicies: [],
    inlinePolicies: [
      {
        name: 'all',
        document: JSON.stringify({
          Statement: [
            { Effect: 'Allow', Action: ['rds:*', 'ec2:Describe*', 's3:GetObject'], Resource: '*' },
            { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
          ],
        }),
      },
    ],
  }),
);

const NOTHING = { count: 0, first: null, last: null };
const evidence = (parts: Partial<Evidence> = {}): Evidence => ({
  inputs: [],
  logged: [
    {
      kind: 'trail',
      subject: '111122223333/us-east-1',
      from: '2026-10-01T00:00:00Z',
      to: '2026-11-01T00:00:00Z',
      records: 9,
      gaps: [],
      incomplete: null,
    },
  ],
  connections: [],
  buckets: [],
  balancers: [],
  distributions: [],
  principals: [
    {
      principal: WEB,
      calls: [{ action: 'ec2:DescribeVpcs', allowed: { ...NOTHING, count: 1 }, denied: NOTHING }],
      more: false,
    },
  ],
  keys: [],
  leftOut: { flowLog: 0, balancerLog: 0, bucketLog: 0, distributionLog: 0, trail: 0 },
  undirected: 0,
  undirectedPorts: [],
  ...parts,
});

it('a service that is granted by name and never called is told, but none whose calls a trail does not hold', () => {
  expect(unusedGrants(estate, evidence())).toEqual([{ principal: WEB, services: ['rds'] }]);
});

it('nothing is called unused without a whole trail', () => {
  const { leftOut } = evidence();
  expect(unusedGrants(estate, evidence({ logged: [] }))).toEqual([]);
  expect(unusedGrants(estate, evidence({ leftOut: { ...leftOut, trail: 1 } }))).toEqual([]);
});
