import { expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import { estateOfRecording } from '../index.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const listeners = [{ lbPort: 80, lbProtocol: 'http', instancePort: 8080, instanceProtocol: 'http' }];
const old = aws('elb/loadBalancer:LoadBalancer', 'old', { name: 'old', subnets: [], listeners, instances: ['i-1'] });
const read = (...more: readonly Draft[]) => all(estateOfRecording(recordingOf(old, ...more)), 'loadBalancer')[0];

it('a classic balancer is read with its listeners, its instances and those beside it', () => {
  const beside = aws('elb/attachment:Attachment', 'more', { elb: 'old', instance: 'i-2' });
  expect(read(beside)).toMatchObject({
    type: 'classic',
    scheme: 'internet-facing',
    classic: {
      instances: [{ id: 'i-1' }, { id: 'i-2' }],
      listeners: [{ protocol: 'HTTP', port: 80, instanceProtocol: 'HTTP', instancePort: 8080 }],
    },
  });
});

it('which instances it has is unknown where something else may register there', () => {
  expect(read(aws('elb/attachment:Attachment', 'more', { elb: UNKNOWN, instance: 'i-2' }))?.classic).toBeUndefined();
  expect(read(aws('autoscaling/group:Group', 'web', { loadBalancers: ['old'] }))?.classic).toBeUndefined();
});
