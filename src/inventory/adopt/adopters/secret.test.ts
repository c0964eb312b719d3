import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './secret.ts';

const secret = { ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf', Name: 'db', Tags: [] };
const listed = (one: object) => ({ 'secretsmanager:ListSecrets': { SecretList: [one] } });
const policy = { 'secretsmanager:GetResourcePolicy': [{ input: { SecretId: secret.ARN }, output: { Name: 'db' } }] };

it('adopts that a secret is there, and nothing of what it holds', () => {
  expect(adoptedBy(adopter, { ...listed(secret), ...policy }).map((one) => one.inputs)).toEqual([{ name: 'db' }]);
});

it('does not adopt a secret whose policy was not read, nor that of a service', () => {
  expect(refusedBy(adopter, listed(secret))).toEqual(['secretsmanager:GetResourcePolicy was not read']);
  expect(refusedBy(adopter, listed({ ...secret, OwningService: 'rds' }))).toEqual(['the AWS service rds manages it']);
});
