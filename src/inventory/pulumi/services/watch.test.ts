import { expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import { estateOfRecording } from '../index.ts';
import { aws, recordingOf, UNKNOWN } from '../testing.ts';

it.each([
  ['for ever where nothing is said', {}, null],
  ['for ever where it says 0', { retentionInDays: 0 }, null],
  ['for as many days as it says', { retentionInDays: 30 }, 30],
  ['for a time that is not known where only a deployment knows it', { retentionInDays: UNKNOWN }, undefined],
])('a log group keeps logs %s', (_how, inputs, days) => {
  const estate = estateOfRecording(
    recordingOf(
      aws('cloudwatch/logGroup:LogGroup', 'g', inputs, { arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:g' }),
    ),
  );
  expect(all(estate, 'logGroup')[0]?.retention).toBe(days);
});

it('a composite alarm is known by its ARN and its tags', () => {
  const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:all';
  const inputs = { alarmName: 'all', alarmRule: 'ALARM(one)', tags: { team: 'shop' } };
  const estate = estateOfRecording(
    recordingOf(aws('cloudwatch/compositeAlarm:CompositeAlarm', 'all', inputs, { arn })),
  );
  expect(all(estate, 'alarm')).toMatchObject([{ id: arn, tags: { team: 'shop' } }]);
});
