import { bucketOfHost, frontsOf } from '../../analyse/buckets/links.ts';
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { distributionsUnread } from '../../analyse/internet/distributions.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { DnsRecord } from '../../estate/kinds/edge.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { declaredOf } from '../structure/declared.ts';
import { zoneOf } from '../structure/domains.ts';
import { pagesOf, policyOf } from '../structure/media-front.ts';
import { declaredRecords, type Media, mediaSteps } from '../structure/media-steps.ts';

const OAC =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html';
const BLOCKING = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html';
const LOG_FORMAT = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html';
const DEPLOYING =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-returned.html';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'media-behind-cdn',
  title: 'Files come by CloudFront, and their bucket is closed',
  about: 'A distribution before each public bucket, links that name it, and a bucket that nobody else reads.',
  scope: 'environment',
  risk: 'closing',
  preconditions: [
    'the policy of the bucket was read, and is under the care of the program',
    'nobody uses a direct link any more when it is closed: the logs show it',
  ],
  undo: 'until the bucket is closed the old links work; afterwards the statement is put back in seconds',
  sources: [
    {
      claim:
        'an access control reads by the REST endpoint of the bucket; a policy that names CloudFront and one distribution is not public',
      url: OAC,
      certainty: 'documented',
    },
    { claim: 'of a request without credentials the log says - as requester', url: LOG_FORMAT, certainty: 'documented' },
    {
      claim: 'block what would open first, and ignore what is open afterwards; a policy for a service is not blocked',
      url: BLOCKING,
      certainty: 'documented',
    },
    { claim: 'a distribution is everywhere after 3 to 15 minutes', url: DEPLOYING, certainty: 'estimate' },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const judged = all(estate, 'bucket')
      .filter((bucket) => scope.holds(bucket))
      .flatMap((bucket) => judge(context, bucket) ?? []);
    const refusals = judged.flatMap((one) => ('because' in one ? [one] : []));
    const media = judged.flatMap((one) => ('bucket' in one ? [one] : []));
    if (media.length > 0) return { state: 'ready', steps: mediaSteps(context, media, move.sources), refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

function judge(context: Context, bucket: Bucket): Media | Refused | undefined {
  const { estate, state, preferences } = context;
  const refuse = (because: string, change: string): Refused => ({ subject: bucket.id, because, change });
  const access = bucketAccess(estate, bucket);
  if (access.answer === 'no') return undefined;
  if (access.answer === 'unknown')
    return refuse(
      `Whether everybody can read ${bucket.name} is not known.`,
      `Collect ${[...new Set(access.missing.map(({ operation }) => operation))].join(', ')}.`,
    );
  const [unread] = distributionsUnread(estate, bucket.account);
  if (unread) return refuse(`Whether a distribution stands before it is not known.`, `Collect ${unread.operation}.`);
  const [front] = frontsOf(estate, bucket);
  if (front)
    return refuse(
      `The distribution ${front.name} reads ${bucket.name} already, and everybody else does too.`,
      'Give its origin an access control, let it in by the policy, and take the public statement away when the logs show no direct read.',
    );
  const declared = declaredOf(state, bucket);
  const policy = policyOf(state, bucket);
  if (!declared || (bucket.policy !== null && !policy))
    return refuse(`${bucket.name} is not under the program's care.`, 'Collect its policy and its location.');
  if (!policy || policy.resources.length === 0)
    return refuse(
      `${bucket.name} is open by ACLs, which say of each object on its own who reads it.`,
      'Write a policy that names what is public, or close it when the logs show that nobody reads it.',
    );
  if (policy.deeds.includes('write'))
    return refuse(
      `Everybody may write into ${bucket.name}, and who does is not known.`,
      'Take the right to write away first, and let uploads use signed links.',
    );
  if (/kms/i.test(bucket.encryption ?? ''))
    return refuse(
      `${bucket.name} is encrypted with a key of KMS, which its distribution would have to be let in to.`,
      'Let the distribution use the key, or encrypt with the keys of S3.',
    );
  if (bucket.logging === undefined)
    return refuse(`Whether requests to ${bucket.name} are logged is not known.`, 'Collect s3:GetBucketLogging.');
  const pages = pagesOf(state, bucket);
  if (typeof pages === 'string')
    return refuse(`${pages}.`, 'Collect s3:GetBucketWebsite, or write its redirects as a function of CloudFront.');
  const leading = declaredRecords(context, recordsTo(estate, bucket));
  const records = leading.flatMap(({ record, declared: known }) => (known ? [{ record, declared: known }] : []));
  const stray = leading.find(({ record, declared: known }) => !known || isOneOfSeveral(record));
  if (stray)
    return refuse(
      `${stray.record.host} leads to ${bucket.name} by a record that the program cannot switch.`,
      'Make it a plain record of the zone, without weights.',
    );
  const wish = preferences.mediaDomains?.[bucket.name]?.toLowerCase();
  const zone = wish === undefined ? undefined : zoneOf(estate, wish);
  if (wish !== undefined && !zone)
    return refuse(
      `${wish} is in no public zone of Route 53 that the input shows.`,
      'Collect route53:ListHostedZones, or leave it out of mediaDomains: then the distribution has its own name.',
    );
  const taken = all(estate, 'dnsRecord').find(
    ({ host, type }) => host.toLowerCase() === wish && ['A', 'AAAA', 'CNAME'].includes(type),
  );
  if (taken && !records.some(({ record }) => record.id === taken.id))
    return refuse(`${wish} leads to something else already.`, 'Choose another name in mediaDomains.');
  const domain = wish === undefined || !zone ? undefined : { host: wish, zone };
  return { bucket, declared, policy, pages, domain, records };
}

const isOneOfSeveral = ({ weight, setIdentifier }: DnsRecord): boolean =>
  weight !== undefined || setIdentifier !== undefined;

/** Public names that lead to the bucket: by its own hosts, or by the alias of a website that has the bucket's name. */
const recordsTo = (estate: Estate, bucket: Bucket): readonly DnsRecord[] =>
  all(estate, 'dnsRecord').filter((record) => {
    if (!['A', 'AAAA', 'CNAME'].includes(record.type)) return false;
    if (find(estate, record.hostedZone)?.private === true) return false;
    if (record.values.some((value) => bucketOfHost(value.replace(/\.$/, '')) === bucket.name.toLowerCase()))
      return true;
    return /^s3-website[.-]/.test(record.alias ?? '') && record.host.toLowerCase() === bucket.name.toLowerCase();
  });
