/** What the rules about services and environments say in the cases that their two examples do not show. */
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf, join } from '../../example.ts';
import { CLUSTER, service, serviceAnswer } from '../../examples/containers.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { functionAnswer, functionArn, lambda } from '../../examples/functions.ts';
import { functionAccess, queueWithPolicy } from '../../examples/messages.ts';
import { people } from '../../examples/people.ts';
import { callerAnswer } from '../../examples/records.ts';
import { profileAnswer, roleAnswer, roleArn, serviceRole, statement } from '../../examples/roles.ts';
import { queueArn } from '../../examples/stores.ts';
import { computeAnswer, taskDefinition, taskDefinitionAnswer } from '../../examples/tasks.ts';
import type { Example, Rule } from '../../rule.ts';
import { runRule } from '../../run.ts';
import { rule as connected } from '../account/environments-connected.ts';
import { rule as share } from '../account/environments-share-a-resource.ts';
import { rule as url } from './function-url-public.ts';
import { rule as hosts } from './instance-role-serves-containers.ts';
import { rule as literal } from './literal-credentials.ts';
import { rule as mistaken } from './policy-mistaken.ts';
import { rule as queue } from './queue-open-to-the-world.ts';
import { rule as wildcard } from './role-wildcard.ts';

function told(rule: Rule, example: Example): readonly (readonly [state: string, severity: string, claim: string])[] {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return runRule(rule, assemble(entries, notices, collectedAt)).map(({ state, severity, claim }) => [
    state,
    severity,
    claim,
  ]);
}
const stateOf = (rule: Rule, example: Example): readonly string[] => told(rule, example).map(([state]) => state);

describe('a queue open to everybody', () => {
  const open = (fields: object): Example =>
    queueWithPolicy('jobs', {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: queueArn('jobs'),
      ...fields,
    });
  it('stays open under conditions that every caller fulfils', () => {
    expect(stateOf(queue, open({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))).toEqual(['fail']);
    expect(stateOf(queue, open({ Condition: { StringLike: { 'aws:UserAgent': '*' } } }))).toEqual(['fail']);
  });
  it('is closed by a condition on who calls', () => {
    expect(stateOf(queue, open({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }))).toEqual([
      'pass',
    ]);
  });
  it('is medium when only sending is open, for nothing can be read or lost', () => {
    expect(told(queue, open({}))).toEqual([['fail', 'medium', 'anybody can send messages of the queue jobs']]);
  });
});

it('a function URL without signatures is closed when the policy of the function lets nobody in', () => {
  const only = {
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: 'lambda:*',
    Resource: functionArn('hook'),
  };
  const example = join(functionAnswer(lambda('hook', 'nodejs22.x')), functionAccess('hook', [only], 'NONE'));
  expect(stateOf(url, example)).toEqual(['pass']);
  const { 'lambda:GetPolicy': _, ...unread } = example;
  expect(stateOf(url, unread)).toEqual(['unknown']);
});

describe('a role with wildcards', () => {
  const role = (...statements: readonly object[]) => roleAnswer(serviceRole('app', 'lambda.amazonaws.com', statements));
  it('is high when it is an administrator, also by escalation', () => {
    expect(told(wildcard, role(statement('*')))[0]).toEqual([
      'fail',
      'high',
      'app is an administrator by the policy “own”',
    ]);
    expect(told(wildcard, role(statement('iam:*')))[0]?.[1]).toBe('high');
  });
  it('does not count what a deny takes away, or what is limited to some resources', () => {
    expect(stateOf(wildcard, role(statement('sqs:*'), { Effect: 'Deny', Action: 'sqs:*', Resource: '*' }))).toEqual([
      'pass',
    ]);
    expect(stateOf(wildcard, role(statement('sqs:*', queueArn('jobs'))))).toEqual(['pass']);
    expect(told(wildcard, role(statement('sqs:*')))[0]?.[2]).toBe('app may do everything with sqs, on every resource');
  });
  it('leaves the roles of people alone', () => {
    const person = {
      ...serviceRole('ops', 'x', [statement('*')]),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
      },
    };
    expect(stateOf(wildcard, roleAnswer(person))).toEqual(['notApplicable']);
  });
});

describe('containers on a host', () => {
  const hosted = (networkMode: string, HttpTokens: string): Example => {
    const bad = hosts.examples.bad;
    const [reservation] = (bad['ec2:DescribeInstances'] as { Reservations: { Instances: object[] }[] }).Reservations;
    return {
      ...bad,
      'ec2:DescribeInstances': {
        Reservations: [
          {
            Instances: reservation?.Instances.map((one) => ({
              ...one,
              MetadataOptions: { HttpTokens, HttpEndpoint: 'enabled' },
            })),
          },
        ],
      },
      ...taskDefinitionAnswer(taskDefinition('web', {}, { networkMode })),
    };
  };
  it.each([
    ['bridge', 'optional', 'fail'],
    ['bridge', 'required', 'unknown'],
    ['host', 'required', 'fail'],
    ['awsvpc', 'optional', 'pass'],
  ])('in %s networking with tokens %s: %s', (mode, tokens, state) => {
    expect(stateOf(hosts, hosted(mode, tokens))).toEqual([state]);
  });
  it('are graver when the role of the host is an administrator', () => {
    const power = {
      ...hosts.examples.bad,
      ...profileAnswer('host'),
      ...roleAnswer(serviceRole('host', 'ec2.amazonaws.com', [statement('*')])),
    };
    expect(told(hosts, power)[0]?.[1]).toBe('high');
  });
});

describe('credentials in clear text', () => {
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const example = join(
    callerAnswer(),
    people([
      {
        name: 'bot',
        keys: [{ id: key, created: '2021-01-01T00:00:00Z', lastUsed: '2026-01-30T00:00:00Z' }],
        inline: [everything],
      },
    ]),
    taskDefinitionAnswer(
      taskDefinition('web', {
        AWS_ACCESS_KEY_ID: key,
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      }),
    ),
  );
  it('name the owner of an access key, and that the owner is an administrator', () => {
    expect(told(literal, example)[0]?.[2]).toBe(
      'task definition web:1 has AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in clear text; the access key is of bot, who is an administrator',
    );
  });
  it('are unknown for a service whose task definition was not read', () => {
    expect(stateOf(literal, join(computeAnswer(), serviceAnswer(service('web'))))).toEqual(['unknown']);
  });
});

describe('environments', () => {
  const both = (more: Example): Example =>
    join(
      callerAnswer(),
      computeAnswer([]),
      {
        'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: [] },
        'rds:DescribeDBInstances': { DBInstances: [] },
      },
      more,
    );
  const variables = (host: string) => ({
    Environment: { Variables: { DB_HOST: `${host}.abcdefghijkl.eu-west-1.rds.amazonaws.com` } },
  });
  const functions = (...pairs: readonly (readonly [name: string, host: string])[]) =>
    functionAnswer(
      ...pairs.map(([name, host]) => lambda(name, 'nodejs22.x', { ...variables(host), Role: roleArn(name) })),
    );
  it('share a database that is of neither, and are connected by one that is of the other', () => {
    const shared = both(
      join(functions(['mailer-prod', 'shop'], ['mailer-dev', 'shop']), databaseAnswer(database('shop'))),
    );
    expect(told(share, shared).filter(([state]) => state === 'fail')).toEqual([
      ['fail', 'medium', 'database shop is used by development (mailer-dev) and production (mailer-prod)'],
    ]);
    expect(stateOf(connected, shared)).toEqual(['unknown']);
    const crossing = both(join(functions(['mailer-dev', 'shop-prod']), databaseAnswer(database('shop-prod'))));
    expect(told(connected, crossing)).toEqual([
      ['fail', 'high', 'mailer-dev (development) uses database shop-prod (production)'],
    ]);
    expect(stateOf(share, crossing)).not.toContain('fail');
  });
  it('share a cluster', () => {
    const example = both(
      join({ 'ecs:ListClusters': { clusterArns: [CLUSTER] } }, serviceAnswer(service('web-prod'), service('web-dev'))),
    );
    expect(told(share, example)[0]?.[2]).toBe(
      'ECS cluster shop is used by development (web-dev) and production (web-prod)',
    );
  });
});

describe('a policy with an action that no service has', () => {
  const withPolicy = (Arn: string): Example => ({
    'iam:GetAccountAuthorizationDetails': {
      IsTruncated: false,
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [
        {
          PolicyName: 'reports',
          Arn,
          DefaultVersionId: 'v1',
          PolicyVersionList: [
            {
              VersionId: 'v1',
              IsDefaultVersion: true,
              Document: { Statement: [{ Effect: 'Allow', Action: 's3:GetObjekt', Resource: '*' }] },
            },
          ],
        },
      ],
    },
  });
  it('is a mistake of whoever wrote it, and of nobody where AWS did', () => {
    expect(stateOf(mistaken, withPolicy('arn:aws:iam::111122223333:policy/reports'))).toEqual(['fail']);
    expect(stateOf(mistaken, withPolicy('arn:aws:iam::aws:policy/reports'))).toEqual(['notApplicable']);
  });
});
