/** What was built by hand: prod: what programs may do. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

const legacyProdEcsInstanceRole = steps.until(
  'legacy-prod-machines-forgotten',
  () =>
    new aws.iam.Role(
      'legacy-prod-ecsInstanceRole',
      {
        name: 'legacy-prod-ecsInstanceRole',
        path: '/',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        maxSessionDuration: 3600,
      },
      adopted('legacy-prod-ecsInstanceRole', {
        protect: steps.at({ adopt: true, 'legacy-prod-machines-gone': false }),
      }),
    ),
);

export const legacyProdEcsInstanceRoleInstanceProfile = steps.until(
  'legacy-prod-machines-forgotten',
  (now) =>
    new aws.iam.InstanceProfile(
      'legacy-prod-ecsInstanceRole',
      {
        name: 'legacy-prod-ecsInstanceRole',
        path: '/',
        role: now(legacyProdEcsInstanceRole).name,
      },
      adopted('legacy-prod-ecsInstanceRole', {
        protect: steps.at({ adopt: true, 'legacy-prod-machines-gone': false }),
      }),
    ),
);

const legacyProdTaskAll = steps.until(
  'legacy-prod-old-roles-gone',
  () =>
    new aws.iam.Policy(
      'legacy-prod-task-all',
      {
        name: 'legacy-prod-task-all',
        path: '/',
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
      },
      adopted('arn:aws:iam::111122223333:policy/legacy-prod-task-all', {
        protect: false,
        ignoreChanges: ['description', 'tags', 'tagsAll'],
      }),
    ),
);

export const legacyProdLambda = steps.until(
  'legacy-prod-old-roles-gone',
  () =>
    new aws.iam.Role(
      'legacy-prod-lambda',
      {
        name: 'legacy-prod-lambda',
        path: '/',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        maxSessionDuration: 3600,
      },
      adopted('legacy-prod-lambda', { protect: steps.at({ adopt: true, 'legacy-prod-old-definitions-gone': false }) }),
    ),
);

export const legacyProdTask = steps.until(
  'legacy-prod-old-roles-gone',
  () =>
    new aws.iam.Role(
      'legacy-prod-task',
      {
        name: 'legacy-prod-task',
        path: '/',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        maxSessionDuration: 3600,
      },
      adopted('legacy-prod-task', { protect: steps.at({ adopt: true, 'legacy-prod-old-definitions-gone': false }) }),
    ),
);

steps.until(
  'legacy-prod-old-roles-gone',
  (now) =>
    new aws.iam.RolePolicy(
      'legacy-prod-lambda-everything',
      {
        role: now(legacyProdLambda).name,
        name: 'everything',
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
      },
      adopted('legacy-prod-lambda:everything', { protect: false }),
    ),
);

steps.until(
  'legacy-prod-machines-forgotten',
  (now) =>
    new aws.iam.RolePolicyAttachment(
      'legacy-prod-ecsInstanceRole-AmazonEC2ContainerServiceforEC2Role',
      {
        role: now(legacyProdEcsInstanceRole).name,
        policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
      },
      adopted('legacy-prod-ecsInstanceRole/arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role', {
        protect: false,
      }),
    ),
);

steps.until(
  'legacy-prod-old-roles-gone',
  (now) =>
    new aws.iam.RolePolicyAttachment(
      'legacy-prod-task-legacy-prod-task-all',
      { role: now(legacyProdTask).name, policyArn: now(legacyProdTaskAll).arn },
      adopted('legacy-prod-task/arn:aws:iam::111122223333:policy/legacy-prod-task-all', { protect: false }),
    ),
);
