import { describe, expect, it } from 'vitest';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { ref } from '../edit.ts';
import { against, create, declaredOf, production, statements, update } from '../testing/hand-made.ts';

const ROLE = 'aws:iam/role:Role';
const lets = (Service: string, Condition?: Value): Value => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
});

describe('a role that works for something keeps letting in who works as it', () => {
  it.each([
    ['the role of tasks', /prod-task/, 'ecs-tasks.amazonaws.com'],
    ['the role of a function', /prod-lambda/, 'lambda.amazonaws.com'],
    ['the role of machines', /prod-ecsInstanceRole/, 'ec2.amazonaws.com'],
  ])('%s', (_what, name, service) => {
    const role = production(ROLE, name);
    const other = update(role, { assumeRolePolicy: statements(lets('states.amazonaws.com')) });
    expect(against('switch', [other])).toContain(`does not let in ${service}: it would have no permission at all`);
    // beside another statement nobody is kept out
    const both = statements(lets(service), lets('states.amazonaws.com'));
    expect(against('expand', [update(role, { assumeRolePolicy: both })])).toBe('');
  });

  it('for tasks of another account only is for nobody, and for tasks of some network is not known', () => {
    const role = production(ROLE, /prod-task/);
    const only = (Condition: Value) =>
      update(role, { assumeRolePolicy: statements(lets('ecs-tasks.amazonaws.com', Condition)) });
    expect(against('switch', [only({ StringEquals: { 'aws:SourceAccount': '444455556666' } })])).toContain(
      'does not let in ecs-tasks.amazonaws.com',
    );
    expect(against('switch', [only({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } })])).toMatch(
      /whether the trust of the role .* lets ecs-tasks.amazonaws.com work as it for service web is not known/,
    );
  });

  it('whom else a narrower trust keeps out is not judged', () => {
    const role = declaredOf(ROLE, ({ name }) => !/prod|dev/.test(name));
    expect(against('switch', [update(role, { assumeRolePolicy: statements(lets('states.amazonaws.com')) })])).toContain(
      'a change of trust of',
    );
  });
});

it('who had less does not become an administrator unsaid', () => {
  const role = production(ROLE, /ecsInstanceRole/);
  const policy = statements({ Effect: 'Allow', Action: '*', Resource: '*' });
  expect(
    against('expand', [create('aws:iam/rolePolicy:RolePolicy', { role: ref(role), name: 'all', policy })]),
  ).toContain('would become an administrator of the account');
});
