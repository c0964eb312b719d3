import { expect, it } from 'vitest';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { ref } from '../edit.ts';
import { against, create, production, statements, stepped, update } from '../testing/hand-made.ts';

const fn = production('aws:lambda/function:Function');
const queue = production('aws:sqs/queuePolicy:QueuePolicy');
const role = production('aws:iam/role:Role', /prod-lambda/);

const subnet = production('aws:ec2/subnet:Subnet');
const group = production('aws:ec2/securityGroup:SecurityGroup');
const inside = update(fn, { vpcConfig: { subnetIds: [ref(subnet)], securityGroupIds: [ref(group)] } });

const denied = (Condition: Value) =>
  stepped('switch', [
    update(queue, {
      policy: statements(
        { Effect: 'Allow', Principal: { AWS: ref(role, 'arn') }, Action: 'sqs:*', Resource: '*' },
        { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition },
      ),
    }),
  ]);

it.each<readonly [string, Value]>([
  ['aws:SourceIp', { NotIpAddress: { 'aws:SourceIp': ['192.0.2.1/32'] } }],
  ['aws:SourceVpc', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }],
  ['aws:SourceVpce', { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }],
])('who asks from another place may lose what a policy gives by %s', (key, condition) => {
  const from = denied(condition);
  expect(against('switch', [inside], from)).toContain(`allows or denies by ${key}`);
  // who stays where it is keeps what it had, whatever that is
  const name = create('aws:cloudwatch/logGroup:LogGroup', { name: '/x' });
  expect(against('expand', [name], from)).toBe('');
  expect(against('switch', [update(fn, { timeout: 900 })], from)).toBe('');
});

it('no policy asks where it comes from: nothing is in the way', () => {
  expect(against('switch', [inside])).not.toContain('allows or denies by');
});
