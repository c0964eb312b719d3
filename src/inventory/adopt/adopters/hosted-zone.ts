import type { Answers } from '../../answers.ts';
import { allStrings, tagsIn, text, withoutDot } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:route53/zone:Zone';

export const adopter: Adopter = {
  name: 'hosted-zone',
  types: [TYPE],
  operations: ['route53:ListHostedZones', 'route53:GetHostedZone', 'route53:ListTagsForResource'],
  adopt: (answers) => answers.items('route53:ListHostedZones', 'HostedZones').flatMap((item) => zone(answers, item)),
};

function zone(answers: Answers, item: Item): readonly Adoption[] {
  const path = text(item, 'Id');
  if (path === undefined) return [];
  const id = path.replace(/^\/hostedzone\//, '');
  const of: Whole = { kind: 'hostedZone', id };
  const { account } = item.context;
  const about = (operation: string, parameter: string): Item | undefined =>
    [path, id]
      .map((value) => answers.one(operation, parameter, value, { account }))
      .flatMap((answer) => (answer.state === 'read' ? [answer.item] : []))[0];
  const detail = about('route53:GetHostedZone', 'Id');
  const own = tagsIn(about('route53:ListTagsForResource', 'ResourceId')?.item('ResourceTagSet'));
  const arn = `arn:aws:route53:::hostedzone/${id}`;
  const tags = tagged(answers, arn, own);
  const domain = text(item, 'Name');
  const isPrivate = item.item('Config')?.boolean('PrivateZone');
  const service = text(item.item('LinkedService'), 'ServicePrincipal');
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (service !== undefined) return [refused(TYPE, of, `the AWS service ${service} manages it`)];
  if (domain === undefined || isPrivate === undefined)
    return [refused(TYPE, of, untold(item.context.operation, { name: domain, privateZone: isPrivate }))];
  const vpcs = (detail && allItems(detail, 'VPCs'))?.flatMap((vpc) => {
    const [vpcId, vpcRegion] = [text(vpc, 'VPCId'), text(vpc, 'VPCRegion')];
    return vpcId === undefined ? [] : [said({ vpcId, vpcRegion })];
  });
  if (isPrivate && (vpcs === undefined || vpcs.length === 0))
    return [refused(TYPE, of, 'route53:GetHostedZone did not tell the VPCs of this private zone')];
  const name = withoutDot(domain);
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: isPrivate ? `${name}-private` : name,
      id,
      importId: id,
      inputs: said({
        name,
        // the provider writes one of its own where a program leaves it out
        comment: item.item('Config')?.string('Comment') ?? '',
        forceDestroy: false,
        vpcs: isPrivate ? vpcs : undefined,
        delegationSetId: text(detail?.item('DelegationSet'), 'Id')?.replace(/^\/delegationset\//, ''),
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        zoneId: id,
        nameServers: allStrings(detail?.item('DelegationSet'), 'NameServers'),
        ...tags.outputs,
      }),
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}
