/** What was built by hand: dev: what programs may do. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

const legacyDevEcsInstanceRole = steps.until(
  'legacy-dev-machines-forgotten',
  () =>
    new aws.iam.Role(
      'legacy-dev-ecsInstanceRole',
      {
        name: 'legacy-dev-ecsInstanceRole',
        path: '/',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        maxSessionDuration: 3600,
      },
      adopted('legacy-dev-ecsInstanceRole', { protect: steps.at({ adopt: true, 'legacy-dev-machines-gone': false }) }),
    ),
);

export const legacyDevEcsInstanceRoleInstanceProfile = steps.until(
  'legacy-dev-machines-forgotten',
  (now) =>
    new aws.iam.InstanceProfile(
      'legacy-dev-ecsInstanceRole',
      {
        name: 'legacy-dev-ecsInstanceRole',
        path: '/',
        role: now(legacyDevEcsInstanceRole).name,
      },
      adopted('legacy-dev-ecsInstanceRole', { protect: steps.at({ adopt: true, 'legacy-dev-machines-gone': false }) }),
    ),
);

const legacyDevTaskAll = steps.until(
  'legacy-dev-old-roles-gone',
  () =>
    new aws.iam.Policy(
      'legacy-dev-task-all',
      {
        name: 'legacy-dev-task-all',
        path: '/',
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
      },
      adopted('arn:aws:iam::111122223333:policy/legacy-dev-task-all', {
        protect: false,
        ignoreChanges: ['description', 'tags', 'tagsAll'],
      }),
    ),
);

export const legacyDevLambda = steps.until(
  'legacy-dev-old-roles-gone',
  () =>
    new aws.iam.Role(
      'legacy-dev-lambda',
      {
        name: 'legacy-dev-lambda',
        path: '/',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        maxSessionDuration: 3600,
      },
      adopted('legacy-dev-lambda', { protect: steps.at({ adopt: true, 'legacy-dev-old-definitions-gone': false }) }),
    ),
);

export const legacyDevTask = steps.until(
  'legacy-dev-old-roles-gone',
  () =>
    new aws.iam.Role(
      'legacy-dev-task',
      {
        name: 'legacy-dev-task',
        path: '/',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        maxSessionDuration: 3600,
      },
      adopted('legacy-dev-task', { protect: steps.at({ adopt: true, 'legacy-dev-old-definitions-gone': false }) }),
    ),
);

steps.until(
  'legacy-dev-old-roles-gone',
  (now) =>
    new aws.iam.RolePolicy(
      'legacy-dev-lambda-everything',
      {
        role: now(legacyDevLambda).name,
        name: 'everything',
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
      },
      adopted('legacy-dev-lambda:everything', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-machines-forgotten',
  (now) =>
    new aws.iam.RolePolicyAttachment(
      'legacy-dev-ecsInstanceRole-AmazonEC2ContainerServiceforEC2Role',
      {
        role: now(legacyDevEcsInstanceRole).name,
        policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
      },
      adopted('legacy-dev-ecsInstanceRole/arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role', {
        protect: false,
      }),
    ),
);

steps.until(
  'legacy-dev-old-roles-gone',
  (now) =>
    new aws.iam.RolePolicyAttachment(
      'legacy-dev-task-legacy-dev-task-all',
      { role: now(legacyDevTask).name, policyArn: now(legacyDevTaskAll).arn },
      adopted('legacy-dev-task/arn:aws:iam::111122223333:policy/legacy-dev-task-all', { protect: false }),
    ),
);
