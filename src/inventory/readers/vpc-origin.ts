import type { VpcOrigin } from '../../estate/kinds/edge.ts';
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
    const known = new Set(listed.map((item) => item.string('Id')));
    const described = answers
      .bodies('cloudfront:GetVpcOrigin')
      .flatMap(({ item }) => item.item('VpcOrigin') ?? [])
      .filter((item) => !known.has(item.string('Id')));
    return [...listed, ...described].map((item): VpcOrigin => {
      const config = item.item('VpcOriginEndpointConfig');
      return {
        ...base('vpcOrigin', item, {
          id: idOf(item, 'Id'),
          name: item.string('Name') ?? config?.string('Name'),
          arn: item.string('Arn'),
          region: 'global',
        }),
        endpointArn: item.string('OriginEndpointArn') ?? config?.string('Arn'),
        status: item.string('Status'),
      };
    });
  },
};
