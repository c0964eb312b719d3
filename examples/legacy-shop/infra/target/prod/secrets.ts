/** What the journey makes: prod: secrets, and the keys that they are kept by. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';

export const legacyProdWebCredentials = steps.since(
  'legacy-prod-roles-made',
  () =>
    new aws.secretsmanager.Secret('legacy-prod-web-credentials', {
      name: 'legacy-prod-web-credentials',
      description: 'What web signs in with',
      tags: { Name: 'legacy-prod-web-credentials', ManagedBy: 'underpin' },
    }),
);

export const legacyProdWorkerCredentials = steps.since(
  'legacy-prod-roles-made',
  () =>
    new aws.secretsmanager.Secret('legacy-prod-worker-credentials', {
      name: 'legacy-prod-worker-credentials',
      description: 'What worker signs in with',
      tags: { Name: 'legacy-prod-worker-credentials', ManagedBy: 'underpin' },
    }),
);

export const legacyProdWorkerFunctionCredentials = steps.since(
  'legacy-prod-roles-made',
  () =>
    new aws.secretsmanager.Secret('legacy-prod-worker-function-credentials', {
      name: 'legacy-prod-worker-function-credentials',
      description: 'What legacy-prod-worker signs in with',
      tags: { Name: 'legacy-prod-worker-function-credentials', ManagedBy: 'underpin' },
    }),
);

export const legacyProdDatabaseKey = steps.since(
  'legacy-prod-renewed-key',
  () =>
    new aws.kms.Key('legacy-prod-database-key', {
      description: 'Databases of legacy-prod',
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: { Name: 'legacy-prod-database-key', ManagedBy: 'underpin' },
    }),
);

steps.since(
  'legacy-prod-renewed-key',
  (now) =>
    new aws.kms.Alias('legacy-prod-database-key', {
      name: 'alias/legacy-prod-database-key',
      targetKeyId: now(legacyProdDatabaseKey).keyId,
    }),
);
