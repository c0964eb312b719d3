import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  awsPolicy,
  deny,
  policyArn,
  ref,
  trusting,
  userArn,
} from '../testing/account.ts';
import { bakedKeys } from './baked-keys.ts';
import { people, rootUsers } from './people.ts';

const one = (builder: AccountBuilder, name = 'alice') => {
  const found = people(builder.build()).find(({ user }) => user.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const ADMIN = { attached: [awsPolicy('AdministratorAccess')] };
const enrol = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'sts:GetSessionToken'];
const unless = (operator: string, more: object = {}) => ({
  Effect: 'Deny',
  NotAction: enrol,
  Resource: '*',
  Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  ...more,
});
const enforcement = (builder: AccountBuilder) => {
  const { console, keys } = one(builder).enforcement;
  return [console.answer, keys.answer];
};

describe('MFA enforced by policy', () => {
  it('is not so by having a device', () => {
    expect(enforcement(account().user('alice', { ...ADMIN, mfa: true }))).toEqual(['no', 'no']);
  });
  it('BoolIfExists stops the console and the keys; Bool stops the console alone', () => {
    expect(enforcement(account().user('alice', { ...ADMIN, inline: { m: unless('BoolIfExists') } }))).toEqual([
      'yes',
      'yes',
    ]);
    expect(enforcement(account().user('alice', { ...ADMIN, inline: { m: unless('Bool') } }))).toEqual(['yes', 'no']);
  });
  it('counts when the deny comes by a group, or when every allow asks for a device', () => {
    expect(
      enforcement(
        account()
          .user('alice', { ...ADMIN, groups: ['people'] })
          .group('people', { inline: { m: unless('BoolIfExists') } }),
      ),
    ).toEqual(['yes', 'yes']);
    const asks = allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    expect(enforcement(account().user('alice', { inline: { m: asks } }))).toEqual(['yes', 'yes']);
  });
  it('is not so when something besides self-service works without, and names the statement', () => {
    const hole = account().user('alice', {
      inline: { m: [unless('BoolIfExists', { NotAction: [...enrol, 's3:*'] }), allow(['s3:*', 'ec2:*'])] },
    });
    expect(one(hole).enforcement.console).toMatchObject({
      answer: 'no',
      blockers: [{ by: 'm#1', detail: expect.stringContaining('s3:underpin-probe') }],
    });
    expect(enforcement(account().user('alice', { inline: { m: [unless('BoolIfExists'), allow(enrol)] } }))).toEqual([
      'yes',
      'yes',
    ]);
    expect(
      enforcement(
        account().user('alice', {
          ...ADMIN,
          inline: { m: deny('s3:*', '*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }) },
        }),
      ),
    ).toEqual(['no', 'no']);
  });
  it('is not so when the deny spares an action or a resource that something allows', () => {
    const spares = (more: object) =>
      enforcement(account().user('alice', { inline: { m: [unless('BoolIfExists', more), allow('s3:*')] } }));
    expect(spares({ NotAction: [...enrol, 's3:Get*'] })).toEqual(['no', 'no']);
    expect(spares({ NotAction: [...enrol, 'ec2:Describe*'] })).toEqual(['yes', 'yes']);
    expect(
      spares({ NotAction: undefined, Action: '*', Resource: undefined, NotResource: 'arn:aws:s3:::shop/*' }),
    ).toEqual(['no', 'no']);
  });
  it('is not so when the deny is about one of several resources that something allows', () => {
    const on = (...denied: string[]) => [
      allow('s3:*', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*']),
      deny('*', denied, { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
    ];
    const asked = (...denied: string[]) => enforcement(account().user('alice', { inline: { m: on(...denied) } }));
    expect(asked('arn:aws:s3:::a/*')).toEqual(['no', 'no']);
    expect(asked('arn:aws:s3:::b/*')).toEqual(['no', 'no']);
    expect(asked('arn:aws:s3:::a/*', 'arn:aws:s3:::b/*')).toEqual(['yes', 'yes']);
  });
  it('is not so when the trust of a role lets the user in without a device', () => {
    const asks = { inline: { m: allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }) } };
    const by = (trust: object) => account().user('alice', asks).role('deployer', trust);
    const eve = { AWS: userArn('alice') };
    expect(enforcement(by(trusting(eve)))).toEqual(['no', 'no']);
    expect(enforcement(by(trusting({ AWS: userArn('bob') })))).toEqual(['yes', 'yes']);
    const device = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    expect(enforcement(by(trusting(eve, device)))).toEqual(['yes', 'yes']);
    const denied = { inline: { m: [unless('BoolIfExists'), allow('*')] } };
    expect(enforcement(account().user('alice', denied).role('deployer', trusting(eve)))).toEqual(['yes', 'yes']);
    const unlisted = account().user('alice', asks);
    unlisted.coverage = { entries: [] };
    expect(enforcement(unlisted)).toEqual(['unknown', 'unknown']);
  });
  it('is unknown when a text is missing', () => {
    expect(
      enforcement(account().user('alice', { attached: [policyArn('x')], inline: { m: unless('BoolIfExists') } })),
    ).toEqual(['unknown', 'unknown']);
  });
});

const keyRef = (name: string) => [ref<'accessKey'>(name)];

describe('who is a machine', () => {
  const nature = (input: object, key: object | null = {}) => {
    const builder = account().user('alice', { accessKeys: key ? keyRef('AKIAEXAMPLE1') : [], ...input });
    return one(key ? builder.key('AKIAEXAMPLE1', 'alice', key) : builder).nature;
  };
  const used = { lastUsed: '2026-05-30T00:00:00.000Z', lastUsedService: 's3' };
  const signedIn = { consoleAccess: true, passwordLastUsed: '2026-05-31T00:00:00.000Z' };
  it.each<[string, string, object, object | null]>([
    ['signs in, no key', 'person', signedIn, null],
    ['signs in, a key never used', 'person', signedIn, {}],
    ['signs in and uses a key', 'both', signedIn, used],
    ['a key in use and no password', 'machine', {}, used],
    ['a key never used and no password', 'machine', {}, {}],
    ['a key in use and a password never used', 'machine', { consoleAccess: true }, used],
    ['a password never used and no key', 'idle', { consoleAccess: true }, null],
    ['nothing', 'idle', {}, null],
    ['an inactive key and no password', 'idle', {}, { ...used, active: false }],
    ['keys not read', 'unknown', { ...signedIn, accessKeys: undefined }, null],
    ['last sign-in not read', 'unknown', { consoleAccess: true, passwordLastUsed: undefined }, used],
  ])('%s: %s', (_, expected, input, key) => expect(nature(input, key)).toBe(expected));
});

describe('keys', () => {
  it('have an age and a last use in days, counted to the day of the inventory', () => {
    const person = one(
      account()
        .user('alice', { accessKeys: [...keyRef('AKIAEXAMPLE1'), ...keyRef('AKIAEXAMPLE2')] })
        .key('AKIAEXAMPLE1', 'alice', { created: '2026-01-01T00:00:00.000Z', lastUsed: '2026-05-22T12:00:00.000Z' })
        .key('AKIAEXAMPLE2', 'alice'),
    );
    expect(person.keys?.map(({ age, idle }) => [age, idle])).toEqual([
      [151, 9],
      [31, null],
    ]);
    expect(person.activeKeys).toBe(2);
    expect(person.idle).toBe(9);
  });
  it('have no age when the day of the inventory is not told', () => {
    const builder = account()
      .user('alice', { accessKeys: keyRef('AKIAEXAMPLE1') })
      .key('AKIAEXAMPLE1', 'alice');
    builder.collectedAt = undefined;
    expect(one(builder).keys?.[0]?.age).toBeUndefined();
  });
  it('written into a function are found with their owner, and make the owner a machine', () => {
    const fact = {
      name: 'AWS_ACCESS_KEY_ID',
      hosts: [],
      arns: [],
      credential: 'literal',
      accessKeyId: 'AKIAEXAMPLE1',
      valueFrom: undefined,
    } as const;
    const builder = account()
      .user('alice', { accessKeys: keyRef('AKIAEXAMPLE1'), consoleAccess: true })
      .key('AKIAEXAMPLE1', 'alice')
      .lambda('web', 'app', { environment: [fact, { ...fact, accessKeyId: 'AKIAEXAMPLE9' }] });
    expect(bakedKeys(builder.build()).map(({ place, owner }) => [place.name, owner?.id])).toEqual([
      ['web', userArn('alice')],
      ['web', undefined],
    ]);
    expect(one(builder)).toMatchObject({
      nature: 'machine',
      keys: [{ bakedInto: [{ variable: 'AWS_ACCESS_KEY_ID' }] }],
    });
  });
});

it('tells of the root user what was read', () => {
  const builder = account();
  builder.resources.splice(0, 1);
  builder.account({ rootMfa: false, rootLastUsed: '2026-05-22T00:00:00.000Z', rootAccessKeys: undefined });
  expect(rootUsers(builder.build())).toMatchObject([
    { account: { id: ACCOUNT }, device: false, keys: undefined, idle: 10 },
  ]);
});
