import { describe, expect, it } from 'vitest';
import { diagnosePolicies } from '../diagnose.ts';
import { account, allow } from '../testing/account.ts';
import { expandAction, findAction, nearestAction } from './catalog.ts';

describe('the catalogue of actions', () => {
  it('knows an action in any case, and whether it takes a resource', () => {
    expect(findAction('SQS:sendmessage')).toEqual({ action: 'sqs:SendMessage', takesResource: true });
    expect(findAction('s3:ListAllMyBuckets')?.takesResource).toBe(false);
    expect(findAction('s3:FetchObject')).toBeUndefined();
    expect(findAction('nothing:Here')).toBeUndefined();
    expect(findAction('constructor:Here')).toBeUndefined();
  });
  it('expands wildcards', () => {
    const names = expandAction('iam:*Policy').map(({ action }) => action);
    expect(names).toContain('iam:AttachUserPolicy');
    expect(names).toContain('iam:PutRolePolicy');
    expect(names).not.toContain('iam:CreatePolicyVersion');
    expect(expandAction('ec2:Run?nstances').map(({ action }) => action)).toEqual(['ec2:RunInstances']);
    expect(expandAction('*').length).toBeGreaterThan(10_000);
    expect(expandAction('s*:SendMessage').map(({ action }) => action)).toContain('sqs:SendMessage');
  });
  it('finds what was meant', () => {
    expect(nearestAction('s3:GetObjct')).toBe('s3:GetObject');
    expect(nearestAction('s3:MakeCoffee')).toBeUndefined();
  });
});

describe('the diagnosis of policies', () => {
  const of = (action: string | string[]) =>
    diagnosePolicies(
      account()
        .user('alice', { inline: { p: allow(action) } })
        .build(),
    ).map(({ code, message }) => [code, message]);
  it('reports a misspelt action with what was probably meant', () => {
    expect(of(['s3:GetObjct', 's3:GetObject'])).toEqual([
      ['unknownAction', expect.stringContaining('"s3:GetObject" meant')],
    ]);
    expect(of('s4:GetObject')).toEqual([['unknownService', expect.stringContaining('s4')]]);
    expect(of('s3:Fetch*')).toEqual([['unknownAction', expect.any(String)]]);
  });
  it('is silent about what is right', () => {
    expect(
      of(['*', 's3:*', 'iam:*Policy', '*:*', 'S3:getObject', 'ec2messages:*', 'ssmmessages:OpenDataChannel']),
    ).toEqual([]);
  });
  it('reports broken text of every holder with its place', () => {
    const estate = account()
      .user('alice', { inline: { p: '{' } })
      .role('app', [{ Action: 'sts:AssumeRole' }])
      .bucket('shop', '[]')
      .build();
    expect(
      diagnosePolicies(estate)
        .map(({ holder, code }) => `${holder.kind} ${code}`)
        .sort(),
    ).toEqual(['bucket notAnObject', 'role missingEffect', 'role missingPrincipal', 'user invalidJson']);
  });
});
