import { arn, byArn, byName, letterId, physical, type Shape, type Subject, shortHash, text, uuid } from './shape.ts';

const pathOf = (subject: Subject): string => text(subject.inputs.path) ?? '/';

const inIam =
  (kind: string, prefix: string): Shape =>
  (subject) => {
    const name = subject.importId ?? physical(subject);
    return {
      id: name,
      name,
      arn: arn(subject, 'iam', `${kind}${pathOf(subject)}${name}`, 'global'),
      uniqueId: letterId(subject, prefix),
    };
  };

/** An inline policy, known by its holder and its name. */
const inline =
  (holder: string): Shape =>
  (subject) => ({ id: `${text(subject.inputs[holder]) ?? ''}:${physical(subject)}`, name: physical(subject) });

export const people: Readonly<Record<string, Shape>> = {
  'aws:iam/role:Role': inIam('role', 'AROA'),
  'aws:iam/user:User': inIam('user', 'AIDA'),
  'aws:iam/group:Group': inIam('group', 'AGPA'),
  'aws:iam/instanceProfile:InstanceProfile': inIam('instance-profile', 'AIPA'),
  'aws:iam/policy:Policy': (subject) => {
    const own = subject.importId ?? arn(subject, 'iam', `policy${pathOf(subject)}${physical(subject)}`, 'global');
    return { id: own, arn: own, name: own.replace(/^.*\//, ''), policyId: letterId(subject, 'ANPA') };
  },
  'aws:iam/rolePolicy:RolePolicy': inline('role'),
  'aws:iam/groupPolicy:GroupPolicy': inline('group'),
  'aws:iam/userPolicy:UserPolicy': inline('user'),
  'aws:iam/accessKey:AccessKey': (subject) => ({
    id: `AKIA${shortHash(subject, 16).toUpperCase()}`,
    secret: 'not-a-real-one',
    status: text(subject.inputs.status) ?? 'Active',
  }),
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': (subject) => {
    const own = arn(
      subject,
      'iam',
      `oidc-provider/${(text(subject.inputs.url) ?? '').replace(/^https:\/\//, '')}`,
      'global',
    );
    return { id: own, arn: own };
  },
  'aws:cloudwatch/logGroup:LogGroup': byName('name', 'logs', (name) => `log-group:${name}`),
  'aws:cloudwatch/metricAlarm:MetricAlarm': byName('name', 'cloudwatch', (name) => `alarm:${name}`),
  'aws:cloudwatch/eventRule:EventRule': byName('name', 'events', (name) => `rule/${name}`),
  'aws:cloudwatch/eventBus:EventBus': byName('name', 'events', (name) => `event-bus/${name}`),
  'aws:cloudtrail/trail:Trail': byArn(
    'cloudtrail',
    (subject) => `trail/${physical(subject)}`,
    (_, subject) => ({
      name: physical(subject),
      homeRegion: subject.region,
    }),
  ),
  'aws:sfn/stateMachine:StateMachine': byArn(
    'states',
    (subject) => `stateMachine:${physical(subject)}`,
    (_, subject) => ({
      name: physical(subject),
    }),
  ),
  'aws:apigatewayv2/api:Api': (subject) => {
    const id = shortHash(subject, 10);
    return {
      id,
      arn: `arn:${subject.partition}:apigateway:${subject.region}::/apis/${id}`,
      apiEndpoint: `https://${id}.execute-api.${subject.region}.amazonaws.com`,
      executionArn: arn(subject, 'execute-api', id),
    };
  },
  'aws:guardduty/detector:Detector': (subject) => ({ id: shortHash(subject, 32), accountId: subject.account }),
  'aws:budgets/budget:Budget': (subject) => {
    const name = physical(subject);
    return { id: `${subject.account}:${name}`, name, arn: arn(subject, 'budgets', `budget/${name}`, 'global') };
  },
  'pulumi:pulumi:StackReference': (subject) => ({ id: text(subject.inputs.name) ?? subject.name, outputs: {} }),
  'random:index/randomPassword:RandomPassword': (subject) => ({
    id: 'none',
    result: `not-a-real-one-${shortHash(subject, 8)}`,
  }),
  'random:index/randomId:RandomId': (subject) => ({
    id: shortHash(subject, 8),
    hex: shortHash(subject, 8),
    dec: String(Number.parseInt(shortHash(subject, 8), 16)),
    b64Url: shortHash(subject, 8),
    b64Std: shortHash(subject, 8),
  }),
  'random:index/randomString:RandomString': (subject) => ({ id: shortHash(subject, 8), result: shortHash(subject, 8) }),
  'random:index/randomPet:RandomPet': (subject) => ({ id: `calm-${shortHash(subject, 6)}` }),
  'random:index/randomUuid:RandomUuid': (subject) => ({ id: uuid(subject), result: uuid(subject) }),
};
