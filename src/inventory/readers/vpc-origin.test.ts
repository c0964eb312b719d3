import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './vpc-origin.ts';

it('reads a VPC origin from the list or from its own answer, once', () => {
  const one = { Id: 'vo_1', Arn: 'arn:aws:cloudfront::111122223333:vpcorigin/vo_1', Status: 'Deployed' };
  const list = {
    'cloudfront:ListVpcOrigins': { VpcOriginList: { Items: [{ ...one, Name: 'lb', OriginEndpointArn: 'arn:lb' }] } },
  };
  const got = {
    'cloudfront:GetVpcOrigin': { VpcOrigin: { ...one, VpcOriginEndpointConfig: { Name: 'lb', Arn: 'arn:lb' } } },
  };
  for (const answers of [answersOf(list), answersOf(got), answersOf({ ...list, ...got })])
    expect(reader.read(answers)).toMatchObject([{ id: 'vo_1', name: 'lb', endpointArn: 'arn:lb', status: 'Deployed' }]);
});
