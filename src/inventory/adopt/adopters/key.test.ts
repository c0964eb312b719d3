import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './key.ts';

it("leaves AWS's own keys alone, and does not adopt a key of which nothing was read", () => {
  const found = refusedBy(adopter, {
    'kms:ListKeys': { Keys: [{ KeyId: 'own' }, { KeyId: 'theirs' }] },
    'kms:ListAliases': { Aliases: [{ AliasName: 'alias/aws/rds', TargetKeyId: 'theirs' }] },
  });
  expect(found).toEqual(['kms:DescribeKey was not read', 'AWS manages it']);
});

it('writes a key with its policy, and its aliases as resources of their own', () => {
  const input = { KeyId: 'own' };
  const KeyMetadata = {
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    Description: 'orders',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    Enabled: true,
    MultiRegion: false,
  };
  const found = adoptedBy(adopter, {
    'kms:ListKeys': { Keys: [{ KeyId: 'own' }] },
    'kms:ListAliases': { Aliases: [{ AliasName: 'alias/orders', TargetKeyId: 'own' }] },
    'kms:DescribeKey': [{ input, output: { KeyMetadata } }],
    'kms:GetKeyPolicy': [{ input, output: { Policy: '{}' } }],
    'kms:GetKeyRotationStatus': [{ input, output: { KeyRotationEnabled: false } }],
  });
  expect(found.map(({ type, importId, inputs }) => [type, importId, inputs])).toEqual([
    [
      'aws:kms/key:Key',
      'own',
      {
        description: 'orders',
        keyUsage: 'ENCRYPT_DECRYPT',
        customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        isEnabled: true,
        multiRegion: false,
        policy: '{}',
        enableKeyRotation: false,
      },
    ],
    ['aws:kms/alias:Alias', 'alias/orders', { name: 'alias/orders', targetKeyId: 'own' }],
  ]);
});
