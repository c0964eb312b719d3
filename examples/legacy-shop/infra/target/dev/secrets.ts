/** What the journey makes: dev: secrets, and the keys that they are kept by. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';

export const legacyDevWebCredentials = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-data',
  () =>
    new aws.secretsmanager.Secret('legacy-dev-web-credentials', {
      name: 'legacy-dev-web-credentials',
      description: 'What web signs in with',
      tags: { Name: 'legacy-dev-web-credentials', ManagedBy: 'underpin' },
    }),
);

export const legacyDevWorkerCredentials = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-data',
  () =>
    new aws.secretsmanager.Secret('legacy-dev-worker-credentials', {
      name: 'legacy-dev-worker-credentials',
      description: 'What worker signs in with',
      tags: { Name: 'legacy-dev-worker-credentials', ManagedBy: 'underpin' },
    }),
);

export const legacyDevWorkerFunctionCredentials = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-data',
  () =>
    new aws.secretsmanager.Secret('legacy-dev-worker-function-credentials', {
      name: 'legacy-dev-worker-function-credentials',
      description: 'What legacy-dev-worker signs in with',
      tags: { Name: 'legacy-dev-worker-function-credentials', ManagedBy: 'underpin' },
    }),
);

export const legacyDevDatabaseKey = steps.during(
  'legacy-dev-renewed-key',
  'legacy-dev-retired-data',
  () =>
    new aws.kms.Key('legacy-dev-database-key', {
      description: 'Databases of legacy-dev',
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: { Name: 'legacy-dev-database-key', ManagedBy: 'underpin' },
    }),
);

steps.during(
  'legacy-dev-renewed-key',
  'legacy-dev-retired-data',
  (now) =>
    new aws.kms.Alias('legacy-dev-database-key', {
      name: 'alias/legacy-dev-database-key',
      targetKeyId: now(legacyDevDatabaseKey).keyId,
    }),
);
