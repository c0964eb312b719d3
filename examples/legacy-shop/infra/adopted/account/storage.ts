/** What was built by hand: buckets and images. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';

export const legacyWeb = new aws.ecr.Repository(
  'legacy-web',
  {
    name: 'legacy/web',
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfigurations: [{ encryptionType: 'AES256' }],
    forceDelete: false,
  },
  adopted('legacy/web', { ignoreChanges: ['tags', 'tagsAll'] }),
);
