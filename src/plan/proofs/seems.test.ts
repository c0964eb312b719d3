/** What is changed without a trace on the estates, or in a direction that nobody judges, is not proven. */
import { describe, expect, it } from 'vitest';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { ref } from '../edit.ts';
import type { StepKind } from '../step.ts';
import { against, create, production, stepped, update } from '../testing/hand-made.ts';

const fn = production('aws:lambda/function:Function');
const web = production('aws:ecs/taskDefinition:TaskDefinition', /web/);
const worker = production('aws:ecs/taskDefinition:TaskDefinition', /worker/);
const service = production('aws:ecs/service:Service', /web/);
const machines = production('aws:autoscaling/group:Group');
const balancer = production('aws:lb/loadBalancer:LoadBalancer');
const https = production('aws:lb/listener:Listener', /443/);
const queue = production('aws:sqs/queue:Queue');
const topic = production('aws:sns/topic:Topic');
const media = production('aws:s3/bucket:Bucket', /media/);

const SECRET = 'aws:secretsmanager/secret:Secret';
const VERSION = 'aws:secretsmanager/secretVersion:SecretVersion';
const LIFECYCLE = 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration';
const PASSWORDS = 'aws:iam/accountPasswordPolicy:AccountPasswordPolicy';
const SCALED = 'aws:appautoscaling/target:Target';

describe('a new value of a secret', () => {
  const secret = create(SECRET, { name: 'fresh' });
  const value = (more: Record<string, Value> = {}) =>
    create(VERSION, { secretId: ref(secret), secretString: '{}', ...more });

  it('is read by whoever reads the secret, but where the secret comes with it or another stage holds it', () => {
    const from = stepped('expand', [secret]);
    expect(against('expand', [value()], from)).toContain('becomes the current value of its secret');
    // whatever else the step does, and however it names the secret
    const tagged = update(media, { tags: { Name: 'x' } });
    expect(against('expand', [value(), tagged], from)).toContain('becomes the current value of its secret');
    expect(against('expand', [value({ secretId: 'arn:aws:secretsmanager:x' })], from)).toContain('becomes the current');
    expect(against('expand', [value({ versionStages: ['AWSPENDING'] })], from)).toBe('');
    expect(against('expand', [secret, value()])).toBe('');
  });
});

const containers = ({ inputs }: typeof web, change: (one: Properties) => Record<string, Value>) => ({
  containerDefinitions: JSON.stringify(
    (JSON.parse(String(inputs.containerDefinitions)) as readonly Properties[]).map((one) => ({
      ...one,
      ...change(one),
    })),
  ),
});
const pairs = ({ environment }: Properties): readonly Properties[] =>
  Array.isArray(environment) ? environment.filter(isProperties) : [];
const variables = (): Properties =>
  isProperties(fn.inputs.environment) && isProperties(fn.inputs.environment.variables)
    ? fn.inputs.environment.variables
    : {};

describe('a program', () => {
  it.each<readonly [string, Parameters<typeof update>[0], Record<string, Value>]>([
    ['a shorter time', fn, { timeout: 1 }],
    ['less memory', fn, { memorySize: 64 }],
    ['a setting that goes', fn, { environment: { variables: { DB_HOST: variables().DB_HOST ?? '' } } }],
    [
      'a value that nobody reads, beside something else',
      fn,
      { timeout: 900, environment: { variables: { ...variables(), DB_PASSWORD: 'other' } } },
    ],
    ['a setting of a container that goes', worker, containers(worker, (one) => ({ environment: pairs(one).slice(1) }))],
    [
      'another port',
      web,
      containers(web, () => ({ portMappings: [{ containerPort: 9999, hostPort: 0, protocol: 'tcp' }] })),
    ],
    [
      'a log that is nowhere',
      web,
      containers(web, () => ({ logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/nowhere' } } })),
    ],
    [
      'a secret that no role fetches',
      web,
      containers(web, () => ({
        secrets: [{ name: 'X', valueFrom: 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:x-AbCdEf' }],
      })),
    ],
    [
      'another command, beside a new setting',
      web,
      containers(web, (one) => ({ command: ['false'], environment: [...pairs(one), { name: 'NEW', value: 'x' }] })),
    ],
    ['no role', web, { taskRoleArn: null }],
    ['an empty role', web, { taskRoleArn: '' }],
  ])('is not given %s', (_what, of, properties) => {
    expect(against('switch', [update(of, properties)])).not.toBe('');
  });

  it('may get more memory, a longer time and a setting more', () => {
    expect(against('switch', [update(fn, { timeout: 900, memorySize: 4096 })])).toBe('');
    expect(against('switch', [update(fn, { environment: { variables: { ...variables(), NEW: 'x' } } })])).toBe('');
    const more = containers(web, (one) => ({ environment: [...pairs(one), { name: 'NEW', value: 'x' }] }));
    expect(against('switch', [update(web, more)])).toBe('');
  });
});

describe('capacity', () => {
  it.each<readonly [string, StepKind, Parameters<typeof update>[0], Record<string, Value>]>([
    ['fewer tasks', 'contract', service, { desiredCount: 1 }],
    ['fewer machines', 'contract', machines, { desiredCapacity: 1, minSize: 1 }],
    ['fewer at most', 'contract', machines, { maxSize: 1 }],
    ['one subnet of two', 'contract', machines, { vpcZoneIdentifiers: ['subnet-a40806910adf28f91'] }],
    [
      'another way to place tasks',
      'switch',
      service,
      { orderedPlacementStrategies: [{ type: 'binpack', field: 'memory' }] },
    ],
  ])('%s', (_what, kind, of, properties) => {
    expect(against(kind, [update(of, properties)])).toContain('is not known here');
  });

  it('a bound below what runs takes tasks away', () => {
    const bound = (maxCapacity: number) =>
      create(SCALED, {
        serviceNamespace: 'ecs',
        resourceId: 'service/legacy-prod/web',
        scalableDimension: 'ecs:service:DesiredCount',
        minCapacity: 1,
        maxCapacity,
      });
    expect(against('expand', [bound(1)])).toContain('is not known here');
    expect(against('expand', [bound(4)])).toBe('');
  });

  it('an address that a running machine gets takes away the one that it had', () => {
    const eip = create('aws:ec2/eip:Eip', { domain: 'vpc', instance: 'i-9318e8b9ac44479cb' });
    expect(against('expand', [eip])).toContain('elasticIp');
  });

  it('who also asks a queue takes messages from the one who does', () => {
    const other = create('aws:lambda/eventSourceMapping:EventSourceMapping', {
      eventSourceArn: ref(queue, 'arn'),
      functionName: ref(fn, 'arn'),
    });
    expect(against('expand', [other])).toContain('is not known here');
  });
});

describe('a balancer', () => {
  it.each<readonly [string, Parameters<typeof update>[0], Record<string, Value>]>([
    ['only newer TLS', https, { sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }],
    ['another certificate', https, { certificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/x' }],
    ['a shorter idle time', balancer, { idleTimeout: 1 }],
    ['no HTTP/2', balancer, { enableHttp2: false }],
    ['stricter requests', balancer, { desyncMitigationMode: 'strictest' }],
    ['no forwarded addresses', balancer, { xffHeaderProcessingMode: 'remove' }],
  ])('%s', (_what, of, properties) => {
    expect(against('switch', [update(of, properties)])).not.toBe('');
  });

  it('may wait longer', () => {
    expect(against('switch', [update(balancer, { idleTimeout: 120 })])).toBe('');
  });

  it('a web ACL may turn away whom nobody knows', () => {
    const acl = create('aws:wafv2/webAclAssociation:WebAclAssociation', {
      resourceArn: ref(balancer, 'arn'),
      webAclArn: 'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/x/y',
    });
    expect(against('expand', [acl])).toContain('webAcl');
  });
});

describe('messages, objects and passwords', () => {
  const dead = create('aws:sqs/queue:Queue', { name: 'dead' });
  const tries = (count: number) => [
    dead,
    update(queue, { redrivePolicy: `{"deadLetterTargetArn":"${ref(dead, 'arn')}","maxReceiveCount":${count}}` }),
  ];

  it('a message is tried often enough before it is put aside', () => {
    expect(against('expand', tries(1))).toContain('would put a message aside after 1 tries');
    expect(against('expand', tries(5))).toBe('');
  });

  it.each<readonly [string, StepKind, ReturnType<typeof update>]>([
    ['a key for a queue', 'expand', update(queue, { kmsMasterKeyId: 'alias/aws/sqs' })],
    ['a key for a topic', 'expand', update(topic, { kmsMasterKeyId: 'alias/aws/sns' })],
    ['no time to work on a message', 'switch', update(queue, { visibilityTimeoutSeconds: 0 })],
    [
      'objects that have to be restored',
      'expand',
      create(LIFECYCLE, {
        bucket: ref(media),
        rules: [{ id: 'x', status: 'Enabled', transitions: [{ days: 0, storageClass: 'GLACIER' }] }],
      }),
    ],
    [
      'no access control lists',
      'contract',
      create('aws:s3/bucketOwnershipControls:BucketOwnershipControls', {
        bucket: ref(media),
        rule: { objectOwnership: 'BucketOwnerEnforced' },
      }),
    ],
    [
      'a key for new objects',
      'expand',
      create('aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', {
        bucket: ref(media),
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'alias/x' } }],
      }),
    ],
    ['passwords that end', 'expand', create(PASSWORDS, { hardExpiry: true, minimumPasswordLength: 14 })],
    ['passwords that grow old', 'expand', create(PASSWORDS, { maxPasswordAge: 90, minimumPasswordLength: 14 })],
  ])('%s', (_what, kind, edit) => {
    expect(against(kind, [edit])).not.toBe('');
  });

  it('what is longer, or is put where it is read at once, is fine', () => {
    expect(against('switch', [update(queue, { visibilityTimeoutSeconds: 900 })])).toBe('');
    expect(against('expand', [create(PASSWORDS, { minimumPasswordLength: 14 })])).toBe('');
    const near = [{ id: 'x', status: 'Enabled', transitions: [{ days: 30, storageClass: 'STANDARD_IA' }] }];
    expect(against('expand', [create(LIFECYCLE, { bucket: ref(media), rules: near })])).toBe('');
  });
});
