/** The steps from links to a bucket to a distribution before it that alone may read it. */
import type { Bucket } from '../../estate/kinds/data.ts';
import type { DnsRecord, HostedZone } from '../../estate/kinds/edge.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Source, type Step, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { logBucket } from './access-logs.ts';
import { CLOUDFRONT_REGION, certificateFor, RECORD } from './certificates.ts';
import { declaredOf, partsOf } from './declared.ts';
import { aliasTo, madeBy, outputOf } from './distributions.ts';
import { stillToMake } from './groups.ts';
import {
  BLOCK,
  blocking,
  frontEdits,
  frontName,
  type Pages,
  type Policy,
  WEBSITE,
  withDistribution,
  withoutEverybody,
} from './media-front.ts';
import { linkSteps } from './media-link-steps.ts';
import { linking, type NewHosts } from './media-links.ts';

export interface Media {
  readonly bucket: Bucket;
  readonly declared: DeclaredResource;
  readonly policy: Policy;
  readonly pages: Pages | null;
  /** The domain that the team wishes, in a zone of the account. */
  readonly domain: { readonly host: string; readonly zone: HostedZone } | undefined;
  /** Records that lead to the bucket today, and what declares them. */
  readonly records: readonly { readonly record: DnsRecord; readonly declared: DeclaredResource }[];
}

interface Fronted extends Media {
  readonly distribution: Create;
  readonly edits: readonly Edit[];
  readonly byHand: readonly string[];
}

const LOGGING = 'aws:s3/bucketLogging:BucketLogging';

export function mediaSteps(context: Context, media: readonly Media[], sources: readonly Source[]): readonly Step[] {
  const { estate, scope, state, preferences } = context;
  const fronted = media.map((one) => front(context, one));
  const common = { move: 'media-behind-cdn', environment: scope.environment, sources };
  const names = media.map(({ bucket }) => bucket.name).join(', ');
  const first = logging(context, media);
  const made: readonly Edit[] = fronted.flatMap(({ edits, policy, distribution }) => [
    ...edits,
    withDistribution(policy, ref(distribution, 'arn')),
  ]);
  const built = new Map(fronted.map((one) => [one.bucket.id, madeBy(state, made, one.distribution)]));
  const hosts: NewHosts = new Map(
    fronted.map(({ bucket, domain, distribution }) => [
      bucket.name.toLowerCase(),
      domain
        ? { host: domain.host, written: domain.host }
        : { host: outputOf(built.get(bucket.id), 'domainName'), written: ref(distribution, 'domainName') },
    ]),
  );
  const arnOf = ({ bucket }: Media): string => outputOf(built.get(bucket.id), 'arn');
  const byHand = fronted.flatMap((one) => one.byHand);
  const steps: Step[] = [];
  if (first.length > 0)
    steps.push(
      step({
        ...common,
        id: `${scope.stem}-media-logs`,
        title: `Write down who reads ${names}`,
        kind: 'expand',
        why: 'Whether anybody still uses the direct links can only be seen in the logs, and they take weeks to tell: so they come first.',
        edits: first,
        gate: [
          {
            type: 'query',
            check: 'Logs arrive (the first within some hours).',
            query: media.map(({ bucket }) => `aws s3 ls ${logsOf(context, bucket)} | tail -3`).join(' && '),
          },
        ],
        duration: minutes(1, 5),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'turn the logging off; the log bucket stays', until: 'always', exact: false },
      }),
    );
  steps.push(
    step({
      ...common,
      id: `${scope.stem}-media-cdn`,
      title: `A CloudFront distribution before each of ${names}`,
      kind: 'expand',
      why: 'The files get a second address, near the customers and over HTTPS. The direct links go on working: the policy lets the distribution in beside everybody.',
      edits: made,
      gate: [
        {
          type: 'query',
          check: 'Every distribution is deployed.',
          query: "aws cloudfront list-distributions --query 'DistributionList.Items[].[Comment,Status,DomainName]'",
        },
        {
          type: 'person',
          check: `A dozen files of each kind are the same by both addresses: same ETag, Content-Type and CORS headers (curl -sI -H 'Origin: https://…')${media.some(({ pages }) => pages !== null) ? '; pages of folders and the page for errors too' : ''}. A 403 by CloudFront alone is an object that another account owns.`,
        },
        ...(byHand.length > 0
          ? [{ type: 'person' as const, check: `Prove ${byHand.join(', ')} to ACM at your DNS provider.` }]
          : []),
      ],
      duration: minutes(5, 30),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'disable and delete the distributions', until: 'something uses their names', exact: true },
      declares: {
        exposes: fronted.map((one) => ({
          resource: arnOf(one),
          because: `it serves what everybody may read in ${one.bucket.name} already`,
        })),
      },
    }),
  );
  for (const { records, distribution } of fronted)
    for (const { record, declared } of records) steps.push(switched(context, record, declared, distribution, sources));
  steps.push(
    ...linkSteps(
      context,
      linking(
        estate,
        media.map(({ bucket }) => bucket),
      ),
      hosts,
      sources,
    ),
  );
  const wait = preferences.watchDays ?? 14;
  steps.push(
    step({
      ...common,
      id: `${scope.stem}-media-watch`,
      title: `${wait} days without a direct read of ${names}`,
      kind: 'watch',
      why: 'Mails, PDFs, mobile apps and search engines may hold links to the bucket itself. Such links answer 403 for ever once it is closed, and cannot be redirected.',
      gate: media.map(({ bucket }) => ({
        type: 'query' as const,
        check: `No anonymous request (Requester is -) to ${bucket.name} got an answer (200, 206, 304) within ${wait} days. Where old links must go on working, leave this bucket as it is and put new files elsewhere.`,
        query: `aws s3 sync ${logsOf(context, bucket)} logs-${bucket.name}/ && cat logs-${bucket.name}/* | awk '$6 == "-" && ($13 == 200 || $13 == 206 || $13 == 304) {print $3, $8, $9, $13}' | sort | tail -50`,
        asks: { type: 'directReads' as const, bucket: bucket.name, days: wait },
      })),
      duration: days(wait, Math.max(wait * 4, 56)),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'nothing is changed', until: 'always', exact: true },
    }),
    step({
      ...common,
      id: `${scope.stem}-media-closed`,
      title: `Only CloudFront reads ${names}`,
      kind: 'contract',
      why: 'From here on there is one way to the files: the one that is logged, cached and can be closed.',
      edits: fronted.map(({ policy, distribution }) => withoutEverybody(policy, ref(distribution, 'arn'))),
      gate: [{ type: 'query', check: 'The 403s in the logs are noise only.', query: refusedQuery(context, media) }],
      duration: minutes(1, 15),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'Whoever still has a direct link gets 403. Signed links of your own programs go on working.',
      },
      undo: { how: 'put the statement back, in seconds', until: 'always', exact: true },
      successions: fronted.map((one) => ({
        from: one.bucket.id,
        to: [arnOf(one)],
        only: 'internet',
        because: 'the distribution serves the same files under the same paths',
      })),
    }),
    ...blockSteps(context, fronted, sources),
  );
  return steps;
}

function front(context: Context, media: Media): Fronted {
  const { estate } = context;
  const { bucket, domain, records } = media;
  const aliases = [
    ...new Set([...(domain ? [domain.host] : []), ...records.map(({ record }) => record.host.toLowerCase())]),
  ].sort();
  const certified =
    aliases.length === 0
      ? undefined
      : certificateFor(estate, {
          name: `${frontName(bucket)}-certificate`,
          names: aliases,
          region: CLOUDFRONT_REGION,
          account: bucket.account,
        });
  const { distribution, edits } = frontEdits(bucket, media.declared, media.pages, {
    aliases,
    certificate: certified?.arn,
  });
  const own = domain && !records.some(({ record }) => record.host.toLowerCase() === domain.host) ? domain : undefined;
  const addresses = (own ? ['A', 'AAAA'] : []).map(
    (type): Create => ({
      op: 'create',
      type: RECORD,
      name: `${own?.host}-${type}`,
      properties: { zoneId: own?.zone.id ?? '', name: own?.host ?? '', type, aliases: [aliasTo(distribution)] },
    }),
  );
  return {
    ...media,
    distribution,
    edits: [...(certified?.edits ?? []), ...edits, ...addresses],
    byHand: certified?.byHand ?? [],
  };
}

function logging({ state, scope }: Context, media: readonly Media[]): readonly Edit[] {
  const { region: home } = state.world.today.place;
  const edits = media
    .filter(({ bucket }) => bucket.logging === null)
    .flatMap(({ bucket }): readonly Edit[] => {
      const logs = logBucket(scope.stem, bucket.account, bucket.region, home);
      const own: Create = {
        op: 'create',
        type: LOGGING,
        name: bucket.name,
        properties: { bucket: bucket.name, targetBucket: logs.written, targetPrefix: `s3/${bucket.name}/` },
        ...(bucket.region === home ? {} : { region: bucket.region }),
      };
      return [...logs.edits, own];
    });
  const seen = new Set<string>();
  return stillToMake(state, edits).filter((edit) => {
    const key = `${edit.type} ${edit.name}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Where the logs of a bucket are: those that it has already, else the plan's. */
function logsOf({ state, scope }: Context, bucket: Bucket): string {
  if (typeof bucket.logging === 'string') {
    const [declared] = partsOf(state, bucket, LOGGING);
    const prefix = declared?.properties.targetPrefix;
    return `s3://${bucket.logging}/${typeof prefix === 'string' ? prefix : ''}`;
  }
  const { region } = state.world.today.place;
  return `s3://${logBucket(scope.stem, bucket.account, bucket.region, region).bucket}/s3/${bucket.name}/`;
}

const refusedQuery = (context: Context, media: readonly Media[]): string =>
  media
    .map(
      ({ bucket }) =>
        `aws s3 sync ${logsOf(context, bucket)} logs-${bucket.name}/ && cat logs-${bucket.name}/* | awk '$6 == "-" && $13 == 403 {print $9}' | sort | uniq -c | sort -n | tail -20`,
    )
    .join(' ; ');

function switched(
  { scope }: Context,
  record: DnsRecord,
  declared: DeclaredResource,
  distribution: Create,
  sources: readonly Source[],
): Step {
  const alias = record.type !== 'CNAME';
  return step({
    id: `${scope.stem}-media-name-${record.host}-${record.type.toLowerCase()}`,
    title: `${record.host} leads to the distribution`,
    kind: 'switch',
    move: 'media-behind-cdn',
    environment: scope.environment,
    why: 'The name stays, and whoever uses it comes by CloudFront from the next lookup on. Both ways serve the same files meanwhile.',
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        properties: alias ? { aliases: [aliasTo(distribution)] } : { records: [ref(distribution, 'domainName')] },
      },
    ],
    gate: [{ type: 'query', check: 'The name answers through CloudFront.', query: `curl -sI https://${record.host}/` }],
    duration: { from: 60, to: Math.max(record.ttl ?? 60, 60) },
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'put the record back', until: 'the bucket is closed', exact: true },
    sources,
  });
}

/** AWS's own order: first nothing may be opened any more, then what is open is ignored. */
function blockSteps(context: Context, media: readonly Fronted[], sources: readonly Source[]): readonly Step[] {
  const { state, scope } = context;
  const common = { move: 'media-behind-cdn', environment: scope.environment, sources };
  const names = media.map(({ bucket }) => bucket.name).join(', ');
  const blockOf = ({ bucket }: Media): string => partsOf(state, bucket, BLOCK)[0]?.name ?? bucket.name;
  const ignoring = media.flatMap((one): readonly Edit[] => [
    {
      op: 'update',
      type: BLOCK,
      name: blockOf(one),
      properties: { ignorePublicAcls: true, restrictPublicBuckets: true },
    },
    ...partsOf(state, one.bucket, WEBSITE).map(({ type, name }): Edit => ({ op: 'delete', type, name })),
  ]);
  const undo = { how: 'turn the switches off again', until: 'always', exact: true };
  return [
    step({
      ...common,
      id: `${scope.stem}-media-blocked`,
      title: `Nobody can open ${names} again`,
      kind: 'contract',
      why: 'A pasted policy or a public object is refused from now on. What is there stays as it is.',
      edits: media.map(({ bucket }) => blocking(state, bucket, bucket.name, ['blockPublicAcls', 'blockPublicPolicy'])),
      gate: [{ type: 'person', check: 'Uploads go on working: none of them asks for a public ACL (403 otherwise).' }],
      duration: minutes(1, 5),
      clientsNotice: { from: 0, to: 0, what: 'An upload that sets a public ACL is refused.' },
      undo,
    }),
    step({
      ...common,
      id: `${scope.stem}-media-private`,
      title: `Whatever is still public in ${names} counts as private`,
      kind: 'contract',
      why: 'Single objects may have been made public by an ACL that nobody remembers. The website endpoints go with it: the distribution shows the pages.',
      edits: ignoring,
      gate: [{ type: 'query', check: 'The 403s in the logs are noise only.', query: refusedQuery(context, media) }],
      duration: minutes(1, 15),
      clientsNotice: { from: 0, to: 0, what: 'Direct links to such objects get 403.' },
      undo: { ...undo, exact: false },
    }),
  ];
}

export const declaredRecords = (
  context: Context,
  records: readonly DnsRecord[],
): readonly { readonly record: DnsRecord; readonly declared: DeclaredResource | undefined }[] =>
  records.map((record) => ({ record, declared: declaredOf(context.state, record) }));
