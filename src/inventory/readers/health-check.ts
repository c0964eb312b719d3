import type { HealthCheck } from '../../estate/kinds/edge.ts';
import { text } from '../fields.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'health-check',
  kinds: ['healthCheck'],
  operations: ['route53:ListHealthChecks'],
  read: (answers) => answers.items('route53:ListHealthChecks', 'HealthChecks').map(healthCheck),
};

function healthCheck(item: Item): HealthCheck {
  const config = item.item('HealthCheckConfig');
  const type = text(config, 'Type');
  const alarm = text(config?.item('AlarmIdentifier'), 'Name');
  return {
    kind: 'healthCheck',
    ...base('healthCheck', item, { id: idOf(item, 'Id'), region: 'global' }),
    type,
    alarm: alarm ?? (type === undefined || type === 'CLOUDWATCH_METRIC' ? undefined : null),
    withoutData: text(config, 'InsufficientDataHealthStatus'),
    disabled: config?.boolean('Disabled'),
    inverted: config?.boolean('Inverted'),
  };
}
