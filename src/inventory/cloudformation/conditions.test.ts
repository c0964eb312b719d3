import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { UserError } from '../user-error.ts';
import { estateOf, only, parameters } from './testing.ts';

const network = `
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
`;

describe('a resource under a condition', () => {
  const template = `
Parameters:
  Env: {Type: String}
Conditions:
  Prod: !Equals [!Ref Env, prod]
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: Prod}
  Topic: {Type: AWS::SNS::Topic}
`;
  it('exists where the condition holds, and not where it does not', () => {
    expect(all(estateOf(template, parameters({ Env: 'prod' })), 'queue')).toHaveLength(1);
    expect(all(estateOf(template, parameters({ Env: 'dev' })), 'queue')).toHaveLength(0);
  });

  it('is left out, and told, where the condition is not known', () => {
    const estate = estateOf(template);
    expect(all(estate, 'queue')).toHaveLength(0);
    expect(estate.notices.map(({ message, path }) => `${path} ${message}`).join('\n')).toContain(
      '/Resources/Queue whether Queue exists depends on the condition Prod',
    );
    expect(
      estate.coverage.entries.filter(({ operation, status }) => operation === 'sqs:ListQueues' && status !== 'read'),
    ).not.toEqual([]);
  });
});

describe('a change of another resource under a condition that is not known', () => {
  const withRule = (rule: string) =>
    estateOf(`
Parameters:
  Open: {Type: String}
Conditions:
  IsOpen: !Equals [!Ref Open, 'true']
Resources:${network}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: x, VpcId: !Ref Vpc}
${rule}
`);
  const groupIn = (estate: ReturnType<typeof withRule>) =>
    all(estate, 'securityGroup').find(({ groupName }) => groupName === 'Group');

  it('leaves a rule of which nothing is known, beside the group or in it', () => {
    const beside = withRule(`
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Condition: IsOpen
    Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}`);
    expect(groupIn(beside)?.ingress).toHaveLength(1);
    expect(groupIn(beside)?.ingress?.[0]?.peer).toBeUndefined();
    expect(groupIn(beside)?.ingress?.[0]?.protocol).toBeUndefined();
  });

  it('leaves outbound rules unknown where one may take AWS’s own away', () => {
    const estate = withRule(`
  Rule:
    Type: AWS::EC2::SecurityGroupEgress
    Condition: IsOpen
    Properties: {GroupId: !Ref Group, IpProtocol: '-1', CidrIp: 10.0.0.0/8}`);
    expect(groupIn(estate)?.egress?.every(({ peer }) => peer === undefined)).toBe(true);
    expect(groupIn(estate)?.egress).not.toHaveLength(0);
  });

  it('leaves the policy of a bucket unknown', () => {
    const estate = estateOf(`
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Condition: C
    Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: []}}
`);
    expect(only(estate, 'bucket').policy).toBeUndefined();
  });

  it('leaves the policies of a role unknown', () => {
    const estate = estateOf(`
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Policy:
    Type: AWS::IAM::Policy
    Condition: C
    Properties: {PolicyName: p, Roles: [!Ref Role], PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}
`);
    const [policy] = only(estate, 'role').inlinePolicies ?? [];
    expect(policy?.document).toBeUndefined();
    expect(only(estate, 'role').inlinePolicies).toHaveLength(1);
  });
});

describe('values under a condition', () => {
  const template = (publicly: string) => `
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBInstanceClass: db.t3.micro, DBSubnetGroupName: g, PubliclyAccessible: ${publicly}}
`;
  it('are unknown where the condition is, and known where both ways lead to the same', () => {
    expect(only(estateOf(template('!If [C, true, false]')), 'database').publiclyAccessible).toBeUndefined();
    expect(only(estateOf(template('!If [C, true, true]')), 'database').publiclyAccessible).toBe(true);
    expect(only(estateOf(template('!If [C, true, !Ref AWS::NoValue]')), 'database').publiclyAccessible).toBeUndefined();
    expect(
      only(estateOf(template('!If [C, true, false]'), parameters({ P: 'x' })), 'database').publiclyAccessible,
    ).toBe(true);
    expect(
      only(estateOf(template('!If [C, true, !Ref AWS::NoValue]'), parameters({ P: 'y' })), 'database')
        .publiclyAccessible,
    ).toBe(false);
  });
});

describe('a region that nobody says', () => {
  const template = `
Conditions: {Here: !Equals [!Ref AWS::Region, us-east-1]}
Mappings: {Ami: {us-east-1: {Name: a-queue}}}
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: Here}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !FindInMap [Ami, !Ref AWS::Region, Name]}}
`;
  it('stands in names and decides nothing', () => {
    const estate = estateOf(template);
    expect(all(estate, 'queue')).toHaveLength(0);
    expect(estate.notices.some(({ message }) => message.includes('whether Queue exists'))).toBe(true);
    expect(only(estate, 'topic').id).toBe('arn:aws:sns:us-east-1:111122223333:Topic');
  });

  it('decides when it is said', () => {
    const estate = estateOf(template, parameters({ 'AWS::Region': 'us-east-1' }));
    expect(all(estate, 'queue')).toHaveLength(1);
    expect(only(estate, 'topic').id).toBe('arn:aws:sns:us-east-1:111122223333:a-queue');
  });
});

it('conditions that go round in a circle are an error with the line', () => {
  const run = () =>
    estateOf(`
Conditions:
  A: !Not [!Condition B]
  B: !Not [!Condition A]
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: A}
`);
  expect(run).toThrow(UserError);
  expect(run).toThrow(/condition A depends on itself/);
});
