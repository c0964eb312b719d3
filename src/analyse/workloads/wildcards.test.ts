import { expect, it } from 'vitest';
import { ACCOUNT, account, allow, awsPolicy, deny, roleArn, trusting } from '../access/testing/account.ts';
import { wildcardServices } from './wildcards.ts';

const servicesOf = (...statements: object[]) => {
  const estate = account()
    .role('app', trusting({ Service: 'lambda.amazonaws.com' }), { inline: { p: statements } })
    .build();
  const role = estate.resources.find(({ id }) => id === roleArn('app'));
  if (role?.kind !== 'role') throw new Error('no role');
  return wildcardServices(estate, role).services;
};

it.each([
  ['s3*', 's3'],
  ['s?:*', 's3'],
  ['s3:**', 's3'],
  ['*:*', 'sqs'],
])('%s gives all of %s', (action, service) => {
  expect(servicesOf(allow(action))).toContain(service);
});

it('NotAction gives every service that it does not exclude', () => {
  const given = servicesOf({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' });
  expect(given).toEqual(expect.arrayContaining(['s3', 'sqs', 'ec2']));
  expect(given).not.toContain('iam');
  expect(given).not.toContain('organizations');
});

it('so does the policy PowerUserAccess', () => {
  const estate = account()
    .role('app', trusting({ Service: 'lambda.amazonaws.com' }), { attached: [awsPolicy('PowerUserAccess')] })
    .build();
  const role = estate.resources.find(({ id }) => id === roleArn('app'));
  expect(role?.kind === 'role' && wildcardServices(estate, role).services).toContain('dynamodb');
});

it.each([
  ['s3:*', 'arn:aws:s3:::*', true],
  ['s3:*', 'arn:aws:s3:::shop/*', false],
  ['sqs:*', 'arn:aws:sqs:*:*:*', true],
  ['sqs:*', `arn:aws:sqs:*:${ACCOUNT}:*`, true],
  ['sqs:*', 'arn:aws:sqs:*:*:jobs-*', false],
  ['sqs:*', 'arn:aws:sns:*:*:*', false],
  ['sqs:*', 'arn:aws:*', true],
  ['logs:*', 'arn:aws:logs:*:*:*:*', true],
  ['dynamodb:*', 'arn:aws:dynamodb:*:*:table/*', true],
  ['dynamodb:*', 'arn:aws:dynamodb:*:*:table/orders', false],
  ['s3:Get*', '*', false],
])('%s on %s is everything: %s', (action, resource, everything) => {
  expect(servicesOf(allow(action, resource)).length > 0).toBe(everything);
});

it('a condition that every client fulfils takes nothing away, and a Deny does', () => {
  expect(servicesOf(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))).toEqual(['s3']);
  expect(servicesOf(allow('s3:*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }))).toEqual([]);
  expect(servicesOf(allow('*'), deny('s3:*'))).not.toContain('s3');
});
