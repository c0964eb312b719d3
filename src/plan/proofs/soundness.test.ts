/** What must never be called proven: harmful changes of the built-in shop, each as a step of the kind that hides it best. */
import { describe, expect, it } from 'vitest';
import { byId } from '../../estate/estate.ts';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { type Edit, ref } from '../edit.ts';
import { proveStep } from '../prove.ts';
import { estateAt, after as next } from '../state.ts';
import { adoptedShop, against, create, declaredOf, made, remove, update } from '../testing/hand-made.ts';
import { objections } from '../testing/shop.ts';

const adopted = adoptedShop();
const { today } = adopted.world;

const allow = (Principal: Value, extra: Record<string, Value> = {}): Value =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: '*', Resource: '*', ...extra }],
  });

const DATABASE = 'aws:rds/instance:Instance';
const LISTENER = 'aws:lb/listener:Listener';
const RULE = 'aws:lb/listenerRule:ListenerRule';
const database = () => declaredOf(DATABASE);

describe('what the readers do not see is not proven', () => {
  it('a property that nobody reads', () => {
    expect(against('expand', [update(database(), { foo: 1 })])).toMatch(/change of foo of .* is not known here/);
    expect(against('switch', [update(database(), { parameterGroupName: 'other' })])).toMatch(/parameterGroupName/);
    expect(
      against('switch', [update(declaredOf('aws:lambda/function:Function'), { reservedConcurrentExecutions: 0 })]),
    ).toMatch(/reservedConcurrentExecutions/);
  });
  it('a type that nobody reads', () => {
    expect(against('expand', [create('aws:networkfirewall/firewall:Firewall', {})])).toMatch(/is not known here/);
  });
  it('a part that comes to nothing on the estate', () => {
    const rule = { networkAclId: 'acl-1', ruleNumber: 1, egress: false, protocol: '-1', ruleAction: 'deny' };
    expect(
      against('expand', [create('aws:ec2/networkAclRule:NetworkAclRule', { ...rule, cidrBlock: '0.0.0.0/0' })]),
    ).toMatch(/is not known here/);
  });
  it('a field that is read and that no condition looks at', () => {
    expect(against('switch', [update(database(), { storageType: 'standard' })])).toMatch(/change of storageType/);
    expect(against('switch', [update(declaredOf('aws:ec2/vpc:Vpc'), { enableDnsSupport: false })])).toMatch(
      /dnsSupport/,
    );
    const group = declaredOf('aws:lb/targetGroup:TargetGroup');
    expect(against('switch', [update(group, { healthCheck: { path: '/nowhere' } })])).toMatch(/healthCheckPath/);
  });
  it('but words for people are', () => {
    expect(against('expand', [update(database(), { tags: { Name: 'x' } })])).toBe('');
    expect(against('expand', [update(database(), { maintenanceWindow: 'sun:03:00-sun:04:00' })])).toBe('');
  });
});

describe('what stays keeps what it stands on', () => {
  it.each([
    'aws:acm/certificate:Certificate',
    'aws:ecs/cluster:Cluster',
    'aws:ecs/taskDefinition:TaskDefinition',
    'aws:iam/instanceProfile:InstanceProfile',
    'aws:ec2/internetGateway:InternetGateway',
    'aws:route53/zone:Zone',
  ])('%s', (type) => {
    expect(against('contract', [remove(declaredOf(type))])).toMatch(/ uses .* which would be gone/);
  });
});

describe('nobody is cut off by what moves no packet', () => {
  it('one port of a balancer does not stand for another', () => {
    const secure = declaredOf(LISTENER, ({ properties }) => properties.port === 443);
    expect(against('contract', [remove(secure)])).toMatch(/flows: .*tcp\/443/);
  });
  it('a rule that takes all requests away', () => {
    const listener = declaredOf(LISTENER, ({ properties }) =>
      JSON.stringify(properties.defaultActions).includes('"forward"'),
    );
    const rule = (actions: Value): Edit =>
      create(RULE, {
        listenerArn: ref(listener, 'arn'),
        priority: 1,
        conditions: [{ pathPattern: { values: ['/*'] } }],
        actions,
      });
    const refuse = [{ type: 'fixed-response', fixedResponse: { contentType: 'text/plain', statusCode: '503' } }];
    expect(against('expand', [rule(refuse)])).toMatch(/was served and would be refused/);
    const group = create('aws:lb/targetGroup:TargetGroup', {
      name: 'empty',
      port: 80,
      protocol: 'HTTP',
      targetType: 'ip',
      vpcId: declaredOf('aws:lb/targetGroup:TargetGroup').properties.vpcId ?? '',
    });
    const beside = next(adopted, made('expand', [group]));
    const forward = [{ type: 'forward', targetGroupArn: ref(group, 'arn') }];
    expect(against('expand', [rule(forward)], beside)).not.toBe('');
    expect(against('switch', [update(listener, { defaultActions: forward })], beside)).not.toBe('');
  });
  it('a rule for a host that nobody asked for yet takes nothing away', () => {
    const listener = declaredOf(LISTENER, ({ properties }) =>
      JSON.stringify(properties.defaultActions).includes('"forward"'),
    );
    const same = create(RULE, {
      listenerArn: ref(listener, 'arn'),
      priority: 77,
      conditions: [{ hostHeader: { values: ['new.example.com'] } }],
      actions: listener.properties.defaultActions ?? [],
    });
    expect(against('expand', [same])).toBe('');
  });
  it('links to a bucket, closed by its policy or by the account', () => {
    const flows = estateAt(adopted).flows.filter(
      ({ from, to }) =>
        from.type === 'internet' && to.type === 'resource' && byId(estateAt(adopted), to.id)?.kind === 'bucket',
    );
    expect(flows.length).toBeGreaterThan(0);
    // whether the access lists of its objects still let in was not read
    expect(against('contract', [remove(declaredOf('aws:s3/bucketPolicy:BucketPolicy'))])).toMatch(
      /flows\??: internet -> bucket/,
    );
    const closed = {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    };
    expect(against('contract', [create('aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock', closed)])).toMatch(
      /flows: internet -> bucket/,
    );
  });
  it('events that AWS carries', () => {
    expect(against('contract', [remove(declaredOf('aws:lambda/eventSourceMapping:EventSourceMapping'))])).toMatch(
      /what makes AWS connect them goes/,
    );
  });
  it('a name that leads elsewhere, or nowhere', () => {
    const record = declaredOf('aws:route53/record:Record', ({ properties }) => properties.aliases !== undefined);
    expect(against('contract', [remove(record)])).not.toBe('');
    const elsewhere = [{ name: 'other.example.net', zoneId: 'Z0', evaluateTargetHealth: false }];
    expect(against('switch', [update(record, { aliases: elsewhere })])).toMatch(/would lead to|nothing would answer/);
    expect(against('contract', [remove(declaredOf('aws:route53/record:Record'))])).not.toBe('');
  });
  it('a new route table over subnets in use', () => {
    const subnet = declaredOf('aws:ec2/subnet:Subnet');
    const table = create('aws:ec2/routeTable:RouteTable', { vpcId: subnet.properties.vpcId ?? '' });
    const association = create('aws:ec2/routeTableAssociation:RouteTableAssociation', {
      subnetId: ref(subnet),
      routeTableId: ref(table),
    });
    expect(against('expand', [table, association])).not.toBe('');
  });
});

describe('nothing opens to strangers by a policy', () => {
  it('a role that everybody, or another account, may take', () => {
    const role = declaredOf('aws:iam/role:Role');
    const trust = JSON.parse(String(role.properties.assumeRolePolicy)) as { Statement: Value[] };
    const with_ = (AWS: string, Condition?: Value): Value =>
      JSON.stringify({
        ...trust,
        Statement: [
          ...trust.Statement,
          { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...(Condition ? { Condition } : {}) },
        ],
      });
    const change = (policy: Value) => against('expand', [update(role, { assumeRolePolicy: policy })]);
    expect(change(with_('*'))).toMatch(/exposure: .*everybody/);
    expect(change(with_('arn:aws:iam::444455556666:root'))).toMatch(/exposure: .*444455556666/);
    expect(change(with_('444455556666', { StringEquals: { 'sts:ExternalId': 'x' } }))).toMatch(/exposure\?/);
    expect(change(with_(today.place.account))).not.toMatch(/exposure/);
  });
  it('a secret for all to read', () => {
    const secret = create('aws:secretsmanager/secret:Secret', { name: 's' });
    const policy = create('aws:secretsmanager/secretPolicy:SecretPolicy', {
      secretArn: ref(secret, 'arn'),
      policy: allow('*'),
    });
    expect(against('expand', [secret, policy])).toMatch(/exposure: .*everybody/);
  });
});

describe('what is kept stays kept', () => {
  it('backups are not cut short', () => {
    expect(against('expand', [update(database(), { backupRetentionPeriod: 0 })])).toMatch(/data: .*backupRetention/);
    const id = database().adopted?.of.id ?? '';
    const effect = { op: 'set', kind: 'database', id, fields: { backupRetention: 0 } } as const;
    expect(objections(proveStep(adopted, made('act', [], [effect]))).join()).toMatch(/data: .*backupRetention/);
  });
  it('a lifecycle does not delete what a bucket of today holds', () => {
    const bucket = declaredOf('aws:s3/bucket:Bucket');
    const rules = [{ id: 'x', status: 'Enabled', expiration: { days: 1 } }];
    const lifecycle = create('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', {
      bucket: ref(bucket),
      rules,
    });
    expect(against('expand', [lifecycle])).toMatch(/data: .*would delete what the bucket keeps/);
  });
  it('an act that ends a log group needs to be agreed', () => {
    const group = today.estate.resources.find(({ kind }) => kind === 'logGroup');
    const effect = { op: 'remove', kind: 'logGroup', id: group?.id ?? '' } as const;
    expect(objections(proveStep(adopted, made('act', [], [effect]))).join()).toMatch(/keeps data and would be deleted/);
  });
});
