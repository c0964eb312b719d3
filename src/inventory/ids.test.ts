import { expect, it } from 'vitest';
import {
  arnParts,
  bucketArn,
  databaseArn,
  ecsServiceArn,
  nameOfArn,
  partitionOf,
  queueArn,
  regionOfZone,
  roleArn,
} from './ids.ts';

it('makes ARNs of names and leaves ARNs as they are', () => {
  const arn = 'arn:aws:rds:eu-west-1:111122223333:db:shop';
  expect(databaseArn('111122223333', 'eu-west-1', 'shop')).toBe(arn);
  expect(databaseArn('111122223333', 'eu-west-1', arn)).toBe(arn);
  expect(bucketArn('shop-media')).toBe('arn:aws:s3:::shop-media');
  expect(roleArn('111122223333', 'app', 'aws', '/service-role/')).toBe(
    'arn:aws:iam::111122223333:role/service-role/app',
  );
  expect(ecsServiceArn('111122223333', 'eu-west-1', 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop', 'web')).toBe(
    'arn:aws:ecs:eu-west-1:111122223333:service/shop/web',
  );
});

it('knows the partition of a region', () => {
  expect(['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'global'].map(partitionOf)).toEqual([
    'aws',
    'aws-cn',
    'aws-us-gov',
    'aws',
  ]);
  expect(databaseArn('111122223333', 'cn-north-1', 'shop')).toMatch(/^arn:aws-cn:/);
});

it('makes the ARN of a queue from each form of its URL', () => {
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:jobs.fifo';
  expect(queueArn('https://sqs.eu-west-1.amazonaws.com/111122223333/jobs.fifo')).toBe(arn);
  expect(queueArn('https://eu-west-1.queue.amazonaws.com/111122223333/jobs.fifo')).toBe(arn);
  expect(queueArn('https://queue.amazonaws.com/111122223333/jobs.fifo')).toBe(arn.replace('eu-west-1', 'us-east-1'));
  expect(queueArn('https://example.com/111122223333/jobs')).toBeUndefined();
  expect(queueArn('jobs')).toBeUndefined();
});

it('takes ARNs and zone names apart', () => {
  expect(arnParts('arn:aws:s3:::shop-media/a:b')).toEqual({
    partition: 'aws',
    service: 's3',
    region: '',
    account: '',
    resource: 'shop-media/a:b',
  });
  expect(arnParts('shop')).toBeUndefined();
  expect(nameOfArn('arn:aws:ecs:eu-west-1:111122223333:cluster/shop')).toBe('shop');
  expect(['eu-west-1a', 'us-gov-west-1b', 'us-west-2-lax-1a', 'nowhere'].map(regionOfZone)).toEqual([
    'eu-west-1',
    'us-gov-west-1',
    'us-west-2',
    undefined,
  ]);
});
