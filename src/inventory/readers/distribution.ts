import type { Distribution, Origin } from '../../estate/kinds/edge.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { quantityItems, quantityStrings, tagsIn, text } from '../fields.ts';
import { arn as arnOf, nameOfArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { choice } from '../reading.ts';

/** Loosest first: a distribution is as strict as its loosest behaviour. */
const VIEWER_PROTOCOLS = ['allow-all', 'redirect-to-https', 'https-only'] as const;

export const reader: Reader = {
  name: 'distribution',
  kinds: ['distribution'],
  operations: [
    'cloudfront:ListDistributions',
    'cloudfront:GetDistributionConfig',
    'cloudfront:GetDistribution',
    'cloudfront:GetVpcOrigin',
    'cloudfront:ListTagsForResource',
  ],
  read: (answers) => {
    const listed = answers
      .bodies('cloudfront:ListDistributions')
      .flatMap(({ item }) => item.item('DistributionList')?.items('Items') ?? []);
    const found = [
      ...listed.map((item) => ({ id: idIn(item), item })),
      ...answers.bodies('cloudfront:GetDistribution').flatMap(({ item }) => {
        const one = item.item('Distribution');
        return one ? [{ id: idIn(one), item: one }] : [];
      }),
      ...answers.bodies('cloudfront:GetDistributionConfig').map(({ item, entry }) => ({
        id: typeof entry.input.Id === 'string' ? entry.input.Id : undefined,
        item,
      })),
    ];
    const distributions = new Map<string, Distribution>();
    for (const { id, item } of found)
      if (id !== undefined) {
        const one = distribution(answers, item, id);
        const known = distributions.get(one.id);
        distributions.set(one.id, known ? completed(known, one) : one);
      } else item.notice('missingField', `${item.context.operation}: a distribution without an Id was not read`);
    return [...distributions.values()];
  },
};

/** Its ARN ends in its id. */
function idIn(item: Item): string | undefined {
  const arn = text(item, 'ARN');
  return text(item, 'Id') ?? (arn === undefined ? undefined : nameOfArn(arn));
}

function distribution(answers: Answers, item: Item, id: string): Distribution {
  const { account } = item.context;
  const arn = text(item, 'ARN') ?? arnOf('cloudfront', '', account, `distribution/${id}`);
  // a summary holds the settings itself; the other answers hold them one level deeper
  const settings = item.item('DistributionConfig') ?? item;
  const aliases = quantityStrings(settings, 'Aliases');
  const webAcl = settings.string('WebACLId');
  const tags = answers.one('cloudfront:ListTagsForResource', 'Resource', arn, { account });
  return {
    kind: 'distribution',
    ...base(
      'distribution',
      item,
      { id: arn, name: aliases?.[0] ?? id, arn, region: 'global' },
      tags.state === 'read' ? tagsIn(tags.item.item('Tags'), 'Items') : undefined,
    ),
    domain: text(item, 'DomainName'),
    aliases,
    enabled: settings.boolean('Enabled'),
    origins: originsOf(answers, settings),
    ...asksOf(settings),
    webAcl: webAcl === '' ? null : webAcl,
    viewerProtocol: viewerProtocolOf(settings),
  };
}

/** The first answer with what it lacks taken from the second. */
function completed(first: Distribution, second: Distribution): Distribution {
  return {
    ...first,
    name: first.aliases?.[0] ?? second.name,
    domain: first.domain ?? second.domain,
    aliases: first.aliases ?? second.aliases,
    enabled: first.enabled ?? second.enabled,
    origins: first.origins ?? second.origins,
    ...(first.asks ? {} : second.asks ? { asks: second.asks } : {}),
    webAcl: first.webAcl === undefined ? second.webAcl : first.webAcl,
    viewerProtocol: first.viewerProtocol ?? second.viewerProtocol,
  };
}

function originsOf(answers: Answers, settings: Item): readonly Origin[] | undefined {
  const given = quantityItems(settings, 'Origins');
  const origins = given?.flatMap((item): Origin[] => {
    const id = text(item, 'Id');
    if (id === undefined) return [];
    const custom = item.item('CustomOriginConfig');
    const vpc = item.item('VpcOriginConfig');
    // the protocol and the ports of a VPC origin are its own
    const entered = custom ?? endpointOf(answers, vpc);
    return [
      {
        id,
        domain: text(item, 'DomainName'),
        type: vpc ? 'vpc' : custom ? 'custom' : item.has('S3OriginConfig') ? 's3' : undefined,
        originAccess: originAccessOf(item),
        customHeaders: headerNames(item),
        protocolPolicy: entered?.string('OriginProtocolPolicy'),
        httpPort: entered?.number('HTTPPort'),
        httpsPort: entered?.number('HTTPSPort'),
        vpcOrigin: vpc?.string('VpcOriginId'),
      },
    ];
  });
  return origins?.length === given?.length ? origins : undefined;
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_VpcOriginEndpointConfig.html */
function endpointOf(answers: Answers, vpc: Item | undefined): Item | undefined {
  const id = text(vpc, 'VpcOriginId');
  if (vpc === undefined || id === undefined) return undefined;
  const answer = answers.one('cloudfront:GetVpcOrigin', 'Id', id, { account: vpc.context.account });
  return answer.state === 'read' ? answer.item.item('VpcOrigin')?.item('VpcOriginEndpointConfig') : undefined;
}

/** An access control, else the older identity (`origin-access-identity/cloudfront/E…`); AWS says none by empty texts. */
function originAccessOf(origin: Item): Ref<'originAccess'> | null | undefined {
  const s3 = origin.item('S3OriginConfig');
  const control = origin.ref<'originAccess'>('OriginAccessControlId');
  const identity = s3?.ref<'originAccess'>('OriginAccessIdentity', nameOfPath);
  if (control ?? identity) return control ?? identity;
  const told = origin.has('OriginAccessControlId') && (s3 === undefined || s3.has('OriginAccessIdentity'));
  return told ? null : undefined;
}

const nameOfPath = (path: string): string => nameOfArn(path).replace(/^.*\//, '');

/** Names only: the values are what proves to an origin that a request came through CloudFront. */
function headerNames(origin: Item): readonly string[] | undefined {
  const headers = quantityItems(origin, 'CustomHeaders');
  const names = headers?.flatMap((header) => header.string('HeaderName') ?? []);
  return names?.length === headers?.length ? names : undefined;
}

/** Left out where a behaviour does not tell its origin. */
function asksOf(settings: Item): Pick<Distribution, 'asks'> {
  const behaviours = [settings.item('DefaultCacheBehavior'), ...(quantityItems(settings, 'CacheBehaviors') ?? [])];
  const asks = behaviours.flatMap((item) => text(item, 'TargetOriginId') ?? []);
  return asks.length === behaviours.length ? { asks } : {};
}

function viewerProtocolOf(settings: Item): string | undefined {
  const first = settings.item('DefaultCacheBehavior');
  const more = quantityItems(settings, 'CacheBehaviors');
  const told = [first, ...(more ?? [undefined])].map((item) => choice(item, 'ViewerProtocolPolicy', VIEWER_PROTOCOLS));
  // one behaviour that allows all decides; otherwise all of them must be known
  if (told.includes('allow-all')) return 'allow-all';
  return told.includes(undefined) ? undefined : VIEWER_PROTOCOLS.find((policy) => told.includes(policy));
}
