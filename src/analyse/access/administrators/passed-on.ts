/**
 * More ways to run something with a role that may be passed on, each in the service that takes the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
import { any, own, passing, type Takeover } from './escalation.ts';

const PROFILE = 'there is an instance profile with the role';
const EC2 = 'ec2.amazonaws.com';

const template = [
  any('ec2:CreateLaunchTemplate', own('ec2', 'launch-template/*')),
  any('ec2:CreateLaunchTemplateVersion', own('ec2', 'launch-template/*')),
];
const group = [
  any('autoscaling:CreateAutoScalingGroup', own('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')),
  any('autoscaling:UpdateAutoScalingGroup', own('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')),
];
const instance = own('ec2', 'instance/*');

export const PASSED_ON: readonly Takeover[] = [
  passing(
    'pass-role-change-set',
    'cloudformation.amazonaws.com',
    'carry out a change set that acts with the role',
    [any('cloudformation:CreateChangeSet', own('cloudformation', 'stack/*/*'))],
    [any('cloudformation:ExecuteChangeSet', own('cloudformation', 'stack/*/*'))],
  ),
  passing(
    'pass-role-stack-set',
    'cloudformation.amazonaws.com',
    'create a stack set that acts with the role',
    [
      any('cloudformation:CreateStackSet', own('cloudformation', 'stackset/*')),
      any('cloudformation:UpdateStackSet', own('cloudformation', 'stackset/*')),
    ],
    [
      any('cloudformation:CreateStackInstances', own('cloudformation', 'stackset/*')),
      any('cloudformation:UpdateStackSet', own('cloudformation', 'stackset/*')),
    ],
  ),
  {
    ...passing('pass-role-spot', EC2, 'ask for a Spot Instance that has the role', [
      any('ec2:RequestSpotInstances', own('ec2', 'spot-instances-request/*')),
      any('ec2:RequestSpotFleet', own('ec2', 'spot-fleet-request/*')),
    ]),
    assumes: PROFILE,
  },
  {
    ...passing('pass-role-fleet', EC2, 'start a fleet of instances that have the role', template, [
      any('ec2:CreateFleet', own('ec2', 'fleet/*')),
      ...group,
    ]),
    assumes: PROFILE,
  },
  {
    ...passing(
      'pass-role-auto-scaling',
      EC2,
      'have Auto Scaling start instances that have the role',
      [
        any(
          'autoscaling:CreateLaunchConfiguration',
          own('autoscaling', 'launchConfiguration:*:launchConfigurationName/*'),
        ),
      ],
      group,
    ),
    assumes: PROFILE,
  },
  {
    ...passing(
      'pass-role-to-instance',
      EC2,
      'give the role to an instance and work on it',
      [any('ec2:AssociateIamInstanceProfile', instance), any('ec2:ReplaceIamInstanceProfileAssociation', instance)],
      [
        any('ssm:StartSession', instance),
        any('ssm:SendCommand', instance),
        any('ssm:CreateAssociation', instance),
        any('ec2-instance-connect:SendSSHPublicKey', instance),
      ],
    ),
    assumes: 'there is an instance that it can reach, and an instance profile with the role',
  },
  {
    ...passing('pass-role-to-function', 'lambda.amazonaws.com', 'give the role to a function with code of its own', [
      any('lambda:UpdateFunctionConfiguration', own('lambda', 'function:*')),
    ]),
    assumes: 'there is a function, and something calls it',
  },
  {
    ...passing('pass-role-emr', EC2, 'start a cluster of EMR whose instances have the role', [
      any('elasticmapreduce:RunJobFlow', own('elasticmapreduce', 'cluster/*')),
    ]),
    assumes: 'there are an instance profile with the role and a service role for EMR that it may pass',
  },
  {
    ...passing(
      'pass-role-image-builder',
      EC2,
      'build an image on an instance that has the role',
      [
        any('imagebuilder:CreateInfrastructureConfiguration', own('imagebuilder', 'infrastructure-configuration/*')),
        any('imagebuilder:UpdateInfrastructureConfiguration', own('imagebuilder', 'infrastructure-configuration/*')),
      ],
      [
        any('imagebuilder:CreateImage', own('imagebuilder', 'image/*/*/*')),
        any('imagebuilder:StartImagePipelineExecution', own('imagebuilder', 'image-pipeline/*')),
        any('imagebuilder:CreateImagePipeline', own('imagebuilder', 'image-pipeline/*')),
      ],
    ),
    assumes: PROFILE,
  },
  passing(
    'pass-role-glue-session',
    'glue.amazonaws.com',
    'run statements in a Glue session that has the role',
    [any('glue:CreateSession', own('glue', 'session/*'))],
    [any('glue:RunStatement', own('glue', 'session/*'))],
  ),
  passing('pass-role-pipeline', 'codepipeline.amazonaws.com', 'run a pipeline that acts with the role', [
    any('codepipeline:CreatePipeline', own('codepipeline', '*')),
    any('codepipeline:UpdatePipeline', own('codepipeline', '*')),
  ]),
  passing('pass-role-app-runner', 'tasks.apprunner.amazonaws.com', 'run an App Runner service that has the role', [
    any('apprunner:CreateService', own('apprunner', 'service/*/*')),
    any('apprunner:UpdateService', own('apprunner', 'service/*/*')),
  ]),
  {
    ...passing('pass-role-pod', 'pods.eks.amazonaws.com', 'give the role to a pod of a cluster', [
      any('eks:CreatePodIdentityAssociation', own('eks', 'cluster/*')),
      any('eks:UpdatePodIdentityAssociation', own('eks', 'podidentityassociation/*/*')),
    ]),
    assumes: 'it can start a pod in a cluster that has the Pod Identity Agent',
  },
];
