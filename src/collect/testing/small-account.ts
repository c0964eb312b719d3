/** An account on a fake server: one VPC with two pages of subnets, a queue, a table, a bucket; all else refused. */
import { type Answering, ec2, query } from './fake-aws.ts';

export const ACCOUNT = '111122223333';

const subnet = (id: string, cidr: string): string =>
  `<item><subnetId>${id}</subnetId><vpcId>vpc-0a1b2c3d</vpcId><cidrBlock>${cidr}</cidrBlock></item>`;

export const smallAccount: Answering = ({ name, region, parameters }) => {
  if (region !== 'eu-west-1' && /^(ec2|sqs|dynamodb):/.test(name)) return undefined;
  switch (name) {
    case 'sts:GetCallerIdentity':
      return query('GetCallerIdentity', `<Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/alice</Arn>`);
    case 'ec2:DescribeVpcs':
      return ec2(
        'DescribeVpcs',
        '<vpcSet><item><vpcId>vpc-0a1b2c3d</vpcId><cidrBlock>10.0.0.0/16</cidrBlock></item></vpcSet>',
      );
    case 'ec2:DescribeSubnets':
      return parameters.NextToken === 'second'
        ? ec2('DescribeSubnets', `<subnetSet>${subnet('subnet-0000000b', '10.0.1.0/24')}</subnetSet>`)
        : ec2(
            'DescribeSubnets',
            `<subnetSet>${subnet('subnet-0000000a', '10.0.0.0/24')}</subnetSet><nextToken>second</nextToken>`,
          );
    case 'ec2:DescribeInternetGateways':
      return ec2('DescribeInternetGateways', '<internetGatewaySet/>');
    case 'sqs:ListQueues':
      return { body: JSON.stringify({ QueueUrls: [`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`] }) };
    case 'sqs:GetQueueAttributes':
      return { body: JSON.stringify({ Attributes: { QueueArn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs` } }) };
    case 'dynamodb:ListTables':
      return parameters.ExclusiveStartTableName === 'first'
        ? { body: JSON.stringify({ TableNames: ['second'] }) }
        : { body: JSON.stringify({ TableNames: ['first'], LastEvaluatedTableName: 'first' }) };
    case 's3:GET /?max-buckets=1000':
      return {
        body: '<ListAllMyBucketsResult><Buckets><Bucket><Name>shop-media</Name></Bucket></Buckets></ListAllMyBucketsResult>',
      };
    case 's3:GET /shop-media/?location=':
      return { body: '<LocationConstraint>eu-west-1</LocationConstraint>' };
    case 's3:GET /shop-media/?policy=':
      return { status: 404, body: '<Error><Code>NoSuchBucketPolicy</Code><Message>none</Message></Error>' };
    default:
      return undefined;
  }
};
