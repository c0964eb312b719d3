import { text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, refused, untold } from '../needs.ts';

const CONTROL = 'aws:cloudfront/originAccessControl:OriginAccessControl';
const IDENTITY = 'aws:cloudfront/originAccessIdentity:OriginAccessIdentity';

/** By what CloudFront signs its requests to a bucket: a control, or the older identity. */
export const adopter: Adopter = {
  name: 'origin-access',
  types: [CONTROL, IDENTITY],
  operations: ['cloudfront:ListOriginAccessControls', 'cloudfront:ListCloudFrontOriginAccessIdentities'],
  adopt: (answers) => [
    ...answers
      .bodies('cloudfront:ListOriginAccessControls')
      .flatMap(({ item }) => item.item('OriginAccessControlList')?.items('Items') ?? [])
      .flatMap(control),
    ...answers
      .bodies('cloudfront:ListCloudFrontOriginAccessIdentities')
      .flatMap(({ item }) => item.item('CloudFrontOriginAccessIdentityList')?.items('Items') ?? [])
      .flatMap(identity),
  ],
};

function control(item: Item): readonly Adoption[] {
  const id = text(item, 'Id');
  if (id === undefined) return [];
  const of: Whole = { kind: 'originAccess', id };
  const needed = {
    name: text(item, 'Name'),
    originAccessControlOriginType: text(item, 'OriginAccessControlOriginType'),
    signingBehavior: text(item, 'SigningBehavior'),
    signingProtocol: text(item, 'SigningProtocol'),
  };
  if (!isKnown(needed)) return [refused(CONTROL, of, untold(item.context.operation, needed))];
  // the provider writes a description of its own where a program leaves it out
  return [adopted(CONTROL, item, id, needed.name, said({ ...needed, description: item.string('Description') ?? '' }))];
}

function identity(item: Item): readonly Adoption[] {
  const id = text(item, 'Id');
  return id === undefined ? [] : [adopted(IDENTITY, item, id, id, said({ comment: item.string('Comment') }))];
}

const adopted = (type: string, item: Item, id: string, name: string, inputs: ReturnType<typeof said>): Adoption => ({
  state: 'adopted',
  type,
  name,
  id,
  importId: id,
  inputs,
  outputs: {},
  ignoreChanges: [],
  protect: true,
  of: { kind: 'originAccess', id },
  place: placeOf(item),
  source: item.source,
});
