import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import { ACCOUNT, REGION } from '../testing.ts';
import { deriveFlows } from './index.ts';
import { arn, estateOf, fact, ref, some, webService } from './testing.ts';

const ids = (...resources: readonly Resource[]): readonly string[] =>
  deriveFlows(estateOf(...resources)).map((flow) => flow.id);

const database = (host: string | undefined) =>
  some('database', arn('rds', 'db:shop-mysql'), {
    identifier: 'shop-mysql',
    engine: 'mysql',
    endpoint: host === undefined ? undefined : { host, port: 3306 },
  });
const HOST = `shop-mysql.c1x2.${REGION}.rds.amazonaws.com`;
const TO_DATABASE = 'service/shop/web -> database/shop-mysql tcp/3306';

describe('settings', () => {
  it('the endpoint of a database in an environment variable is a flow to it, with its port', () => {
    const resources = [...webService([fact('DB_HOST', HOST)]), database(HOST)];
    const [flow] = deriveFlows(estateOf(...resources));
    expect(flow).toMatchObject({
      id: TO_DATABASE,
      evidence: [{ type: 'environment', detail: expect.stringContaining('DB_HOST') }],
    });
  });

  it('the bare name of a table is a flow to it where the variable says that it is one, and there is one', () => {
    const table = some('table', arn('dynamodb', 'table/sessions'), { name: 'sessions' });
    const named = (kind: 'table' | 'queue', name: string) => ({ ...fact('X'), names: [{ kind, name }] });
    expect(ids(...webService([named('table', 'sessions')]), table)).toEqual([
      'service/shop/web -> table/sessions tcp/443',
    ]);
    expect(ids(...webService([named('queue', 'sessions')]), table)).toEqual([]);
    expect(ids(...webService([named('table', 'session')]), table)).toEqual([]);
    expect(
      ids(...webService([named('table', 'sessions')]), { ...table, region: 'eu-north-1' as typeof table.region }),
    ).toEqual([]);
  });

  it('the port written in the setting goes before the resource’s own, the scheme’s before none', () => {
    const hosts = [
      { host: HOST, port: 3307, scheme: undefined },
      { host: 'api.example.com', port: undefined, scheme: 'https' },
      { host: 'mail.example.com', port: undefined, scheme: undefined },
    ];
    expect(ids(...webService([{ ...fact('A'), hosts }]), database(HOST))).toEqual([
      'service/shop/web -> database/shop-mysql tcp/3307',
      'service/shop/web -> host/api.example.com tcp/443',
      'service/shop/web -> host/mail.example.com tcp',
    ]);
  });

  it('names are followed through CNAMEs, and a private zone hides the public one only in its VPC', () => {
    const vpc = { network: { subnets: [ref('subnet-1')] } };
    const record = (zone: string, value: string) =>
      some('dnsRecord', `${zone}/db`, {
        host: 'db.example.com',
        type: 'CNAME',
        hostedZone: ref(zone),
        values: [value],
      });
    const zones = [
      some('hostedZone', 'Z1', { private: false }),
      some('hostedZone', 'Z2', { private: true, vpcs: [ref('vpc-1')] }),
      record('Z1', 'elsewhere.example.org'),
      record('Z2', HOST),
    ];
    const inVpc = (id: string) =>
      ids(
        ...webService([fact('DB', 'db.example.com')], vpc),
        database(HOST),
        some('subnet', 'subnet-1', { vpc: ref(id) }),
        ...zones,
      );
    expect(inVpc('vpc-1')).toEqual([TO_DATABASE]);
    expect(inVpc('vpc-2')).toEqual(['service/shop/web -> host/elsewhere.example.org tcp']);
  });

  it('records that point at each other end', () => {
    const record = (host: string, value: string) =>
      some('dnsRecord', host, { host, type: 'CNAME', values: [value], hostedZone: undefined });
    const loop = [record('a.example.com', 'b.example.com'), record('b.example.com', 'a.example.com')];
    expect(ids(...webService([fact('H', 'a.example.com')]), ...loop)).toEqual([
      'service/shop/web -> host/b.example.com tcp',
    ]);
  });

  it('a host is read by its form only where the real endpoint is not known', () => {
    expect(ids(...webService([fact('DB', HOST)]), database(undefined))).toEqual([TO_DATABASE]);
    expect(ids(...webService([fact('DB', HOST)]), database('shop-mysql.other.rds.amazonaws.com'))).toEqual([
      `service/shop/web -> host/${HOST} tcp`,
    ]);
  });

  it('the machine itself and the containers beside are nobody', () => {
    expect(ids(...webService([fact('A', 'localhost', '127.0.0.1', '169.254.170.2', 'web')]))).toEqual([]);
  });

  it('ARNs lead to what they name, or to the API of its service; the queue’s host says nothing more', () => {
    const queue = arn('sqs', 'jobs');
    const setting = {
      ...fact('QUEUE', `sqs.${REGION}.amazonaws.com`),
      arns: [queue, arn('dynamodb', 'table/none/index/i'), arn('iam', 'role/x')],
    };
    expect(ids(...webService([setting]), some('queue', queue))).toEqual([
      `service/shop/web -> aws/dynamodb/${REGION} tcp/443`,
      'service/shop/web -> queue/jobs tcp/443',
    ]);
  });

  it('a secret is read at the start, whatever key of it is meant', () => {
    const secret = arn('secretsmanager', 'secret:db-AbCdEf');
    const valueFrom = `${secret}:password::`;
    const setting = { ...fact('PASSWORD'), credential: 'reference' as const, arns: [valueFrom], valueFrom };
    expect(ids(...webService([setting]), some('secret', secret))).toEqual([
      'service/shop/web -> secret/db-AbCdEf tcp/443',
    ]);
    const parameter = { ...setting, valueFrom: '/shop/password', arns: [] };
    expect(ids(...webService([parameter]))).toEqual([`service/shop/web -> aws/ssm/${REGION} tcp/443`]);
  });

  it('user data counts for the instance; that of the launch template where its own was not read', () => {
    const group = some('autoScalingGroup', 'asg', { launchTemplate: ref('lt-1') });
    const template = some('launchTemplate', 'lt-1', { userData: [fact('DB', HOST)] });
    const flows = (fields: object) =>
      ids(some('instance', 'i-1', { autoScalingGroup: ref('asg'), ...fields }), group, template, database(HOST));
    expect(flows({})).toEqual(['instance/i-1 -> database/shop-mysql tcp/3306']);
    expect(flows({ userData: [] })).toEqual([]);
  });
});

describe('load balancers', () => {
  const balancer = some('loadBalancer', arn('elasticloadbalancing', 'loadbalancer/app/site/0123'), {
    name: 'site',
    scheme: 'internet-facing',
    dnsName: 'site-1.elb.amazonaws.com',
  });
  const listener = some('listener', 'listener-1', {
    loadBalancer: ref(balancer.id),
    port: 443,
    protocol: 'HTTPS',
    actions: [{ type: 'forward', targetGroups: [{ ref: ref('tg'), weight: 1 }] }],
  });
  const group = (fields: object = {}) => some('targetGroup', 'tg', { protocol: 'HTTP', port: 80, ...fields });
  const entry = { targetGroup: ref('tg'), containerName: 'web', containerPort: 8080 };
  const IN = 'internet -> loadBalancer/site tcp/443';

  it('clients come to the listeners of an internet-facing one, and it goes on to the service', () => {
    expect(ids(balancer, listener, group(), ...webService([], { loadBalancers: [entry] }))).toEqual([
      IN,
      'loadBalancer/site -> service/shop/web tcp/8080',
    ]);
  });

  it('in bridge mode it goes to any free port of the host; its own registered tasks are not counted twice', () => {
    const targets = [
      { target: 'i-1', port: 32769, zone: undefined, health: 'healthy' },
      { target: 'i-1', port: 80, zone: undefined, health: 'healthy' },
    ];
    const resources = [
      balancer,
      listener,
      group({ targets }),
      some('instance', 'i-1'),
      some('containerInstance', 'ci-1', { cluster: ref(arn('ecs', 'cluster/shop')), instance: ref('i-1') }),
      ...webService([], { loadBalancers: [entry] }, { networkMode: 'bridge' }),
    ];
    expect(ids(...resources).filter((id) => id.startsWith('loadBalancer'))).toEqual([
      'loadBalancer/site -> instance/i-1 tcp/80',
      'loadBalancer/site -> service/shop/web tcp/32768-65535',
    ]);
  });

  it('knows targets by address and the members of a group whose target health was not read', () => {
    const face = some('networkInterface', 'eni-1', {
      vpc: ref('vpc-1'),
      addresses: [{ private: '10.0.0.5', public: null }],
      owner: ref('i-9'),
    });
    const byAddress = group({ vpc: ref('vpc-1'), targets: [{ target: '10.0.0.5', port: 9000 }] });
    expect(ids(balancer, listener, byAddress, face, some('instance', 'i-9'))).toContain(
      'loadBalancer/site -> instance/i-9 tcp/9000',
    );
    const scaling = some('autoScalingGroup', 'asg', { targetGroups: [ref('tg')], instances: [ref('i-9')] });
    expect(ids(balancer, listener, group(), scaling, some('instance', 'i-9'))).toContain(
      'loadBalancer/site -> instance/i-9 tcp/80',
    );
  });

  it('a public name adds its evidence to the same flow; a private zone says nothing of the internet', () => {
    const record = some('dnsRecord', 'r', {
      host: 'www.example.com',
      type: 'A',
      hostedZone: ref('Z'),
      values: [],
      alias: 'dualstack.site-1.elb.amazonaws.com',
    });
    const evidence = (isPrivate: boolean) =>
      deriveFlows(estateOf(balancer, listener, record, some('hostedZone', 'Z', { private: isPrivate })))
        .find((flow) => flow.id === IN)
        ?.evidence.map((why) => why.type);
    expect(evidence(false)).toEqual(['configuration', 'dns']);
    expect(evidence(true)).toEqual(['configuration']);
  });

  it('a classic one has its instances in itself', () => {
    const classic = some('loadBalancer', 'old', {
      scheme: 'internet-facing',
      classic: {
        instances: [ref('i-1')],
        listeners: [{ protocol: 'HTTP', port: 80, instanceProtocol: 'HTTP', instancePort: 8000 }],
      },
    });
    expect(ids(classic, some('instance', 'i-1'))).toEqual([
      'internet -> loadBalancer/old tcp/80',
      'loadBalancer/old -> instance/i-1 tcp/8000',
    ]);
  });
});

describe('the rest of the evidence', () => {
  it('events: queue to function, topic to queue and https, bucket to function', () => {
    const queue = some('queue', arn('sqs', 'jobs'));
    const fn = some('function', arn('lambda', 'function:worker'), { urls: [] });
    const topic = some('topic', arn('sns', 'events'));
    const flows = ids(
      queue,
      fn,
      topic,
      some('eventSource', 'e1', { eventSourceArn: queue.id, function: ref(fn.id) }),
      some('eventSource', 'e2', { eventSourceArn: arn('sqs', 'off'), function: ref(fn.id), enabled: false }),
      some('subscription', 's1', { topic: ref(topic.id), protocol: 'sqs', endpoint: queue.id }),
      some('subscription', 's2', { topic: ref(topic.id), protocol: 'https', endpoint: 'https://hook.example.com/x' }),
      some('subscription', 's3', { topic: ref(topic.id), protocol: 'email', endpoint: '<redacted>' }),
      some('bucket', 'arn:aws:s3:::media', { notifications: [fn.id] }),
    );
    expect(flows).toEqual([
      'bucket/media -> function/worker any',
      'queue/jobs -> function/worker any',
      'topic/events -> host/hook.example.com tcp/443',
      'topic/events -> queue/jobs any',
    ]);
  });

  it('a distribution reaches its origins by their protocol policy', () => {
    const origins = [
      { id: 's3', domain: `media.s3.${REGION}.amazonaws.com`, type: 's3' },
      { id: 'api', domain: 'api.example.com', type: 'custom', protocolPolicy: 'http-only', httpPort: 8080 },
    ];
    const distribution = some('distribution', 'arn:aws:cloudfront::1:distribution/E1', {
      viewerProtocol: 'https-only',
      origins,
    });
    expect(ids(distribution, some('bucket', 'arn:aws:s3:::media'))).toEqual([
      'distribution/E1 -> bucket/media tcp/443',
      'distribution/E1 -> host/api.example.com tcp/8080',
      'internet -> distribution/E1 tcp/443',
    ]);
  });

  it.each([
    [`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop:1`, [`aws/ecr/${REGION}`, `aws/s3/${REGION}`]],
    ['nginx', ['host/registry-1.docker.io']],
    ['bitnami/redis:7', ['host/registry-1.docker.io']],
    ['public.ecr.aws/nginx/nginx', ['host/public.ecr.aws']],
    ['ghcr.io/example/app@sha256:00', ['host/ghcr.io']],
  ])('image %s comes from %j', (image, to) => {
    const containers = [{ name: 'web', image, logDriver: 'json-file' }];
    expect(ids(...webService([], {}, { containers }))).toEqual(to.map((end) => `service/shop/web -> ${end} tcp/443`));
  });

  it('logs and the agent of a container instance go out to AWS', () => {
    const containers = [{ name: 'web', logDriver: 'awslogs' }];
    const member = some('containerInstance', 'ci', { instance: ref('i-1') });
    expect(ids(...webService([], {}, { containers }), some('instance', 'i-1'), member)).toEqual([
      `instance/i-1 -> aws/ecs/${REGION} tcp/443`,
      `service/shop/web -> aws/logs/${REGION} tcp/443`,
    ]);
  });

  it('a record that is an alias to S3’s website endpoint means the bucket of its own name', () => {
    const record = some('dnsRecord', 'r', {
      host: 'media.example.com',
      type: 'A',
      hostedZone: undefined,
      values: [],
      alias: `s3-website-${REGION}.amazonaws.com`,
    });
    expect(ids(record, some('bucket', 'arn:aws:s3:::media.example.com'))).toEqual([
      'internet -> bucket/media.example.com tcp/80',
    ]);
  });

  it('replicas follow their primary', () => {
    const replica = some('database', arn('rds', 'db:copy'), { replicaOf: ref(database(HOST).id) });
    expect(ids(database(HOST), replica)).toEqual(['database/copy -> database/shop-mysql tcp/3306']);
  });

  it('a public bucket may be linked to, but not one whose public policy is blocked', () => {
    const policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' } });
    const bucket = (fields: object) => ids(some('bucket', 'arn:aws:s3:::media', { policy, ...fields }));
    expect(bucket({})).toEqual(['internet -> bucket/media tcp/443']);
    expect(bucket({ publicAccessBlock: { restrictPublicBuckets: true } })).toEqual([]);
    expect(bucket({ policy: 'not json' })).toEqual([]);
  });

  it('two accounts with things of one name keep their flows apart', () => {
    const other = '444455556666';
    const pair = (account: string) => {
      const primary = `arn:aws:rds:${REGION}:${account}:db:shop`;
      return [
        some('database', primary, { account, engine: 'mysql' }),
        some('database', `${primary}-copy`, { account, replicaOf: ref(primary) }),
      ];
    };
    const flows = ids(...pair(ACCOUNT), ...pair(other));
    expect(new Set(flows).size).toBe(2);
    expect(flows.every((id) => id.includes(ACCOUNT) || id.includes(other))).toBe(true);
  });
});

describe('the people’s way in', () => {
  const rule = (cidr: string, ports: object | null, protocol = 6) => ({
    protocol,
    ports,
    peer: { type: 'cidr', cidr },
    source: { operation: 'o', file: 'f', path: cidr },
  });
  const instance = (ingress: readonly object[], fields: object = {}) =>
    deriveFlows(
      estateOf(
        some('instance', 'i-1', { publicAddress: '203.0.113.5', securityGroups: [ref('sg-1')], ...fields }),
        some('securityGroup', 'sg-1', { ingress }),
      ),
    );
  const ssh = { from: 22, to: 22 };

  it('is what named addresses, or everybody, may open; as weak evidence', () => {
    const [flow] = instance([rule('198.51.100.0/24', ssh), rule('10.0.0.0/8', ssh)]);
    expect(flow).toMatchObject({
      id: 'people(198.51.100.0/24) -> instance/i-1 tcp/22',
      evidence: [{ type: 'open', detail: expect.stringContaining('guess') }],
    });
    expect(instance([rule('192.168.1.0/0', ssh), rule('198.51.100.0/24', ssh)]).map((each) => each.id)).toEqual([
      'people -> instance/i-1 tcp/22',
    ]);
  });

  it('the internet written in halves is the internet', () => {
    expect(instance([rule('0.0.0.0/1', ssh), rule('128.0.0.0/1', ssh)]).map((each) => each.id)).toEqual([
      'people -> instance/i-1 tcp/22',
    ]);
  });

  it('a group that opens every port is no sign of remote desktop', () => {
    expect(instance([rule('0.0.0.0/0', null, -1)]).map((flow) => flow.id)).toEqual(['people -> instance/i-1 tcp/22']);
    expect(instance([rule('0.0.0.0/0', { from: 3389, to: 3389 })]).map((flow) => flow.id)).toEqual([
      'people -> instance/i-1 tcp/3389',
    ]);
  });

  it('an instance without a public address has none, unless Session Manager opens it', () => {
    expect(instance([rule('0.0.0.0/0', ssh)], { publicAddress: null })).toEqual([]);
    expect(instance([], { publicAddress: null, managedBySsm: true }).map((flow) => flow.id)).toEqual([
      `instance/i-1 -> aws/ssm/${REGION} tcp/443`,
      `instance/i-1 -> aws/ssmmessages/${REGION} tcp/443`,
      'people -> instance/i-1 any',
    ]);
  });
});
