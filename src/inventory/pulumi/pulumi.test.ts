import { describe, expect, it } from 'vitest';
import { statusOf } from '../../estate/coverage.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Kind, ResourceOf } from '../../estate/resource.ts';
import { readers } from '../readers/index.ts';
import { estateOfRecording, withoutSecrets } from './index.ts';
import { services } from './services/index.ts';
import { aws, type Draft, recordingOf, secret, UNKNOWN } from './testing.ts';

const estateOf = (...drafts: readonly Draft[]): Estate => estateOfRecording(recordingOf(...drafts));

function one<K extends Kind>(estate: Estate, kind: K): ResourceOf<K> {
  const [first, ...more] = all(estate, kind);
  if (first === undefined || more.length > 0) throw new Error(`${all(estate, kind).length} of ${kind}`);
  return first;
}

const VPC = aws(
  'ec2/vpc:Vpc',
  'vpc',
  { cidrBlock: '10.0.0.0/16', tags: { Name: 'shop' } },
  {
    mainRouteTableId: 'rtb-main',
    defaultRouteTableId: 'rtb-main',
    defaultNetworkAclId: 'acl-default',
    defaultSecurityGroupId: 'sg-default',
  },
);
const SUBNET = aws('ec2/subnet:Subnet', 'a', {
  vpcId: 'vpc-id',
  cidrBlock: '10.0.0.0/24',
  availabilityZone: 'eu-west-1a',
});

describe('the translations', () => {
  it('speak only of operations that a reader reads', () => {
    const known = new Set(readers.flatMap((reader) => reader.operations));
    expect(services.map((one) => one.operation).filter((operation) => !known.has(operation))).toEqual([]);
  });

  it('read each type in one place', () => {
    const types = services.flatMap((translation) =>
      [...new Set(translation.types)].map((type) => `${translation.operation} ${type}`),
    );
    expect(new Set(types).size).toBe(types.length);
  });
});

describe('provenance and coverage', () => {
  it('leads from a resource to its line in the program and its URN', () => {
    expect(one(estateOf(SUBNET, VPC), 'subnet').source).toEqual({
      operation: 'ec2:DescribeSubnets',
      file: 'infra/index.ts:1',
      path: '/urn:pulumi:prod::shop::aws:ec2~1subnet:Subnet::a/Subnets/0',
    });
  });

  it('has what the program tells wholly as read, also where it declares none; and what only AWS tells as not asked', () => {
    const { coverage } = estateOf(VPC);
    const where = { account: '111122223333', region: 'eu-west-1' };
    for (const operation of [
      'ec2:DescribeSubnets',
      'rds:DescribeDBInstances',
      'iam:GetAccountAuthorizationDetails',
      's3:ListBuckets',
    ])
      expect(statusOf(coverage, operation, where), operation).toBe('read');
    for (const operation of [
      'elbv2:DescribeTargetHealth',
      'iam:GetCredentialReport',
      'iam:GetAccountSummary',
      'cloudtrail:DescribeTrails',
      'ecs:DescribeTasks',
    ])
      expect(statusOf(coverage, operation, where), operation).toBe('notAsked');
  });

  it.each<[string, Draft]>([
    ['a component of another language', { ...aws('', 'net'), type: 'awsx:ec2:Vpc', remote: true }],
    ['a resource of another provider of AWS', { ...aws('', 'bucket'), type: 'aws-native:s3:Bucket' }],
    ['a stack of CloudFormation', aws('cloudformation/stack:Stack', 'old')],
    ['the default VPC, which has things in it already', aws('ec2/defaultVpc:DefaultVpc', 'default')],
  ])('does not say that all of a kind is declared beside %s', (_, maker) => {
    const estate = estateOf(VPC, SUBNET, maker);
    const where = { account: '111122223333', region: 'eu-west-1' };
    expect(all(estate, 'subnet')).toHaveLength(1);
    for (const operation of ['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'rds:DescribeDBInstances'])
      expect(statusOf(estate.coverage, operation, where), operation).toBe('failed');
  });

  it('does not say so either when the program did not run to its end', () => {
    const cut = { kind: 'threw', message: 'Error: no such table', position: undefined } as const;
    const { coverage } = estateOfRecording({ ...recordingOf(VPC), problems: [cut] });
    expect(statusOf(coverage, 'ec2:DescribeSecurityGroups')).toBe('failed');
  });

  it('counts what no translation knows, and what was assumed', () => {
    const recording = recordingOf(aws('chime/voiceConnector:VoiceConnector', 'v'));
    const estate = estateOfRecording({ ...recording, place: { ...recording.place, assumed: ['region'] } });
    expect(estate.notices.map((notice) => notice.message)).toEqual([
      'no setting says the region of the stack; eu-west-1 is assumed',
      'aws:chime/voiceConnector:VoiceConnector: this version has no reader for it (1 declared)',
    ]);
  });
});

describe('what the program says, leaves to AWS, and cannot know', () => {
  const database = (inputs: Draft['inputs']): ResourceOf<'database'> =>
    one(
      estateOf(
        aws(
          'rds/instance:Instance',
          'db',
          { engine: 'mysql', ...inputs },
          { identifier: 'db', arn: 'arn:aws:rds:eu-west-1:111122223333:db:db' },
        ),
      ),
      'database',
    );

  it('are a value, its default and unknown', () => {
    expect(database({ multiAz: true }).multiAz).toBe(true);
    expect(database({}).multiAz).toBe(false);
    expect(database({ multiAz: UNKNOWN }).multiAz).toBeUndefined();
    expect(database({ publiclyAccessible: UNKNOWN }).publiclyAccessible).toBeUndefined();
  });

  it('have no defaults where the program only looks a resource up', () => {
    const found: Draft = { ...aws('ec2/vpc:Vpc', 'old'), kind: 'read', id: 'vpc-0123456789abcdef0' };
    const estate = estateOf(found);
    expect(one(estate, 'vpc')).toMatchObject({
      id: 'vpc-0123456789abcdef0',
      cidrs: undefined,
      isDefault: undefined,
      ipv6Cidrs: undefined,
    });
    expect(all(estate, 'networkAcl')).toEqual([]);
  });

  it('keep a secret out of the estate, and what it points at in it', () => {
    const definitions = JSON.stringify([
      {
        name: 'web',
        image: 'nginx',
        environment: [{ name: 'DB_URL', value: 'mysql://shop:hunter2secret@db.example.com:3306/shop' }],
      },
    ]);
    const estate = estateOf(
      aws(
        'ecs/taskDefinition:TaskDefinition',
        'web',
        { family: 'web', containerDefinitions: secret(definitions) },
        { arn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1' },
      ),
    );
    expect(one(estate, 'taskDefinition').containers?.[0]?.environment?.[0]).toMatchObject({ name: 'DB_URL' });
    expect(JSON.stringify(estate)).toContain('db.example.com');
    expect(JSON.stringify(estate)).not.toContain('hunter2secret');
  });
});

describe('a new VPC', () => {
  it('comes with a main route table, an ACL that admits all and a default group, and says that AWS makes them', () => {
    const estate = estateOf(VPC, SUBNET);
    expect(one(estate, 'routeTable')).toMatchObject({
      id: 'rtb-main',
      main: true,
      routes: [{ target: { type: 'local' } }],
    });
    const acl = one(estate, 'networkAcl');
    expect(acl).toMatchObject({ id: 'acl-default', isDefault: true, subnets: [{ id: 'a-id' }] });
    expect(acl.entries?.filter((entry) => entry.allow).map((entry) => entry.cidr)).toEqual(['0.0.0.0/0', '0.0.0.0/0']);
    expect(acl.source.path).toContain('that AWS makes with a VPC');
    expect(one(estate, 'securityGroup')).toMatchObject({ id: 'sg-default', groupName: 'default' });
  });

  it('has the ones of the program in their place', () => {
    const estate = estateOf(
      VPC,
      SUBNET,
      { ...aws('ec2/defaultSecurityGroup:DefaultSecurityGroup', 'closed', { vpcId: 'vpc-id' }), id: 'sg-default' },
      {
        ...aws('ec2/defaultNetworkAcl:DefaultNetworkAcl', 'closed', { defaultNetworkAclId: 'acl-default' }),
        id: 'acl-default',
      },
      aws('ec2/routeTable:RouteTable', 'own', {
        vpcId: 'vpc-id',
        routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: 'igw-1' }],
      }),
      aws('ec2/mainRouteTableAssociation:MainRouteTableAssociation', 'own', {
        vpcId: 'vpc-id',
        routeTableId: 'own-id',
      }),
    );
    expect(one(estate, 'securityGroup')).toMatchObject({ ingress: [], egress: [] });
    expect(one(estate, 'networkAcl').entries?.some((entry) => entry.allow)).toBe(false);
    expect(all(estate, 'routeTable').map((table) => [table.id, table.main])).toEqual([
      ['own-id', true],
      ['rtb-main', false],
    ]);
  });
});

describe('one meaning in several forms', () => {
  it('of a security group rule: inline, of the old kind, of the new kind', () => {
    const group = (name: string, inputs = {}): Draft =>
      aws('ec2/securityGroup:SecurityGroup', name, { vpcId: 'vpc-id', ...inputs }, { name });
    const rule = { fromPort: 3306, toPort: 3306, protocol: 'tcp', description: 'from the web' };
    const estate = estateOf(
      group('web'),
      group('inline', { ingress: [{ ...rule, securityGroups: ['web-id'], cidrBlocks: ['192.0.2.0/24'] }] }),
      group('old'),
      aws('ec2/securityGroupRule:SecurityGroupRule', 'o1', {
        ...rule,
        type: 'ingress',
        securityGroupId: 'old-id',
        cidrBlocks: ['192.0.2.0/24'],
      }),
      aws('ec2/securityGroupRule:SecurityGroupRule', 'o2', {
        ...rule,
        type: 'ingress',
        securityGroupId: 'old-id',
        sourceSecurityGroupId: 'web-id',
      }),
      group('new'),
      aws('vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'n1', {
        fromPort: 3306,
        toPort: 3306,
        ipProtocol: 'tcp',
        description: 'from the web',
        securityGroupId: 'new-id',
        cidrIpv4: '192.0.2.0/24',
      }),
      aws('vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'n2', {
        fromPort: 3306,
        toPort: 3306,
        ipProtocol: 'tcp',
        description: 'from the web',
        securityGroupId: 'new-id',
        referencedSecurityGroupId: 'web-id',
      }),
    );
    const rules = (name: string) =>
      all(estate, 'securityGroup')
        .find((one) => one.groupName === name)
        ?.ingress?.map(({ protocol, ports, peer, description }) => [
          protocol,
          ports,
          peer?.type === 'cidr' ? peer.cidr : peer?.ref.id,
          description,
        ]);
    const wanted = [
      [6, { from: 3306, to: 3306 }, '192.0.2.0/24', 'from the web'],
      [6, { from: 3306, to: 3306 }, 'web-id', 'from the web'],
    ];
    for (const name of ['inline', 'old', 'new']) expect(rules(name), name).toEqual(wanted);
  });

  it('of a policy of a role: attached, attached to many, listed, inline', () => {
    const trust = JSON.stringify({ Statement: [] });
    const estate = estateOf(
      aws(
        'iam/role:Role',
        'r',
        { name: 'r', assumeRolePolicy: trust, managedPolicyArns: ['arn:aws:iam::aws:policy/Listed'] },
        { arn: 'arn:aws:iam::111122223333:role/r' },
      ),
      aws('iam/rolePolicyAttachment:RolePolicyAttachment', 'x', {
        role: 'r-id',
        policyArn: 'arn:aws:iam::aws:policy/Attached',
      }),
      aws('iam/policyAttachment:PolicyAttachment', 'y', { roles: ['r-id'], policyArn: 'arn:aws:iam::aws:policy/Many' }),
      aws('iam/rolePolicy:RolePolicy', 'z', { role: 'r-id', policy: trust }, { name: 'z' }),
    );
    const role = one(estate, 'role');
    expect(role.attachedPolicies?.map((ref) => ref.id.replace(/^.*\//, '')).sort()).toEqual([
      'Attached',
      'Listed',
      'Many',
    ]);
    expect(role.inlinePolicies).toEqual([{ name: 'z', document: trust }]);
    expect(role.boundary).toBeNull();
  });

  it('of who is in a group: from the user, from the group', () => {
    const named = (kind: string, name: string): Draft => ({
      ...aws(
        `iam/${kind.toLowerCase()}:${kind}`,
        name,
        { name },
        { arn: `arn:aws:iam::111122223333:${kind.toLowerCase()}/${name}` },
      ),
      id: name,
    });
    const estate = estateOf(
      named('User', 'anna'),
      named('User', 'ben'),
      named('Group', 'operators'),
      aws('iam/userGroupMembership:UserGroupMembership', 'm', { user: 'anna', groups: ['operators'] }),
      aws('iam/groupMembership:GroupMembership', 'n', { group: 'operators', users: ['ben'] }),
    );
    expect(
      one(estate, 'group')
        .members?.map((ref) => ref.id.replace(/^.*\//, ''))
        .sort(),
    ).toEqual(['anna', 'ben']);
  });

  it('of the settings of a bucket: in it, beside it', () => {
    const policy = JSON.stringify({ Statement: [] });
    const inside: Draft = {
      ...aws('s3/bucket:Bucket', 'inside', {
        versioning: { enabled: true },
        policy,
        website: { indexDocument: 'index.html' },
        acl: 'public-read',
      }),
      id: 'inside',
    };
    const beside: Draft = { ...aws('s3/bucketV2:BucketV2', 'beside'), id: 'beside' };
    const estate = estateOf(
      inside,
      beside,
      aws('s3/bucketVersioningV2:BucketVersioningV2', 'v', {
        bucket: 'beside',
        versioningConfiguration: { status: 'Enabled' },
      }),
      aws('s3/bucketPolicy:BucketPolicy', 'p', { bucket: 'beside', policy }),
      aws('s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration', 'w', {
        bucket: 'beside',
        indexDocument: { suffix: 'index.html' },
      }),
      aws('s3/bucketAclV2:BucketAclV2', 'a', { bucket: 'beside', acl: 'public-read' }),
      aws('s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'b', { bucket: 'beside', blockPublicPolicy: true }),
    );
    const [one, other] = all(estate, 'bucket').map(({ policy, versioning, website, acl }) => ({
      policy,
      versioning,
      website,
      acl,
    }));
    expect(one).toEqual(other);
    expect(one).toMatchObject({
      policy,
      versioning: 'Enabled',
      acl: [{ permission: 'FULL_CONTROL' }, { permission: 'READ' }],
    });
    expect(all(estate, 'bucket').find((bucket) => bucket.name === 'beside')?.publicAccessBlock).toEqual({
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: true,
      restrictPublicBuckets: false,
    });
  });
});

describe('an instance', () => {
  const instance = (inputs: Draft['inputs'], ...more: readonly Draft[]): ResourceOf<'instance'> =>
    one(estateOf(VPC, SUBNET, ...more, aws('ec2/instance:Instance', 'i', { subnetId: 'a-id', ...inputs })), 'instance');

  it('has a public address by its own setting, else by that of its subnet, or by an Elastic IP', () => {
    expect(instance({}).publicAddress).toBeNull();
    expect(instance({ associatePublicIpAddress: true }).publicAddress).toMatch(/^198\.51\.100\./);
    expect(instance({ associatePublicIpAddress: UNKNOWN }).publicAddress).toBeUndefined();
    const eip = aws('ec2/eip:Eip', 'e', { instance: 'i-id' }, { publicIp: '203.0.113.7' });
    expect(instance({ associatePublicIpAddress: false }, eip).publicAddress).toBe('203.0.113.7');
  });

  it('has the Elastic IP of its interface too, and one that only AWS knows is not none', () => {
    const primary = { primaryNetworkInterfaceId: 'eni-1' };
    const machine = aws('ec2/instance:Instance', 'i', { subnetId: 'a-id' }, primary);
    const address = (...more: readonly Draft[]) =>
      one(estateOf(VPC, SUBNET, machine, ...more), 'instance').publicAddress;
    expect(address()).toBeNull();
    const direct = aws('ec2/eip:Eip', 'e', { networkInterface: 'eni-1' }, { publicIp: '203.0.113.7' });
    expect(address(direct)).toBe('203.0.113.7');
    const eip = aws('ec2/eip:Eip', 'e', {}, { publicIp: '203.0.113.8' });
    const inputs = { allocationId: 'e-id', networkInterfaceId: 'eni-1' };
    expect(address(eip, aws('ec2/eipAssociation:EipAssociation', 'a', inputs))).toBe('203.0.113.8');
    const elsewhere = { allocationId: 'eipalloc-0123', instanceId: 'i-id' };
    expect(address(aws('ec2/eipAssociation:EipAssociation', 'a', elsewhere))).toBeUndefined();
  });

  it('has a public address in a default subnet, unless that one says otherwise', () => {
    const zone = { availabilityZone: 'eu-west-1a' };
    const address = (inputs: Draft['inputs']) =>
      one(
        estateOf(
          aws('ec2/defaultSubnet:DefaultSubnet', 'd', { ...zone, ...inputs }),
          aws('ec2/instance:Instance', 'i', { subnetId: 'd-id' }),
        ),
        'instance',
      ).publicAddress;
    expect(address({})).toMatch(/^198\.51\.100\./);
    expect(address({ mapPublicIpOnLaunch: false })).toBeNull();
  });

  it('has the groups that are put on its interface by a resource beside it', () => {
    const inputs = { subnetId: 'a-id', vpcSecurityGroupIds: ['sg-own'] };
    const machine = aws('ec2/instance:Instance', 'i', inputs, { primaryNetworkInterfaceId: 'eni-1' });
    const groups = (securityGroupId: Draft['inputs'] | string) =>
      one(
        estateOf(
          VPC,
          SUBNET,
          machine,
          aws('ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment', 'open', {
            networkInterfaceId: 'eni-1',
            ...(typeof securityGroupId === 'string' ? { securityGroupId } : securityGroupId),
          }),
        ),
        'instance',
      ).securityGroups?.map((ref) => ref.id);
    expect(groups('sg-open')).toEqual(['sg-own', 'sg-open']);
    expect(groups({ securityGroupId: UNKNOWN })).toBeUndefined();
  });

  it('is in the VPC and the zone of its subnet', () => {
    expect(instance({})).toMatchObject({
      vpc: { id: 'vpc-id' },
      zone: { id: 'eu-west-1a' },
      userData: [],
      instanceProfile: null,
    });
  });
});

describe('an ECS service without a number of tasks', () => {
  const count = (...more: readonly Draft[]) =>
    one(
      estateOf(aws('ecs/service:Service', 's', {}, { arn: 'arn:aws:ecs:eu-west-1:111122223333:service/c/s' }), ...more),
      'ecsService',
    ).desired;

  it('has none, unless something may scale it', () => {
    expect(count()).toBe(0);
    expect(count(aws('appautoscaling/target:Target', 't', { minCapacity: 2 }))).toBeUndefined();
  });
});

describe('the policy of a function', () => {
  const policy = (principal: Draft['inputs']) =>
    one(
      estateOf(
        aws(
          'lambda/function:Function',
          'f',
          {},
          { name: 'f', arn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
        ),
        aws('lambda/permission:Permission', 'p', { function: 'f-id', action: 'lambda:InvokeFunction', ...principal }),
      ),
      'function',
    ).policy;

  it('admits whom the program names, and nobody knows whom when it does not say yet', () => {
    expect(policy({ principal: '*' })).toBeTruthy();
    expect(policy({ principal: UNKNOWN })).toBeUndefined();
  });
});

describe('a network interface', () => {
  const eni = aws('ec2/networkInterface:NetworkInterface', 'n', { subnetId: 'a-id' });

  it('has the Elastic IP that is put on it', () => {
    const eip = aws('ec2/eip:Eip', 'e', { networkInterface: 'n-id' }, { publicIp: '203.0.113.7' });
    expect(one(estateOf(VPC, SUBNET, eni, eip), 'networkInterface').hasPublicAddress).toBe(true);
  });

  it('has an address that is not known, when it is only looked up', () => {
    expect(one(estateOf(VPC, SUBNET, { ...eni, kind: 'read' }), 'networkInterface').hasPublicAddress).toBeUndefined();
  });
});

describe('a name that things of two kinds have', () => {
  const group = { ...aws('rds/subnetGroup:SubnetGroup', 'a-group', { name: 'shop', subnetIds: [] }), id: 'shop' };

  it('is the cluster where a service names its cluster by it', () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop';
    const cluster = { ...aws('ecs/cluster:Cluster', 'c', { name: 'shop' }, { arn }), id: arn };
    const service = aws(
      'ecs/service:Service',
      's',
      { name: 'web', cluster: 'shop' },
      { arn: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web' },
    );
    expect(one(estateOf(group, cluster, service), 'ecsService').cluster?.id).toBe(arn);
  });

  it('is the database cluster where a member names it by it', () => {
    const cluster = {
      ...aws('rds/cluster:Cluster', 'c', { engine: 'aurora-mysql', clusterIdentifier: 'shop' }),
      id: 'shop',
    };
    const member = aws('rds/clusterInstance:ClusterInstance', 'm', { identifier: 'm', clusterIdentifier: 'shop' });
    expect(one(estateOf(group, cluster, member), 'database').engine).toBe('aurora-mysql');
  });
});

describe('an Aurora cluster', () => {
  const cluster = (...zones: readonly (string | undefined)[]): boolean | undefined =>
    one(
      estateOf(
        aws('rds/cluster:Cluster', 'c', { engine: 'aurora-mysql', clusterIdentifier: 'c-id' }),
        ...zones.map((zone, n) =>
          aws('rds/clusterInstance:ClusterInstance', `m${n}`, {
            clusterIdentifier: 'c-id',
            ...(zone === undefined ? {} : { availabilityZone: zone }),
          }),
        ),
      ),
      'databaseCluster',
    ).multiAz;

  it('is in several zones only when its program says so', () => {
    expect(cluster('eu-west-1a', 'eu-west-1b')).toBe(true);
    expect(cluster('eu-west-1a', 'eu-west-1a')).toBe(false);
    expect(cluster('eu-west-1a')).toBe(false);
    expect(cluster(undefined, undefined)).toBeUndefined();
    expect(cluster('eu-west-1a', undefined)).toBeUndefined();
  });
});

describe('the access list of a bucket', () => {
  const acl = (inputs: Draft['inputs'], ...more: readonly Draft[]) =>
    one(estateOf(aws('s3/bucket:Bucket', 'b', { bucket: 'b', ...inputs }, { bucket: 'b' }), ...more), 'bucket').acl;

  it('is read in its older form too', () => {
    const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
    const grants = [{ type: 'Group', uri: everybody, permissions: ['READ', 'WRITE'] }];
    expect(acl({ grants })?.map((grant) => grant.permission)).toEqual(['READ', 'WRITE']);
  });

  it('is not taken for private when only a deployment knows it', () => {
    expect(acl({ grants: UNKNOWN })).toBeUndefined();
    expect(
      acl({}, aws('s3/bucketAcl:BucketAcl', 'b', { bucket: 'b-id', accessControlPolicy: UNKNOWN })),
    ).toBeUndefined();
  });
});

describe('a recording that is shown', () => {
  it('has no secrets in it', () => {
    const shown = JSON.stringify(withoutSecrets({ a: [{ password: secret({ deep: 'hunter2' }) }], b: 'open' }));
    expect(shown).toBe('{"a":[{"password":{"$secret":"<redacted>"}}],"b":"open"}');
  });
});
