/** A distribution before a bucket that is there, and what lets it in. */

import { type Deed, grantsToEverybody } from '../../analyse/buckets/everybody.ts';
import { CACHING_OPTIMIZED, CORS_S3_ORIGIN } from '../../blueprint/edge/policies.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import { isProperties, type Properties } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Edit, ref, type Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { partsOf } from './declared.ts';
import { distribution, type Front } from './distributions.ts';
import { slug } from './names.ts';

export const POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
export const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
export const WEBSITE = 'aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration';
const ACCESS = 'aws:cloudfront/originAccessControl:OriginAccessControl';
const FUNCTION = 'aws:cloudfront/function:Function';

/** Pages of a bucket that is a website. */
export interface Pages {
  readonly index: string;
  readonly error: string | undefined;
}

export interface Policy {
  readonly declared: DeclaredResource;
  readonly document: Readonly<Record<string, unknown>>;
  readonly statements: readonly unknown[];
  /** Places of the statements that let everybody in. */
  readonly open: ReadonlySet<number>;
  /** What everybody may read, as the policy says it. */
  readonly resources: readonly string[];
  readonly deeds: readonly Deed[];
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === field)?.[1] : undefined;

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

/** The policy as it is declared; undefined when the program does not have it or it cannot be understood. */
export function policyOf(state: State, bucket: Bucket): Policy | undefined {
  const [declared] = partsOf(state, bucket, POLICY);
  const text = declared?.properties.policy;
  if (!declared || typeof text !== 'string') return undefined;
  const grants = grantsToEverybody(text, bucket.id);
  if (grants === undefined) return undefined;
  const document: unknown = JSON.parse(text);
  const raw = fieldOf(document, 'Statement');
  const statements: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const open = new Set(grants.map(({ index }) => index));
  const readers = grants.filter(({ deeds }) => deeds.includes('read'));
  const objects = readers
    .flatMap(({ index }) => texts(fieldOf(statements[index], 'Resource')))
    .filter((resource) => resource === '*' || resource.includes('/'))
    .map((resource) => (resource === '*' ? `${bucket.id}/*` : resource));
  return {
    declared,
    document: Object.fromEntries(Object.entries(document ?? {})),
    statements,
    open,
    resources: [...new Set(objects)],
    deeds: [...new Set(grants.flatMap(({ deeds }) => deeds))],
  };
}

const written = ({ declared, document }: Policy, Statement: readonly unknown[]): Update => ({
  op: 'update',
  type: declared.type,
  name: declared.name,
  properties: { policy: JSON.stringify({ ...document, Statement }) },
});

/** The distribution reads what everybody reads, and nothing more: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const letsIn = (policy: Policy, arn: string): unknown => ({
  Sid: 'CloudFrontReads',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: policy.resources.length === 1 ? policy.resources[0] : policy.resources,
  Condition: { StringEquals: { 'AWS:SourceArn': arn } },
});

export const withDistribution = (policy: Policy, arn: string): Update =>
  written(policy, [...policy.statements, letsIn(policy, arn)]);

export const withoutEverybody = (policy: Policy, arn: string): Update =>
  written(policy, [...policy.statements.filter((_, n) => !policy.open.has(n)), letsIn(policy, arn)]);

/** The pages of a website that can be served without one; a text says why not; null: it is no website. */
export function pagesOf(state: State, bucket: Bucket): Pages | string | null {
  if (bucket.website === null) return null;
  const [declared] = partsOf(state, bucket, WEBSITE);
  if (bucket.website === undefined || !declared) return `whether and how ${bucket.name} is a website is not known`;
  const { indexDocument, errorDocument, redirectAllRequestsTo, routingRules, routingRuleDetails } = declared.properties;
  if ([redirectAllRequestsTo, routingRules, routingRuleDetails].some((one) => one !== undefined))
    return `${bucket.name} is a website with redirects, which S3 does itself`;
  const index = isProperties(indexDocument) ? indexDocument.suffix : undefined;
  const error = isProperties(errorDocument) ? errorDocument.key : undefined;
  if (typeof index !== 'string') return `which page ${bucket.name} shows first is not known`;
  return { index, error: typeof error === 'string' ? error : undefined };
}

/** What S3's website endpoint does with the name of a folder; the REST endpoint that an access control needs does not. */
const indexFunction = (name: string, { index }: Pages): Create => ({
  op: 'create',
  type: FUNCTION,
  name,
  properties: {
    name,
    runtime: 'cloudfront-js-2.0',
    comment: `Folders show ${index}`,
    publish: true,
    code: [
      'function handler(event) {',
      '  var request = event.request;',
      `  if (request.uri.endsWith('/')) request.uri += ${JSON.stringify(index)};`,
      '  return request;',
      '}',
      '',
    ].join('\n'),
  },
});

const errorPages = ({ error }: Pages): Properties =>
  error === undefined
    ? {}
    : {
        // to those who may not list, S3 says 403 of what is not there
        customErrorResponses: [403, 404].map((errorCode) => ({
          errorCode,
          responseCode: 404,
          responsePagePath: `/${error}`,
          errorCachingMinTtl: 10,
        })),
      };

export const frontName = (bucket: Pick<Bucket, 'name'>): string => `${slug(bucket.name)}-cdn`;

export function frontEdits(
  bucket: Bucket,
  declared: DeclaredResource,
  pages: Pages | null,
  front: Pick<Front, 'aliases' | 'certificate'>,
): { readonly distribution: Create; readonly edits: readonly Edit[] } {
  const name = frontName(bucket);
  const access: Create = {
    op: 'create',
    type: ACCESS,
    name,
    properties: {
      name,
      description: `CloudFront reads ${bucket.name}`.slice(0, 256),
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    },
  };
  const folders = pages === null ? undefined : indexFunction(name, pages);
  const made = distribution({
    name,
    comment: `What ${bucket.name} holds`.slice(0, 128),
    ...front,
    origin: { domainName: ref(declared, 'bucketRegionalDomainName'), originAccessControlId: ref(access) },
    behaviour: {
      allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      cachedMethods: ['GET', 'HEAD'],
      cachePolicyId: CACHING_OPTIMIZED,
      originRequestPolicyId: CORS_S3_ORIGIN,
      ...(folders ? { functionAssociations: [{ eventType: 'viewer-request', functionArn: ref(folders, 'arn') }] } : {}),
    },
    ...(pages ? { more: errorPages(pages) } : {}),
  });
  return { distribution: made, edits: [access, ...(folders ? [folders] : []), made] };
}

/** Block Public Access with more of its four switches on. */
export function blocking(state: State, bucket: Bucket, name: string, on: readonly string[]): Create | Update {
  const [declared] = partsOf(state, bucket, BLOCK);
  const switches = Object.fromEntries(on.map((each) => [each, true]));
  if (declared) return { op: 'update', type: declared.type, name: declared.name, properties: switches };
  return { op: 'create', type: BLOCK, name, properties: { bucket: bucket.name, ...switches } };
}
