/** The role that a workflow of GitHub takes to deploy: no key anywhere, and only what a deployment needs. */
import { all, type Estate } from '../../estate/estate.ts';
import { type Edit, type Named, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import { tagged } from './names.ts';
import { policyText } from './people-house.ts';

export const GITHUB = 'token.actions.githubusercontent.com';

/** The environment of the repository that deploys to production: GitHub asks for approval there. */
const ENVIRONMENT = 'production';

export function pipelineRole({ estate, state }: Context, repository: string): readonly Edit[] {
  const role: Named = { type: 'aws:iam/role:Role', name: 'pipeline-deploy' };
  if (state.world.declared.has(`${role.type}::${role.name}`)) return [];
  if (all(estate, 'role').some(({ name }) => name === role.name)) return [];
  const provider: Named = { type: 'aws:iam/openIdConnectProvider:OpenIdConnectProvider', name: 'github' };
  const known = all(estate, 'identityProvider').find(({ id }) => id.endsWith(`/${GITHUB}`));
  const trust = policyText([
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Principal: { Federated: known ? known.id : ref(provider, 'arn') },
      Condition: {
        StringEquals: {
          [`${GITHUB}:aud`]: 'sts.amazonaws.com',
          [`${GITHUB}:sub`]: `repo:${repository}:environment:${ENVIRONMENT}`,
        },
      },
    },
  ]);
  return [
    ...(known
      ? []
      : [
          {
            op: 'create' as const,
            ...provider,
            properties: { url: `https://${GITHUB}`, clientIdLists: ['sts.amazonaws.com'], tags: tagged('github') },
          },
        ]),
    {
      op: 'create',
      ...role,
      properties: { name: role.name, assumeRolePolicy: trust, maxSessionDuration: 3600, tags: tagged(role.name) },
    },
    {
      op: 'create',
      type: 'aws:iam/rolePolicy:RolePolicy',
      name: role.name,
      properties: { role: ref(role), name: 'deploy', policy: policyText(deployment(estate)) },
    },
  ];
}

/** Push images, register a revision, start it; hand over only the roles that the services have today. */
function deployment(estate: Estate): Parameters<typeof policyText>[0] {
  const repositories = all(estate, 'repository').map(({ id, arn }) => arn ?? id);
  const services = all(estate, 'ecsService').map(({ id }) => id);
  const functions = all(estate, 'function').map(({ id }) => id);
  const roles = new Set(
    all(estate, 'taskDefinition').flatMap(({ taskRole, executionRole }) =>
      [taskRole, executionRole].flatMap((one) => one?.id ?? []),
    ),
  );
  return [
    ...(repositories.length > 0
      ? [
          {
            Sid: 'SignInToTheRegistry',
            Effect: 'Allow' as const,
            Action: ['ecr:GetAuthorizationToken'],
            Resource: '*',
          },
          {
            Sid: 'PushImages',
            Effect: 'Allow' as const,
            Action: [
              'ecr:BatchCheckLayerAvailability',
              'ecr:BatchGetImage',
              'ecr:CompleteLayerUpload',
              'ecr:GetDownloadUrlForLayer',
              'ecr:InitiateLayerUpload',
              'ecr:PutImage',
              'ecr:UploadLayerPart',
            ],
            Resource: repositories,
          },
        ]
      : []),
    ...(services.length > 0
      ? [
          {
            Sid: 'NewRevisions',
            Effect: 'Allow' as const,
            Action: ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition'],
            Resource: '*',
          },
          {
            Sid: 'StartThem',
            Effect: 'Allow' as const,
            Action: ['ecs:UpdateService', 'ecs:DescribeServices'],
            Resource: services,
          },
        ]
      : []),
    ...(roles.size > 0
      ? [
          {
            Sid: 'HandOverTheirRoles',
            Effect: 'Allow' as const,
            Action: ['iam:PassRole'],
            Resource: [...roles].sort(),
            Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          },
        ]
      : []),
    ...(functions.length > 0
      ? [
          {
            Sid: 'NewCode',
            Effect: 'Allow' as const,
            Action: ['lambda:UpdateFunctionCode', 'lambda:GetFunction'],
            Resource: functions,
          },
        ]
      : []),
    { Sid: 'SayWhoIAm', Effect: 'Allow' as const, Action: ['sts:GetCallerIdentity'], Resource: '*' },
  ];
}
