/** Links that the internet may hold: a bucket that serves everybody, and the URL of a function. */
import { all, type Estate } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import { type Draft, draft, evidence, HTTPS, INTERNET_END, port, toResource } from './make.ts';

export const fromPublicLinks = (estate: Estate): readonly Draft[] => [
  ...all(estate, 'bucket').flatMap(bucketLinks),
  ...all(estate, 'function').flatMap((fn) =>
    (fn.urls ?? []).map(({ auth }) =>
      draft(
        INTERNET_END,
        toResource(fn),
        'tcp',
        HTTPS,
        'calls of its URL',
        evidence('configuration', `${fn.name} has a URL (auth ${auth ?? 'not known'})`, fn.source),
      ),
    ),
  ),
];

/** S3 serves a website by HTTP only, and objects by either. */
function bucketLinks(bucket: Bucket): readonly Draft[] {
  const link = (number: number, detail: string): Draft =>
    draft(
      INTERNET_END,
      toResource(bucket),
      'tcp',
      port(number),
      'links to what the bucket holds',
      evidence('open', `${detail}; that links to it are in use is a guess`, bucket.source),
    );
  const website = bucket.website ? [link(80, `bucket ${bucket.name} is a website`)] : [];
  return servesEverybody(bucket) ? [...website, link(443, `everybody may read from bucket ${bucket.name}`)] : website;
}

/** AWS's own verdict, or a statement that lets everybody read without a condition. Blocked public access overrules both. */
function servesEverybody(bucket: Bucket): boolean {
  const blocked = bucket.publicAccessBlock?.restrictPublicBuckets === true;
  return !blocked && (bucket.policyIsPublic === true || (bucket.policy ? letsEverybodyRead(bucket.policy) : false));
}

function letsEverybodyRead(policy: string): boolean {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    return false;
  }
  return objects(fieldOf(document, 'Statement')).some(
    (statement) =>
      fieldOf(statement, 'Effect') === 'Allow' &&
      fieldOf(statement, 'Condition') === undefined &&
      strings(fieldOf(statement, 'Action')).some((action) => /^(\*|s3:(\*|get\*|getobject\*?))$/i.test(action)) &&
      (fieldOf(statement, 'Principal') === '*' ||
        strings(fieldOf(fieldOf(statement, 'Principal'), 'AWS')).includes('*')),
  );
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined;

const objects = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const strings = (value: unknown): readonly string[] =>
  objects(value).filter((item): item is string => typeof item === 'string');
