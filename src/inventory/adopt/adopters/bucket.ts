import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import { type Adopter, type Adoption, said } from '../adopter.ts';
import { settings, written } from '../bucket-settings.ts';
import { aboutBucket, bucketsOf } from '../buckets.ts';
import { managed, refused } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:s3/bucket:Bucket';

/** Buckets, without their settings: those are resources of their own. */
export const adopter: Adopter = {
  name: 'bucket',
  types: [TYPE],
  operations: ['s3:ListBuckets', 's3:GetBucketLocation', 's3:GetBucketTagging', 's3:GetBucketAcl'],
  adopt: (answers) => bucketsOf(answers).flatMap((bucket) => adopted(answers, bucket)),
  // AWS's own verdict on the policy, and the day it was made
  observed: { bucket: ['created', 'policyIsPublic'] },
};

function adopted(answers: Answers, bucket: ReturnType<typeof bucketsOf>[number]): readonly Adoption[] {
  const { name, item, of, place } = bucket;
  const tagging = aboutBucket(answers, 'GetBucketTagging', bucket);
  const tags = tagged(answers, of.id, tagging === null ? {} : tagging?.tags('TagSet', 'Tags'));
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (place === undefined) return [refused(TYPE, of, 's3:GetBucketLocation was not read')];
  const undeclared = settings.flatMap((setting) =>
    written(answers, bucket, setting) === undefined ? [setting.name] : [],
  );
  return [
    {
      state: 'adopted',
      type: TYPE,
      name,
      id: name,
      importId: name,
      inputs: { bucket: name, forceDestroy: false, ...tags.inputs },
      outputs: said({
        arn: of.id,
        bucketDomainName: `${name}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${name}.s3.${place.region}.amazonaws.com`,
        ownerId: text(aboutBucket(answers, 'GetBucketAcl', bucket)?.item('Owner'), 'ID'),
        // of these the program says nothing although the bucket may have them
        undeclared,
        ...tags.outputs,
      }),
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place,
      source: item.source,
    },
  ];
}
