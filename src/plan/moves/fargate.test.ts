import { describe, expect, it } from 'vitest';
import { all, makeEstate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { rules } from '../../rules/catalog/index.ts';
import { audit } from '../../rules/run.ts';
import type { Proposal } from '../move.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './fargate.ts';
import { move as groups } from './groups-beside.ts';
import { move as network } from './private-network.ts';
import { move as roles } from './service-roles.ts';

const DEV = 'development';
const ready = walk(shopToday(), [
  [adopt, null],
  [network, DEV],
  [groups, DEV],
  [roles, DEV],
]).state;
const proposal = move.propose(contextOf(ready, DEV));
const steps = proposal.state === 'ready' ? proposal.steps : [];

/** Makes the steps one after the other, whatever the prover says. */
function made(from: State, list: readonly Step[]): { readonly state: State; readonly said: readonly string[] } {
  const said: string[] = [];
  let state = from;
  for (const step of list) {
    const one = proveStep(state, step);
    said.push(...objections(one));
    if (one.after) state = one.after;
  }
  return { state, said };
}

const changed = (state: State, change: (resource: Resource) => Resource): Proposal => {
  const context = contextOf(state, DEV);
  const resources = context.estate.resources.map(change);
  return move.propose({ ...context, estate: makeEstate({ ...context.estate, resources }) });
};
const refusalsOf = (one: Proposal): string =>
  'refusals' in one ? (one.refusals ?? []).map(({ because }) => because).join('\n') : one.state;

describe('services on Fargate', () => {
  it('come beside, take over by weights on every listener and rule, and then the old ones and the machines go', () => {
    const of = (weight: number) =>
      ['http-80', 'https-443', 'http-80-rule-10'].map(
        (rule) => `switch legacy-dev-web-fargate-${weight}-percent-legacy-dev-alb-${rule}`,
      );
    expect(steps.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'expand legacy-dev-fargate-prepared',
      'expand legacy-dev-fargate-attached',
      'expand legacy-dev-fargate-beside',
      ...of(10),
      ...of(50),
      ...of(100),
      'watch legacy-dev-fargate-watched',
      'contract legacy-dev-old-services-stopped',
      'contract legacy-dev-old-services-gone',
      'act legacy-dev-machines-emptied',
      'contract legacy-dev-machines-gone',
      'contract legacy-dev-machines-forgotten',
    ]);
  });

  const whole = made(ready, steps);

  it('are proven in every step, and leave no machine and no finding about machines', () => {
    expect(whole.said).toEqual([]);
    const end = estateAt(whole.state);
    const dev = ({ name, tags }: Resource): boolean => `${name}${tags?.Environment ?? ''}`.includes('dev');
    expect(all(end, 'instance').filter(dev)).toEqual([]);
    expect(all(end, 'autoScalingGroup').filter(dev)).toEqual([]);
    const left = audit(end, rules).filter(
      (finding) =>
        finding.state === 'fail' &&
        /ecs-on-ec2|imdsv1|previous-generation-instance|instance-in-public|scaling-group|service-in-one|service-without|literal|launch-conf/.test(
          finding.rule,
        ) &&
        finding.resources.some(({ id }) => id.includes('legacy-dev')),
    );
    expect(left.map(({ rule }) => rule)).toEqual([]);
  }, 60_000);

  it('run in private subnets of two zones, with a group of their own and a definition that Fargate takes', () => {
    const service = all(estateAt(whole.state), 'ecsService').find(({ name }) => name === 'legacy-dev-web-fargate');
    expect(service).toMatchObject({ desired: 2, capacityProviders: ['FARGATE'], network: { assignPublicIp: false } });
    expect(service?.network?.subnets).toHaveLength(2);
    const definition = all(estateAt(whole.state), 'taskDefinition').find(
      ({ id }) => id === service?.taskDefinition?.id,
    );
    expect(definition).toMatchObject({ networkMode: 'awsvpc', cpu: 512, memory: 1024, architecture: 'X86_64' });
    expect(definition?.containers?.[0]).toMatchObject({
      privileged: false,
      ports: [{ containerPort: 8080, hostPort: undefined }],
    });
  });

  it('say that a container was privileged and will not be', () => {
    expect(steps[0]?.gate.some(({ type, check }) => type === 'person' && /web of web is privileged/.test(check))).toBe(
      true,
    );
  });

  it('are not needed once they are there', () => {
    expect(move.propose(contextOf(whole.state, DEV)).state).toBe('notNeeded');
  });

  const without = (...ids: readonly RegExp[]): string =>
    made(
      ready,
      steps.filter(({ id }) => !ids.some((one) => one.test(id))),
    ).said.join('\n');

  it('are refused by the prover when the old service stops before the new one gets requests', () => {
    const early = [...steps.slice(0, 2), ...steps.filter(({ id }) => /stopped/.test(id))];
    expect(made(ready, early).said.join('\n')).toMatch(/old-services-stopped: flows/);
  });

  it('are refused when the machines end, or the old service stops, before the weights have moved', () => {
    const early = without(/percent/);
    expect(early).toMatch(/old-services-stopped: flows: .*sends requests to legacy-dev-web, where nothing answers/);
    expect(without(/percent|old-services/)).toMatch(/machines-gone: flows: .*where nothing answers/);
  });

  it('are refused when requests come before the service', () => {
    expect(without(/beside/)).toMatch(/10-percent.*: flows.*: .*nobody knows who answers/);
  });

  it('are refused when they may not go out', () => {
    const [first, ...rest] = steps as [Step, ...Step[]];
    const shut = { ...first, edits: first.edits.filter(({ type }) => !/EgressRule/.test(type)) };
    expect(made(ready, [shut, ...rest.slice(0, 2)]).said.join('\n')).toMatch(/beside: flows: .*would not work/);
  });
});

describe('what stays', () => {
  it('waits for private subnets and for credentials out of clear text', () => {
    const bare = walk(shopToday(), [[adopt, null]]).state;
    expect(move.propose(contextOf(bare, DEV))).toMatchObject({ state: 'waits' });
  });

  it.each([
    [
      'files on the machine',
      (one: Resource) => (one.kind === 'taskDefinition' ? { ...one, hostVolumes: ['/data'] } : one),
      /files on the machine/,
    ],
    [
      'a daemon',
      (one: Resource) => (one.kind === 'ecsService' ? { ...one, schedulingStrategy: 'DAEMON' } : one),
      /DAEMON/,
    ],
    [
      'an unknown processor',
      (one: Resource) => (one.kind === 'instance' ? { ...one, architecture: undefined } : one),
      /processors/,
    ],
    [
      'an unknown image',
      (one: Resource) =>
        one.kind === 'taskDefinition'
          ? { ...one, containers: one.containers?.map((each) => ({ ...each, image: undefined })) }
          : one,
      /image of/,
    ],
    [
      'the role of its machine',
      (one: Resource) =>
        one.kind === 'taskDefinition'
          ? { ...one, taskRole: null }
          : one.kind === 'role'
            ? { ...one, inlinePolicies: [...(one.inlinePolicies ?? []), { name: 'uploads', document: '{}' }] }
            : one,
      /may use that of its machine/,
    ],
    [
      'another deployer',
      (one: Resource) => (one.kind === 'ecsService' ? { ...one, deploymentController: 'CODE_DEPLOY' } : one),
      /CODE_DEPLOY/,
    ],
    [
      'too much memory',
      (one: Resource) => (one.kind === 'taskDefinition' ? { ...one, memory: 999_999 } : one),
      /more than a task on Fargate gets/,
    ],
  ] as const)('is refused with %s', (_what, change, says) => {
    const one = changed(ready, change as (resource: Resource) => Resource);
    expect(one.state).toBe('refused');
    expect(refusalsOf(one)).toMatch(says);
  });

  it('a worker that reads no queue is refused, and its machines stay', () => {
    const context = contextOf(ready, DEV);
    const flows = context.estate.flows.filter(({ id }) => !/worker.*queue/.test(id));
    const one = move.propose({ ...context, estate: makeEstate({ ...context.estate, flows }) });
    expect(refusalsOf(one)).toMatch(/worker: it is behind no load balancer/);
    expect(refusalsOf(one)).toMatch(/machines of legacy-dev stay/);
  });

  it('are refused where a registry of Cloud Map finds the old one by name', () => {
    const declared = new Map(
      [...ready.world.declared].map(([address, one]) => [
        address,
        one.type === 'aws:ecs/service:Service'
          ? {
              ...one,
              properties: { ...one.properties, serviceRegistries: { registryArn: 'arn:aws:servicediscovery' } },
            }
          : one,
      ]),
    );
    const proposed = move.propose(contextOf({ ...ready, world: { ...ready.world, declared } }, DEV));
    expect(proposed.state).toBe('refused');
    expect(refusalsOf(proposed)).toContain('a name of Cloud Map');
  });
});

describe('a health check at a port of its own', () => {
  const checked = (hostPort: number | undefined): Proposal =>
    changed(ready, (one) => {
      if (one.kind === 'targetGroup') return { ...one, healthCheckPort: 8081 };
      if (one.kind !== 'taskDefinition' || hostPort === undefined) return one;
      const ports = [{ containerPort: 9081, hostPort, protocol: 'tcp' }];
      return {
        ...one,
        containers: one.containers?.map((each) => ({ ...each, ports: [...(each.ports ?? []), ...ports] })),
      };
    });

  it('is refused where no container is known to answer it', () => {
    expect(refusalsOf(checked(undefined))).toContain('checks the health at port 8081 of the machine');
  });

  it('is let in at the port of the container', () => {
    const found = checked(8081);
    const edits = found.state === 'ready' ? (found.steps[0]?.edits ?? []) : [];
    const open = edits.filter((one) => 'properties' in one && one.properties.fromPort === 9081);
    expect(open.map(({ type }) => type.replace(/^.*:/, '')).sort()).toEqual([
      'SecurityGroupEgressRule',
      'SecurityGroupIngressRule',
    ]);
    const group = edits.find(({ type }) => type === 'aws:lb/targetGroup:TargetGroup');
    expect(group && 'properties' in group && group.properties.healthCheck).toMatchObject({ port: '9081' });
  });
});
