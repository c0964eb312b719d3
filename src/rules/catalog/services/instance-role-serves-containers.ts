import { administratorOf, wayText } from '../../../analyse/people/administrators.ts';
import { HOST_POLICIES, hostedTasks, reachesHost, tasksUnread } from '../../../analyse/workloads/container-hosts.ts';
import { find } from '../../../estate/estate.ts';
import type { Role } from '../../../estate/kinds/people.ts';
import { join } from '../../example.ts';
import { CLUSTER, task, taskAnswer } from '../../examples/containers.ts';
import { instance, instanceAnswer } from '../../examples/network.ts';
import { profileAnswer, profileArn, roleAnswer, serviceRole, statement } from '../../examples/roles.ts';
import { taskDefinition, taskDefinitionAnswer } from '../../examples/tasks.ts';
import { fact, link, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const HOST = 'i-0host000000000001';
const CONTAINER_INSTANCE = 'arn:aws:ecs:eu-west-1:111122223333:container-instance/shop/0example00000001';

const example = (statements: readonly object[]) =>
  join(
    instanceAnswer({
      ...instance(HOST, 'host'),
      IamInstanceProfile: { Arn: profileArn('host') },
      MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 },
    }),
    profileAnswer('host'),
    roleAnswer(
      serviceRole('host', 'ec2.amazonaws.com', statements, ['service-role/AmazonEC2ContainerServiceforEC2Role']),
    ),
    {
      'ecs:ListClusters': { clusterArns: [CLUSTER] },
      'ecs:DescribeContainerInstances': [
        {
          input: { cluster: CLUSTER },
          output: {
            containerInstances: [
              { containerInstanceArn: CONTAINER_INSTANCE, ec2InstanceId: HOST, status: 'ACTIVE', agentConnected: true },
            ],
          },
        },
      ],
    },
    taskDefinitionAnswer(taskDefinition('web', {}, { networkMode: 'bridge' })),
    taskAnswer({ ...task('web', 1, 'eu-west-1a'), launchType: 'EC2', containerInstanceArn: CONTAINER_INSTANCE }),
  );

const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

export const rule = defineRule({
  id: 'instance-role-serves-containers',
  problem: 7,
  severity: 'medium',
  title: 'Containers can take the role of the machine they run on',
  why: 'Every container on the machine reaches its metadata service and gets the credentials of the machine, whatever role the task has. So a hole in the smallest container has all that the machine may do.',
  fix: 'Tasks on Fargate have no machine to ask. Until then the instance role has only what the ECS agent needs, and each task its own role.',
  fixedBy: ['fargate', 'service-roles'],
  subject: 'instance',
  needs: ['ec2:DescribeInstances', 'ecs:ListClusters', 'iam:GetAccountAuthorizationDetails'],
  messages: {
    takes: 'the containers {tasks} on instance {name} can work as its role {role}, which has {policies}',
    administrator: 'the containers {tasks} on instance {name} can work as its role {role}, an administrator {way}',
  },
  check(subject, estate) {
    const tasks = hostedTasks(estate).get(subject.id) ?? [];
    if (subject.instanceProfile === null) return { state: 'notApplicable' };
    if (tasks.length === 0) {
      const unread = tasksUnread(estate, subject);
      return unread ? unknown(subject, unread, 'whether containers run on an instance') : { state: 'notApplicable' };
    }
    const reaching = tasks.filter((one) => reachesHost(subject, one) === true);
    const undecided = tasks.some((one) => reachesHost(subject, one) === undefined);
    if (reaching.length === 0 && !undecided) return { state: 'pass' };
    const roles = find(estate, subject.instanceProfile)?.roles?.map((ref) => find(estate, ref));
    const role = roles?.[0];
    if (roles?.length === 0) return { state: 'notApplicable' };
    if (!role) return unknown(subject, 'iam:ListInstanceProfiles', 'the role of an instance');
    const more = beyondHost(role);
    if (more === undefined) return unknown(role, 'iam:GetAccountAuthorizationDetails', 'what an instance role may do');
    if (more.length === 0) return { state: 'pass' };
    if (reaching.length === 0)
      return unknown(subject, 'ec2:DescribeInstances', 'the hop limit of the metadata service of an instance');
    const administrator = administratorOf(estate, role.id);
    const power = administrator?.verdict === 'yes' ? administrator : undefined;
    return {
      state: 'fail',
      message: power ? 'administrator' : 'takes',
      data: {
        tasks: [...new Set(reaching.map(({ name }) => name))].join(', '),
        name: subject.name,
        role: role.name,
        policies: more.join(', '),
        way: power && wayText(estate, power),
      },
      severity: power ? 'high' : 'medium',
      proof: [
        ...(subject.instanceProfile
          ? [link(subject, subject.instanceProfile, `${subject.name} has the role ${role.name}`)]
          : []),
        ...reaching.map(({ task, name, networkMode }) =>
          fact(task, 'containerInstanceArn', `a task of ${name} runs on it in ${networkMode} networking`),
        ),
        fact(
          subject,
          'MetadataOptions.HttpTokens',
          subject.httpTokens === 'optional'
            ? 'its metadata service answers without a token (IMDSv1)'
            : 'its metadata service answers whoever shares its network',
        ),
      ],
      related: [role],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html'],
  examples: { bad: example([statement('s3:GetObject', 'arn:aws:s3:::shop-invoices/*')]), good: example([]) },
});

/** The policies of a host's role that are not for being a host; undefined when they were not read. */
function beyondHost({ attachedPolicies, inlinePolicies }: Role): readonly string[] | undefined {
  const attached = (attachedPolicies ?? []).map(({ id }) => lastPart(id)).filter((name) => !HOST_POLICIES.has(name));
  const more = [...attached, ...(inlinePolicies ?? []).map(({ name }) => name)];
  return more.length === 0 && (attachedPolicies === undefined || inlinePolicies === undefined) ? undefined : more;
}
