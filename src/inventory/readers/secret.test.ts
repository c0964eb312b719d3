import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './secret.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf';
const list = (more: object = {}) => ({ 'secretsmanager:ListSecrets': { SecretList: [{ ARN, Name: 'db', ...more }] } });

it('reads a secret whose rotation and use AWS leaves out as never rotated and never used', () => {
  expect(reader.read(answersOf(list()))).toMatchObject([
    { id: ARN, name: 'db', service: 'secretsmanager', rotation: false, lastUsed: null, policy: undefined },
  ]);
  expect(
    reader.read(answersOf(list({ RotationEnabled: true, LastAccessedDate: '2020-01-01T00:00:00Z' }))),
  ).toMatchObject([{ rotation: true, lastUsed: '2020-01-01T00:00:00.000Z' }]);
});

it('finds the policy by name or ARN, and knows none only from an answer without one', () => {
  const policy = (SecretId: string, output: object) => ({
    'secretsmanager:GetResourcePolicy': [{ input: { SecretId }, output }],
  });
  expect(reader.read(answersOf({ ...list(), ...policy('db', { ResourcePolicy: '{}' }) }))).toMatchObject([
    { policy: '{}' },
  ]);
  expect(reader.read(answersOf({ ...list(), ...policy(ARN, { Name: 'db' }) }))).toMatchObject([{ policy: null }]);
});

it('reads parameters by name', () => {
  const parameters = { 'ssm:DescribeParameters': { Parameters: [{ Name: '/shop/db', Type: 'SecureString' }] } };
  expect(reader.read(answersOf(parameters))).toMatchObject([
    { id: 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/db', name: '/shop/db', service: 'ssm' },
  ]);
});

it('takes no value over, even where an answer holds one', () => {
  const secrets = reader.read(
    answersOf({
      ...list({ SecretString: 'hunter2', Description: 'hunter2' }),
      'ssm:DescribeParameters': { Parameters: [{ Name: 'p', Value: 'hunter2', Description: 'hunter2' }] },
    }),
  );
  expect(JSON.stringify(secrets)).not.toContain('hunter2');
});
