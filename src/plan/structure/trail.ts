/** One trail of all regions, into a bucket that only it writes to. */
import { BUCKET, closedBucket } from '../../blueprint/declared/closed-bucket.ts';
import { all } from '../../estate/estate.ts';
import { type Edit, type Named, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import { creates } from './creates.ts';
import { tagged } from './names.ts';

const KEEP_DAYS = 400;

export interface TrailEdits {
  /** The bucket and who may write to it: a trail is refused before these stand. */
  readonly bucket: readonly Edit[];
  readonly trail: readonly Edit[];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function trailEdits({ estate, state }: Context, account: string): TrailEdits {
  const { region } = state.world.today.place;
  const names = new Set(all(estate, 'trail').map(({ name }) => name));
  let name = 'account-trail';
  while (names.has(name)) name = `${name}-2`;
  const bucketName = `${name}-${account}`;
  const bucket: Named = { type: BUCKET, name };
  const arn = `arn:aws:s3:::${bucketName}`;
  const ours = { StringEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:${region}:${account}:trail/${name}` } };
  const writers = [
    {
      Sid: 'TrailMayLook',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:GetBucketAcl',
      Resource: arn,
      Condition: ours,
    },
    {
      Sid: 'TrailMayWrite',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${arn}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { ...ours.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ];
  return {
    bucket: creates(closedBucket(name, { bucket: bucketName, keepDays: KEEP_DAYS, writers })),
    trail: [
      {
        op: 'create',
        type: 'aws:cloudtrail/trail:Trail',
        name,
        properties: {
          name,
          s3BucketName: ref(bucket),
          isMultiRegionTrail: true,
          includeGlobalServiceEvents: true,
          enableLogFileValidation: true,
          enableLogging: true,
          tags: tagged(name),
        },
      },
    ],
  };
}
