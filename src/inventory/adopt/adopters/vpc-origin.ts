import type { Answers } from '../../answers.ts';
import { quantityStrings, tagsOf, text } from '../../fields.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:cloudfront/vpcOrigin:VpcOrigin';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_VpcOrigin.html */
export const adopter: Adopter = {
  name: 'vpc-origin',
  types: [TYPE],
  operations: ['cloudfront:ListVpcOrigins', 'cloudfront:GetVpcOrigin', 'cloudfront:ListTagsForResource'],
  adopt: (answers) => {
    const listed = answers
      .bodies('cloudfront:ListVpcOrigins')
      .flatMap(({ item }) => item.item('VpcOriginList')?.items('Items') ?? []);
    return listed.flatMap((item): readonly Adoption[] => {
      const id = text(item, 'Id');
      return id === undefined ? [] : [vpcOrigin(answers, item, id)];
    });
  },
  observed: { vpcOrigin: ['status'] },
};

function vpcOrigin(answers: Answers, item: ReturnType<Answers['items']>[number], id: string): Adoption {
  const of: Whole = { kind: 'vpcOrigin', id };
  const { account } = item.context;
  const detail = answers.one('cloudfront:GetVpcOrigin', 'Id', id, { account });
  const config = detail.state === 'read' ? detail.item.item('VpcOrigin')?.item('VpcOriginEndpointConfig') : undefined;
  const protocols = quantityStrings(config, 'OriginSslProtocols');
  const arn = text(item, 'Arn');
  const needed = {
    name: text(config, 'Name') ?? text(item, 'Name'),
    arn: text(config, 'Arn') ?? text(item, 'OriginEndpointArn'),
    httpPort: config?.number('HTTPPort'),
    httpsPort: config?.number('HTTPSPort'),
    originProtocolPolicy: text(config, 'OriginProtocolPolicy'),
    originSslProtocols: protocols && { items: protocols, quantity: protocols.length },
  };
  const own =
    arn === undefined ? undefined : tagsOf(answers, 'cloudfront:ListTagsForResource', 'Resource', arn, { account });
  const tags = tagged(answers, arn ?? id, own);
  const other = managed(TYPE, of, tags);
  if (other) return other;
  if (!isKnown(needed)) return refused(TYPE, of, untold('cloudfront:GetVpcOrigin', needed));
  return {
    state: 'adopted',
    type: TYPE,
    name: needed.name,
    id,
    importId: id,
    inputs: said({ vpcOriginEndpointConfig: needed, ...tags.inputs }),
    outputs: said({ arn, ...tags.outputs }),
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}
