import { describe, expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader as alarms } from './alarm.ts';
import { reader as logGroups } from './log-group.ts';
import { reader as repositories } from './repository.ts';
import { reader as trails } from './trail.ts';

describe('log groups', () => {
  it('are known by their ARN without `:*`, and keep logs for ever where AWS tells no days', () => {
    const arn = 'arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop';
    const read = (group: object) => logGroups.read(answersOf({ 'logs:DescribeLogGroups': { logGroups: [group] } }));
    for (const group of [{ logGroupName: '/ecs/shop' }, { logGroupName: '/ecs/shop', arn: `${arn}:*` }])
      expect(read(group)).toMatchObject([{ id: arn, name: '/ecs/shop', retention: null }]);
    expect(read({ logGroupName: '/ecs/shop', retentionInDays: 30 })).toMatchObject([{ retention: 30 }]);
  });
});

describe('alarms', () => {
  const read = (alarm: object, list = 'MetricAlarms') =>
    alarms.read(answersOf({ 'cloudwatch:DescribeAlarms': { [list]: [{ AlarmName: 'cpu', ...alarm }] } }))[0];

  it('read metric, dimensions and what happens', () => {
    const metric = {
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/RDS',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'shop' }],
    };
    expect(read({ ...metric, ActionsEnabled: true, AlarmActions: ['arn:t'] })).toMatchObject({
      id: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:cpu',
      metric: 'CPUUtilization',
      dimensions: { DBInstanceIdentifier: 'shop' },
      actions: ['arn:t'],
    });
    expect(read({ Metrics: [{ Expression: 'm1*2' }, { MetricStat: { Metric: metric } }] })).toMatchObject({
      namespace: 'AWS/RDS',
    });
  });

  it('do nothing while their actions are switched off, and unknown when AWS does not say', () => {
    expect(read({ ActionsEnabled: false, AlarmActions: ['arn:t'] }, 'CompositeAlarms')).toMatchObject({ actions: [] });
    expect(read({ AlarmActions: ['arn:t'] })).toMatchObject({ actions: undefined });
  });
});

describe('trails', () => {
  it('are one although every region shows them, in their home region, and log only as GetTrailStatus says', () => {
    const trail = {
      Name: 'all',
      TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/all',
      HomeRegion: 'eu-west-1',
      IsMultiRegionTrail: true,
    };
    const described = [{ output: { trailList: [trail] } }, { output: { trailList: [trail] }, region: 'us-east-1' }];
    expect(trails.read(answersOf({ 'cloudtrail:DescribeTrails': described }))).toMatchObject([
      { region: 'eu-west-1', multiRegion: true, logging: undefined },
    ]);
    for (const Name of [trail.Name, trail.TrailARN]) {
      const status = { 'cloudtrail:GetTrailStatus': [{ input: { Name }, output: { IsLogging: false } }] };
      expect(trails.read(answersOf({ 'cloudtrail:DescribeTrails': described, ...status }))).toMatchObject([
        { logging: false },
      ]);
    }
  });
});

describe('repositories', () => {
  it('are read with their address', () => {
    const one = { repositoryName: 'shop/web', repositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web' };
    expect(repositories.read(answersOf({ 'ecr:DescribeRepositories': { repositories: [one] } }))).toMatchObject([
      { id: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/web', name: 'shop/web', uri: one.repositoryUri },
    ]);
  });
});
