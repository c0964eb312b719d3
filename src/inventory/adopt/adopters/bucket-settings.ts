import type { Adopter, Adoption } from '../adopter.ts';
import { settings, written } from '../bucket-settings.ts';
import { aboutBucket, bucketsOf } from '../buckets.ts';
import { managerOf } from '../tags.ts';

/** What hangs on a bucket: who may read it, how it keeps its objects, whom it tells of them. */
export const adopter: Adopter = {
  name: 'bucket-settings',
  types: settings.map((setting) => setting.type),
  operations: ['s3:ListBuckets', 's3:GetBucketTagging', ...settings.map(({ operation }) => `s3:${operation}`)],
  adopt: (answers) =>
    bucketsOf(answers).flatMap((bucket) => {
      const { name, item, of, place } = bucket;
      // a bucket that is not adopted says why
      const tags = aboutBucket(answers, 'GetBucketTagging', bucket)?.tags('TagSet', 'Tags');
      if (place === undefined || managerOf(tags) !== undefined) return [];
      return settings.flatMap((setting): readonly Adoption[] => {
        const inputs = written(answers, bucket, setting);
        if (!inputs) return [];
        return [
          {
            state: 'adopted',
            type: setting.type,
            name,
            id: name,
            importId: name,
            inputs: { bucket: name, ...inputs },
            outputs: {},
            ignoreChanges: [],
            protect: setting.protect,
            of,
            place,
            source: item.source,
          },
        ];
      });
    }),
};
