/** What the internet reaches, what it nearly reaches, and what is open inside. */
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import {
  acl,
  type EntrySpec,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  OPEN_ACL,
  type RuleSpec,
  ref,
  route,
  subnet,
  table,
  toIgw,
  vpc,
} from '../reachability/testing/build.ts';
import { database, lambda } from '../reachability/testing/build-services.ts';
import { type ExposureReport, exposures } from './index.ts';

const place = { vpc: 'vpc-1', subnet: 'subnet-1' };
const WORLD: readonly RuleSpec[] = [{ ports: [22, 22], peer: '0.0.0.0/0' }];
interface Spec {
  readonly rules?: readonly RuleSpec[];
  readonly open?: boolean;
  readonly routed?: boolean;
  readonly gateway?: boolean;
  readonly entries?: readonly EntrySpec[];
  readonly more?: readonly Resource[];
}
const parts = ({
  rules = WORLD,
  open = true,
  routed = true,
  gateway = true,
  entries = OPEN_ACL,
  more = [],
}: Spec): readonly Resource[] => [
  vpc('vpc-1', '10.0.0.0/16'),
  subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
  igw('igw-1', gateway ? ['vpc-1'] : []),
  table(
    'rtb-1',
    'vpc-1',
    [route('10.0.0.0/16', LOCAL), ...(routed ? [route('0.0.0.0/0', toIgw('igw-1'))] : [])],
    'main',
  ),
  acl('acl-1', 'vpc-1', ['subnet-1'], entries),
  group('sg-1', 'vpc-1', rules),
  eni('eni-1', place, ['sg-1'], { private: '10.0.1.4', ...(open ? { public: '192.0.2.4' } : {}) }),
  ...more,
];
const report = (spec: Spec): ExposureReport => exposures(estateOf(parts(spec)));
const ids = (list: readonly { readonly resource: Resource }[]): readonly string[] => list.map((one) => one.resource.id);

describe('latent: one attribute away, and which', () => {
  it.each([
    ['no public address', { open: false }, 'no-public-address'],
    ['no route', { routed: false }, 'return-route-missing'],
    ['an ACL that lets nothing in', { entries: [{ number: 100, egress: true }] }, 'acl-deny'],
    ['an ACL that lets no answers out', { entries: [{ number: 100 }] }, 'return-acl-deny'],
  ] as const)('%s', (_, spec, code) => {
    const { exposures: open, latent } = report(spec);
    expect(ids(open)).toEqual([]);
    expect(latent.map((one) => [one.resource.id, one.only.map((blocker) => blocker.code), one.ports])).toEqual([
      ['eni-1', [code], ['tcp/22']],
    ]);
  });
  it('two attributes away, or a closed group, is not near', () => {
    expect(report({ open: false, routed: false }).latent).toEqual([]);
    expect(report({ rules: [{ ports: [22, 22], peer: '10.0.0.0/16' }], open: false }).latent).toEqual([]);
  });
  it('an open group that nothing has is no exposure, and not latent', () => {
    const told = report({ rules: [], more: [group('sg-idle', 'vpc-1', WORLD)] });
    expect([told.exposures, told.latent, told.unknown]).toEqual([[], [], []]);
  });
});

it('inside: what every address of the VPC may, not what only some may', () => {
  expect(
    report({ open: false, rules: [{ ports: [22, 22], peer: '10.0.0.0/16' }] }).inside.map((one) => [
      one.resource.id,
      one.vpc,
      one.ports,
    ]),
  ).toEqual([['eni-1', 'vpc-1', ['tcp/22']]]);
  expect(report({ open: false, rules: [{ ports: [22, 22], peer: '10.0.1.0/24' }] }).inside).toEqual([]);
});

it('what the input does not tell is told as not decided, with the operation', () => {
  const estate = estateOf(
    parts({}).filter((one) => one.kind !== 'networkAcl'),
    { unread: ['ec2:DescribeNetworkAcls'] },
  );
  expect(
    exposures(estate).unknown.map((one) => [one.resource.id, one.missing.map((missing) => missing.operation)]),
  ).toEqual([['eni-1', ['ec2:DescribeNetworkAcls']]]);
});

it('interfaces of one class are judged alike, whatever their number, and those of another class are not', () => {
  const more: readonly Resource[] = [
    ...Array.from({ length: 40 }, (_, n) =>
      eni(`eni-x${n}`, place, ['sg-1'], { private: `10.0.1.${100 + n}`, public: `192.0.2.${100 + n}` }),
    ),
    eni('eni-private', place, ['sg-1'], { private: '10.0.1.90' }),
    database('db'),
    eni('eni-db', place, ['sg-1'], { private: '10.0.1.91', public: '192.0.2.91' }, { owner: ref('db') }),
  ];
  const told = report({ more });
  expect(told.exposures).toHaveLength(41);
  expect(new Set(told.exposures.map((one) => one.admitted)).size).toBe(1);
  expect(ids(told.exposures)).not.toContain('db');
  expect(ids(told.latent)).toEqual(['eni-private']);
  expect(told.exposures.every((one) => one.verdict.answer === 'yes')).toBe(true);
});

it('a function with a URL is exposed, one without is not', () => {
  const url = lambda('fn-url', null, { urls: [{ url: 'https://fn.example.com/', auth: 'NONE' }] });
  expect(ids(report({ rules: [], more: [url, lambda('fn', null)] }).exposures)).toEqual(['fn-url']);
});

it('the order of the input does not show', () => {
  const [one, other] = [parts({}), [...parts({})].reverse()].map((list) => exposures(estateOf(list)));
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});
