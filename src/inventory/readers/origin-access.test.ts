import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './origin-access.ts';

it('reads access controls and the older identities', () => {
  const controls = { Items: [{ Id: 'E1', Name: 'media', OriginAccessControlOriginType: 's3' }] };
  const answers = answersOf({
    'cloudfront:ListOriginAccessControls': { OriginAccessControlList: controls },
    'cloudfront:ListCloudFrontOriginAccessIdentities': {
      CloudFrontOriginAccessIdentityList: { Items: [{ Id: 'E2' }] },
    },
  });
  expect(reader.read(answers)).toMatchObject([
    { id: 'E1', name: 'media', form: 'control', originType: 's3', region: 'global' },
    { id: 'E2', form: 'identity', originType: 's3' },
  ]);
});
