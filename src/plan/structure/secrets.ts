/** A secret of Secrets Manager for one workload: the program makes it, and people put the values in. */
import { type Create, ref } from '../edit.ts';
import type { Action } from '../step.ts';
import { tagged } from './names.ts';

export const SECRET = 'aws:secretsmanager/secret:Secret';

export const newSecret = (name: string, description: string): Create => ({
  op: 'create',
  type: SECRET,
  name,
  properties: { name, description, tags: tagged(name) },
});

export const secretArn = (name: string): string => ref({ type: SECRET, name }, 'arn');

/** One field of the secret, as ECS takes it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
export const fieldOf = (name: string, field: string): string => `${secretArn(name)}:${field}::`;

/** From a file, so that no value stands in the history of a shell. */
export function putValues(name: string, fields: readonly string[], region: string): Action {
  const file = `${name}.json`;
  const form = JSON.stringify(Object.fromEntries(fields.map((field) => [field, '…'])));
  return {
    operation: 'secretsmanager:PutSecretValue',
    parameters: { SecretId: name, SecretString: `file://${file}` },
    command: `aws secretsmanager put-secret-value --region ${region} --secret-id ${name} --secret-string file://${file}   # ${file} holds ${form}; delete it afterwards`,
  };
}
