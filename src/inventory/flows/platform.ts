/**
 * What the platform under the code needs from outside: a task's image and a place for its log, and the lines of an
 * instance's agents to ECS and Systems Manager.
 */
import { all, type Estate, find } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Container } from '../../estate/kinds/compute.ts';
import { type Draft, draft, evidence, HTTPS, toHost, toResource, toService } from './make.ts';
import { type Runner, runners } from './runners.ts';

export const fromPlatform = (estate: Estate): readonly Draft[] => [
  ...runners(estate).flatMap((runner) =>
    runner.containers.flatMap((container) => [...image(runner, container), ...log(runner, container)]),
  ),
  ...agents(estate),
  ...systemsManager(estate),
];

function image(runner: Runner, container: Container): readonly Draft[] {
  if (container.image === undefined || !runner.taskDefinition) return [];
  const why = evidence(
    'image',
    `container ${container.name} starts from ${container.image}`,
    runner.taskDefinition.source,
  );
  return registryOf(container.image).map((end) =>
    draft(toResource(runner.resource), end, 'tcp', HTTPS, 'the image at the start', why),
  );
}

/** The layers of ECR's images lie in S3: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
function registryOf(name: string): readonly FlowEnd[] {
  const [first = ''] = name.split('/');
  const ecr = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(first)?.[1];
  if (ecr !== undefined) return [toService('ecr', ecr), toService('s3', ecr)];
  const named = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  if (!named || first === 'docker.io') return [toHost('registry-1.docker.io')];
  return first.startsWith('localhost') ? [] : [toHost(first.replace(/:\d+$/, ''))];
}

function log(runner: Runner, container: Container): readonly Draft[] {
  if (container.logDriver !== 'awslogs' || !runner.taskDefinition) return [];
  const why = evidence(
    'configuration',
    `container ${container.name} logs to CloudWatch Logs`,
    runner.taskDefinition.source,
  );
  return [draft(toResource(runner.resource), toService('logs', runner.asker.region), 'tcp', HTTPS, 'its log', why)];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html */
function agents(estate: Estate): readonly Draft[] {
  return all(estate, 'containerInstance').flatMap((member) => {
    const instance = find(estate, member.instance);
    const why = evidence('configuration', 'it is a container instance; its agent talks to ECS', member.source);
    return instance
      ? [draft(toResource(instance), toService('ecs', member.region), 'tcp', HTTPS, 'the ECS agent', why)]
      : [];
  });
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html */
function systemsManager(estate: Estate): readonly Draft[] {
  return all(estate, 'instance').flatMap((instance) => {
    if (instance.managedBySsm !== true) return [];
    const why = evidence('configuration', 'Systems Manager manages it; its agent talks to it', instance.source);
    return ['ssm', 'ssmmessages'].map((service) =>
      draft(
        toResource(instance),
        toService(service, instance.region),
        'tcp',
        HTTPS,
        'the agent of Systems Manager',
        why,
      ),
    );
  });
}
