import { roleArn } from '../../examples/roles.ts';
import { taskDefinition, taskDefinitionAnswer } from '../../examples/tasks.ts';
import { link, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'execution-role-is-task-role',
  problem: 7,
  severity: 'low',
  title: 'A task works with the role that starts it',
  why: 'The execution role is for ECS: it pulls images and reads the secrets of the task. When the program has it too, it can read every secret that any of its containers is started with.',
  fix: 'Two roles: the execution role for ECS, the task role with what the program itself calls, and none of the other.',
  fixedBy: ['service-roles'],
  subject: 'taskDefinition',
  needs: ['ecs:DescribeTaskDefinition'],
  messages: { same: '{name} has one role, {role}, to be started with and to work with' },
  check(definition) {
    const { taskRole, executionRole } = definition;
    if (taskRole === null || executionRole === null) return { state: 'notApplicable' };
    if (taskRole === undefined || executionRole === undefined)
      return unknown(definition, 'ecs:DescribeTaskDefinition', 'the roles of a task definition');
    if (taskRole.id !== executionRole.id) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'same',
      data: { name: definition.name, role: taskRole.id.slice(taskRole.id.lastIndexOf('/') + 1) },
      proof: [
        link(definition, executionRole, 'ECS starts the task with this role'),
        link(definition, taskRole, 'the containers work with the same role'),
      ],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html'],
  examples: {
    bad: taskDefinitionAnswer(
      taskDefinition('web', {}, { taskRoleArn: roleArn('web'), executionRoleArn: roleArn('web') }),
    ),
    good: taskDefinitionAnswer(
      taskDefinition('web', {}, { taskRoleArn: roleArn('web'), executionRoleArn: roleArn('web-execution') }),
    ),
  },
});
