/** What hangs on a holder that only a deployment knows may hang on any: nothing then looks complete. */
import { describe, expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import { estateOfRecording } from '../index.ts';
import type { Value } from '../recorded.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const DOCUMENT = JSON.stringify({ Statement: [] });
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

const named = (kind: 'User' | 'Group' | 'Role', name: string, more: Readonly<Record<string, Value>> = {}): Draft => ({
  ...aws(
    `iam/${kind.toLowerCase()}:${kind}`,
    name,
    { name, ...(kind === 'Role' ? { assumeRolePolicy: DOCUMENT } : {}), ...more },
    { arn: `arn:aws:iam::111122223333:${kind.toLowerCase()}/${name}` },
  ),
  id: name,
});

const estateOf = (...drafts: readonly Draft[]) => estateOfRecording(recordingOf(...drafts));
const HOLDERS = [named('User', 'anna'), named('Group', 'operators'), named('Role', 'app')];

describe('an attachment', () => {
  it.each(['user', 'group', 'role'] as const)('to a known %s leaves the others complete', (form) => {
    const estate = estateOf(
      ...HOLDERS,
      aws(
        `iam/${form}PolicyAttachment:${form}PolicyAttachment`.replace(/:./, (start) => start.toUpperCase()),
        'x',
        {
          [form]: 'somebody',
          policyArn: ADMINISTRATOR,
        },
      ),
    );
    expect(all(estate, form)[0]?.attachedPolicies).toEqual([]);
  });

  it.each(['User', 'Group', 'Role'])('to an unknown %s leaves none of that form complete', (form) => {
    const kind = form.toLowerCase();
    const estate = estateOf(
      ...HOLDERS,
      aws(`iam/${kind}PolicyAttachment:${form}PolicyAttachment`, 'x', { [kind]: UNKNOWN, policyArn: ADMINISTRATOR }),
      aws(`iam/${kind}Policy:${form}Policy`, 'y', { [kind]: UNKNOWN, name: 'y', policy: DOCUMENT }),
    );
    for (const each of ['user', 'group', 'role'] as const) {
      const [holder] = all(estate, each);
      expect([holder?.attachedPolicies, holder?.inlinePolicies]).toEqual(
        each === kind ? [undefined, undefined] : [[], []],
      );
    }
  });

  it('to an unknown list of roles leaves no role complete', () => {
    const attachment = aws('iam/policyAttachment:PolicyAttachment', 'x', {
      name: 'x',
      roles: ['other', UNKNOWN],
      policyArn: ADMINISTRATOR,
    });
    const estate = estateOf(...HOLDERS, attachment);
    expect(all(estate, 'role')[0]?.attachedPolicies).toBeUndefined();
    expect(all(estate, 'user')[0]?.attachedPolicies).toEqual([]);
  });
});

describe('a membership', () => {
  const membership = (inputs: Readonly<Record<string, Value>>): Draft =>
    aws('iam/userGroupMembership:UserGroupMembership', 'm', inputs);

  it('of an unknown user leaves open who is in the groups, and which groups a user is in', () => {
    const estate = estateOf(...HOLDERS, membership({ user: UNKNOWN, groups: ['operators'] }));
    expect(all(estate, 'user')[0]?.groups).toBeUndefined();
    expect(all(estate, 'group')[0]?.members).toBeUndefined();
  });

  it('of an unknown user leaves open who is in a group even where no user is declared', () => {
    const estate = estateOf(named('Group', 'operators'), membership({ user: UNKNOWN, groups: ['operators'] }));
    expect(all(estate, 'group')[0]?.members).toBeUndefined();
    expect(all(estateOf(named('Group', 'operators')), 'group')[0]?.members).toEqual([]);
  });

  it('in an unknown group leaves open which groups its users are in', () => {
    const estate = estateOf(
      ...HOLDERS,
      named('User', 'ben'),
      aws('iam/groupMembership:GroupMembership', 'n', { name: 'n', group: UNKNOWN, users: ['anna'] }),
    );
    expect(all(estate, 'user').map(({ name, groups }) => [name, groups])).toEqual([
      ['anna', undefined],
      ['ben', []],
    ]);
    expect(all(estate, 'group')[0]?.members).toBeUndefined();
  });
});

it('an access key of an unknown user leaves open whether the known one is all that a user has', () => {
  const key = (name: string, user: Value): Draft => aws('iam/accessKey:AccessKey', name, { user });
  const known = estateOf(named('User', 'anna'), key('k', 'anna'));
  expect(all(known, 'user')[0]?.accessKeys?.map(({ id }) => id)).toEqual(['k-id']);
  const estate = estateOf(named('User', 'anna'), key('k', 'anna'), key('l', UNKNOWN));
  expect(all(estate, 'user')[0]?.accessKeys).toBeUndefined();
  expect(all(estate, 'accessKey').map(({ id }) => id)).toContain('k-id');
});

it('a role of one account keeps its policies when another account has a role of that name', () => {
  const recording = recordingOf(
    named('Role', 'app'),
    aws('iam/rolePolicyAttachment:RolePolicyAttachment', 'x', { role: 'app', policyArn: ADMINISTRATOR }),
  );
  const elsewhere = { account: '444455556666', region: 'eu-west-1' };
  const twin = recording.resources
    .filter(({ type }) => type === 'aws:iam/role:Role')
    .map((one) => ({
      ...one,
      urn: `${one.urn}-twin`,
      place: elsewhere,
      outputs: { ...one.outputs, arn: 'arn:aws:iam::444455556666:role/app' },
    }));
  const estate = estateOfRecording({ ...recording, resources: [...recording.resources, ...twin] });
  expect(all(estate, 'role').map(({ account, attachedPolicies }) => [account, attachedPolicies?.length])).toEqual([
    ['111122223333', 1],
    ['444455556666', 0],
  ]);
});
