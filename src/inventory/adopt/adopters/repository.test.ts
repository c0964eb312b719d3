import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './repository.ts';

const ITEM = {
  repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/shop/web`,
  repositoryName: 'shop/web',
  repositoryUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/shop/web`,
  imageTagMutability: 'IMMUTABLE',
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
};
const adopted = (item: object) => adopter.adopt(answersOf({ 'ecr:DescribeRepositories': { repositories: [item] } }));

it('writes out the encryption, which would otherwise replace the repository, and the tags that cannot be moved', () => {
  expect(adopted(ITEM)).toMatchObject([
    {
      importId: 'shop/web',
      inputs: {
        name: 'shop/web',
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k' }],
        forceDelete: false,
      },
      outputs: { arn: ITEM.repositoryArn, repositoryUrl: ITEM.repositoryUri },
      protect: true,
    },
  ]);
});

it('refuses one whose encryption was not told', () => {
  const { encryptionConfiguration: _, ...part } = ITEM;
  expect(adopted(part)).toMatchObject([
    { state: 'unadopted', because: 'ecr:DescribeRepositories did not tell encryptionType' },
  ]);
});
