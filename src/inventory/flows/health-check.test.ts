import { expect, it } from 'vitest';
import { reader } from '../readers/target-group.ts';
import { answersOf } from '../testing.ts';
import { deriveFlows } from './index.ts';
import { arn, estateOf, ref, some, webService } from './testing.ts';

const balancer = some('loadBalancer', arn('elasticloadbalancing', 'loadbalancer/app/site/1'), { scheme: 'internal' });
const group = (more: object = {}) =>
  some('targetGroup', 'tg', {
    targetType: 'ip',
    protocol: 'HTTP',
    port: 80,
    loadBalancers: [ref(balancer.id)],
    ...more,
  });
const flows = (more: object) => {
  const [definition, service] = webService([], {
    loadBalancers: [{ targetGroup: ref('tg'), containerName: 'web', containerPort: 8080 }],
    network: { subnets: [ref('subnet-1')] },
  });
  const given = [definition, service].flatMap((one) => one ?? []);
  return deriveFlows(estateOf(...given, balancer, group(more))).map(({ id, purpose }) => `${id}: ${purpose}`);
};
const REQUESTS = 'loadBalancer/site -> service/shop/web tcp/8080: requests to the target';

it('a check at a port of its own is a connection that the balancer needs', () => {
  expect(flows({ healthCheckPort: 8081 })).toEqual([
    REQUESTS,
    'loadBalancer/site -> service/shop/web tcp/8081: the health check of the target',
  ]);
});

it('a check where requests go is none besides', () => {
  expect(flows({})).toEqual([REQUESTS]);
  expect(flows({ healthCheckPort: 8080 })).toEqual([REQUESTS]);
});

it('the port of the check is read where it is a port', () => {
  const read = (HealthCheckPort: unknown) =>
    reader.read(
      answersOf({ 'elbv2:DescribeTargetGroups': { TargetGroups: [{ TargetGroupArn: 'tg', HealthCheckPort }] } }),
    )[0];
  expect(read('8081')).toMatchObject({ healthCheckPort: 8081 });
  expect(read('traffic-port')).not.toHaveProperty('healthCheckPort');
});
