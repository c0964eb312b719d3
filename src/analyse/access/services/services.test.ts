import { describe, expect, it } from 'vitest';
import { id } from '../../../estate/ids.ts';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  awsPolicy,
  policyArn,
  REGION,
  roleArn,
  trusting,
  variable,
} from '../testing/account.ts';
import { policyDocument, proposals, serviceRoles, sharedRoles } from './services.ts';

const tasks = trusting({ Service: 'ecs-tasks.amazonaws.com' });
const lambda = trusting({ Service: 'lambda.amazonaws.com' });
const queue = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
const one = (builder: AccountBuilder, name: string) => {
  const found = serviceRoles(builder.build()).find(({ role }) => role.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const needs = (builder: AccountBuilder, name: string, use: string) =>
  proposals(builder.build()).find(({ workload }) => workload.name === name && workload.use === use)?.needs ?? [];

describe('roles of services', () => {
  it('shared by several services are counted', () => {
    const builder = account()
      .role('all', tasks)
      .service('web', { taskRole: 'all' })
      .service('worker', { taskRole: 'all', executionRole: 'all' })
      .lambda('mail', 'all')
      .role('own', lambda)
      .lambda('thumb', 'own');
    expect(one(builder, 'all')).toMatchObject({ sharedBy: 3, unused: false });
    expect(one(builder, 'own').sharedBy).toBe(1);
    expect(sharedRoles(builder.build()).map(({ role }) => role.name)).toEqual(['all']);
  });
  it('tell how wide each grant is', () => {
    const width = (...statements: object[]) =>
      one(
        account()
          .role('app', tasks, { inline: { p: statements } })
          .service('web', { taskRole: 'app' }),
        'app',
      ).grants.map((grant) => grant.width);
    expect(width(allow('*'))).toEqual(['everything']);
    expect(width({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })).toEqual(['everything']);
    expect(width(allow('sqs:*', queue))).toEqual(['wholeService']);
    expect(width(allow('sqs:SendMessage'))).toEqual(['anyResource']);
    expect(width(allow('sqs:SendMessage', queue), allow('s3:ListAllMyBuckets'))).toEqual(['exact', 'exact']);
  });
  it('tell what they allow and nothing is seen to use', () => {
    const builder = account()
      .role('app', tasks, { inline: { p: [allow(['sqs:*', 's3:*'])] } })
      .service('web', { taskRole: 'app', containers: [{ environment: [variable('QUEUE', { arns: [queue] })] }] });
    expect(one(builder, 'app').notSeen).toEqual(['s3']);
  });
  it('that nothing runs with are unused only when all that could is in the input', () => {
    expect(one(account().role('old', lambda).lambda('web', 'new'), 'old').unused).toBe(true);
    expect(one(account().role('old', lambda), 'old').unused).toBeUndefined();
    expect(
      one(
        account()
          .role('old', trusting({ Service: 'glue.amazonaws.com' }))
          .lambda('web', 'new'),
        'old',
      ).unused,
    ).toBeUndefined();
    expect(
      one(account().role('old', lambda, { lastUsed: '2026-05-01T00:00:00.000Z' }).lambda('web', 'new'), 'old').unused,
    ).toBeUndefined();
  });
  it('name what was not read', () => {
    expect(
      one(
        account()
          .role('app', lambda, { attached: [policyArn('x')] })
          .lambda('web', 'app'),
        'app',
      ).missing,
    ).toMatchObject([{ operation: 'iam:GetPolicyVersion' }]);
    expect(
      one(account().role('app', lambda).lambda('web', 'app', { environment: undefined }), 'app').proposals[0]?.missing,
    ).toMatchObject([{ operation: 'lambda:GetFunctionConfiguration' }]);
  });
});

describe('the least that would do', () => {
  it('of a function: its log, its event source, its dead letters, for sure', () => {
    const builder = account().lambda('mail', 'app', { deadLetter: queue }).eventSource(queue, 'mail');
    expect(needs(builder, 'mail', 'function').every((need) => need.sure)).toBe(true);
    expect(needs(builder, 'mail', 'function').flatMap((need) => need.actions)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:SendMessage',
    ]);
  });
  it('of a task: what the environment names, to be confirmed', () => {
    const builder = account().service('web', {
      containers: [
        {
          environment: [
            variable('QUEUE', { arns: [queue] }),
            variable('MEDIA', { arns: ['arn:aws:s3:::media/img/a'] }),
          ],
        },
      ],
    });
    const found = needs(builder, 'web', 'task');
    expect(found.every((need) => !need.sure)).toBe(true);
    expect(found.find((need) => need.actions.includes('s3:GetObject'))).toMatchObject({
      resources: ['arn:aws:s3:::media/*'],
      because: expect.stringContaining('only if it reads objects'),
    });
  });
  it('of a task: what the flows reach', () => {
    const builder = account().queue('jobs', null).service('web');
    builder.flows.push({
      id: 'x',
      from: { type: 'resource', id: id(`arn:aws:ecs:${REGION}:${ACCOUNT}:service/main/web`) },
      to: { type: 'resource', id: id(queue) },
      protocol: 'tcp',
      ports: null,
      purpose: 'jobs',
      evidence: [
        { type: 'environment', detail: 'QUEUE_URL names jobs', source: { operation: 'x', file: 'x', path: '' } },
      ],
    });
    expect(needs(builder, 'web', 'task').flatMap((need) => need.actions)).toContain('sqs:SendMessage');
  });
  it('of a program that has the ARN of a role: to take it', () => {
    const partner = 'arn:aws:iam::444455556666:role/partner';
    const builder = account().lambda('mail', 'app', {
      environment: [
        variable('PARTNER_ROLE_ARN', { arns: [partner] }),
        variable('POLICY', { arns: [`arn:aws:iam::${ACCOUNT}:policy/x`] }),
      ],
    });
    expect(needs(builder, 'mail', 'function').filter(({ sure }) => !sure)).toMatchObject([
      { actions: ['sts:AssumeRole'], resources: [partner] },
    ]);
  });
  it('of a program whose role another role lets in by its name: to take that', () => {
    const builder = account()
      .role('app', lambda)
      .role('drop', trusting({ AWS: roleArn('app') }))
      .lambda('mail', 'app')
      .lambda('thumb', 'other');
    expect(needs(builder, 'mail', 'function').flatMap(({ actions }) => actions)).toContain('sts:AssumeRole');
    expect(needs(builder, 'thumb', 'function').flatMap(({ actions }) => actions)).not.toContain('sts:AssumeRole');
  });
  it('of an execution role: images, log, secrets; never what the program itself uses', () => {
    const secret = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf`;
    const builder = account().service('web', {
      containers: [
        {
          image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop/web:v1`,
          logDriver: 'awslogs',
          environment: [
            variable('PASSWORD', { credential: 'reference', valueFrom: `${secret}:password::` }),
            variable('QUEUE', { arns: [queue] }),
          ],
        },
      ],
    });
    const found = needs(builder, 'web', 'execution');
    expect(found.flatMap((need) => need.resources)).toContain(`arn:aws:ecr:${REGION}:${ACCOUNT}:repository/shop/web`);
    expect(found.find((need) => need.actions.includes('secretsmanager:GetSecretValue'))?.resources).toEqual([secret]);
    expect(found.flatMap((need) => need.actions).some((action) => action.startsWith('sqs:'))).toBe(false);
  });
  it('as a policy text marks what has to be confirmed, and can leave it out', () => {
    const builder = account().lambda('mail', 'app', { environment: [variable('QUEUE', { arns: [queue] })] });
    const [proposal] = proposals(builder.build());
    if (!proposal) throw new Error('no proposal');
    const sids = (uncertain: 'include' | 'leaveOut') =>
      JSON.parse(policyDocument(proposal, uncertain) ?? '{}').Statement.map(
        (statement: { Sid: string }) => statement.Sid,
      );
    expect(sids('include')).toEqual(['Seen1', 'Confirm2', 'Confirm3']);
    expect(sids('leaveOut')).toEqual(['Seen1']);
  });
  it('never rests on what the role allows', () => {
    const builder = account()
      .role('app', tasks, { attached: [awsPolicy('AdministratorAccess')] })
      .service('web', { taskRole: 'app' });
    expect(one(builder, 'app').proposals.flatMap((proposal) => proposal.needs)).toEqual([]);
    expect(one(builder, 'app').role.id).toBe(roleArn('app'));
  });
});
