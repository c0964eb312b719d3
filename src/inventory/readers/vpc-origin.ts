import type { VpcOrigin } from '../../estate/kinds/edge.ts';
import { text } from '../fields.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'vpc-origin',
  kinds: ['vpcOrigin'],
  operations: ['cloudfront:ListVpcOrigins', 'cloudfront:GetVpcOrigin'],
  read: (answers) => {
    const listed = answers
      .bodies('cloudfront:ListVpcOrigins')
      .flatMap(({ item }) => item.item('VpcOriginList')?.items('Items') ?? []);
    const known = new Set(listed.map((item) => text(item, 'Id')));
    const described = answers
      .bodies('cloudfront:GetVpcOrigin')
      .flatMap(({ item }) => item.item('VpcOrigin') ?? [])
      .filter((item) => !known.has(text(item, 'Id')));
    return [...listed, ...described].map((item): VpcOrigin => {
      const config = item.item('VpcOriginEndpointConfig');
      return {
        kind: 'vpcOrigin',
        ...base('vpcOrigin', item, {
          id: idOf(item, 'Id'),
          name: text(item, 'Name') ?? text(config, 'Name'),
          arn: text(item, 'Arn'),
          region: 'global',
        }),
        endpointArn: item.string('OriginEndpointArn') ?? text(config, 'Arn'),
        status: item.string('Status'),
      };
    });
  },
};
