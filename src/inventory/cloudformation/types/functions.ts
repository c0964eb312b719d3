/** Lambda. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';

const lambda = row(
  'AWS::Lambda::Function',
  'aws:lambda/function:Function',
  (one) => ({
    name: one.text('FunctionName'),
    packageType: one.text('PackageType'),
    runtime: one.text('Runtime'),
    role: one.text('Role'),
    vpcConfig: one.one('VpcConfig', (vpc) => ({
      subnetIds: vpc.list('SubnetIds'),
      securityGroupIds: vpc.list('SecurityGroupIds'),
    })),
    environment: one.one('Environment', (environment) => ({ variables: environment.mapping('Variables') })),
    memorySize: one.number('MemorySize'),
    timeout: one.number('Timeout'),
    architectures: one.list('Architectures'),
    deadLetterConfig: one.one('DeadLetterConfig', (each) => ({ targetArn: each.text('TargetArn') })),
    tags: one.tags(),
  }),
  { attributes: { Arn: 'arn' } },
);

/** A function is named by its name or its ARN, with or without a version. */
const bare = (value: Value | undefined): Value | undefined =>
  typeof value === 'string' && value.startsWith('arn:') ? value.split(':').slice(0, 7).join(':') : value;

const permission = row(
  'AWS::Lambda::Permission',
  'aws:lambda/permission:Permission',
  (one) => ({
    function: bare(one.text('FunctionName')),
    action: one.text('Action'),
    principal: one.text('Principal'),
    sourceArn: one.text('SourceArn'),
    sourceAccount: one.text('SourceAccount'),
    principalOrgId: one.text('PrincipalOrgID'),
    eventSourceToken: one.text('EventSourceToken'),
    functionUrlAuthType: one.text('FunctionUrlAuthType'),
    invokedViaFunctionUrl: one.flag('InvokedViaFunctionUrl'),
  }),
  { belongs: ['function'], untagged: true },
);

const url = row(
  'AWS::Lambda::Url',
  'aws:lambda/functionUrl:FunctionUrl',
  (one) => ({ functionName: bare(one.text('TargetFunctionArn')), authorizationType: one.text('AuthType') }),
  { attributes: { FunctionUrl: 'functionUrl' }, belongs: ['functionName'], untagged: true },
);

const source = (one: Given): Value | undefined => one.text('EventSourceArn');

export const functions: readonly TypeRow[] = [
  lambda,
  permission,
  url,
  row(
    'AWS::Lambda::EventSourceMapping',
    'aws:lambda/eventSourceMapping:EventSourceMapping',
    (one) => ({
      eventSourceArn: source(one),
      functionName: bare(one.text('FunctionName')),
      enabled: one.flag('Enabled'),
      batchSize: one.number('BatchSize'),
      tags: one.tags(),
    }),
    { attributes: { Id: 'id', EventSourceMappingArn: 'arn' } },
  ),
];
