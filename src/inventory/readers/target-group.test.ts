import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './target-group.ts';

const ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/web/1111111111111111`;
const group = {
  TargetGroupArn: ARN,
  TargetGroupName: 'web',
  TargetType: 'ip',
  Protocol: 'HTTP',
  Port: 80,
  LoadBalancerArns: ['lb', 'lb'],
};
const read = (health?: object) =>
  reader.read(
    answersOf({
      'elbv2:DescribeTargetGroups': { TargetGroups: [group] },
      ...(health && { 'elbv2:DescribeTargetHealth': [{ input: { TargetGroupArn: ARN }, ...health }] }),
    }),
  )[0];

describe('target groups', () => {
  it('has each load balancer once and its targets with their health', () => {
    const target = {
      Target: { Id: '10.0.0.5', Port: 8080, AvailabilityZone: 'all' },
      TargetHealth: { State: 'healthy' },
    };
    expect(read({ output: { TargetHealthDescriptions: [target] } })).toMatchObject({
      name: 'web',
      targetType: 'ip',
      loadBalancers: [{ id: 'lb' }],
      targets: [{ target: '10.0.0.5', port: 8080, zone: 'all', health: 'healthy' }],
    });
  });

  it('tells no targets from targets not read', () => {
    expect(read({ output: { TargetHealthDescriptions: [] } })).toMatchObject({ targets: [] });
    expect(read({ error: { name: 'AccessDenied' } })).toMatchObject({ targets: undefined });
    expect(read({ output: {} })).toMatchObject({ targets: undefined });
    expect(read({ output: { TargetHealthDescriptions: [{ Target: {} }] } })).toMatchObject({ targets: undefined });
  });
});
