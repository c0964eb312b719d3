import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './trail.ts';

const arn = (account: string): string => `arn:aws:cloudtrail:us-east-1:${account}:trail/all`;
const trail = (account: string) => ({
  Name: 'all',
  TrailARN: arn(account),
  HomeRegion: 'us-east-1',
  S3BucketName: 'logs',
  IsMultiRegionTrail: true,
  IncludeGlobalServiceEvents: true,
  LogFileValidationEnabled: true,
  IsOrganizationTrail: false,
  HasCustomEventSelectors: true,
  HasInsightSelectors: false,
});
const adopted = (account: string, status: object | undefined) =>
  adopter.adopt(
    answersOf({
      'cloudtrail:DescribeTrails': { trailList: [trail(account)] },
      ...(status ? { 'cloudtrail:GetTrailStatus': [{ input: { Name: arn(account) }, output: status }] } : {}),
    }),
  );

it('writes a trail in its home region, that it does not record, and its own event selectors as they are', () => {
  expect(adopted(ACCOUNT, { IsLogging: false })).toMatchObject([
    {
      importId: arn(ACCOUNT),
      inputs: {
        name: 'all',
        s3BucketName: 'logs',
        isMultiRegionTrail: true,
        enableLogFileValidation: true,
        enableLogging: false,
      },
      ignoreChanges: ['eventSelectors', 'advancedEventSelectors', 'tags', 'tagsAll'],
      place: { region: 'us-east-1' },
    },
  ]);
});

it("refuses one of which it was not read whether it records, and another account's", () => {
  expect(adopted(ACCOUNT, undefined)).toMatchObject([
    { state: 'unadopted', because: expect.stringContaining('cloudtrail:GetTrailStatus') },
  ]);
  expect(adopted('444455556666', { IsLogging: true })).toMatchObject([
    { state: 'unadopted', because: 'the account 444455556666 owns it' },
  ]);
});
