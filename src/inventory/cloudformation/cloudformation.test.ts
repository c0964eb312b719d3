import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { UserError } from '../user-error.ts';
import { templateIn } from './index.ts';
import { estateOf, messages, only, parameters } from './testing.ts';

const SHOP = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Env: {Type: String, Default: prod, AllowedValues: [prod, dev]}
  Password: {Type: String, NoEcho: true}
Mappings:
  Sizes: {prod: {Db: db.t3.micro, Multi: no}, dev: {Db: db.t3.small, Multi: no}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: yes}
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]], AvailabilityZone: !Select [0, !GetAZs '']}
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]], AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  AssocA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref SubnetA, RouteTableId: !Ref Table}}
  Shared:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: all
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: '3306', ToPort: '3306', CidrIp: 0.0.0.0/0}]
  DbSubnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: x, SubnetIds: [!Ref SubnetA, !Ref SubnetB]}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: MySQL
      EngineVersion: 8.0
      DBInstanceClass: !FindInMap [Sizes, !Ref Env, Db]
      MultiAZ: !FindInMap [Sizes, !Ref Env, Multi]
      PubliclyAccessible: !If [IsProd, true, false]
      DBSubnetGroupName: !Ref DbSubnets
      VPCSecurityGroups: [!GetAtt Shared.GroupId]
      MasterUserPassword: !Ref Password
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs20.x
      Role: !GetAtt Role.Arn
      Environment: {Variables: {DB_HOST: !GetAtt Db.Endpoint.Address, DB_PASSWORD: !Ref Password, QUEUE: !Ref Jobs}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
  Jobs: {Type: AWS::SQS::Queue}
  Source: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Worker}}
`;

describe('a template', () => {
  const estate = estateOf(SHOP);

  it('is the network that it declares, with what AWS makes by itself', () => {
    const subnets = all(estate, 'subnet').map(({ name, cidr, zone }) => [name, cidr, zone?.id]);
    expect(subnets.sort()).toEqual([
      ['SubnetA', '10.0.0.0/24', 'us-east-1a'],
      ['SubnetB', '10.0.1.0/24', 'us-east-1b'],
    ]);
    const tables = all(estate, 'routeTable');
    expect(tables.filter(({ main }) => main === true)).toHaveLength(1);
    expect(tables.find(({ name }) => name === 'Table')?.subnets).toHaveLength(1);
    expect(only(estate, 'networkAcl').entries?.length).toBeGreaterThan(0);
    expect(
      all(estate, 'securityGroup')
        .map(({ groupName }) => groupName)
        .sort(),
    ).toEqual(['Shared', 'default']);
  });

  it('takes numbers for texts, texts for flags and names in small letters as AWS does', () => {
    expect(only(estate, 'database')).toMatchObject({
      identifier: 'db',
      engine: 'mysql',
      engineVersion: '8.0',
      instanceClass: 'db.t3.micro',
      multiAz: false,
      publiclyAccessible: true,
      backupRetention: 1,
    });
  });

  it('leads from one resource to the other', () => {
    const [subnet] = all(estate, 'subnet');
    expect(subnet?.vpc.id).toBe(only(estate, 'vpc').id);
    expect(only(estate, 'database').securityGroups?.map(({ id }) => id)).toEqual(
      all(estate, 'securityGroup').flatMap(({ id, groupName }) => (groupName === 'Shared' ? [id] : [])),
    );
    expect(estate.flows.flatMap(({ evidence }) => evidence.map(({ type }) => type))).toContain('environment');
    expect(only(estate, 'eventSource').function?.id).toBe(only(estate, 'function').id);
    expect(estate.notices.filter(({ code }) => code === 'danglingReference')).toEqual([]);
  });

  it('names a resource that has no name by its name in the template, and says where it stands', () => {
    expect(only(estate, 'vpc')).toMatchObject({ name: 'Vpc', source: { file: 'shop.yaml:11' } });
    expect(only(estate, 'vpc').source.path).toMatch(/^\/Resources\/Vpc\//);
  });

  it('is one stack: of no kind it tells all that the account has', () => {
    const listings = estate.coverage.entries.filter(
      ({ operation, target }) => operation === 'ec2:DescribeVpcs' && target === '',
    );
    expect(listings.map(({ status }) => status).sort()).toEqual(['failed', 'read']);
  });

  it('tells what was taken for granted', () => {
    expect(messages(estate)).toMatch(/defaults of the parameters Env are taken/);
    expect(messages(estate)).toMatch(/no parameter says the region of the stack; us-east-1 stands for it/);
  });

  it('never tells a password', () => {
    const given = loadedWith({ Password: 'hunter2-hunter2' });
    expect(JSON.stringify([...given.resources.values()])).not.toContain('hunter2');
    expect(only(given, 'function').environment?.find(({ name }) => name === 'DB_PASSWORD')?.credential).toBe('literal');
  });

  it('takes parameters, account and region from the user', () => {
    const given = loadedWith({ Env: 'dev', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '444455556666' });
    expect(only(given, 'database')).toMatchObject({ instanceClass: 'db.t3.small', publiclyAccessible: false });
    expect(only(given, 'queue').id).toBe('arn:aws:sqs:eu-west-1:444455556666:Jobs');
    expect(messages(given)).not.toMatch(/no parameter says/);
  });

  it('gives the same bytes whatever the order of its resources', () => {
    const [head = '', body = ''] = SHOP.split('Resources:\n');
    const blocks = body.split(/\n(?= {2}\w)/).map((one) => one.trimEnd());
    const turned = `${head}Resources:\n${[...blocks].reverse().join('\n')}\n`;
    const bare = (text: string) =>
      all(estateOf(text), 'securityGroup')
        .map(({ id, ingress, egress }) => [id, ingress?.length, egress?.length])
        .sort();
    expect(bare(turned)).toEqual(bare(SHOP));
  });
});

const loadedWith = (values: Readonly<Record<string, string>>) => estateOf(SHOP, parameters(values));

describe('defaults of AWS', () => {
  it('a group without outbound rules lets everything out; one with rules beside it only these', () => {
    const groups = (more: string) =>
      all(
        estateOf(`
Resources:
  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: vpc-1}}
${more}`),
        'securityGroup',
      ).find(({ groupName }) => groupName === 'G')?.egress;
    expect(groups('')?.map(({ peer }) => peer?.type === 'cidr' && peer.cidr)).toEqual(['0.0.0.0/0', '::/0']);
    const beside = groups(
      `  E: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !GetAtt G.GroupId, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}}`,
    );
    expect(beside?.map(({ peer }) => peer?.type === 'cidr' && peer.cidr)).toEqual(['10.0.0.0/8']);
  });

  it('a database is public where it is in no subnet group or in the default one, and not of Aurora', () => {
    const isPublic = (properties: string) =>
      only(
        estateOf(`Resources: {Db: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: x, ${properties}}}}`),
        'database',
      ).publiclyAccessible;
    expect(isPublic('Engine: mysql')).toBe(true);
    expect(isPublic('Engine: aurora-mysql')).toBe(false);
    expect(isPublic('Engine: mysql, DBSubnetGroupName: own')).toBe(false);
    expect(isPublic('Engine: mysql, DBSubnetGroupName: default')).toBe(true);
    expect(isPublic('SourceDBInstanceIdentifier: other')).toBeUndefined();
    expect(isPublic('Engine: mysql, DBSubnetGroupName: !ImportValue x')).toBeUndefined();
  });

  it('a bucket blocks public access unless it says otherwise, and what is said in part leaves the rest open', () => {
    const block = (properties: string) =>
      only(estateOf(`Resources: {B: {Type: AWS::S3::Bucket, Properties: {${properties}}}}`), 'bucket')
        .publicAccessBlock;
    expect(block('')).toMatchObject({ blockPublicPolicy: true, restrictPublicBuckets: true });
    expect(block('PublicAccessBlockConfiguration: {BlockPublicAcls: true}')).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: false,
    });
    expect(block('PublicAccessBlockConfiguration: !ImportValue x')).toBeUndefined();
  });
});

describe('an instance', () => {
  const machine = (properties: string, more = '') =>
    only(
      estateOf(`
Resources:
  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}}
  M: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SubnetId: !Ref S, SecurityGroupIds: [sg-1], ${properties}}}
${more}`),
      'instance',
    );
  it('has the public address of its subnet, and may have one where it is not known', () => {
    expect(machine('InstanceType: t3.micro').publicAddress).toMatch(/^198\.51\.100\./);
    expect(machine('InstanceType: t3.micro, LaunchTemplate: {LaunchTemplateId: lt-1}').publicAddress).toBeUndefined();
    const address = '  E: {Type: AWS::EC2::EIPAssociation, Properties: {InstanceId: !ImportValue x, AllocationId: a}}';
    expect(machine('InstanceType: t3.micro', address).publicAddress).toBeUndefined();
  });

  it('whose interfaces stand elsewhere may carry any group', () => {
    const attached =
      '  A: {Type: AWS::EC2::NetworkInterfaceAttachment, Properties: {InstanceId: !Ref M, NetworkInterfaceId: eni-1}}';
    expect(machine('InstanceType: t3.micro').securityGroups?.map(({ id }) => id)).toEqual(['sg-1']);
    expect(machine('InstanceType: t3.micro', attached).securityGroups).toBeUndefined();
  });
});

describe('what is not known', () => {
  it('of a policy makes the policy unreadable, and never smaller', () => {
    const estate = estateOf(`
Resources:
  B: {Type: AWS::S3::Bucket}
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref B
      PolicyDocument: {Statement: [{Effect: Allow, Principal: !ImportValue Who, Action: s3:GetObject, Resource: !Sub '\${B.Arn}/*'}]}
`);
    expect(JSON.parse(only(estate, 'bucket').policy ?? '').Statement[0].Principal).toBeNull();
  });

  it('of one rule leaves the others as they are', () => {
    const estate = estateOf(`
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      VpcId: vpc-1
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: !ImportValue Office}
        - !ImportValue Rule
`);
    const rules = only(estate, 'securityGroup').ingress ?? [];
    expect(rules.map(({ peer }) => (peer?.type === 'cidr' ? peer.cidr : undefined))).toEqual([
      '0.0.0.0/0',
      undefined,
      undefined,
    ]);
  });

  it('is everything that Systems Manager or a custom resource gives', () => {
    const estate = estateOf(`
Parameters:
  Vpc: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: /shop/vpc}
Resources:
  Look: {Type: 'Custom::Look', Properties: {}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: !GetAtt Look.Cidr, AvailabilityZone: '{{resolve:ssm:/zone}}'}}
`);
    expect(only(estate, 'subnet')).toMatchObject({ cidr: undefined, zone: undefined, vpc: { id: 'unknown' } });
    expect(messages(estate)).toMatch(/Custom::Look: this version has no reader for it \(1 declared\)/);
    expect(messages(estate)).toMatch(/Vpc are in Systems Manager and unknown here/);
  });

  it('a transform that is not known may have changed everything that is not written', () => {
    const db = (transform: string) =>
      only(
        estateOf(
          `${transform}\nResources: {Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: x, MultiAZ: true}}}`,
        ),
        'database',
      );
    expect(db('')).toMatchObject({ multiAz: true, storageEncrypted: false });
    expect(db('Transform: OurMacro')).toMatchObject({ multiAz: true, storageEncrypted: undefined });
  });

  it('a loop is told, and the rest is read', () => {
    const estate = estateOf(`
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues: [Name, [A, B], {'Q\${Name}': {Type: AWS::SQS::Queue}}]
  Topic: {Type: AWS::SNS::Topic}
`);
    expect(only(estate, 'topic').name).toBe('Topic');
    expect(messages(estate)).toMatch(/Fn::ForEach::Queues is not written out/);
  });
});

describe('what is wrong with a template', () => {
  const errorOf = (text: string, options = {}): UserError => {
    try {
      estateOf(text, options);
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
    throw new Error('no error');
  };

  it('is told with file, line, what was expected and what to do', () => {
    for (const [text, line, message] of [
      ['Resources:\n  A: {Properties: {}}', 2, 'no Type'],
      ['Resources:\n  A: {Type: AWS::SQS::Queue, Properties: [1]}', 2, 'should be an object'],
      ['Resources: [1]', 1, 'should be an object'],
      [
        'Resources:\n  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref B}}\n  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt A.QueueName}}',
        2,
        'A → B → A',
      ],
    ] as const) {
      const { message: told, place } = errorOf(text);
      expect(told).toContain(message);
      expect(place).toMatchObject({
        file: 'shop.yaml',
        path: `line ${line}`,
        expected: expect.any(String),
        fix: expect.any(String),
      });
    }
  });

  it('a parameter that is not there or may not have the value is the user’s mistake', () => {
    expect(errorOf(SHOP, parameters({ Evn: 'prod' })).message).toBe('there is no parameter Evn');
    expect(errorOf(SHOP, parameters({ Env: 'test' })).place.expected).toBe('one of: prod, dev');
  });

  it('a long chain of references ends well', () => {
    const chain = Array.from(
      { length: 2000 },
      (_, n) => `  Q${n}: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: next, Value: !Ref Q${n + 1}}]}}`,
    );
    const estate = estateOf(`Resources:\n${chain.join('\n')}\n  Q2000: {Type: AWS::SQS::Queue}`);
    expect(all(estate, 'queue')).toHaveLength(2001);
  });

  it('values that double at every step end as unknown', () => {
    const steps = Array.from(
      { length: 60 },
      (_, n) =>
        `  Q${n}: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '\${Q${n + 1}.QueueName}\${Q${n + 1}.QueueName}'}}`,
    );
    const estate = estateOf(
      `Resources:\n${steps.join('\n')}\n  Q60: {Type: AWS::SQS::Queue, Properties: {QueueName: 0123456789}}`,
    );
    expect(all(estate, 'queue')).toHaveLength(61);
  });
});

describe('a file', () => {
  it('is taken for a template by its content', () => {
    const isOne = (text: string) => templateIn('f', text) !== undefined;
    expect(isOne('Resources: {A: {Type: AWS::SQS::Queue}}')).toBe(true);
    expect(isOne('{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}')).toBe(true);
    expect(isOne('{"Description": "x", "Resources": {"A": {"Type": "AWS::SQS::Queue"}}}')).toBe(true);
    expect(isOne('{"format": "underpin.inventory/1", "responses": {}}')).toBe(false);
    expect(isOne('Resources: 3 pens')).toBe(false);
    expect(isOne('hello')).toBe(false);
    expect(isOne('')).toBe(false);
  });
});
