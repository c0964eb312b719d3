/** Templates, small enough to be mutated often. */
/** Of what the sound shop is made of. */
export const TEMPLATE = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: {
    Cidr: { Type: 'String', Default: '10.0.0.0/16' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
  },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { Ref: 'Cidr' } } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 4, 8] }] },
        AvailabilityZone: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, { 'Fn::Select': [0, { Ref: 'Zones' }] }]] },
      },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'web',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            CidrIp: { 'Fn::If': ['Open', '0.0.0.0/0', { Ref: 'Cidr' }] },
          },
        ],
      },
    },
    Data: {
      Type: 'AWS::RDS::DBInstance',
      DeletionPolicy: 'Snapshot',
      Properties: {
        Engine: 'mysql',
        DBInstanceClass: 'db.t4g.small',
        PubliclyAccessible: true,
        VPCSecurityGroups: [{ 'Fn::GetAtt': 'Group.GroupId' }],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own form
        DBInstanceIdentifier: { 'Fn::Sub': '${AWS::StackName}-data' },
      },
    },
  },
  Outputs: { Address: { Value: { 'Fn::GetAtt': ['Data', 'Endpoint.Address'] }, Export: { Name: 'address' } } },
};

/** What stands in it is said from outside, and it says what stands outside. */
export const NETWORK = {
  Parameters: { Cidr: { Type: 'String', AllowedPattern: '^[0-9./]+$' }, Hidden: { Type: 'String', NoEcho: true } },
  Mappings: { Zones: { 'eu-west-1': { First: 'eu-west-1a' } } },
  Conditions: { Europe: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }] } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { Ref: 'Cidr' } } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Condition: 'Europe',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        CidrBlock: { 'Fn::Select': ['1', { 'Fn::Cidr': [{ Ref: 'Cidr' }, 6, '8'] }] },
        AvailabilityZone: { 'Fn::FindInMap': ['Zones', { Ref: 'AWS::Region' }, 'First'] },
      },
    },
  },
  Outputs: {
    Vpc: { Value: { Ref: 'Vpc' } },
    Subnet: { Condition: 'Europe', Value: { Ref: 'Subnet' }, Export: { Name: { 'Fn::Sub': 'net-subnet' } } },
  },
};

/** Two stacks in it: one by its file, one that the user gives. */
export const NESTED = {
  Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'],
  Parameters: { Cidr: { Type: 'String' }, Hidden: { Type: 'String', NoEcho: true, Default: 'y' } },
  Globals: { Function: { Timeout: 3, Runtime: 'nodejs20.x' } },
  Resources: {
    Net: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: './network.yaml',
        Parameters: { Cidr: { Ref: 'Cidr' }, Hidden: { Ref: 'Hidden' } },
      },
    },
    Other: {
      Type: 'AWS::CloudFormation::Stack',
      DependsOn: ['Net'],
      Properties: { TemplateURL: 'https://example.com/network.yaml', Parameters: { Cidr: '10.9.0.0/16' } },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: { 'Fn::Join': ['-', ['web', { 'Fn::GetAtt': ['Net', 'Outputs.Vpc'] }]] },
        VpcId: { 'Fn::GetAtt': ['Net', 'Outputs.Vpc'] },
      },
    },
    Worker: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Handler: 'index.handler',
        InlineCode: 'x',
        Policies: ['AmazonS3ReadOnlyAccess', { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }],
        Events: { Jobs: { Type: 'SQS', Properties: { Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } } } },
      },
    },
    Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Metadata: { a: 1 } },
    'Fn::ForEach::Topics': ['Name', ['A', 'B'], { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } }],
  },
};
