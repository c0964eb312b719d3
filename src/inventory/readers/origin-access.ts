import type { OriginAccess } from '../../estate/kinds/edge.ts';
import { text } from '../fields.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'origin-access',
  kinds: ['originAccess'],
  operations: ['cloudfront:ListOriginAccessControls', 'cloudfront:ListCloudFrontOriginAccessIdentities'],
  read: (answers) => [
    ...answers
      .bodies('cloudfront:ListOriginAccessControls')
      .flatMap(({ item }) => item.item('OriginAccessControlList')?.items('Items') ?? [])
      .map(
        (item): OriginAccess => ({
          kind: 'originAccess',
          ...base('originAccess', item, { id: idOf(item, 'Id'), name: text(item, 'Name'), region: 'global' }),
          form: 'control',
          originType: item.string('OriginAccessControlOriginType'),
        }),
      ),
    ...answers
      .bodies('cloudfront:ListCloudFrontOriginAccessIdentities')
      .flatMap(({ item }) => item.item('CloudFrontOriginAccessIdentityList')?.items('Items') ?? [])
      .map(
        (item): OriginAccess => ({
          kind: 'originAccess',
          ...base('originAccess', item, { id: idOf(item, 'Id'), region: 'global' }),
          form: 'identity',
          // identities were made for S3 and know nothing else
          originType: 's3',
        }),
      ),
  ],
};
