import { describe, expect, it } from 'vitest';
import { reader } from './readers/other.ts';
import { ACCOUNT, answersOf, REGION } from './testing.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const TASK = arn('ecs', 'task-definition/report:3');
const ROLE = `arn:aws:iam::${ACCOUNT}:role/starts`;
const target = (more: object = {}) => ({
  Id: '1',
  Arn: arn('ecs', 'cluster/shop'),
  RoleArn: ROLE,
  EcsParameters: { TaskDefinitionArn: TASK, ...more },
});
const arns = [arn('ecs', 'cluster/shop'), TASK, ROLE].sort();
const rule = (more: object = {}) => ({
  'events:ListRules': {
    Rules: [{ Name: 'nightly', Arn: arn('events', 'rule/nightly'), EventBusName: 'default', ...more }],
  },
});
const targets = (output: object, input: object = {}) => ({
  'events:ListTargetsByRule': [{ input: { Rule: 'nightly', ...input }, output }],
});
const read = (answers: Parameters<typeof answersOf>[0]) => reader.read(answersOf(answers))[0];

describe('what a rule starts', () => {
  it('is all that its targets name', () => {
    expect(read({ ...rule(), ...targets({ Targets: [target()] }) })).toMatchObject({
      starts: [{ arns, onFargate: false }],
    });
    expect(read({ ...rule(), ...targets({ Targets: [] }) })).toMatchObject({ starts: [] });
  });

  it('needs no machine where it surely runs on Fargate', () => {
    const onFargate = (more: object) => read({ ...rule(), ...targets({ Targets: [target(more)] }) });
    expect(onFargate({ LaunchType: 'FARGATE' })).toMatchObject({ starts: [{ onFargate: true }] });
    expect(onFargate({ CapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] })).toMatchObject({
      starts: [{ onFargate: true }],
    });
    expect(
      onFargate({ CapacityProviderStrategy: [{ capacityProvider: 'FARGATE' }, { capacityProvider: 'machines' }] }),
    ).toMatchObject({ starts: [{ onFargate: false }] });
  });

  it('is not known where its targets were not told, or not all, or are those of another bus', () => {
    expect(read(rule())).not.toHaveProperty('starts');
    expect(read({ ...rule(), ...targets({ Targets: [target()], NextToken: 'more' }) })).not.toHaveProperty('starts');
    expect(read({ ...rule(), ...targets({ Targets: [] }, { EventBusName: 'orders' }) })).not.toHaveProperty('starts');
    expect(read(rule({ ManagedBy: 'autoscaling.amazonaws.com' }))).toMatchObject({
      managedBy: 'autoscaling.amazonaws.com',
    });
  });

  it('of a schedule is told by the schedule itself', () => {
    const schedules = {
      'scheduler:ListSchedules': {
        Schedules: [{ Name: 'nightly', GroupName: 'default', Arn: arn('scheduler', 'schedule/default/nightly') }],
      },
    };
    expect(read(schedules)).not.toHaveProperty('starts');
    const { Id: _, ...Target } = target();
    const told = {
      'scheduler:GetSchedule': [{ input: { Name: 'nightly', GroupName: 'default' }, output: { Target } }],
    };
    expect(read({ ...schedules, ...told })).toMatchObject({ starts: [{ arns, onFargate: false }] });
  });

  it('of a state machine is what its definition names, unless that is filled in as it runs', () => {
    const stateMachineArn = arn('states', 'stateMachine:nightly');
    const machine = (Parameters: object) =>
      read({
        'sfn:ListStateMachines': { stateMachines: [{ stateMachineArn, name: 'nightly' }] },
        'sfn:DescribeStateMachine': [
          {
            input: { stateMachineArn },
            output: { roleArn: ROLE, definition: JSON.stringify({ States: { Run: { Parameters } } }) },
          },
        ],
      });
    const told = machine({ LaunchType: 'FARGATE', Cluster: 'shop', TaskDefinition: 'report:3' });
    expect(told).toMatchObject({ starts: [{ arns, onFargate: true }] });
    expect(machine({ Cluster: 'shop', TaskDefinition: TASK })).toMatchObject({ starts: [{ onFargate: false }] });
    expect(machine({ Cluster: 'shop', 'TaskDefinition.$': '$.task' })).not.toHaveProperty('starts');
  });
});
