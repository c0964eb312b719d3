/** What people declare, with a secret wherever one may be written: a template, a state, a plan, a stack. */

import { one, stateOf } from '../src/inventory/terraform/testing.ts';
import { type Canaries, containerOf, environmentOf, startScript } from './canaries.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const upper = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(upper)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, one]) => [
            `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
            key === 'options' || key === 'dockerLabels' ? one : upper(one),
          ]),
        )
      : value;

export function template(canaries: Canaries): object {
  const tags = [{ Key: 'Secret', Value: canaries.in('tag') }];
  const resource = (Type: string, Properties: object) => ({ Type, Properties });
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `shop, see https://robot:${canaries.in('Description')}@wiki.example.com/`,
    Parameters: {
      DbPassword: { Type: 'String', NoEcho: true, Default: canaries.in('NoEcho default') },
      Given: { Type: 'String', NoEcho: true },
    },
    Mappings: { Passwords: { prod: { Db: canaries.in('mapping') } } },
    Resources: {
      Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', Tags: tags }),
      Subnet: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' }),
      Group: resource('AWS::EC2::SecurityGroup', {
        GroupDescription: `https://robot:${canaries.in('GroupDescription')}@wiki.example.com/`,
        VpcId: { Ref: 'Vpc' },
      }),
      Machine: resource('AWS::EC2::Instance', {
        ImageId: 'ami-1',
        InstanceType: 't3.micro',
        SubnetId: { Ref: 'Subnet' },
        UserData: { 'Fn::Base64': startScript(canaries, 'UserData') },
      }),
      Launch: resource('AWS::EC2::LaunchTemplate', {
        LaunchTemplateData: { UserData: base64(startScript(canaries, 'LaunchTemplateData')) },
      }),
      Db: resource('AWS::RDS::DBInstance', {
        Engine: 'mysql',
        DBInstanceClass: 'db.t3.micro',
        MasterUsername: 'admin',
        MasterUserPassword: canaries.in('MasterUserPassword'),
        Tags: tags,
      }),
      Db2: resource('AWS::RDS::DBInstance', { Engine: 'mysql', MasterUserPassword: { Ref: 'DbPassword' } }),
      Db3: resource('AWS::RDS::DBInstance', { Engine: 'mysql', MasterUserPassword: { Ref: 'Given' } }),
      Cache: resource('AWS::ElastiCache::ReplicationGroup', {
        ReplicationGroupDescription: 'cache',
        AuthToken: canaries.in('AuthToken'),
      }),
      Role: resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] } }),
      Worker: resource('AWS::Lambda::Function', {
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Runtime: 'nodejs22.x',
        Environment: {
          Variables: {
            ...environmentOf(canaries, 'Lambda'),
            BY_REFERENCE: { 'Fn::Join': ['', ['mysql://app:', { Ref: 'DbPassword' }, '@db.example.com/shop']] },
            MAPPED_PASSWORD: { 'Fn::FindInMap': ['Passwords', 'prod', 'Db'] },
            GIVEN_PASSWORD: { Ref: 'Given' },
          },
        },
      }),
      Task: resource('AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [upper(containerOf(canaries, 'ContainerDefinitions'))],
      }),
      Front: resource('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          Enabled: true,
          DefaultCacheBehavior: { TargetOriginId: 'app', ViewerProtocolPolicy: 'https-only' },
          Origins: [
            {
              Id: 'app',
              DomainName: 'app.example.com',
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
              OriginCustomHeaders: [{ HeaderName: 'X-Verify', HeaderValue: canaries.in('OriginCustomHeaders') }],
            },
          ],
        },
      }),
      Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: [{ Ref: 'Subnet' }] }),
      Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 443,
        Protocol: 'HTTPS',
        DefaultActions: [
          {
            Type: 'authenticate-oidc',
            AuthenticateOidcConfig: { ClientId: 'shop', ClientSecret: canaries.in('ClientSecret') },
          },
        ],
      }),
      Rule: resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
        ListenerArn: { Ref: 'Listener' },
        Priority: 1,
        Conditions: [
          {
            Field: 'http-header',
            HttpHeaderConfig: { HttpHeaderName: 'X-Verify', Values: [canaries.in('HttpHeaderConfig')] },
          },
          { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'token', Value: canaries.in('query') }] } },
        ],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
      }),
      Kept: resource('AWS::SecretsManager::Secret', { SecretString: canaries.in('SecretString') }),
      Parameter: resource('AWS::SSM::Parameter', { Type: 'String', Name: '/db/password', Value: canaries.in('SSM') }),
      Person: resource('AWS::IAM::User', { LoginProfile: { Password: canaries.in('LoginProfile') } }),
      Topic: resource('AWS::SNS::Topic', {}),
      Subscription: resource('AWS::SNS::Subscription', {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'https',
        Endpoint: `https://robot:${canaries.in('Endpoint')}@hooks.example.com/`,
      }),
      Strange: resource('AWS::Unheard::Of', { Password: canaries.in('unknown type') }),
    },
    Outputs: { Password: { Value: { Ref: 'DbPassword' } } },
  };
}

const drafts = (canaries: Canaries, place: string) => {
  const tags = { Name: 'shop', Secret: canaries.in(`${place} tag`) };
  return [
    one('aws_vpc.main', { id: 'vpc-1', cidr_block: '10.0.0.0/16', tags, tags_all: tags }),
    one('aws_db_instance.main', {
      id: 'db-ABC',
      identifier: 'shop',
      engine: 'mysql',
      username: 'admin',
      password: canaries.in(`${place} password`),
      tags,
    }),
    one('aws_elasticache_replication_group.main', {
      id: 'cache',
      replication_group_id: 'cache',
      auth_token: canaries.in(`${place} auth_token`),
    }),
    one('aws_instance.main', {
      id: 'i-1',
      ami: 'ami-1',
      instance_type: 't3.micro',
      user_data: startScript(canaries, `${place} user_data`),
      get_password_data: false,
      password_data: canaries.in(`${place} password_data`),
    }),
    one('aws_launch_template.main', {
      id: 'lt-1',
      name: 'shop',
      user_data: base64(startScript(canaries, `${place} launch template`)),
    }),
    one('aws_lambda_function.main', {
      id: 'worker',
      function_name: 'worker',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker',
      role: 'arn:aws:iam::111122223333:role/worker',
      environment: [{ variables: environmentOf(canaries, `${place} environment`) }],
      description: `https://robot:${canaries.in(`${place} description`)}@wiki.example.com/`,
    }),
    one('aws_ecs_task_definition.main', {
      id: 'web',
      family: 'web',
      arn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
      revision: 1,
      container_definitions: JSON.stringify([containerOf(canaries, `${place} container_definitions`)]),
    }),
    one('aws_iam_access_key.robot', {
      id: 'AKIAIOSFODNN7EXAMPLE',
      user: 'robot',
      secret: canaries.in(`${place} secret`),
      ses_smtp_password_v4: canaries.in(`${place} ses_smtp_password_v4`),
    }),
    one('aws_secretsmanager_secret_version.db', {
      id: 'db',
      secret_id: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf',
      secret_string: canaries.in(`${place} secret_string`),
    }),
    one('aws_ssm_parameter.db', { id: '/db', name: '/db', type: 'SecureString', value: canaries.in(`${place} value`) }),
    one('aws_cloudfront_distribution.main', {
      id: 'E1',
      arn: 'arn:aws:cloudfront::111122223333:distribution/E1',
      enabled: true,
      origin: [
        {
          origin_id: 'app',
          domain_name: 'app.example.com',
          custom_header: [{ name: 'X-Verify', value: canaries.in(`${place} custom_header`) }],
          custom_origin_config: [{ http_port: 80, https_port: 443, origin_protocol_policy: 'https-only' }],
        },
      ],
    }),
  ];
};

export const terraformState = (canaries: Canaries): object => ({
  ...stateOf(...drafts(canaries, 'state')),
  outputs: { password: { sensitive: true, value: canaries.in('output') } },
});

export function terraformPlan(canaries: Canaries): object {
  const made = drafts(canaries, 'planned');
  const { values } = stateOf(...made);
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { password: { value: canaries.in('variable') } },
    planned_values: values,
    prior_state: stateOf(...drafts(canaries, 'prior')),
    resource_changes: made.map(({ address, values: after }) => ({
      address,
      mode: 'managed',
      type: address.split('.')[0],
      name: address.split('.')[1],
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: { actions: ['update'], before: null, after, after_unknown: {}, after_sensitive: {} },
    })),
    configuration: { root_module: { variables: { password: { default: canaries.in('default') } } } },
  };
}

const SECRET = '4dabf18193072939515e22adb298388d';

export function stackExport(canaries: Canaries): object {
  const root = 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod';
  const sealed = (text: string): object => ({
    [SECRET]: '1b47061264138c4ac30d75fd1eb44270',
    plaintext: JSON.stringify(text),
  });
  const resource = (type: string, name: string, id: string, inputs: object, outputs: object = {}) => ({
    urn: `urn:pulumi:prod::shop::${type}::${name}`,
    custom: true,
    id,
    type,
    inputs: { __defaults: [], ...inputs },
    outputs: { ...inputs, ...outputs, id },
    parent: root,
    dependencies: [],
  });
  const tags = { Secret: canaries.in('tag') };
  return {
    version: 3,
    deployment: {
      manifest: { time: '2026-11-02T08:30:00.123456789+01:00', magic: '00', version: 'v3.205.0' },
      secrets_providers: { type: 'passphrase', state: { salt: 'v1:00' } },
      resources: [
        { urn: root, custom: false, type: 'pulumi:pulumi:Stack', outputs: { password: canaries.in('output') } },
        resource('aws:ec2/vpc:Vpc', 'main', 'vpc-1', { cidrBlock: '10.0.0.0/16', tags }),
        resource('aws:rds/instance:Instance', 'db', 'db-ABC', {
          engine: 'mysql',
          password: sealed(canaries.in('sealed password')),
          tags,
        }),
        resource('aws:rds/instance:Instance', 'db2', 'db-DEF', { engine: 'mysql', password: canaries.in('password') }),
        resource('aws:elasticache/replicationGroup:ReplicationGroup', 'cache', 'cache', {
          authToken: canaries.in('authToken'),
        }),
        resource('aws:ec2/instance:Instance', 'machine', 'i-1', {
          ami: 'ami-1',
          instanceType: 't3.micro',
          userData: startScript(canaries, 'userData'),
        }),
        resource(
          'aws:lambda/function:Function',
          'worker',
          'worker',
          {
            name: 'worker',
            role: 'arn:aws:iam::111122223333:role/worker',
            environment: {
              variables: {
                ...environmentOf(canaries, 'environment'),
                SEALED: sealed(`mysql://app:${canaries.in('sealed variable')}@db.example.com/shop`),
              },
            },
          },
          { arn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker' },
        ),
        resource(
          'aws:ecs/taskDefinition:TaskDefinition',
          'web',
          'web',
          { family: 'web', containerDefinitions: JSON.stringify([containerOf(canaries, 'containerDefinitions')]) },
          { arn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1', revision: 1 },
        ),
        resource(
          'aws:iam/accessKey:AccessKey',
          'robot',
          'AKIAIOSFODNN7EXAMPLE',
          { user: 'robot' },
          {
            secret: canaries.in('secret'),
          },
        ),
        resource('random:index/randomPassword:RandomPassword', 'p', 'none', {}, { result: canaries.in('random') }),
      ],
    },
  };
}
