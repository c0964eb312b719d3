/**
 * The common types of the serverless transform, written out as it would write them. What is not written out here (APIs and
 * their routes, layers) is counted as a type that is not read.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
import { type Data, type Fields, isFields, isList } from './document.ts';
import type { DeclaredResource } from './template.ts';

export function serverless(given: DeclaredResource, globals: Fields): readonly DeclaredResource[] {
  const one = withGlobals(given, globals);
  switch (one.type) {
    case 'AWS::Serverless::Function':
      return lambda(one);
    case 'AWS::Serverless::SimpleTable':
      return [{ ...one, type: 'AWS::DynamoDB::Table', properties: tableOf(one.properties) }];
    case 'AWS::Serverless::StateMachine':
      return [
        {
          ...one,
          type: 'AWS::StepFunctions::StateMachine',
          properties: { StateMachineName: one.properties.Name ?? null },
        },
      ];
    case 'AWS::Serverless::Application':
      return [
        {
          ...one,
          type: 'AWS::CloudFormation::Stack',
          properties: { ...one.properties, TemplateURL: one.properties.Location ?? null },
        },
      ];
    default:
      return [one];
  }
}

/**
 * What Globals say of a type holds for each resource of it: its own values win, objects are merged, lists come together.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
function withGlobals(one: DeclaredResource, globals: Fields): DeclaredResource {
  const shared = globals[one.type.replace(/^AWS::Serverless::/, '')];
  return isFields(shared) && one.type.startsWith('AWS::Serverless::')
    ? { ...one, properties: merged(shared, one.properties) }
    : one;
}

function merged(shared: Fields, own: Fields): Fields {
  const made: Record<string, Data> = { ...shared };
  for (const [key, value] of Object.entries(own)) {
    const before = Object.hasOwn(shared, key) ? shared[key] : undefined;
    if (isFields(before) && isFields(value) && !isReference(value) && !isReference(before))
      made[key] = merged(before, value);
    else if (isList(before) && isList(value)) made[key] = [...before, ...value];
    else made[key] = value;
  }
  return made;
}

/** A table without a throughput is paid by request. */
const tableOf = (properties: Fields): Fields => ({
  ...pick(properties, ['TableName', 'ProvisionedThroughput', 'Tags', 'PointInTimeRecoverySpecification']),
  ...(properties.ProvisionedThroughput === undefined ? { BillingMode: 'PAY_PER_REQUEST' } : {}),
});

const COPIED = [
  'FunctionName',
  'Runtime',
  'VpcConfig',
  'Environment',
  'MemorySize',
  'Timeout',
  'Architectures',
  'PackageType',
  'Tags',
];

const pick = (from: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name] ?? null] as const])));

function lambda(one: DeclaredResource): readonly DeclaredResource[] {
  const { name, properties } = one;
  const role = properties.Role;
  const own: DeclaredResource = {
    ...one,
    type: 'AWS::Lambda::Function',
    properties: {
      ...pick(properties, COPIED),
      Role: role ?? { 'Fn::GetAtt': [`${name}Role`, 'Arn'] },
      ...(isFields(properties.DeadLetterQueue)
        ? { DeadLetterConfig: pick(properties.DeadLetterQueue, ['TargetArn']) }
        : {}),
    },
  };
  return [own, ...(role === undefined ? [roleOf(one)] : []), ...urlOf(one), ...eventsOf(one)];
}

const TRUST: Fields = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** The policies may be managed ones, documents, or templates of the transform's own, which are not known here. */
function roleOf(one: DeclaredResource): DeclaredResource {
  const given = one.properties.Policies;
  const list = given === undefined ? [] : isList(given) ? given : [given];
  const vpc =
    one.properties.VpcConfig === undefined ? 'AWSLambdaBasicExecutionRole' : 'AWSLambdaVPCAccessExecutionRole';
  const managed: Data[] = [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/service-role/${vpc}` }];
  const inline: Data[] = [];
  for (const [n, policy] of list.entries()) {
    const document = isFields(policy) && policy.Statement !== undefined;
    if (document) inline.push({ PolicyName: `${one.name}RolePolicy${n}`, PolicyDocument: policy });
    else if (typeof policy === 'string')
      managed.push(
        policy.startsWith('arn:') ? policy : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${policy}` },
      );
    else if (isReference(policy)) managed.push(policy);
    else
      inline.push({
        PolicyName: `${one.name}RolePolicy${n}`,
        PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Serverless' } },
      });
  }
  return {
    ...one,
    name: `${one.name}Role`,
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: one.properties.AssumeRolePolicyDocument ?? TRUST,
      ManagedPolicyArns: managed,
      ...(inline.length > 0 ? { Policies: inline } : {}),
      ...pick(one.properties, ['PermissionsBoundary', 'Tags']),
    },
  };
}

const isReference = (data: Data): boolean =>
  isFields(data) &&
  Object.keys(data).length === 1 &&
  Object.keys(data).every((key) => key === 'Ref' || key.startsWith('Fn::'));

function urlOf(one: DeclaredResource): readonly DeclaredResource[] {
  const config = one.properties.FunctionUrlConfig;
  if (!isFields(config)) return [];
  const url: DeclaredResource = {
    ...one,
    name: `${one.name}Url`,
    type: 'AWS::Lambda::Url',
    properties: { TargetFunctionArn: { Ref: one.name }, AuthType: config.AuthType ?? null },
  };
  if (config.AuthType !== 'NONE') return [url];
  return [
    url,
    permission(one, `${one.name}UrlPublicPermissions`, {
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    }),
  ];
}

const permission = (one: DeclaredResource, name: string, properties: Fields): DeclaredResource => ({
  ...one,
  name,
  type: 'AWS::Lambda::Permission',
  properties: { FunctionName: { Ref: one.name }, Action: 'lambda:InvokeFunction', ...properties },
});

const QUEUES: Readonly<Record<string, string>> = { SQS: 'Queue', Kinesis: 'Stream', DynamoDB: 'Stream', MQ: 'Broker' };
const CALLERS: Readonly<Record<string, string>> = {
  S3: 's3.amazonaws.com',
  SNS: 'sns.amazonaws.com',
  Schedule: 'events.amazonaws.com',
  EventBridgeRule: 'events.amazonaws.com',
  CloudWatchEvent: 'events.amazonaws.com',
  Api: 'apigateway.amazonaws.com',
  HttpApi: 'apigateway.amazonaws.com',
};

/** What starts a function: a mapping for what it polls, a permission for what calls it. */
function eventsOf(one: DeclaredResource): readonly DeclaredResource[] {
  const events = one.properties.Events;
  if (!isFields(events)) return [];
  return Object.entries(events).flatMap(([key, event]): readonly DeclaredResource[] => {
    if (!isFields(event) || typeof event.Type !== 'string') return [];
    const given = isFields(event.Properties) ? event.Properties : {};
    const name = `${one.name}${key}`;
    const polled = QUEUES[event.Type];
    if (polled !== undefined)
      return [
        {
          ...one,
          name,
          type: 'AWS::Lambda::EventSourceMapping',
          properties: {
            FunctionName: { Ref: one.name },
            EventSourceArn: given[polled] ?? null,
            ...pick(given, ['BatchSize', 'Enabled']),
          },
        },
      ];
    const caller = CALLERS[event.Type];
    if (caller === undefined) return [];
    const called = permission(one, `${name}Permission`, {
      Principal: caller,
      ...(event.Type === 'SNS' ? { SourceArn: given.Topic ?? null } : {}),
    });
    if (event.Type !== 'SNS') return [called];
    return [
      called,
      {
        ...one,
        name,
        type: 'AWS::SNS::Subscription',
        properties: {
          TopicArn: given.Topic ?? null,
          Protocol: 'lambda',
          Endpoint: { 'Fn::GetAtt': [one.name, 'Arn'] },
        },
      },
    ];
  });
}
