import { describe, expect, it } from 'vitest';
import { estateOf, messages, only } from './testing.ts';

describe('what the CDK and SAM write', () => {
  it('is read with its long names, its metadata and its parameters', () => {
    const estate = estateOf(
      JSON.stringify({
        Resources: {
          ShopVpc8F2A3B4C: {
            Type: 'AWS::EC2::VPC',
            Properties: { CidrBlock: '10.0.0.0/16' },
            Metadata: { 'aws:cdk:path': 'Shop/Vpc' },
          },
          CDKMetadata: {
            Type: 'AWS::CDK::Metadata',
            Properties: { Analytics: 'v2:deflate64:x' },
            Condition: 'CDKMetadataAvailable',
          },
        },
        Conditions: { CDKMetadataAvailable: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'af-south-1'] }] } },
        Parameters: {
          BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x/version' },
        },
        Rules: { CheckBootstrapVersion: {} },
      }),
    );
    expect(only(estate, 'vpc').name).toBe('ShopVpc8F2A3B4C');
    expect(messages(estate)).not.toContain('CDK');
  });

  it('functions of SAM have their role, their events and their public address', () => {
    const estate = estateOf(`
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: nodejs20.x, Timeout: 9}}
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      MemorySize: 256
      FunctionUrlConfig: {AuthType: NONE}
      Policies: [AmazonSQSFullAccess, {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}]
      Events: {Poll: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}}
  Orders: {Type: AWS::Serverless::SimpleTable}
`);
    const worker = only(estate, 'function');
    expect(worker).toMatchObject({ name: 'Worker', runtime: 'nodejs20.x', timeout: 9, memory: 256 });
    expect(worker.urls?.map(({ auth }) => auth)).toEqual(['NONE']);
    expect(worker.role?.id).toBe(only(estate, 'role').id);
    expect(
      only(estate, 'role')
        .attachedPolicies?.map(({ id }) => id)
        .sort(),
    ).toEqual([
      'arn:aws:iam::aws:policy/AmazonSQSFullAccess',
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    ]);
    expect(only(estate, 'role').inlinePolicies).toHaveLength(1);
    expect(only(estate, 'eventSource').function?.id).toBe(worker.id);
    expect(only(estate, 'table').billing).toBe('PAY_PER_REQUEST');
  });
});
