import { expect, it } from 'vitest';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import { proveStep } from '../prove.ts';
import { adoptedShop, against, declaredOf, made } from '../testing/hand-made.ts';

const RECORD = 'aws:route53/record:Record';
const adopted = adoptedShop();

const zone = (name: string): Create => ({
  op: 'create',
  type: 'aws:route53/zone:Zone',
  name: 'zone',
  properties: { name, vpcs: [{ vpcId: ref(declaredOf('aws:ec2/vpc:Vpc', (one) => /prod/.test(one.name))) }] },
});
const record = (properties: Properties, name = 'record'): Create => ({
  op: 'create',
  type: RECORD,
  name,
  properties: { zoneId: ref(declaredOf('aws:route53/zone:Zone')), ttl: 60, ...properties },
});

it('a private zone hides the names of its domain from its VPCs', () => {
  expect(against('expand', [zone('legacy-shop.example')])).toMatch(/would hide .*legacy-shop\.example/);
  for (const name of ['rds.amazonaws.com', 'ap-northeast-2.rds.amazonaws.com', 'com'])
    expect(against('expand', [zone(name)]), name).toMatch(/would hide names of AWS/);
  expect(against('expand', [zone('example.org')])).toMatch(/flows\?: .*whether a program .*example\.org/);
});

it('a record over a name of AWS leads those elsewhere who ask for an endpoint', () => {
  const own: Edit = record({
    zoneId: ref(zone('rds.amazonaws.com')),
    name: 'shop.rds.amazonaws.com',
    type: 'CNAME',
    records: ['db.example.com'],
  });
  expect(against('expand', [zone('rds.amazonaws.com'), own])).toMatch(/a name of AWS/);
});

it('a private zone under a domain that nobody else has hides nothing', () => {
  expect(against('expand', [zone('shop.internal')])).toBe('');
});

it('what a delegation, mail or a proof says is not proven to stay', () => {
  const mail = record({ name: 'legacy-shop.example', type: 'MX', records: ['10 mail.example.com'] });
  expect(against('expand', [mail])).toMatch(/MX record of legacy-shop\.example/);
  expect(
    against('expand', [record({ name: 'www.legacy-shop.example', type: 'NS', records: ['ns1.example.net'] })]),
  ).toMatch(/NS record of www/);
  const since = proveStep(adopted, made('expand', [mail])).after;
  if (!since) throw new Error('the record does not come');
  const gone: Edit = { op: 'delete', type: RECORD, name: 'record' };
  const other: Edit = { op: 'update', type: RECORD, name: 'record', properties: { records: ['10 other.example.com'] } };
  expect(against('contract', [gone], since)).toMatch(/MX record/);
  expect(against('switch', [other], since)).toMatch(/MX record/);
});

it('an answer may be kept for less time, and not for more', () => {
  const { type, name } = declaredOf(RECORD, ({ properties }) => typeof properties.ttl === 'number');
  const keep = (ttl: number): Edit => ({ op: 'update', type, name, properties: { ttl } });
  expect(against('switch', [keep(604_800)])).toMatch(/ttl/);
  expect(against('switch', [keep(10)])).toBe('');
});
