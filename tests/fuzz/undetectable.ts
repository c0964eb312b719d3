/**
 * What may be taken out of an inventory without anybody being able to notice: the one list of it. `honesty.test.ts` shows
 * of each entry that it is still needed.
 */
import type { Cut } from './cuts.ts';

export interface Undetectable {
  readonly of: 'field' | 'resource';
  readonly shape: RegExp;
  readonly because: string;
}

export const UNDETECTABLE: readonly Undetectable[] = [
  {
    of: 'field',
    shape: /^ecs:DescribeTaskDefinition\/.*\/taskRoleArn$/,
    because: 'AWS leaves it out of a definition that has no task role',
  },
  {
    of: 'field',
    shape: /^ecs:DescribeTaskDefinition\/.*\/executionRoleArn$/,
    because: 'AWS leaves it out of a definition that has no execution role',
  },
  {
    of: 'field',
    shape: /^autoscaling:DescribeLaunchConfigurations\/.*\/UserData$/,
    because: 'AWS leaves it out of a launch configuration that has none',
  },
  {
    of: 'field',
    shape: /^sqs:GetQueueAttributes\/.*\/Attributes\/Policy$/,
    because: 'AWS leaves it out of the attributes of a queue that has none',
  },
  {
    of: 'field',
    shape: /^lambda:(?:GetFunctionConfiguration|ListFunctions)\/.*\/Environment(?:\/Variables(?:\/[^/]+)?)?$/,
    because: 'AWS leaves it out of a function that has none, and the names are those of the variables',
  },
  {
    of: 'field',
    shape: /^iam:(?:GetAccountAuthorizationDetails|GetUser|GetRole)\/.*\/PermissionsBoundary$/,
    because: 'AWS leaves it out of a user or role that has no boundary',
  },
  {
    of: 'resource',
    shape: /^ec2:DescribeRouteTables\/.*\/RouteTables\/\*$/,
    because: 'a subnet that no table of a whole listing names has the main one',
  },
  {
    of: 'resource',
    shape: /^iam:List(?:Attached)?(?:User|Group|Role)Policies\/.*\/(?:AttachedPolicies|PolicyNames)\/\*$/,
    because: 'a policy that is not in a whole listing of those of somebody is not one of his',
  },
  {
    of: 'resource',
    shape: /^iam:ListGroupsForUser\/.*\/Groups\/\*$/,
    because: 'a user is in no group that a whole listing of his groups leaves out',
  },
];

export const isUndetectable = ({ shape }: Cut, of: Undetectable['of']): boolean =>
  UNDETECTABLE.some((one) => one.of === of && one.shape.test(shape));
