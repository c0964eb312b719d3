import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './health-check.ts';

it('reads what an alarm-based check watches and what it says without data, and leaves untold what is not there', () => {
  const answers = answersOf({
    'route53:ListHealthChecks': {
      HealthChecks: [
        {
          Id: 'check-1',
          HealthCheckConfig: {
            Type: 'CLOUDWATCH_METRIC',
            Inverted: false,
            Disabled: false,
            AlarmIdentifier: { Region: 'eu-west-1', Name: 'replica-serves' },
            InsufficientDataHealthStatus: 'Unhealthy',
          },
        },
        { Id: 'check-2', HealthCheckConfig: { Type: 'TCP' } },
        { Id: 'check-3' },
      ],
    },
  });
  expect(reader.read(answers)).toMatchObject([
    {
      kind: 'healthCheck',
      id: 'check-1',
      type: 'CLOUDWATCH_METRIC',
      alarm: 'replica-serves',
      withoutData: 'Unhealthy',
      disabled: false,
      inverted: false,
    },
    { id: 'check-2', alarm: null, withoutData: undefined, disabled: undefined },
    { id: 'check-3', type: undefined, alarm: undefined },
  ]);
});
